// What the office's spreadsheets have in common: heads that stay in sight, cells with a border, text that stays text.

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A head of a column. */
export const headCell = (title: string) => ({
  value: printable(title),
  type: String,
  fontWeight: "bold" as const,
  backgroundColor: "#E8EEF4",
  borderStyle: "thin" as const,
});

/** Typed as text, so that nothing that somebody wrote can become a formula (OWASP ASVS 1.2.10, CWE-1236). */
export const textCell = (value: string) => ({
  value: printable(value),
  type: String,
  wrap: true,
  alignVertical: "top" as const,
  borderStyle: "thin" as const,
});

/** XML 1.0 has no place for control characters; a spreadsheet that holds one can't be opened. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "").replace(/\p{Cs}/gu, "");
}
