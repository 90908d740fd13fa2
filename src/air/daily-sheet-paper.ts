import { longDate } from "../chat/wording.ts";
import type { PaperBlock, PaperModel } from "../output/paper-model.ts";
import type { DailySheet } from "./daily-sheet.ts";
import { sheetCard, sheetLabel, sheetTables, sheetWords } from "./daily-sheet-card.ts";
import { printedTable, type SheetTable } from "./sheet-table.ts";

/** The sheet as Word and its pages: each day, month and year to date, what remains, small print. */
export function sheetModel(
  sheet: DailySheet,
  { date, body, marks }: { date: Temporal.PlainDate; body: string; marks: readonly string[] },
  creator: string,
): PaperModel {
  const tables = sheetTables(sheet);
  const words = sheetWords(sheet);
  return {
    name: sheetCard(sheet).title,
    creator,
    marks,
    margins: "form",
    blocks: [
      { kind: "title", lines: ["昨日快报"], below: `（${sheetLabel(sheet)}）` },
      ...sheet.days.flatMap((_, at): PaperBlock[] => [
        { kind: "text", text: words.days[at] ?? "" },
        printedTable({ ...(tables[at] as SheetTable), title: "" }),
      ]),
      ...tables.slice(sheet.days.length).map(printedTable),
      ...words.held.map((text): PaperBlock => ({ kind: "text", text: `${text}。` })),
      { kind: "note", text: `注：${words.note}。` },
      { kind: "signature", body, date: longDate(date) },
    ],
  };
}
