import { textCell } from "./spreadsheet.ts";

/** What a column holds: text; ISO days (2020-06-05); moments (2020-06-05 09:30); figures with so many decimals, percentages as shown (82.5). */
export type ColumnKind = "text" | "date" | "time" | { decimals: number; percent?: true };

/** A text, typed by its column; a figure; a figure in a format of its own. Empty where there is none. */
export type WorkbookCell = string | number | null | { value: number; format: string };

const FORMATS = { date: "yyyy-mm-dd", time: "yyyy-mm-dd hh:mm" } as const;
const LOOK = { borderStyle: "thin", alignVertical: "top" } as const;

/** A cell as it is written: what isn't of its column's kind (—, 未评价) stays text, on the side of the figures. */
export function cellOf(cell: WorkbookCell, kind: ColumnKind = "text") {
  if (typeof cell === "object" && cell !== null) return { ...LOOK, ...cell, type: Number };
  if (typeof kind === "object") {
    const value = figureOf(cell, kind.percent === true);
    if (value !== null) return { ...LOOK, value, type: Number, format: formatOf(kind) };
    return { ...textCell(String(cell ?? "")), align: "right" as const };
  }
  if (typeof cell === "number") return { ...LOOK, value: cell, type: Number };
  const date = kind === "text" ? null : dateOf(cell ?? "", kind);
  if (date !== null && kind !== "text")
    return { ...LOOK, value: date, type: Date, format: FORMATS[kind], align: "center" as const };
  return textCell(cell ?? "");
}

const formatOf = ({ decimals, percent }: Exclude<ColumnKind, string>): string =>
  `0${decimals === 0 ? "" : `.${"0".repeat(decimals)}`}${percent ? "%" : ""}`;

/** 82.5 % is 0.825, as a decimal shift and no binary neighbour of it. */
function figureOf(cell: string | number | null, percent: boolean): number | null {
  const text = String(cell ?? "").replace(/%$/, "");
  if (!/^-?\d{1,12}(?:\.\d{1,6})?$/.test(text)) return null;
  return Number(percent ? `${text}e-2` : text);
}

/** A workbook's date has no zone: it is read as UTC. Null for what is no day, or no moment. */
function dateOf(text: string, kind: "date" | "time"): Date | null {
  const found = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?$/.exec(text);
  if (found === null || (found[2] === undefined) !== (kind === "date")) return null;
  return new Date(`${found[1]}T${found[2] ?? "00:00"}Z`);
}

/** How wide a text is in halves of a Chinese sign, as columns are measured; of several lines the widest. */
export const signsOf = (cell: WorkbookCell): number =>
  Math.max(
    ...shown(cell)
      .split("\n")
      .map((line) => [...line].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 2 : 1), 0)),
  );

/** How many lines a row has in columns of these widths: not every program works out its height when it opens a file. */
export const lineCountOf = (row: readonly WorkbookCell[], widths: readonly number[]): number =>
  Math.max(
    1,
    ...row.map((cell, at) =>
      shown(cell)
        .split("\n")
        .reduce(
          (sum, line) => sum + Math.max(1, Math.ceil(signsOf(line) / Math.max(1, (widths[at] ?? 10) - 1))),
          0,
        ),
    ),
  );

const shown = (cell: WorkbookCell): string =>
  typeof cell === "object" ? (cell === null ? "" : String(cell.value)) : String(cell);
