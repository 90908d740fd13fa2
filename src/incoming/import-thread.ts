import { tellAsker } from "../aside/tell.ts";
import { contextOf } from "../bot/lantian.ts";
import type { Column } from "../chat/import.ts";
import { inDateOrder } from "../domain/date-order.ts";
import { headText } from "../intake/column-names.ts";
import type { KeptLayout } from "../store/import-questions.ts";
import type { Person } from "../store/people.ts";
import { type BotTold, withBot } from "./bot-aside.ts";
import type { DateGuess } from "./dates-of-file.ts";
import { type BroughtIn, importFile, type NotBroughtIn } from "./import-file.ts";
import { tablesOfFile } from "./read-tables.ts";

// What is done with files in a thread of its own.

export type FileSent = { bytes: Uint8Array; name: string };
/** How far an import is: it reads rows, or it waits for its turn to write. */
export type ImportStep = { step: "rows"; rows: number; of: number } | { step: "turn" };

/**
 * Imports a file; nothing is written before whoever asked has given the turn.
 * @public called by its name, in a thread.
 */
export function importInThread(
  told: BotTold,
  file: FileSent,
  by: { person: Person; layout?: KeptLayout; run: number },
): Promise<BroughtIn | NotBroughtIn> {
  const { run, ...sender } = by;
  const tellStep = (step: ImportStep) => tellAsker(step);
  return withBot(told, (bot) =>
    importFile(
      bot,
      file,
      { ...sender, partial: false },
      {
        run,
        turn: () => tellStep({ step: "turn" }),
        passed: (rows, of) => void tellStep({ step: "rows", rows, of }),
      },
    ),
  );
}

/** Rows that are shown of a table as they were read. */
const SHOWN = 3;

/** What a table was taken for: its heads, which column stands under which, and its first rows. */
export type TableLook = {
  kind: string;
  heads: readonly string[];
  at: readonly (readonly [column: string, head: number])[];
  rows: readonly { line: number; cells: readonly string[] }[];
  /** What was read and left aside, in words. */
  lines: readonly string[];
  /** How its dates were read, where they could be others. */
  guess: DateGuess | null;
};

/**
 * Looks at a file's first table, read by what was said of its columns.
 * @public called by its name, in a thread.
 */
export function lookInThread(
  told: BotTold,
  file: FileSent,
  layout: KeptLayout,
): Promise<TableLook | { refusal: string }> {
  return withBot(told, async (bot) => {
    const context = await contextOf(bot);
    const readAs = (as: KeptLayout) => tablesOfFile(file, bot.registry.imports, context, as);
    const first = await readAs(layout);
    const order = "refusal" in first ? (first.unsure?.dateOrder ?? null) : null;
    const read = order === null ? first : await readAs({ ...layout, dateOrder: order });
    if ("refusal" in read) return { refusal: read.refusal };
    const [found] = read.found;
    const rows = found?.tables[0]?.sheet.rows.slice(0, SHOWN) ?? [];
    const at = [...(found?.layout.parts[0]?.match.at ?? [])];
    const columns = read.kind.columns as Record<string, Column>;
    const dates = new Set(at.flatMap(([name, i]) => (columns[name]?.date === undefined ? [] : [i])));
    const { dateOrder } = read.tables[0] ?? {};
    const asRead = (cell: string, i: number) =>
      dateOrder !== undefined && dates.has(i) ? (inDateOrder(cell, dateOrder) ?? cell) : cell;
    return {
      kind: read.kind.id,
      heads: found?.layout.heads.map(headText) ?? [],
      at,
      rows: rows.map(({ line, cells }) => ({ line, cells: cells.map(asRead) })),
      lines: read.reading.lines,
      guess: read.guess,
    };
  });
}
