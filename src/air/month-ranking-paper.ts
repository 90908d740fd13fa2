import { longDate } from "../chat/wording.ts";
import { type PaperBlock, type PaperModel, stampedHead } from "../output/paper-model.ts";
import type { MonthList, MonthRanking } from "./month-ranking.ts";
import { footnotes, leadWords, listTables, monthCard, newspaperTable } from "./month-ranking-card.ts";
import { printedTable } from "./sheet-table.ts";

/** What the paper's stamp puts on it. */
type Stamp = {
  number: string | null;
  date: Temporal.PlainDate;
  signedBy: string | null;
  body: string;
  redHead: string | null;
  marks: readonly string[];
};

/** The paper for the newspaper: the table with its footnotes on the first page, the two lists behind it. */
export function monthModel(ranking: MonthRanking, stamp: Stamp, creator: string): PaperModel {
  return {
    name: monthCard(ranking).title,
    creator,
    marks: stamp.marks,
    margins: "letter",
    ...stampedHead(stamp),
    ...(stamp.signedBy === null ? {} : { signer: stamp.signedBy }),
    blocks: [
      { kind: "title", lines: [`${ranking.label}各县（市、区）`, "空气质量排名"] },
      { kind: "text", text: leadWords(ranking) },
      printedTable({ ...newspaperTable(ranking), title: "" }),
      ...cumulatedFirst(footnotes(ranking)).map((text): PaperBlock => ({ kind: "note", text })),
      ...listTables(ranking).flatMap((one, at): PaperBlock[] => [
        printedTable(one),
        ...(ranking.lists[at] as MonthList).unranked.map(
          ({ county, reason }): PaperBlock => ({
            kind: "note",
            text: `不参与排名：${county}（${reason}）。`,
          }),
        ),
      ]),
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  };
}

/** What the star means stands by itself, all else in one note. */
const cumulatedFirst = ([star = "", ...others]: readonly string[]) => [
  `${star}。`,
  `注：${others.join("；")}。`,
];
