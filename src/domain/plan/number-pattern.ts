/** A paper's number by its pattern: 通气办交〔2020〕12号 */
export const numberFrom = (pattern: string, year: number, n: number | string): string =>
  pattern.replace("{year}", String(year)).replace("{n}", String(n));
