import type { Slot } from "../../chat/command.ts";
import { refuse } from "../../chat/refusal.ts";
import { monthOfDay } from "../../domain/months.ts";
import { type Period, periodOf } from "../../domain/period.ts";
import { TOWN_RANKING } from "../../domain/towns/ranked-from.ts";
import { mondayOf } from "../../domain/week.ts";
import { answerWorkbook } from "../../output/answer-workbook.ts";
import { tablePicture } from "../../output/table-picture.ts";
import {
  aboutTowns,
  noticesOf,
  type TownNoticeAbout,
  type TownNoticeFacts,
  townNoticeFacts,
} from "../../towns/notice.ts";
import {
  firstTable,
  noticeCard,
  noticeFigures,
  noticeNotes,
  noticeTables,
  townNoticeModel,
} from "../../towns/notice-look.ts";
import { type Addressee, officialPaper } from "../official-paper.ts";
import { readersOf } from "../readers.ts";

const TITLE = "镇街空气质量排名";
const READERS = ["office", "county-lead", "county-liaison", "town-liaison"] as const;

/** The Monday to Sunday before a slot; and the month before, with the first Monday of a month. */
function periodsOf({ at }: Slot): [week: Period, month: Period | null] {
  const monday = mondayOf(at.toPlainDate());
  const week = periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 }));
  return [week, monday.day <= 7 ? monthOfDay(monday.with({ day: 1 }).subtract({ days: 1 })) : null];
}

/**
 * 镇街排名通报：last week's towns by PM2.5, with the first Monday of a month the month's too, from the day on that the plan names.
 * A county is sent its own towns in full and the others' ranks, the office all of them.
 */
export default officialPaper<TownNoticeAbout, TownNoticeFacts>({
  id: TOWN_RANKING,
  title: TITLE,
  words: ["镇街通报", "镇街排名通报"],
  mechanism: TOWN_RANKING,
  usually: { signing: "none", number: null },
  clock: {
    when: { cron: "0 9 * * 1", dayRule: "next-working-day" },
    catchUp: "latest-within-3-days",
    readers: READERS,
    groups: true,
    about: (slot, context) => noticesOf(...periodsOf(slot), context),
  },
  asked({ period, regionId }, { office, today }) {
    const monday = mondayOf(today);
    const asked = period ?? periodOf(monday.subtract({ days: 7 }), monday.subtract({ days: 1 }));
    if (Temporal.PlainDate.compare(asked.to, today) >= 0)
      return refuse("bad-period", `${asked.label}还没有过完，过完才能通报排名。`);
    return aboutTowns(asked, null, regionId === undefined ? null : office.heirOn(regionId, asked.to));
  },

  facts: townNoticeFacts,
  printed: noticeFigures,
  restsOn: ({ from, to, month }) => [[from, to], ...(month === null ? [] : [month])],
  card: (facts, { about }) => noticeCard(facts, `${TITLE}（${about.label}）`),
  attaches: ["picture"],
  document: (facts, { about, stamp, office }) =>
    townNoticeModel(facts, { title: TITLE, label: about.label, stamp, creator: office.pack.office }),
  workbook: (facts, { about, stamp }) =>
    answerWorkbook({
      title: `${TITLE}（${about.label}）`,
      tables: noticeTables(facts),
      notes: [...noticeNotes(facts, facts.county !== null), ...stamp.marks],
    }),
  picture: (facts, { about, stamp }) => {
    const { columns, rows } = firstTable(facts) ?? { columns: [], rows: [] };
    const notes = [...noticeNotes(facts, false), ...stamp.marks];
    return tablePicture({ title: `${TITLE}（${about.label}）`, columns, rows, notes });
  },

  async to({ regionId, to }, _facts, context): Promise<Addressee[]> {
    const { office } = context;
    const day = Temporal.PlainDate.from(to).add({ days: 1 });
    const countyOf = (id: string | null) => (id === null ? null : office.heirOn(id, day).id);
    return (await readersOf(READERS, context)).filter(({ to: one }) => {
      if ("chat" in one && one.chat.departmentId !== null) return false;
      const own = countyOf("person" in one ? one.person.regionId : one.chat.regionId);
      return own === (regionId === null ? null : countyOf(regionId));
    });
  },
});
