import { WEEKLY_NOTICE, WEEKLY_READERS } from "../../air/week-report.ts";
import type { Block } from "../../chat/card.ts";
import type { Context, Slot } from "../../chat/command.ts";
import { longDate } from "../../chat/wording.ts";
import { samePeriodLastYear } from "../../domain/air/change.ts";
import { type Period, periodOf } from "../../domain/period.ts";
import { holdsRole } from "../../domain/posts.ts";
import { mondayOf } from "../../domain/week.ts";
import { answerWorkbook } from "../../output/answer-workbook.ts";
import { chartPicture } from "../../output/charts/chart-picture.ts";
import type { Reader } from "../../store/store.ts";
import { type About, type Addressee, officialPaper } from "../official-paper.ts";
import { readersOf } from "../readers.ts";
import { bulletinOf } from "../week/bulletin.ts";
import { weekCard } from "../week/week-card.ts";
import { type WeekFacts, weekFacts } from "../week/week-facts.ts";
import { weekInserts, weekModel } from "../week/week-model.ts";
import { weekPrinted } from "../week/week-printed.ts";
import { allTables } from "../week/week-tables.ts";
import { partNote } from "../week/week-words.ts";

/** The Monday to Sunday before a slot. */
function weekBefore({ at }: Slot): Period {
  const monday = mondayOf(at.toPlainDate());
  return periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 }));
}

const aboutWeek = ({ from, to, label }: Period): About => ({
  ...{ key: from.toString(), label },
  ...{ from: from.toString(), to: to.toString() },
});
const weekOf = ({ from, to }: About) => periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));

const TITLE = "空气质量周通报";

/** 空气质量周通报：last Monday to Sunday of every county, to counties, departments and the city, Mondays at nine or the next working day. */
export default officialPaper<About, WeekFacts>({
  id: WEEKLY_NOTICE,
  title: TITLE,
  words: ["周通报", "周报", "每周通报"],
  mechanism: "weekly-notice",
  usually: { signing: "check", unattended: "quick", number: "周通报〔{year}〕{n}号" },
  clock: {
    when: { cron: "0 9 * * 1", dayRule: "next-working-day" },
    catchUp: "latest-within-3-days",
    draftedAt: "08:00",
    readers: WEEKLY_READERS,
    groups: true,
    period: weekBefore,
    about: (slot) => [aboutWeek(weekBefore(slot))],
  },
  facts: (about, context) => weekFacts(weekOf(about), context),
  printed: weekPrinted,
  // The year to date and the week before, and the same dates of last year.
  restsOn({ from, to }) {
    const before = Temporal.PlainDate.from(from).subtract({ days: 7 }).toString();
    const [first = from] = [`${to.slice(0, 4)}-01-01`, before].sort();
    const [january, week] = [samePeriodLastYear(`${to.slice(0, 4)}-01-01`, to), samePeriodLastYear(from, to)];
    const [then = week.from] = [january.from, week.from].sort();
    return [
      [first, to],
      [then, week.to],
    ];
  },
  alsoRestsOn: ["progress", "county-targets"],
  card: (facts, { about, reader, office }) => {
    const week = weekOf(about);
    return weekCard(facts, week, reader.regionId === null ? null : office.heirOn(reader.regionId, week.to));
  },
  attaches: ["picture", "word"],
  inserts: async (facts) =>
    new Map(
      await Promise.all(
        weekInserts(facts).map(async ({ name, spec }) => [name, await chartPicture(spec)] as const),
      ),
    ),
  document: (facts, { about, stamp, office, inserted }) =>
    weekModel(facts, {
      ...{ title: TITLE, label: about.label, stamp, inserted },
      creator: office.pack.office,
    }),
  workbook: (facts, { about, stamp }) =>
    answerWorkbook({
      title: `${TITLE}（${about.label}）`,
      tables: allTables(facts),
      notes: [...facts.parts.map(partNote), ...stamp.marks],
    }),
  picture: (facts, { about, stamp }) =>
    chartPicture(bulletinOf(facts, about.label, { date: longDate(stamp.date), marks: stamp.marks })),
  async to(_about, _facts, context): Promise<Addressee[]> {
    const forOffice = await officeNotes(context);
    return (await readersOf(WEEKLY_READERS, context)).map((one) =>
      "person" in one.to && holdsRole(one.to.person, "office") ? { ...one, beside: forOffice } : one,
    );
  },
});

/** What only the office is told: how its own records stand, to be held against what the audit log says later. */
async function officeNotes({ store: { audit, outbox } }: Context<Reader>): Promise<Block[]> {
  const { hash, length } = await audit.head();
  const troubled = await outbox.countTroubled();
  const deliveries = troubled > 0 ? `待处理的推送${troubled}条，请发送“投递”；` : "";
  return [{ kind: "note", text: `${deliveries}审计记录${length}条，末条校验码${hash.slice(0, SHORT)}` }];
}

/** Digits of a hash that a person can compare. */
const SHORT = 12;
