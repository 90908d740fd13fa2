export type SheetColumn<T extends string = string> = { readonly title: T; readonly width: number };

/**
 * A table as an .xlsx: one sheet, its first row the heads, frozen. Every cell is typed as text, so that nothing that
 * somebody wrote can become a formula (OWASP ASVS 1.2.10, CWE-1236).
 */
export async function plainWorkbook<T extends string>(
  sheet: string,
  columns: readonly SheetColumn<T>[],
  rows: readonly Readonly<Record<T, string>>[],
): Promise<Uint8Array> {
  const { default: write } = await import("write-excel-file/node");
  const head = columns.map(({ title }) => ({
    value: title,
    type: String,
    fontWeight: "bold" as const,
    backgroundColor: "#E8EEF4",
    borderStyle: "thin" as const,
  }));
  const cell = (value: string) => ({
    value: printable(value),
    type: String,
    wrap: true,
    alignVertical: "top" as const,
    borderStyle: "thin" as const,
  });
  const body = rows.map((row) => columns.map(({ title }) => cell(row[title])));
  const workbook = write([head, ...body], {
    sheet,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  });
  return new Uint8Array(await workbook.toBuffer());
}

/** XML 1.0 has no place for control characters; a spreadsheet that holds one can't be opened. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").replace(/\p{Cs}/gu, "");
}
