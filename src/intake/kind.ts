import { columnOf, columnsByName, columnTitle, faultOfUnit, type Heads } from "./column-names.ts";
import { type FileRefusal, quoted } from "./refusal.ts";

/** What tells a kind of table from others: of every group in `needs` at least one column. */
export type KindOfTable = {
  title: string;
  columns: Readonly<Record<string, Heads>>;
  needs: readonly (string | readonly string[])[];
};
/** Where each of a table's columns stands, from 0. */
export type Places = ReadonlyMap<string, number>;

/** Share of a kind's columns from which a table is told what it lacks: three of the nine of daily air, two of three targets. One alone tells nothing. */
const RECOGNISABLE = 1 / 3;

/** Names that no table of ours has and that a careless program could trip over. */
const HOSTILE = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Tells a table by its heads: it is of the kind whose columns it has all of, and of several the one that explains most of
 * them. Columns that aren't known are left aside (AQI, remarks).
 * Refuses two columns of one meaning, a unit that isn't the column's, and what lacks a column, naming what is missing.
 */
export function kindOf<K extends KindOfTable>(
  header: readonly string[],
  kinds: readonly K[],
): { kind: K; at: Places } | FileRefusal {
  const hostile = header.find((head) => HOSTILE.has(head.trim().toLowerCase()));
  if (hostile !== undefined) return { refusal: `不允许的列名“${hostile.trim()}”，请删除该列。` };

  const judged = kinds.map((kind) => ({ kind, ...match(header, kind) }));
  const whole = judged.filter(({ missing }) => missing.length === 0).sort((a, b) => b.at.size - a.at.size);
  const [best, next] = whole;
  if (best !== undefined) {
    if (next?.at.size === best.at.size)
      return { refusal: `既像${best.kind.title}又像${next.kind.title}，请分成两个文件，各留自己的列。` };
    return best.fault ?? { kind: best.kind, at: best.at };
  }
  const [nearest] = judged.toSorted((a, b) => b.share - a.share || b.at.size - a.at.size);
  if (nearest === undefined || nearest.share < RECOGNISABLE || nearest.at.size < 2) {
    const all = kinds.map(({ title, columns, needs }) => {
      return `${title}：${needs.map((group) => groupTitle(group, columns)).join("、")}`;
    });
    const fault = judged.find((one) => one.fault !== null)?.fault;
    return fault ?? { refusal: `认不出这是什么表。可以导入的有——${all.join("；")}。请核对列名。` };
  }
  const lacks = nearest.missing.map((group) => groupTitle(group, nearest.kind.columns)).join("、");
  return nearest.fault ?? { refusal: `像是${nearest.kind.title}，但缺少列：${lacks}。请补上后再发。` };
}

function match(header: readonly string[], { columns, needs }: KindOfTable) {
  const names = columnsByName(columns);
  const at = new Map<string, number>();
  let fault: FileRefusal | null = null;
  for (const [index, head] of header.entries()) {
    const column = columnOf(head, names);
    if (column === null) continue;
    fault ??= faultOfUnit(head, columns[column] as Heads);
    const first = at.get(column);
    if (first === undefined) at.set(column, index);
    else
      fault ??= {
        refusal: `“${quoted(header[first] ?? "")}”和“${quoted(head)}”是同一列，请只保留一列。`,
      };
  }
  const missing = needs.filter((group) => ![group].flat().some((column) => at.has(column)));
  const needed = new Set(needs.flat());
  const more = Object.keys(columns).filter((column) => !needed.has(column));
  const found = needs.length - missing.length + more.filter((column) => at.has(column)).length;
  return { at, missing, fault, share: found / (needs.length + more.length) };
}

/** A column, or a group of which one is enough, for people: 县区或站点. */
export function groupTitle(group: string | readonly string[], columns: KindOfTable["columns"]): string {
  return [group]
    .flat()
    .map((column) => columnTitle(columns[column] as Heads))
    .join("或");
}
