/** One table of a file. `line` is the row's number as a spreadsheet shows it; rows without any text are left out. */
export type Sheet = {
  /** Null in a CSV file. */
  name: string | null;
  /** The heads as one row: of two head rows both, as 二氧化硫 浓度. */
  header: string[];
  headerLine: number;
  rows: readonly SheetRow[];
  /** What the days of a workbook's bare numbers are counted from. */
  epoch?: Epoch;
};
export type SheetRow = { line: number; cells: readonly string[] };
export type Epoch = 1900 | 1904;

/** A sheet as it stands in the file, blank rows included; the first is row 1. */
export type RawSheet = {
  name: string | null;
  rows: readonly (readonly string[])[];
} & Partial<Marks>;

/** What a workbook says of a sheet beside its texts. Rows and columns are counted from 0. */
export type Marks = {
  epoch: Epoch;
  hidden: boolean;
  hiddenRows: ReadonlySet<number>;
  hiddenColumns: ReadonlySet<number>;
  /** Cells that are shown as one; the first of them has the text. */
  merges: readonly Merge[];
};
export type Merge = { top: number; left: number; bottom: number; right: number };

/**
 * Begins the text of a formula that no program has worked out yet. No file can hold the sign itself: XML has none, and a
 * text with one is refused.
 */
export const UNWORKED = "\0";
/** What a failed formula shows, in a workbook or in what was saved from one. */
const FAILED = /^#(DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)$/;

/** Why a cell says nothing, though it isn't empty; null for what can be read. */
export function failure(text: string): string | null {
  const first = text.charCodeAt(0);
  if (first === 0) return "公式没有保存结果，请用表格软件打开、保存一次后再发";
  return first === HASH && FAILED.test(text) ? `公式出错（${text}），请改正公式；没有数据请留空` : null;
}

const HASH = 35;

/** Whether a row says anything. */
export function hasText(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== "" && cell.trim() !== "") return true;
  return false;
}

/** A cell's text for people. */
export const shown = (text: string): string => (text.startsWith(UNWORKED) ? text.slice(1) : text);
