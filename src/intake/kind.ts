import { type Column, columnName, columnOf } from "./column-names.ts";
import { type FileRefusal, quoted } from "./refusal.ts";

/** What a table holds, and where each of its columns stands (from 0). */
export type TableKind = { kind: Kind; at: ReadonlyMap<Column, number> };
export type Kind = "daily-air" | "county-targets" | "issues";

/** What each kind needs: of every group at least one column. `signs` are columns that it may have and no other kind has. */
const KINDS: readonly {
  kind: Kind;
  title: string;
  needs: readonly (readonly Column[])[];
  signs?: readonly Column[];
}[] = [
  {
    kind: "daily-air",
    title: "日均空气数据",
    needs: [["date"], ["county", "station"], ["PM2.5"], ["PM10"], ["SO2"], ["NO2"], ["CO"], ["O3_8h"]],
  },
  {
    kind: "county-targets",
    title: "县级目标",
    needs: [["county"], ["indicator"], ["constraint", "stretch"]],
  },
  {
    kind: "issues",
    title: "问题台账",
    needs: [["county"], ["problem"]],
    signs: [
      "no",
      "source",
      "batch",
      "town",
      "place",
      "category",
      "level",
      "department",
      "assigned",
      "due",
      "photos",
    ],
  },
];

/**
 * Share of a kind's columns from which a table is told what it lacks: three of the eight of daily air, two of three targets,
 * five of the thirteen of issues.
 */
const RECOGNISABLE = 0.35;

/** Names that no table of ours has and that a careless program could trip over. */
const HOSTILE = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Tells a table by its heads. Columns that aren't known are left aside (AQI, remarks); all that a kind needs must be there.
 * Refuses two columns of one meaning, a unit that isn't the column's, and what lacks a column, naming what is missing.
 */
export function kindOf(header: readonly string[]): TableKind | FileRefusal {
  const at = new Map<Column, number>();
  for (const [index, head] of header.entries()) {
    if (HOSTILE.has(head.trim().toLowerCase()))
      return { refusal: `不允许的列名“${head.trim()}”，请删除该列。` };
    const column = columnOf(head);
    if (column === null) continue;
    if (typeof column !== "string") return column;
    const first = at.get(column);
    if (first !== undefined)
      return { refusal: `“${quoted(header[first] ?? "")}”和“${quoted(head)}”是同一列，请只保留一列。` };
    at.set(column, index);
  }

  const judged = KINDS.map(({ kind, title, needs, signs = [] }) => {
    const missing = needs.filter((group) => !group.some((column) => at.has(column)));
    const found = needs.length - missing.length + signs.filter((column) => at.has(column)).length;
    return { kind, title, missing, share: found / (needs.length + signs.length) };
  });
  const whole = judged.find(({ missing }) => missing.length === 0);
  if (whole !== undefined) return { kind: whole.kind, at };
  const nearest = judged.reduce((best, one) => (one.share > best.share ? one : best));
  if (nearest.share < RECOGNISABLE) {
    const all = KINDS.map(({ title, needs }) => `${title}：${needs.map(groupName).join("、")}`).join("；");
    return { refusal: `认不出这是什么表。可以导入的有——${all}。请核对列名。` };
  }
  return {
    refusal: `像是${nearest.title}，但缺少列：${nearest.missing.map(groupName).join("、")}。请补上后再发。`,
  };
}

function groupName(group: readonly Column[]): string {
  return group.map(columnName).join("或");
}
