import { span } from "../intake/reading.ts";
import type { Rejected } from "../intake/refusal.ts";

/** Bad cells of one cause, for people: where they stand, and what stands there. */
export type Cause = { where: string; column: string; value: string; reason: string; cells: number };

/** Values of one cause that are shown. */
const SHOWN = 3;

/** One line for each cause: the same reason in the same column, in the order in which they were found. */
export function causesOf(rejected: readonly Rejected[]): Cause[] {
  const byCause = Map.groupBy(rejected, ({ sheet, column, reason }) => `${sheet}\n${column}\n${reason}`);
  return [...byCause.values()].map((cells) => {
    const [{ sheet, column, reason } = { sheet: null, column: "", reason: "" }] = cells;
    const values = [...new Set(cells.map(({ value }) => value))];
    const more = values.length > SHOWN ? "…" : "";
    const rows = span([...new Set(cells.map(({ row }) => row))]);
    return {
      where: `${sheet === null ? "" : `${sheet} `}第${rows}行`,
      column,
      value: `${values.slice(0, SHOWN).join("、")}${more}`,
      reason,
      cells: cells.length,
    };
  });
}
