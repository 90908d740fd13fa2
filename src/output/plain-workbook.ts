import { headCell, textCell } from "./spreadsheet.ts";

export type SheetColumn<T extends string = string> = { readonly title: T; readonly width: number };

/**
 * A table as an .xlsx: one sheet, its first row the heads, frozen; printed in landscape; `marks` stand below as notes, which an import leaves aside.
 */
export async function plainWorkbook<T extends string>({
  sheet,
  columns,
  rows,
  marks,
}: {
  sheet: string;
  columns: readonly SheetColumn<T>[];
  rows: readonly Readonly<Record<T, string>>[];
  marks: readonly string[];
}): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const data = [
    columns.map(({ title }) => headCell(title)),
    ...rows.map((row) => columns.map(({ title }) => textCell(row[title]))),
    ...(marks.length === 0 ? [] : [[], ...marks.map((mark) => [{ value: `注：${mark}`, type: String }])]),
  ];
  const { printedSheet } = await import("./printed-sheet.ts");
  const letter = String.fromCharCode("A".charCodeAt(0) + columns.length - 1);
  const workbook = write(
    data,
    { sheet, columns: columns.map(({ width }) => ({ width })), stickyRowsCount: 1, orientation: "landscape" },
    { features: [printedSheet({ sheet, columns: letter, head: 1, last: rows.length + 1, size: "A4" })] },
  );
  return new Uint8Array(await workbook.toBuffer());
}
