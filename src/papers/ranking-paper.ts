import { type MonthRanking, monthRanking } from "../air/month-ranking.ts";
import { footnotes, listTables, monthCard, monthFigures, newspaperTable } from "../air/month-ranking-card.ts";
import { monthModel } from "../air/month-ranking-paper.ts";
import { samePeriodLastYear } from "../domain/air/change.ts";
import { type Period, periodOf } from "../domain/period.ts";
import { answerWorkbook } from "../output/answer-workbook.ts";
import { tablePicture } from "../output/table-picture.ts";
import { type About, type OfficialPaper, officialPaper } from "./official-paper.ts";

type Own = Pick<OfficialPaper<About, MonthRanking>, "id" | "title" | "words" | "usually" | "clock" | "asked">;

/** Who gets a public ranking. */
export const RANKING_READERS = ["office", "supervision", "county-lead", "county-liaison"] as const;

/** A paper that ranks the counties in public, of whatever days: its figures, its looks, and whom it is sent to. */
export const rankingPaper = (own: Own): OfficialPaper<About, MonthRanking> =>
  officialPaper<About, MonthRanking>({
    ...own,
    mechanism: "monthly-ranking",
    facts: ({ from, to }, { store, office }) =>
      monthRanking(store, office, periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to))),
    printed: monthFigures,
    restsOn({ from, to }) {
      const then = samePeriodLastYear(from, to);
      // 优良天数比例 is of the days from January on, 同比 and improvement of the same days a year before.
      return [
        [`${from.slice(0, 4)}-01-01`, to],
        [then.from, then.to],
      ];
    },
    alsoRestsOn: ["dustfall"],
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
      return (await store.people.withRoles(RANKING_READERS)).map((person) => ({ to: { person } }));
    },
  });

/** What a ranking of some days is about; `key` names it among its kind. */
export const aboutRanking = (key: string, { label, from, to }: Period): About => ({
  ...{ key, label },
  ...{ from: from.toString(), to: to.toString() },
});
