import type { Told } from "../domain/reading.ts";
import { withYear } from "./cells.ts";
import { columnTitle, fold, type Head, type Heads, headParts, headText, meaningOf } from "./column-names.ts";
import { type Assigned, type HeadFault, type KindOfTable, type Match, matchOf } from "./kind.ts";
import type { Table } from "./source.ts";
import { statisticsFrom } from "./statistics.ts";
import { isUnit, unitIn } from "./units.ts";

/** A kind with what of its columns may be told elsewhere than in a cell. */
export type Known<K extends KindOfTable = KindOfTable> = {
  kind: K;
  told: Readonly<Record<string, Told>>;
  /** What somebody has said of the heads. */
  assigned?: Assigned;
};

/** What stands around the heads of a table. */
export type Around = {
  title: readonly string[];
  sheet: string | null;
  /** The first rows below its heads. */
  below: readonly (readonly string[])[];
};

/** One table among the columns of a sheet: where its columns stand, and what holds for all of its rows. */
export type TablePart = {
  match: Match;
  fixed: ReadonlyMap<string, string>;
  unless: NonNullable<Table["unless"]>;
};
/** Heads held against a kind with all that is around them. Of a wide table each place is a part. */
export type TableLayout<K extends KindOfTable> = {
  kind: K;
  told: Known["told"];
  parts: readonly TablePart[];
  match: Match;
  heads: readonly Head[];
};

/** Reads heads as those of a kind. */
export function layoutOf<K extends KindOfTable>(
  heads: readonly Head[],
  { kind, told, assigned }: Known<K>,
  around: Around,
): TableLayout<K> {
  const wide = assigned === undefined ? wideBy(heads, kind, told, yearAround(around)) : null;
  const split =
    wide === null
      ? [{ fixed: new Map<string, string>(), match: matchOf(heads, kind, new Set(), assigned) }]
      : [];
  const places = Map.groupBy(wide?.items ?? [], (item) => item.value);
  const oneEach = [...places.values()].every(({ length }) => length === 1);
  if (wide !== null)
    for (const [value, items] of places) {
      const own = heads.map((head, at) => (wide.apart.has(at) ? { text: "" } : head));
      for (const { at, item } of items) own[at] = item ?? { text: "" };
      const fixed = new Map([[wide.column, value]]);
      const single = items.filter(({ item }) => item === null).map(({ at }) => at);
      split.push({
        fixed,
        match: withSingle(matchOf(own, kind, new Set(fixed.keys())), { single, oneEach }, kind, around),
      });
    }
  const parts = split.map(({ match, fixed }) => {
    const units = withUnits(match, kind, around);
    const faults = [...match.faults];
    const all = new Map(fixed);
    const toldOf = (column: string): readonly string[] => {
      const by = told[column];
      return by === undefined || isThere(by, match, heads, around) ? [] : valuesAround(by, around);
    };
    const missing = match.missing.filter((group) => {
      const found = [group].flat().flatMap((column) => {
        const values = toldOf(column);
        return values.length === 1 ? [[column, values[0] as string] as const] : [];
      });
      if (found[0] !== undefined) all.set(...found[0]);
      return found[0] === undefined;
    });
    // A column that a table may do without is told as well: a title's 6月 is what its targets are of.
    for (const [column, { orRows = [] }] of Object.entries(told)) {
      if (kind.needs.flat().includes(column) || match.at.has(column)) continue;
      const [value, ...others] = toldOf(column);
      if (value !== undefined && others.length === 0) all.set(column, value);
      else if (value !== undefined && orRows.length > 0 && !orRows.some((one) => match.at.has(one)))
        faults.push({ index: null, column, reason: severalTold([value, ...others], kind.columns[column]) });
    }
    const unless = new Map(
      [...all.keys()].map((column) => [
        column,
        (told[column]?.orRows ?? []).flatMap((one) => match.at.get(one) ?? []),
      ]),
    );
    return { fixed: all, unless, match: { ...match, units, missing, faults } };
  });
  const first = parts[0] as TablePart;
  const faults = [...new Map(parts.flatMap(({ match }) => match.faults).map((f) => [f.reason, f])).values()];
  const missing = [...new Set(parts.flatMap(({ match }) => match.missing))];
  return { kind, told, parts, heads, match: { ...first.match, faults, missing } };
}

