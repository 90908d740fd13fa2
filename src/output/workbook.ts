import type { Blob } from "node:buffer";
import type Stream from "node:stream";
import type { SheetData } from "write-excel-file/node";
import { masked } from "../domain/personal-data.ts";
import { headCell, lineCell, sheetNames, titleCell } from "./spreadsheet.ts";
import { type ColumnKind, cellOf, lineCountOf, signsOf, type WorkbookCell } from "./workbook-cell.ts";

/** A column: its head, what it holds (text where nothing is said), how wide it is in signs (as wide as it needs where nothing is). */
export type WorkbookColumn = { title: string; kind?: ColumnKind; width?: number };

export type WorkbookSheet = {
  name: string;
  /** Above the heads, across all columns. */
  title?: string;
  /** Small, between title and heads: the unit that fills it in, the date. */
  lines?: readonly string[];
  columns: readonly WorkbookColumn[];
  rows: readonly (readonly WorkbookCell[])[];
  /** Below the rows, each 注：…; an import leaves them aside. */
  notes?: readonly string[];
  /** How many of the first columns stay in sight; the heads always do. */
  frozen?: number;
  /** What it is printed on; A4 where nothing is said. */
  paper?: "A3" | "A4";
};

/** What the package takes for a file's content. */
type FileContent = Stream | Buffer | Blob;

/** Signs that fit A4 upright; a wider sheet is printed across. */
const UPRIGHT = 84;
/** The widest column that is chosen by itself, and the least. */
const [WIDEST, LEAST] = [60, 8];
/** Points; a spreadsheet has no higher row than the last. */
const [FONT, LINE, HIGHEST] = [10, 13, 409];

/**
 * Sheets as an .xlsx, the same bytes for the same sheets: figures are numbers with their decimals, dates are dates, all other
 * cells text that no program takes for a formula; heads stay in sight, can be filtered and stand on each printed page, which
 * is as wide as the sheet. Nothing of a person stands in it but a name. `marks` (演示数据) stand below each sheet and at the head of each printed page.
 *
 * @example
 * await workbook([{ name: "排名", columns: [{ title: "县区" }, { title: "PM2.5", kind: { decimals: 0 } }], rows: [["海安", 36]] }])
 */
export async function workbook(
  sheets: readonly WorkbookSheet[],
  marks: readonly string[] = [],
): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const { printedSheets } = await import("./printed-sheet.ts");
  const names = sheetNames(sheets.map(({ name }) => name));
  const laidOut = masked(sheets).map((sheet) => layOut(sheet, marks));
  const made = write(
    laidOut.map(({ data, widths, head, frozen, across }, i) => ({
      ...{ data, sheet: names[i] ?? "", columns: widths.map((width) => ({ width })) },
      ...{ stickyRowsCount: head, ...(frozen > 0 ? { stickyColumnsCount: frozen } : {}) },
      ...(across ? { orientation: "landscape" as const } : {}),
    })),
    {
      fontSize: FONT,
      features: [
        printedSheets<FileContent>(
          laidOut.map(({ head, last, widths, size }, i) => ({
            ...{ sheet: names[i] ?? "", columns: widths.length },
            ...{ head, last, size, marks },
          })),
        ),
      ],
    },
  );
  const [{ unzipSync }, { zippedAlike }] = await Promise.all([import("fflate"), import("./docx-bytes.ts")]);
  return zippedAlike(unzipSync(new Uint8Array(await made.toBuffer())));
}

function layOut(sheet: WorkbookSheet, marks: readonly string[]) {
  const { title, lines = [], columns, rows, notes = [], frozen = 0, paper = "A4" } = sheet;
  const widths = columns.map(
    ({ title: head, kind, width }, at) => width ?? widthOf([head, ...rows.map((row) => row[at] ?? "")], kind),
  );
  const empty = columns.slice(1).map(() => null);
  const above = [
    ...(title === undefined ? [] : [[titleCell(title, columns.length), ...empty]]),
    ...lines.map((line) => [lineCell(line, columns.length), ...empty]),
  ];
  const below = [...notes, ...marks].map((note) => [lineCell(`注：${note}`, 1)]);
  const head = above.length + 1;
  const data: SheetData = [
    ...above,
    columns.map((column) => headCell(column.title)),
    ...rows.map((row) => {
      const height = Math.min(HIGHEST, LINE * lineCountOf(row, widths) + 2);
      return columns.map(({ kind }, at) => ({
        ...cellOf(row[at] ?? "", kind),
        ...(at === 0 ? { height } : {}),
      }));
    }),
    ...(below.length === 0 ? [] : [[], ...below]),
  ];
  const across = widths.reduce((sum, width) => sum + width, 0) > UPRIGHT;
  return { data, widths, head, last: head + rows.length, frozen, across, size: paper };
}

/** As wide as what it holds, within bounds. */
const widthOf = (cells: readonly WorkbookCell[], kind?: ColumnKind): number =>
  kind === "date" ? 12 : kind === "time" ? 18 : Math.min(WIDEST, Math.max(LEAST, ...cells.map(signsOf)) + 2);
