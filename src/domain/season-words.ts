import type { Impossible, Span } from "./period-words.ts";
import type { Season } from "./plan/pack.ts";

/** What offices call seasons; whether and how long they last is the plan's to say. */
const SPOKEN = ["秋冬季", "供暖季", "采暖季", "供热季", "夏秋季", "春夏季", "春季", "夏季", "秋季", "冬季"];
const WHEN =
  "(?:(?<year>20\\d\\d)(?:(?:年?[-~—–至到](?:20)?\\d\\d)?年度?)?|(?<said>今年|本年|去年|前年|上1?个?|上一个?|本|这个?))?的?";

/**
 * Where a season stands in a text: 秋冬季, 去年秋冬季, 2019-2020年秋冬季. `sticky` patterns find it at one place of a text.
 */
export function seasonPattern(seasons: readonly Season[]): RegExp {
  const names = [...new Set([...seasons.flatMap(({ names }) => names), ...SPOKEN])];
  const longestFirst = names.toSorted((a, b) => b.length - a.length);
  return new RegExp(`${WHEN}(?<name>${longestFirst.join("|")})(?:期间|里|中)?`, "y");
}

/**
 * A season as the plan pack has it, from its first day to its last, which may lie in the next year. With a year it is the
 * one that begins in it; without, the one that runs on `today`, or else the last that ended.
 * @returns null for other texts; `{ invalid }` for a season that the plan doesn't define.
 */
export function readSeason(
  text: string,
  today: Temporal.PlainDate,
  seasons: readonly Season[],
): Span | Impossible | null {
  const found = seasonPattern(seasons).exec(text);
  if (found === null || found[0].length !== text.length) return null;
  const { name = "", year, said } = found.groups ?? {};
  const season = seasons.find(({ names }) => names.includes(name));
  if (season === undefined) {
    const example = `${today.year - 1}年10月至${today.year}年3月`;
    return { invalid: `计划没有规定“${name}”是哪几个月，请写明起止，例如“${example}”。` };
  }
  const from = (begins: number) => Temporal.PlainDate.from(`${begins}-${season.from}`);
  const to = (begins: number) =>
    Temporal.PlainDate.from(`${season.to < season.from ? begins + 1 : begins}-${season.to}`, {
      overflow: "constrain",
    });
  // The newest that has begun; 上个 is the last that has ended.
  let begins = today.year;
  while (Temporal.PlainDate.compare(from(begins), today) > 0) begins -= 1;
  if (said?.startsWith("上") && Temporal.PlainDate.compare(to(begins), today) >= 0) begins -= 1;
  if (said === "今年" || said === "本年") begins = today.year;
  if (said === "去年" || said === "前年") begins = today.year - (said === "去年" ? 1 : 2);
  if (year !== undefined) begins = Number(year);
  return { from: from(begins), to: to(begins) };
}