const severalTold = (values: readonly string[], column: Heads | undefined): string =>
  `标题写了${values.join("、")}，分不清各行是哪一个，请加“${column && columnTitle(column)}”列逐行写明，或分成几张表`;

/** What is told around a table, if all that is around it tells the same. */
function valuesAround(told: Told, { title, sheet }: Around): readonly string[] {
  const values = new Set(title.flatMap((text) => told.within(text)));
  if (sheet !== null && values.size === 0) for (const value of told.within(sheet)) values.add(value);
  return [...values];
}

/**
 * Whether a column that isn't used holds such values, or one without a head holds anything: then it may be there, and what is
 * told around the table isn't meant for it.
 */
const isThere = ({ is }: Told, { at }: Match, heads: readonly Head[], { below }: Around): boolean => {
  const used = new Set(at.values());
  const headless = (i: number) => headText(heads[i] ?? { text: "" }) === "";
  return below.some((cells) =>
    cells.some((cell, i) => !used.has(i) && cell.trim() !== "" && (headless(i) || is(cell) !== null)),
  );
};

/** The one year that the lines above a table speak of, or else the name of its sheet. */
export function yearAround({ title, sheet }: Pick<Around, "title" | "sheet">): string | null {
  const yearsIn = (text: string) => new Set(text.normalize("NFKC").match(/(?<!\d)20\d{2}(?=\s*年)/g) ?? []);
  const said = yearsIn(title.join(" "));
  const [year = null, ...others] = said.size > 0 || sheet === null ? said : yearsIn(sheet);
  return others.length === 0 ? year : null;
}

/** The months that the lines above a table speak of, and the name of its sheet. */
export function monthsAround({ title, sheet }: Pick<Around, "title" | "sheet">): ReadonlySet<number> {
  const text = [...title, sheet ?? ""].join(" ").normalize("NFKC");
  return new Set([...text.matchAll(/(?<!\d)(\d{1,2})\s*月/g)].map(([, month]) => Number(month)));
}

/** A head like 6月3日 is a day of the year that the title speaks of. */
function inYear(text: string, year: string | null): string {
  const dated = year === null ? null : withYear(text, year, null);
  return dated !== null && "value" in dated ? dated.value : text;
}

type Item = { at: number; value: string; item: Head | null };

/** The column whose values stand as heads: counties over items, items over counties, or counties with one item for all. */
function wideBy(heads: readonly Head[], { columns }: KindOfTable, told: Known["told"], year: string | null) {
  let best: { column: string; items: readonly Item[] } | null = null;
  const ours = heads.map((head) => meaningOf(head, columns));
  for (const [column, one] of Object.entries(told)) {
    const is = (text: string) => one.is(inYear(text, year));
    if (ours.some((meaning) => meaning?.column === column)) continue;
    const items = heads.flatMap(({ text, over = "", unit }, at): Item[] => {
      const below = unit === undefined ? {} : { unit };
      if (over === "") {
        const value = ours[at] === null ? is(text) : null;
        if (value !== null) return [{ at, value, item: null }];
        const both = one.split?.(text) ?? null;
        return both === null ? [] : [{ at, value: both.value, item: { text: both.item, ...below } }];
      }
      const above = is(over);
      if (above !== null) return [{ at, value: above, item: { text, ...below } }];
      const value = is(text);
      return value === null ? [] : [{ at, value, item: { text: over, ...below } }];
    });
    if (items.length > (best?.items.length ?? 0)) best = { column, items };
  }
  if (best === null) return null;
  // A figure that stands under no place, or under one that nobody knows, is none of the others'.
  const places = new Set(best.items.map(({ at }) => at));
  const ofPlaces = new Set(best.items.map(({ item }) => item && meaningOf(item, columns)?.column));
  const isFigure = (column: string | undefined) =>
    column !== undefined && (ofPlaces.has(column) || columns[column]?.unit !== undefined);
  const apart = new Set(heads.keys().filter((at) => places.has(at) || isFigure(ours[at]?.column)));
  return { ...best, apart };
}

/**
 * A wide table may give one figure for each place, whose item the title or a group of heads names, where a row of its own
 * needs several together.
 */
