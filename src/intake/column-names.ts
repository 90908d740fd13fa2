import { type FileRefusal, quoted } from "./refusal.ts";

/** What a column may be called, between blanks, the first of them shown; and its unit, if it has one. */
export type Heads = { heads: string; unit?: string };

/** Units by the words that offices write them with, folded by NFKC and to lower case. */
const UNITS: Readonly<Record<string, RegExp>> = {
  "mg/m³": /mg|毫克/,
  "μg/m³": /μg|ug|微克/,
  "t/km²": /^(t|吨)$|km2|平方公里|平方千米/,
};
const PART_OF_UNIT = /^(m3|立方米|单位|%)$/;
/** Words that say which mean it is, or how a date is written, and change nothing in a table of days. */
const QUALIFIER =
  /^(日均值?|日平均|日均浓度|浓度|均值|平均|24h|24小时|24小时平均|8h|8小时|mda8|日最大8小时滑动平均|日最大8小时|年|月|日|年月日|yyyymmdd)$/;
const QUALIFIER_AT_END = /(日均值|日均浓度|平均浓度|日平均|浓度|均值|日均|24小时平均|24h)$/;

export const isUnit = (unit: string): boolean => Object.hasOwn(UNITS, unit);

/** The column's name for people, e.g. 日期, PM2.5. */
export const columnTitle = ({ heads }: Heads): string => heads.split(" ")[0] ?? "";

/** A table's columns by all that they may be called, folded. @throws Error when two of them may be called alike. */
export function columnsByName<C extends string>(columns: Readonly<Record<C, Heads>>): ReadonlyMap<string, C> {
  const names = new Map<string, C>();
  for (const [column, { heads }] of Object.entries(columns) as [C, Heads][])
    for (const head of heads.split(" ")) {
      const other = names.get(fold(head));
      if (other !== undefined && other !== column)
        throw new Error(`its columns "${other}" and "${column}" are both called “${head}”`);
      names.set(fold(head), column);
    }
  return names;
}

/**
 * The column that a head names: in Chinese or English, with or without a unit, 细颗粒物(PM2.5), O₃_8h, PM2.5日均浓度(μg/m³).
 * @returns null for a head that is none of theirs; PM2.5(IAQI) and O3-8h-90per are such.
 */
export function columnOf<C extends string>(head: string, names: ReadonlyMap<string, C>): C | null {
  const text = head.normalize("NFKC").toLowerCase();
  return names.get(fold(text)) ?? columnInParts(text, names);
}

/** Why a head's unit isn't its column's: every value under it would be wrong by a factor. Null when it is, or says none. */
export function faultOfUnit(head: string, column: Heads): FileRefusal | null {
  if (column.unit === undefined) return null;
  const said = unitsIn(head.normalize("NFKC").toLowerCase());
  if (said.length === 0 || said.includes(column.unit)) return null;
  return {
    refusal: `“${quoted(head.trim())}”的单位不对：${columnTitle(column)}应为 ${column.unit}，请换算后再发。`,
  };
}

const unitsIn = (text: string) =>
  Object.keys(UNITS).filter((unit) => partsOf(text).some((part) => UNITS[unit]?.test(part)));

/** What stands before, within and after brackets, and a unit that follows without them. */
function partsOf(text: string): string[] {
  return text
    .split(/[()[\]{}【】/]|(?=μg|ug|mg|微克|毫克)/)
    .map(fold)
    .filter((part) => part !== "");
}

/** All parts of a head must be the same column, a unit or a qualifier. */
function columnInParts<C extends string>(text: string, names: ReadonlyMap<string, C>): C | null {
  const found = new Set<C>();
  for (const part of partsOf(text)) {
    if (isPartOfUnit(part) || QUALIFIER.test(part)) continue;
    const column = names.get(part) ?? names.get(part.replace(QUALIFIER_AT_END, ""));
    if (column === undefined) return null;
    found.add(column);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

const isPartOfUnit = (part: string) =>
  PART_OF_UNIT.test(part) || Object.values(UNITS).some((words) => words.test(part));

/** Half width, lower case, without blanks and signs: O₃_8h, O3-8h and ｏ３ ８ｈ are the same. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-–—.·,、:()[\]]/g, "");
}
