import { importFile } from "../../src/incoming/import-file.ts";
import type { AnOffice } from "./office.ts";

/** Brings the lines of a CSV into an office, as somebody who sends them or, without anybody, from a terminal. */
export async function importText(
  office: AnOffice,
  lines: readonly string[],
  { by, partial = false }: { by?: string; partial?: boolean } = {},
) {
  const person = by === undefined ? null : await office.bot.store.read((r) => r.people.byName(by));
  const bytes = new TextEncoder().encode(lines.join("\n"));
  return importFile(office.bot, { name: "表.csv", bytes }, { person, partial });
}

/** Its bad cells, one a line: row, column, value, reason. */
export function faultsOf(result: Awaited<ReturnType<typeof importFile>>): string[] {
  return result.rejected.map(({ row, column, value, reason }) => `${row} ${column} ${value} ${reason}`);
}