function withSingle(
  match: Match,
  { single: places, oneEach }: { single: readonly number[]; oneEach: boolean },
  kind: KindOfTable,
  { title }: Around,
): Match {
  const alone = new Set(kind.alone ?? []);
  const at = new Map(match.at);
  const faults: HeadFault[] = [...match.faults];
  const [place, again] = places;
  if (place !== undefined) {
    const named = itemsNamed(title, kind.columns, alone);
    const [item] = named;
    if (again !== undefined)
      faults.push({ index: again, column: "", reason: "同一地点有两列，请只保留一列" });
    else if (item !== undefined && named.length === 1) {
      if (item.other !== null)
        faults.push({ index: place, column: item.column, reason: `标题写的${item.other}，请换成该项数据` });
      at.set(item.column, place);
    } else
      faults.push({
        index: place,
        column: "",
        reason: "每个地点一列的表，要在标题写明是哪一项（如PM2.5日均浓度）；或改成一行一天一地",
      });
  }
  // Where others have more, a place with one figure has lost its others' heads.
  const single = oneEach && [...alone].filter((column) => at.has(column)).length === 1;
  const missing = match.missing.filter(
    (group) => !(typeof group === "string" && (at.has(group) || (single && alone.has(group)))),
  );
  return { ...match, at, faults, missing };
}

/** Items that a title speaks of, and what it says that they are a statistic of, if that isn't theirs. */
function itemsNamed(title: readonly string[], columns: KindOfTable["columns"], alone: ReadonlySet<string>) {
  const found = new Map<string, { column: string; other: string | null }>();
  for (const piece of title.filter((text) => !text.includes("单位")).flatMap(headParts))
    for (const column of alone) {
      const { heads } = columns[column] as Heads;
      const name = heads
        .split(" ")
        .map(fold)
        .filter((name) => name.length > 1 && piece.includes(name))
        .toSorted((a, b) => b.length - a.length)[0];
      if (name === undefined) continue;
      const from = piece.indexOf(name);
      const end = from + name.length;
      const said = statisticsFrom(piece, end);
      const text = piece.slice(from, end) + (said.length === 0 ? "" : piece.slice(end));
      const meaning = meaningOf({ text: text.slice(0, 40) }, columns);
      const own = columns[column] as Heads;
      const wrong = said.some((one) => own.statistic !== undefined && one !== own.statistic);
      found.set(column, { column, other: wrong ? (meaning?.other ?? "不是该项的统计口径") : null });
    }
  return [...found.values()];
}

/** The units that the lines above a table name for all of it or for one item, where the heads name none. */
function withUnits(match: Match, { columns }: KindOfTable, { title }: Around): ReadonlyMap<string, string> {
  const { all, of } = unitsAround(title, columns);
  if (all === null && of.size === 0) return match.units;
  const units = new Map(match.units);
  for (const column of match.at.keys()) {
    const own = columns[column]?.unit;
    if (own === undefined || units.has(column)) continue;
    const said = of.get(column) ?? all;
    if (said !== null && said !== undefined && sameKind(said, own)) units.set(column, said);
  }
  return units;
}

const sameKind = (one: string, other: string) =>
  isUnit(one) && isUnit(other) && one.endsWith("/m³") === other.endsWith("/m³");

/** 单位：µg/m³（CO为mg/m³）; 除CO为mg/m³外，其余为µg/m³. */
function unitsAround(title: readonly string[], columns: KindOfTable["columns"]) {
  const of = new Map<string, string>();
  let all: string | null = null;
  for (const text of title)
    for (const clause of text.normalize("NFKC").split(/[,，;；。()（）[\]【】]/)) {
      const found = /(?:mg|[μuµ]g|毫克|微克)\s*(?:\/|每)?\s*(?:m3|立方米|m³)/i.exec(clause);
      if (found === null) continue;
      const unit = unitIn(fold(found[0]));
      const rest = fold(clause.replace(found[0], "")).replace(
        /单位|除|外|其余|其他|其它|项目|均?[为是以计]|浓度|均/g,
        "",
      );
      const meaning = rest === "" ? null : meaningOf({ text: rest }, columns);
      if (meaning !== null) of.set(meaning.column, unit ?? "");
      else if (rest === "" || clause.includes("单位")) all = unit;
    }
  return { all, of };
}

/** The name that a layout is remembered by: a file of the same heads has the same. */
export const shapeOf = (heads: readonly Head[]): string =>
  heads.map((head) => fold(headText(head))).join("|");
