import type { BatchBy } from "../store/batches.ts";
import type { Writer } from "../store/store.ts";
import type { Refusal } from "./refusal.ts";

/** How many rows are gone again, and how many have their old figures or their old state again. */
export type TakenBack = { removed: number; restored: number };

/** A kind of import by its name, and how an import of it is taken back. */
export type Imported = {
  id: string;
  title: string;
  /**
   * Has stand again what stood before an import, in the transaction that notes it; refuses when that can't be told. Without
   * it an import of the kind can't be taken back.
   */
  takeBack?(batch: BatchBy, context: { store: Writer; now: Temporal.Instant }): Promise<TakenBack | Refusal>;
};

/** Why an import can't be taken back before the later ones that have changed its rows; of no number: nobody knows what has. */
export function changedSince(id: number, later: readonly number[]): string {
  if (later.length === 0) return `第${id}号导入的内容后来又有改动，不能撤回，请导入更正后的数据。`;
  const numbers = later.map((no) => `第${no}号`).join("、");
  return `第${id}号导入的数据后来又被${numbers}改动，请先撤回${numbers}，再撤回第${id}号。`;
}
