import { dataStateFacts } from "../src/air/data-state-words.ts";
import {
  printedFigures,
  WEEKLY_NOTICE,
  WEEKLY_READERS,
  weekBlocks,
  weekReport,
} from "../src/air/week-report.ts";
import { isUnplaced } from "../src/chat/access.ts";
import type { Block, Card } from "../src/chat/card.ts";
import type { Slot } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { schedule } from "../src/chat/schedule.ts";
import { samePeriodLastYear } from "../src/domain/air/change.ts";
import type { RegionId } from "../src/domain/ids.ts";
import { type Period, periodOf } from "../src/domain/period.ts";
import type { Region } from "../src/domain/plan/pack.ts";
import { holdsRole } from "../src/domain/posts.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

const toCounty = says("县区");
const toRanking = says("排名");

/** 空气质量周通报：last Monday to Sunday of every county, to all county leads and liaisons and the office, Mondays at nine or the next working day. */
export default schedule({
  name: WEEKLY_NOTICE,
  title: "空气质量周通报",
  when: { cron: "0 9 * * 1", dayRule: "next-working-day" },
  catchUp: "latest-within-3-days",
  audience: WEEKLY_READERS,

  publishes: weekBefore,
  // 环比 and 同比.
  comparedWith: (slot) => {
    const { from, to } = weekBefore(slot);
    const before = [from, to].map((day) => day.subtract({ days: 7 }).toString());
    const then = samePeriodLastYear(from.toString(), to.toString());
    return [before as [string, string], [then.from, then.to]];
  },
  prints: async (slot, { store, office, today }) =>
    printedFigures(await weekReport(store, office, weekBefore(slot), today)),

  async deliver({ at }, { store, office, today }) {
    const week = weekBefore({ at });
    // A week in which the standards change goes out in two parts, each by its own.
    const parts = await weekReport(store, office, week, today);
    const cardFor = (own: Region | null): Card => ({
      title: `空气质量周通报（${week.label}）`,
      blocks:
        parts.length === 0
          ? [{ kind: "text", text: `${week.label}没有可用的评价标准，不予统计。` }]
          : parts.flatMap((part) => weekBlocks(part, own)),
      buttons: own
        ? [toCounty(`看${own.short}`, own.short)]
        : [toRanking("排名", `${week.from}..${week.to}`)],
      facts: {
        week: { from: week.from.toString(), to: week.to.toString() },
        county: own?.short ?? null,
        parts: parts.map(({ ruled: { period, ruleSet }, rows, data }) => ({
          from: period.from.toString(),
          to: period.to.toString(),
          ruleSet: ruleSet.id,
          ...dataStateFacts(data),
          rows: rows.map(({ region, tied: _, ...row }) => ({ county: region.short, ...row })),
        })),
      },
    });
    const kind = "must-not-repeat" as const;
    const ownOf = (regionId: RegionId | null) =>
      regionId === null ? null : office.heirOn(regionId, week.to);
    const isPlaced = (whose: Pick<Person, "regionId">) => !isUnplaced(whose, office, today);
    const people = (await store.people.withRoles(WEEKLY_READERS)).filter(isPlaced);
    // A department's group has no county of its own in it; its members read the notice elsewhere.
    const groups = (await store.chats.bound()).filter((chat) => chat.departmentId === null && isPlaced(chat));
    const forOffice = await officeNotes(store);
    return [
      ...people.map((person) => {
        const card = cardFor(ownOf(person.regionId));
        const blocks = holdsRole(person, "office") ? [...card.blocks, ...forOffice] : card.blocks;
        return { to: { person }, card: { ...card, blocks }, class: kind };
      }),
      ...groups.map((chat) => ({ to: { chat }, card: cardFor(ownOf(chat.regionId)), class: kind })),
    ];
  },
});

/** What only the office is told: how its own records stand, to be held against what the audit log says later. */
async function officeNotes({ audit, outbox }: Reader): Promise<Block[]> {
  const { hash, length } = await audit.head();
  const troubled = await outbox.countTroubled();
  const deliveries = troubled > 0 ? `待处理的推送${troubled}条，请发送“投递”；` : "";
  return [{ kind: "note", text: `${deliveries}审计记录${length}条，末条校验码${hash.slice(0, SHORT)}` }];
}

/** Digits of a hash that a person can compare. */
const SHORT = 12;

/** The Monday to Sunday before a slot. */
function weekBefore({ at }: Slot): Period {
  const monday = at.toPlainDate().subtract({ days: at.dayOfWeek - 1 });
  return periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 }));
}
