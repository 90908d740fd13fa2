import type { FileRefusal } from "./refusal.ts";
import { hasText, type Merge, type RawSheet } from "./sheet.ts";

/** Cells that merges may fill, of all sheets together: no table has more, and what isn't a table stops here. */
const MOST_MERGED = 2_000_000;

/** What is to be seen of a sheet: its rows by their places, hidden ones left out, merged cells holding for the rows below. */
export type Grid = {
  /** The places of the rows that are shown and say something. */
  lines: readonly number[];
  cells(line: number): readonly string[];
  /** The same with what a merged cell says in each of its columns, as heads are read. */
  spread(line: number): readonly string[];
  /** Whether cells of this row are merged to the right. */
  merged(line: number): boolean;
  /** The hidden rows that say something, and the hidden columns. */
  hidden: { rows: readonly number[]; columns: readonly number[] };
};

export function gridOf(raw: RawSheet): Grid | FileRefusal {
  const { merges = [], hiddenRows = new Set(), hiddenColumns = new Set() } = raw;
  const rows = [...raw.rows];
  const change = (line: number): string[] => {
    const changed = [...(rows[line] ?? [])];
    rows[line] = changed;
    return changed;
  };
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const columns = [...hiddenColumns].filter((at) => at < width && rows.some((row) => row[at]?.trim()));
  if (columns.length > 0)
    for (const line of rows.keys()) {
      const row = change(line);
      for (const at of columns) if (at < row.length) row[at] = "";
    }
  let left = MOST_MERGED;
  for (const { top, left: column, bottom } of merges) {
    const text = rows[top]?.[column] ?? "";
    const last = Math.min(bottom, rows.length - 1);
    left -= Math.max(0, last - top) + 1;
    if (left < 0) return { refusal: "合并单元格过多，请取消合并后再发。" };
    if (text === "") continue;
    for (let line = top + 1; line <= last; line++) {
      const row = change(line);
      while (row.length < column) row.push("");
      row[column] = text;
    }
  }
  const across = Map.groupBy(
    merges.filter((merge) => merge.right > merge.left),
    ({ top }) => top,
  );
  const lines: number[] = [];
  const hidden: number[] = [];
  for (const [line, cells] of rows.entries())
    if (hasText(cells)) (hiddenRows.has(line) ? hidden : lines).push(line);
  const none: readonly string[] = [];
  return {
    lines,
    cells: (line) => rows[line] ?? none,
    spread: (line) => spreadRow(rows[line] ?? none, across.get(line) ?? [], width),
    merged: (line) => across.has(line),
    hidden: { rows: hidden, columns },
  };
}

function spreadRow(cells: readonly string[], merges: readonly Merge[], width: number): readonly string[] {
  const row = [...cells];
  for (const { left, right } of merges) {
    const text = row[left] ?? "";
    for (let at = left + 1; at <= Math.min(right, width - 1); at++) {
      while (row.length < at) row.push("");
      row[at] = text;
    }
  }
  return row.map((cell) => cell.trim());
}
