import { contextOf } from "../../src/bot/lantian.ts";
import { readRowsOf } from "../../src/incoming/read-rows-of.ts";
import { kindOf } from "../../src/intake/kind.ts";
import type { Rejected } from "../../src/intake/refusal.ts";
import type { Sheet } from "../../src/intake/sheet.ts";
import { readTable } from "../../src/intake/table.ts";
import type { AnOffice } from "./office.ts";

/** What a table's rows are read as before the store is asked about them; nothing enters. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of rows of each kind
export type ReadTable = { kind: string; rows: any[]; rejected: readonly Rejected[] };

export async function readText({ bot }: AnOffice, text: string): Promise<ReadTable> {
  const sheets = await readTable(new TextEncoder().encode(text), "表.csv");
  if ("refusal" in sheets) throw new Error(sheets.refusal);
  return readSheet({ bot }, sheets[0] as Sheet);
}

export async function readSheet({ bot }: Pick<AnOffice, "bot">, sheet: Sheet): Promise<ReadTable> {
  const told = kindOf(sheet.header, bot.registry.imports);
  if ("refusal" in told) throw new Error(told.refusal);
  const { judge: _, ...kind } = told.kind;
  const context = { ...(await contextOf(bot)), by: null, batch: 1 };
  const tables = [{ sheet, at: told.at }];
  const read = await bot.store.write((store) => readRowsOf(kind, tables, { ...context, store }));
  return { kind: kind.id, rows: [...read.rows], rejected: read.rejected };
}
