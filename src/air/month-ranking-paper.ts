import { longDate } from "../chat/wording.ts";
import type { PaperBlock, PaperModel } from "../output/paper-model.ts";
import { printWidth } from "../output/print-width.ts";
import type { MonthList, MonthRanking } from "./month-ranking.ts";
import {
  footnotes,
  leadWords,
  listTables,
  monthCard,
  NEWSPAPER,
  newspaperTable,
} from "./month-ranking-card.ts";
import type { SheetTable } from "./sheet-table.ts";

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
    ...(stamp.redHead === null ? {} : { redHead: stamp.redHead }),
    ...(stamp.number === null ? {} : { no: stamp.number }),
    ...(stamp.signedBy === null ? {} : { signer: stamp.signedBy }),
    blocks: [
      { kind: "title", lines: [`${ranking.label}各县（市、区）`, "空气质量排名"] },
      { kind: "text", text: leadWords(ranking) },
      printedTable(newspaperTable(ranking)),
      ...footnotes(ranking).map(
        (text): PaperBlock => ({ kind: "note", text: `${text.startsWith("*") ? "" : "注："}${text}。` }),
      ),
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

/** Columns as wide as their longest cells. */
function printedTable({ title, columns, rows }: SheetTable): PaperBlock {
  const heads = columns.map((column) => column.title);
  const widest = (at: number) =>
    Math.max(...[heads, ...rows].map((cells) => printWidth(cells[at] ?? "") + 1));
  return {
    kind: "table",
    ...(title === NEWSPAPER ? {} : { title }),
    head: true,
    height: 7,
    rows: [heads, ...rows],
    widths: columns.map((_, at) => widest(at)),
    align: columns.map(({ align }) => (align === "end" ? "center" : "left")),
  };
}
