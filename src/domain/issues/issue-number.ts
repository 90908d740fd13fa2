/** The number that an issue is called by: NT-2020-000006, of its office's letters and year and its place among them. */
export const paddedIssueNumber = (prefix: string, count: number | string): string =>
  `${prefix}-${String(count).padStart(6, "0")}`;

/** The same of a number as somebody has typed it, nt-2020-6; undefined where the word is none. */
export function typedIssueNumber(word: string): string | undefined {
  const [, prefix, count] = /^([A-Z]{1,6}-\d{4})-(\d{1,6})$/i.exec(word) ?? [];
  return prefix === undefined || count === undefined
    ? undefined
    : paddedIssueNumber(prefix.toUpperCase(), count);
}
