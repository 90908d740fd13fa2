import {
  columnTitle,
  faultOf,
  fold,
  type Head,
  type HeadMeaning,
  type Heads,
  headText,
  headUnit,
  meaningOf,
} from "./column-names.ts";

import { type FileRefusal, quoted } from "./refusal.ts";

/** What tells a kind of table from others: of every group in `needs` at least one column. */
export type KindOfTable = {
  title: string;
  columns: Readonly<Record<string, Heads>>;
  needs: readonly (string | readonly string[])[];
  /** Needed columns of which one is enough where a table gives one figure for each of many places. */
  alone?: readonly string[];
};
/** Where each of a table's columns stands, from 0. */
export type Places = ReadonlyMap<string, number>;
/** A head that keeps a table out, and how to mend it. `index` is null where it is one that isn't there. */
export type HeadFault = { index: number | null; column: string; reason: string };

/** Heads held against a kind. `said` are columns that aren't there and that the table speaks of otherwise. */
export type Match = {
  at: Places;
  units: ReadonlyMap<string, string>;
  missing: readonly (string | readonly string[])[];
  faults: readonly HeadFault[];
  /** Two heads of one meaning: nobody can tell which is right. */
  twice: readonly { column: string; heads: readonly number[] }[];
  /** Share of the kind's columns that the heads name. */
  share: number;
};

/** Share of a kind's columns from which a table is told what it lacks: three of the nine of daily air, two of three targets. */
export const RECOGNISABLE = 1 / 3;

/** Names that no table of ours has and that a careless program could trip over. */
const HOSTILE = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Tells a table by its heads: it is of the kind whose columns it has all of, and of several the one that explains most of
 * them. Columns that aren't known are left aside (AQI, remarks).
 * Refuses two columns of one meaning, a unit that isn't the column's, and what lacks a column, naming what is missing.
 */
export function kindOf<K extends KindOfTable>(
  header: readonly (string | Head)[],
  kinds: readonly K[],
): { kind: K; at: Places } | FileRefusal {
  const heads = header.map((head) => (typeof head === "string" ? { text: head } : head));
  const told = bestOf(kinds.map((kind) => ({ kind, match: matchOf(heads, kind) })));
  return "refusal" in told ? { refusal: told.refusal } : { kind: told.kind, at: told.match.at };
}

/** The kind that a table is of, by how its heads match each; or why it is of none. */
export function bestOf<K extends KindOfTable, M extends { kind: K; match: Match; heads?: readonly Head[] }>(
  judged: readonly M[],
): M | (FileRefusal & { faults?: readonly HeadFault[]; near?: M }) {
  const whole = judged
    .filter(({ match }) => match.missing.length === 0)
    .sort((a, b) => b.match.at.size - a.match.at.size);
  const [best, next] = whole;
  if (best !== undefined) {
    if (next?.match.at.size === best.match.at.size)
      return { refusal: `既像${best.kind.title}又像${next.kind.title}，请分成两个文件，各留自己的列。` };
    const { faults } = best.match;
    return faults[0] === undefined ? best : { refusal: `${faults[0].reason}。`, faults, near: best };
  }
  const [near] = judged.toSorted(
    (a, b) => b.match.share - a.match.share || b.match.at.size - a.match.at.size,
  );
  if (near === undefined || near.match.share < RECOGNISABLE || near.match.at.size < 2) {
    const all = judged.map(({ kind: { title, columns, needs } }) => {
      return `${title}：${needs.map((group) => groupTitle(group, columns)).join("、")}`;
    });
    const odd = judged.find(({ match }) => match.faults.length > 0);
    const [fault] = odd?.match.faults ?? [];
    if (fault !== undefined) return { refusal: `${fault.reason}。`, faults: odd?.match.faults ?? [] };
    return { refusal: `认不出这是什么表。可以导入的有——${all.join("；")}。请核对列名。` };
  }
  const { missing, faults } = near.match;
  const groups = missing.map((group) => groupTitle(group, near.kind.columns));
  const lacks = groups.map((column) => ({ index: null, column, reason: "缺少这一列，请补上" }));
  const [other] = faults;
  if (other !== undefined) return { refusal: `${other.reason}。`, faults, near };
  return {
    refusal: `像是${near.kind.title}，但缺少列：${groups.join("、")}。请补上后再发。`,
    faults: lacks,
    near,
  };
}

/** What somebody has said of a table's heads: the column of each by its folded text, none where it is empty. */
export type Assigned = ReadonlyMap<string, string>;

/**
 * Holds heads against a kind's columns; `said` are those that the table gives otherwise, by its title for instance, and what
 * is `assigned` counts before what a head means.
 */
export function matchOf(
  heads: readonly Head[],
  { columns, needs }: KindOfTable,
  said: ReadonlySet<string> = new Set(),
  assigned: Assigned = new Map(),
): Match {
  const meanings = heads.map((head): HeadMeaning | null => {
    const own = meaningOf(head, columns);
    const column = assigned.get(fold(headText(head)));
    if (column === undefined) return own;
    if (!Object.hasOwn(columns, column)) return null;
    return { column, unit: own?.unit ?? headUnit(head), other: null };
  });
  const at = new Map<string, number>();
  const units = new Map<string, string>();
  const faults: HeadFault[] = [];
  const others: HeadFault[] = [];
  const twice = new Map<string, number[]>();
  for (const [index, meaning] of meanings.entries()) {
    const head = heads[index] as Head;
    if (HOSTILE.has(head.text.trim().toLowerCase()))
      faults.push({ index, column: head.text, reason: `不允许的列名“${head.text.trim()}”，请删除该列` });
    if (meaning === null) continue;
    const reason = faultOf(meaning, head, columns[meaning.column] as Heads);
    if (meaning.other !== null) {
      others.push({ index, column: meaning.column, reason: reason ?? "" });
      continue;
    }
    const first = at.get(meaning.column);
    if (first !== undefined) {
      twice.set(meaning.column, [...(twice.get(meaning.column) ?? [first]), index]);
      faults.push({ index, column: meaning.column, reason: sameColumn(heads[first] as Head, head) });
      continue;
    }
    if (reason !== null) faults.push({ index, column: meaning.column, reason });
    at.set(meaning.column, index);
    if (meaning.unit !== null) units.set(meaning.column, meaning.unit);
  }
  const has = (column: string) => at.has(column) || said.has(column);
  const missing = needs.filter((group) => ![group].flat().some(has));
  // Another statistic of a column is another column: it is nobody's fault where the column itself is there.
  const instead = others.filter(({ column }) => missing.includes(column));
  const needed = new Set(needs.flat());
  const more = Object.keys(columns).filter((column) => !needed.has(column));
  const named = needs.length - missing.length + instead.length + more.filter((c) => at.has(c)).length;
  return {
    at,
    units,
    missing,
    faults: [...faults, ...instead],
    twice: [...twice].map(([column, places]) => ({ column, heads: places })),
    share: Math.min(1, named / (needs.length + more.length)),
  };
}

const sameColumn = (one: Head, other: Head) =>
  `“${quoted(headText(one))}”和“${quoted(headText(other))}”是同一列，请只保留一列`;

/** A column, or a group of which one is enough, for people: 县区或站点. */
export function groupTitle(group: string | readonly string[], columns: KindOfTable["columns"]): string {
  return [group]
    .flat()
    .map((column) => columnTitle(columns[column] as Heads))
    .join("或");
}
