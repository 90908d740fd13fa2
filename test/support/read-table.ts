import { contextOf } from "../../src/bot/lantian.ts";
import { readRowsOf } from "../../src/incoming/read-rows-of.ts";
import { tablesOfSheets } from "../../src/incoming/read-tables.ts";
import { BUDGET } from "../../src/intake/budget.ts";
import { readCsv } from "../../src/intake/csv.ts";
import type { Rejected } from "../../src/intake/refusal.ts";
import type { RawSheet } from "../../src/intake/sheet.ts";
import type { AnOffice } from "./office.ts";

/** What a table's rows are read as before the store is asked about them; nothing enters. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of rows of each kind
export type ReadTable = { kind: string; rows: any[]; rejected: readonly Rejected[]; leftOut: number };

export const readText = ({ bot }: Pick<AnOffice, "bot">, text: string): Promise<ReadTable> => {
  const raw = readCsv(new TextEncoder().encode(text), BUDGET.rows);
  if ("refusal" in raw) throw new Error(raw.refusal);
  return readSheets({ bot }, raw);
};

export async function readSheets(
  { bot }: Pick<AnOffice, "bot">,
  raw: readonly RawSheet[],
): Promise<ReadTable> {
  const context = { ...(await contextOf(bot)), by: null, batch: 1 };
  const told = tablesOfSheets(raw, bot.registry.imports, context);
  if ("refusal" in told) throw new Error(told.refusal);
  const { judge: _, ...kind } = told.kind;
  const read = await bot.store.write((store) => readRowsOf(kind, told.tables, { ...context, store }));
  const leftOut = told.reading.leftOut.reduce((sum, { rows }) => sum + (rows?.length ?? 0), 0);
  return { kind: kind.id, rows: [...read.rows], rejected: read.rejected, leftOut };
}
