import { type DailySheet, dailySheet } from "../../air/daily-sheet.ts";
import { sheetCard, sheetFigures, sheetPicture, sheetTables } from "../../air/daily-sheet-card.ts";
import { sheetModel } from "../../air/daily-sheet-paper.ts";
import { refuse } from "../../chat/refusal.ts";
import { periodOf } from "../../domain/period.ts";
import { answerWorkbook } from "../../output/answer-workbook.ts";
import { tablePicture } from "../../output/table-picture.ts";
import { type About, officialPaper } from "../official-paper.ts";

const aboutDays = (from: Temporal.PlainDate, to: Temporal.PlainDate): About => ({
  key: to.toString(),
  label: periodOf(from, to).label,
  from: from.toString(),
  to: to.toString(),
});

/** 昨日快报：the day before in every county, for the office, on each working day; after days off all the days between. */
export default officialPaper<About, DailySheet>({
  id: "daily-sheet",
  passing: true,
  title: "昨日快报",
  words: ["日报", "快报", "每日快报", "日报快报"],
  mechanism: "nested-pace",
  usually: { signing: "none", number: null },
  clock: {
    when: { workingDay: "every", at: "08:30" },
    catchUp: "latest-within-1-days",
    readers: ["office"],
    about({ at }, { office: { calendar } }) {
      const to = at.toPlainDate().subtract({ days: 1 });
      let from = to;
      while (!calendar.isWorkingDay(from)) from = from.subtract({ days: 1 });
      return [aboutDays(from, to)];
    },
  },
  asked({ period }, { today }) {
    const yesterday = today.subtract({ days: 1 });
    const { from, to } = period ?? { from: yesterday, to: yesterday };
    if (Temporal.PlainDate.compare(to, yesterday) > 0)
      return refuse("bad-period", "快报写已经过完的日子，例如“拟稿 昨日快报 昨天”。");
    return aboutDays(from, to);
  },

  facts: ({ from, to }, { store, office }) =>
    dailySheet(store, office, { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) }),
  printed: sheetFigures,
  // The year to date is told anew by each next sheet: one is held to its own days and to those of its month.
  restsOn: ({ from, to }) => [[from < `${to.slice(0, 8)}01` ? from : `${to.slice(0, 8)}01`, to]],
  card: (sheet) => ({ ...sheetCard(sheet), facts: sheet }),
  document: (sheet, { stamp, office }) => sheetModel(sheet, stamp, office.pack.office),
  workbook: (sheet, { stamp }) =>
    answerWorkbook({ title: sheetCard(sheet).title, tables: sheetTables(sheet), notes: stamp.marks }),
  picture: (sheet, { stamp }) => {
    const picture = sheetPicture(sheet);
    return tablePicture({ ...picture, notes: [...picture.notes, ...stamp.marks] });
  },

  // It goes to the office, and is there for everybody who asks.
  alsoReads: async () => true,
  async to(_about, _sheet, { store }) {
    return (await store.people.withRoles(["office"])).map((person) => ({ to: { person } }));
  },
});
