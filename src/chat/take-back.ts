/** How many rows are gone again, and how many have their old figures or their old state again; `words` where more is to be said. */
export type TakenBack = { removed: number; restored: number; words?: string };

/** Why an import can't be taken back before the later ones that have changed its rows; of no number: nobody knows what has. */
export function changedSince(id: number, later: readonly number[]): string {
  if (later.length === 0) return `第${id}号导入的内容后来又有改动，不能撤回，请导入更正后的数据。`;
  const numbers = later.map((no) => `第${no}号`).join("、");
  return `第${id}号导入的数据后来又被${numbers}改动，请先撤回${numbers}，再撤回第${id}号。`;
}
