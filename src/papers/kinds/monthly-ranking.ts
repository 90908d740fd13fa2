import { type MonthRanking, monthRanking } from "../../air/month-ranking.ts";
import {
  footnotes,
  listTables,
  monthCard,
  monthFigures,
  newspaperTable,
} from "../../air/month-ranking-card.ts";
import { monthModel } from "../../air/month-ranking-paper.ts";
import { refuse } from "../../chat/refusal.ts";
import { samePeriodLastYear } from "../../domain/air/change.ts";
import { monthPeriod } from "../../domain/months.ts";
import { answerWorkbook } from "../../output/answer-workbook.ts";
import { tablePicture } from "../../output/table-picture.ts";
import { type About, officialPaper } from "../official-paper.ts";

const aboutMonth = (month: string): About => {
  const { label, from, to } = monthPeriod(month);
  return { key: month, label, from: from.toString(), to: to.toString() };
};

/** 月度公开排名：the counties of a month for the newspaper, from audited days alone; checked by the office, signed by the city's lead. */
export default officialPaper<About, MonthRanking>({
  id: "monthly-ranking",
  title: "月度公开排名",
  words: ["公开排名", "月排名", "见报排名"],
  usually: { signing: "sign", by: "city-lead", number: "排名〔{year}〕{n}号" },
  clock: {
    // The figures of a month are confirmed within the first ten days of the next one (HJ 633-2012 cl. 5.1.5).
    when: { workingDay: 8, of: "month", at: "09:00" },
    catchUp: "latest-within-15-days",
    about: ({ at }) => [aboutMonth(at.toPlainDate().toPlainYearMonth().subtract({ months: 1 }).toString())],
  },
  asked({ period }, { today }) {
    const month = period?.from.toPlainYearMonth() ?? today.toPlainYearMonth().subtract({ months: 1 });
    const { label, to } = monthPeriod(month.toString());
    if (Temporal.PlainDate.compare(to, today) >= 0)
      return refuse("bad-period", `${label}还没有结束，月底以后才能排名。`);
    return aboutMonth(month.toString());
  },

  facts: ({ key }, { store, office }) => monthRanking(store, office, key),
  printed: monthFigures,
  restsOn({ from, to }) {
    const then = samePeriodLastYear(from, to);
    // 优良天数比例 is of the days from January on, 同比 and improvement of the same month a year before.
    return [
      [`${from.slice(0, 4)}-01-01`, to],
      [then.from, then.to],
    ];
  },
  card: (ranking) => ({ ...monthCard(ranking), facts: ranking }),
  attaches: ["picture", "word"],
  document: (ranking, { stamp, office }) => monthModel(ranking, stamp, office.pack.office),
  workbook: (ranking, { stamp }) =>
    answerWorkbook({
      title: monthCard(ranking).title,
      tables: [newspaperTable(ranking), ...listTables(ranking)],
      notes: [...footnotes(ranking), ...stamp.marks],
    }),
  picture: (ranking, { stamp }) =>
    tablePicture({
      ...newspaperTable(ranking),
      title: monthCard(ranking).title,
      notes: [...footnotes(ranking), ...stamp.marks],
    }),

  async to(_about, _ranking, { store }) {
    const readers = await store.people.withRoles(["office", "supervision", "county-lead", "county-liaison"]);
    return readers.map((person) => ({ to: { person } }));
  },
});
