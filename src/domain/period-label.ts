/**
 * The name of a span of days in office wording: 2020年, 2020年上半年, 2020年二季度, 2020年5月, 2020年1月至5月, 2020年6月8日,
 * 2020年6月8日至14日. Depends on the two dates alone, both inclusive, so the same span always has the same name.
 */
export function periodLabel(from: Temporal.PlainDate, to: Temporal.PlainDate): string {
  const sameYear = from.year === to.year;
  if (from.day === 1 && to.day === to.daysInMonth) {
    const span = sameYear ? WITHIN_YEAR.get(`${from.month}-${to.month}`) : undefined;
    if (span !== undefined) return `${from.year}年${span}`;
    if (from.month === 1 && to.month === 12) return `${from.year}年至${to.year}年`;
    if (sameYear && from.month === to.month) return `${from.year}年${from.month}月`;
    return `${from.year}年${from.month}月至${sameYear ? "" : `${to.year}年`}${to.month}月`;
  }
  const first = `${from.year}年${from.month}月${from.day}日`;
  if (from.equals(to)) return first;
  const month = sameYear && from.month === to.month ? "" : `${to.month}月`;
  return `${first}至${sameYear ? "" : `${to.year}年`}${month}${to.day}日`;
}

/** Spans of whole months that have a name of their own, by first and last month. */
const WITHIN_YEAR: ReadonlyMap<string, string> = new Map([
  ["1-12", ""],
  ["1-6", "上半年"],
  ["7-12", "下半年"],
  ["1-3", "一季度"],
  ["4-6", "二季度"],
  ["7-9", "三季度"],
  ["10-12", "四季度"],
]);
