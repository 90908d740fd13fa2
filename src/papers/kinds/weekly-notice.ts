import {
  WEEKLY_NOTICE,
  WEEKLY_READERS,
  type WeekFacts,
  weekBlocks,
  weekFacts,
  weekPrinted,
} from "../../air/week-report.ts";
import type { Block } from "../../chat/card.ts";
import type { Context, Slot } from "../../chat/command.ts";
import { says } from "../../chat/says.ts";
import { longDate } from "../../chat/wording.ts";
import { samePeriodLastYear } from "../../domain/air/change.ts";
import { type Period, periodOf } from "../../domain/period.ts";
import { holdsRole } from "../../domain/posts.ts";
import { noticeModel } from "../../output/notice.ts";
import type { Reader } from "../../store/store.ts";
import { type About, type Addressee, officialPaper } from "../official-paper.ts";
import { readersOf } from "../readers.ts";

const toCounty = says("县区");
const toRanking = says("排名");

/** The Monday to Sunday before a slot. */
function weekBefore({ at }: Slot): Period {
  const monday = at.toPlainDate().subtract({ days: at.dayOfWeek - 1 });
  return periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 }));
}

const aboutWeek = ({ from, to, label }: Period): About => ({
  ...{ key: from.toString(), label },
  ...{ from: from.toString(), to: to.toString() },
});
const weekOf = ({ from, to }: About) => periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));

/** 空气质量周通报：last Monday to Sunday of every county, to counties, departments and the city, Mondays at nine or the next working day. */
export default officialPaper<About, WeekFacts>({
  id: WEEKLY_NOTICE,
  title: "空气质量周通报",
  words: ["周通报"],
  usually: { signing: "check", unattended: "quick", number: "周通报〔{year}〕{n}号" },
  clock: {
    when: { cron: "0 9 * * 1", dayRule: "next-working-day" },
    catchUp: "latest-within-3-days",
    draftedAt: "08:00",
    period: weekBefore,
    about: (slot) => [aboutWeek(weekBefore(slot))],
  },
  facts: (about, { store, office, today }) => weekFacts(store, office, weekOf(about), today),
  printed: weekPrinted,
  // 环比 and 同比.
  restsOn({ from, to }) {
    const [first, last] = [from, to].map((day) =>
      Temporal.PlainDate.from(day).subtract({ days: 7 }).toString(),
    );
    const then = samePeriodLastYear(from, to);
    return [
      [from, to],
      [first ?? from, last ?? to],
      [then.from, then.to],
    ];
  },
  card(facts, { about, reader, office }) {
    const week = weekOf(about);
    const own = reader.regionId === null ? null : office.heirOn(reader.regionId, week.to);
    return {
      title: `空气质量周通报（${week.label}）`,
      blocks: blocksOf(facts, week, own?.id ?? null),
      buttons: own
        ? [toCounty(`看${own.short}`, own.short)]
        : [toRanking("排名", `${about.from}..${about.to}`)],
      facts: {
        week: { from: about.from, to: about.to },
        county: own?.short ?? null,
        parts: facts.parts.map(({ data, rows, from, to, ruleSet }) => ({
          ...{ from, to, ruleSet, ...data },
          rows: rows.map(({ tied: _, regionId: __, ...row }) => row),
        })),
      },
    };
  },
  document: (facts, { about, stamp }) =>
    noticeModel({
      office: stamp.body,
      title: `空气质量周通报（${weekOf(about).label}）`,
      blocks: blocksOf(facts, weekOf(about), null),
      issued: longDate(stamp.date),
      marks: stamp.marks,
    }),
  readers: WEEKLY_READERS,
  async to(_about, _facts, context): Promise<Addressee[]> {
    const forOffice = await officeNotes(context);
    return (await readersOf(WEEKLY_READERS, context)).map((one) =>
      "person" in one.to && holdsRole(one.to.person, "office") ? { ...one, beside: forOffice } : one,
    );
  },
});

const blocksOf = ({ parts }: WeekFacts, { label }: Period, ownId: string | null): WeekBlocks =>
  parts.length === 0
    ? [{ kind: "text", text: `${label}没有可用的评价标准，不予统计。` }]
    : parts.flatMap((part) => weekBlocks(part, ownId));
type WeekBlocks = ReturnType<typeof weekBlocks>;

/** What only the office is told: how its own records stand, to be held against what the audit log says later. */
async function officeNotes({ store: { audit, outbox } }: Context<Reader>): Promise<Block[]> {
  const { hash, length } = await audit.head();
  const troubled = await outbox.countTroubled();
  const deliveries = troubled > 0 ? `待处理的推送${troubled}条，请发送“投递”；` : "";
  return [{ kind: "note", text: `${deliveries}审计记录${length}条，末条校验码${hash.slice(0, SHORT)}` }];
}

/** Digits of a hash that a person can compare. */
const SHORT = 12;
