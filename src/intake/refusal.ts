/** The file as a whole can't be taken in; `refusal` is Chinese and says how to mend it. */
export type FileRefusal = { refusal: string };

/** One value that can't be taken in. `row` is the row's number in the file as a spreadsheet shows it; `reason` says how to mend it. */
export type Rejected = { sheet: string | null; row: number; column: string; value: string; reason: string };

/** A value as it is quoted back: long or hostile cells are cut. */
export function quoted(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
