/** One table of a file. `line` is the row's number as a spreadsheet shows it; rows without any text are left out. */
export type Sheet = {
  /** Null in a CSV file. */
  name: string | null;
  header: string[];
  headerLine: number;
  rows: readonly SheetRow[];
};
export type SheetRow = { line: number; cells: readonly string[] };

/** A sheet as it stands in the file, blank rows included; the first is row 1. */
export type RawSheet = { name: string | null; rows: readonly (readonly string[])[] };
