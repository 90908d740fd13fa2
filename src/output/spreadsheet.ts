// What the office's spreadsheets have in common: heads that stay in sight, cells with a border, text that stays text.

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A head of a column. */
export const headCell = (title: string) => ({
  value: printable(title),
  type: String,
  fontWeight: "bold" as const,
  backgroundColor: "#E8EEF4",
  borderStyle: "thin" as const,
  align: "center" as const,
  alignVertical: "center" as const,
  wrap: true,
});

/** Typed as text, so that nothing that somebody wrote can become a formula (OWASP ASVS 1.2.10, CWE-1236). */
export const textCell = (value: string) => ({
  value: printable(value),
  type: String,
  wrap: true,
  alignVertical: "top" as const,
  borderStyle: "thin" as const,
});

/** A sheet's title, across all columns. */
export const titleCell = (title: string, columnSpan: number) => ({
  value: printable(title),
  type: String,
  columnSpan,
  fontWeight: "bold" as const,
  fontSize: 16,
  height: 28,
  align: "center" as const,
  alignVertical: "center" as const,
});

/** A line outside of the table: who filled it in, what is to be said of it. */
export const lineCell = (text: string, columnSpan: number) => ({
  value: printable(text),
  type: String,
  columnSpan,
});

/** Signs that a sheet's name may not have, and how many it may. */
const FORBIDDEN = /[[\]:*?/\\']/g;
const LONGEST = 31;

/** Names that a workbook's sheets may have: without forbidden signs, short, and each another. */
export function sheetNames(wanted: readonly string[]): string[] {
  const names: string[] = [];
  for (const [i, text] of wanted.entries()) {
    const name = printable(text).replace(FORBIDDEN, "_").slice(0, LONGEST).trim() || `表${i + 1}`;
    const taken = (one: string) => names.some((other) => other.toLowerCase() === one.toLowerCase());
    let free = name;
    for (let n = 2; taken(free); n++) free = `${name.slice(0, LONGEST - 4)}（${n}）`;
    names.push(free);
  }
  return names;
}

/** XML 1.0 has no place for control characters; a spreadsheet that holds one can't be opened. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").replace(/\p{Cs}/gu, "");
}
