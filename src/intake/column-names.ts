import { STATISTICS, type Statistic } from "../domain/air/statistic.ts";
import { statisticsIn } from "./statistics.ts";
import { isOnlyUnit, shiftBetween, unitIn } from "./units.ts";

/** What a column may be called, between blanks, the first of them shown; its unit and what it is a statistic of, if it has them. */
export type Heads = {
  heads: string;
  unit?: string;
  /** The statistic that its figures are; a head that says another one is another column. */
  statistic?: Statistic;
  /** Words that say nothing by themselves and may stand beside its name: 颗粒物（PM10）. */
  beside?: string;
};

/** A head as a table has it: the group that it stands under and the unit below it, where there are such. */
export type Head = { text: string; over?: string; unit?: string };

/** What a head says: its column, the unit that it names, and why its figures aren't the column's, if they aren't. */
export type HeadMeaning<C extends string = string> = { column: C; unit: string | null; other: string | null };

/** The column's name for people, e.g. 日期, PM2.5. */
export const columnTitle = ({ heads }: Heads): string => heads.split(" ")[0] ?? "";

/** A head for people, with the group that it stands under. */
export const headText = ({ text, over = "" }: Head): string =>
  over === "" || over === text ? text : text === "" ? over : `${over} ${text}`;

type Columns<C extends string> = Readonly<Record<C, Heads>>;
type Names<C extends string> = ReadonlyMap<string, C>;
const named = new WeakMap<object, Names<string>>();

/** A table's columns by all that they may be called, folded. @throws Error when two of them may be called alike. */
export function columnsByName<C extends string>(columns: Columns<C>): Names<C> {
  const known = named.get(columns);
  if (known !== undefined) return known as Names<C>;
  const names = new Map<string, C>();
  for (const [column, { heads }] of Object.entries(columns) as [C, Heads][])
    for (const head of heads.split(" ")) {
      const other = names.get(fold(head));
      if (other !== undefined && other !== column)
        throw new Error(`its columns "${other}" and "${column}" are both called “${head}”`);
      names.set(fold(head), column);
    }
  named.set(columns, names);
  return names;
}

/** A head that is longer names no column: nobody looks into it. */
const LONGEST = 120;
/** Parts of a date that stand beside its name. */
const OF_A_DATE = /^(年|月|日|年月日?|月日|yyyymmdd|yyyymm|mmdd|hhmm)$/;

/**
 * What a head means: in Chinese or English, with or without a unit and the period of its means, alone or under a group,
 * 细颗粒物(PM2.5), O₃_8h, PM2.5日均浓度(µg/m³). All that it says must be of one column.
 * @returns null for a head that is none of theirs, such as AQI or PM2.5同比.
 */
export function meaningOf<C extends string>(head: Head, columns: Columns<C>): HeadMeaning<C> | null {
  const { text, over = "", unit } = head;
  const exact = columnsByName(columns).get(fold(text));
  const whole = over === "" ? null : meaningIn([...headParts(over), ...headParts(text)], columns);
  const own =
    whole ??
    (exact === undefined ? meaningIn(headParts(text), columns) : { column: exact, unit: null, other: null });
  if (own === null) return null;
  const below = unit === undefined ? null : headUnit({ text: unit });
  return own.unit !== null || below === null ? own : { ...own, unit: below };
}

/** The unit that a head names, whatever else it means. */
export const headUnit = ({ text, over = "", unit = "" }: Head): string | null =>
  [text, over, unit]
    .flatMap(headParts)
    .flatMap((part) => (isOnlyUnit(part) ? (unitIn(part) ?? []) : []))[0] ?? null;

function meaningIn<C extends string>(parts: readonly string[], columns: Columns<C>): HeadMeaning<C> | null {
  if (parts.reduce((sum, { length }) => sum + length, 0) > LONGEST) return null;
  const names = columnsByName(columns);
  const found = new Set<C>();
  const statistics = new Set<Statistic>();
  const left: string[] = [];
  let unit: string | null = null;
  for (const part of parts) {
    if (names.has(part)) found.add(names.get(part) as C);
    else if (isOnlyUnit(part)) unit ??= unitIn(part);
    else {
      const said = statisticsIn(part);
      const other = said === null ? nameWithin(part, names) : null;
      if (said === null && other === null) left.push(part);
      if (other !== null) found.add(other.column);
      for (const one of said ?? other?.statistics ?? []) statistics.add(one);
    }
  }
  const [column] = found;
  if (found.size !== 1 || column === undefined) return null;
  const { statistic, beside = "", unit: own } = columns[column];
  const dated = own === undefined && statistic === undefined;
  const besides = beside.split(" ").map(fold);
  if (left.some((part) => !besides.includes(part) && !(dated && OF_A_DATE.test(part)))) return null;
  const other = dated ? undefined : [...statistics].find((one) => !agrees(one, statistic));
  return { column, unit, other: other === undefined ? null : notOf(other, statistic) };
}

/** A column that says what its figures are takes no others; one that doesn't takes any mean. */
const agrees = (said: Statistic, own: Statistic | undefined) =>
  own === undefined ? said !== "index" && said !== "percentile" : said === own;

const notOf = (said: Statistic, own: Statistic | undefined) =>
  `是${STATISTICS[said]}${own === undefined ? "" : `，不是${STATISTICS[own]}`}`;

/** A name with what its figures are before or behind it: pm25日均浓度, 24小时平均pm10. The longest name counts. */
function nameWithin<C extends string>(part: string, names: Names<C>) {
  let best: { column: C; statistics: readonly Statistic[]; length: number } | null = null;
  for (const [name, column] of names) {
    const at = name.length > (best?.length ?? 0) ? part.indexOf(name) : -1;
    if (at < 0 || name === "") continue;
    const before = statisticsIn(part.slice(0, at));
    const behind = statisticsIn(part.slice(at + name.length));
    if (before !== null && behind !== null)
      best = { column, statistics: [...before, ...behind], length: name.length };
  }
  return best;
}

/** Why a head's figures can't be its column's: another statistic, or a unit that no point can be moved to. Null when they can. */
export function faultOf(meaning: HeadMeaning, head: Head, column: Heads): string | null {
  if (meaning.other !== null)
    return `“${short(head)}”${meaning.other}，不能当作${columnTitle(column)}，请换成该项数据`;
  const { unit } = meaning;
  if (column.unit === undefined || unit === null || shiftBetween(unit, column.unit) !== null) return null;
  return `“${short(head)}”的单位不对：${columnTitle(column)}应为 ${column.unit}，请换算后再发`;
}

const short = (head: Head) => {
  const text = headText(head).trim();
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** What stands before, within and after brackets, and a unit that follows without them, folded. */
export function headParts(text: string): string[] {
  if (text.length > LONGEST * 2) return [fold(text)];
  return text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[()[\]{}【】〔〕/]|(?=[μu]g|mg|微克|毫克)/)
    .map(fold)
    .filter((part) => part !== "");
}

/** Half width, lower case, without blanks and signs: O₃_8h, O3-8h and ｏ３ ８ｈ are the same. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-–—.·,、:;*()[\]〔〕]/g, "")
    .replaceAll("µ", "μ");
}
