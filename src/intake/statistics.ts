import type { Statistic } from "../domain/air/statistic.ts";

const MEAN = "(?:滑动)?(?:平均|均)?(?:质量)?(?:浓度)?(?:值)?";
const MAX = "(?:的?(?:日)?最大值?|max)?";
/** Longest first at each place; folded texts have no signs and no blanks. */
const WORDS: readonly [Statistic | null, RegExp][] = (
  [
    ["mda8", `(?:每?日)?(?:最大)?(?:的)?(?:连续)?8(?:小时|h|hr)${MEAN}${MAX}|mda8`],
    ["day", `24(?:小时|h|hr)${MEAN}|每?日(?:均|平均)(?:质量)?(?:浓度)?(?:值)?|日值`],
    [
      "hour",
      `(?:每?日)?(?:最大)?1(?:小时|h|hr)${MEAN}${MAX}|每?小时(?:平均|均)?(?:浓度)?(?:值)?|逐时|时均值?`,
    ],
    [
      "month",
      "(?:\\d{1,2})?月份?(?:平均|均)(?:浓度)?(?:值)?|[当本]月(?:均|平均)?(?:浓度)?(?:值)?|monthlymean",
    ],
    ["year", "年(?:平均|均)(?:浓度)?(?:值)?|annualmean"],
    [
      "other",
      "[周旬](?:平均|均)(?:浓度)?(?:值)?|季度?(?:平均|均)(?:浓度)?(?:值)?|累计(?:平均|均)?(?:浓度)?(?:值)?",
    ],
    ["percentile", "(?:第)?\\d{2}(?:百分位数?|per|th)(?:浓度|值)?|p\\d{2}|百分位数?(?:浓度|值)?"],
    ["index", "(?:空气质量)?分指数|iaqi|指数"],
    [null, "(?:质量)?浓度(?:值)?|平均浓度(?:值)?|平均值?|均值|均|监测值|数值|实测值?|实况|数据|项目|值"],
  ] as const
).map(([statistic, words]) => [statistic, new RegExp(words, "y")]);
/** In brackets of their own these say the period; elsewhere they are parts of other words. */
const ALONE: Readonly<Record<string, Statistic>> = {
  月: "month",
  年: "year",
  日: "day",
  小时: "hour",
  季: "other",
};

/** What a folded piece of a head says of the figures and nothing beside; null when it says anything else. */
export function statisticsIn(piece: string): readonly Statistic[] | null {
  const alone = Object.hasOwn(ALONE, piece) ? ALONE[piece] : undefined;
  if (alone !== undefined) return [alone];
  const found: Statistic[] = [];
  for (let at = 0; at < piece.length; ) {
    const next = longestAt(piece, at);
    if (next.length === 0) return null;
    if (next.statistic !== null) found.push(next.statistic);
    at += next.length;
  }
  return found;
}

/** What a text says of the figures from a place on, as far as it goes: “日均浓度排名” says day. */
export function statisticsFrom(text: string, from: number): readonly Statistic[] {
  const found: Statistic[] = [];
  for (let at = from; at < text.length; ) {
    const next = longestAt(text, at);
    if (next.length === 0) break;
    if (next.statistic !== null) found.push(next.statistic);
    at += next.length;
  }
  return found;
}

function longestAt(text: string, at: number): { statistic: Statistic | null; length: number } {
  let best: { statistic: Statistic | null; length: number } = { statistic: null, length: 0 };
  for (const [statistic, words] of WORDS) {
    words.lastIndex = at;
    const length = words.exec(text)?.[0].length ?? 0;
    if (length > best.length) best = { statistic, length };
  }
  return best;
}
