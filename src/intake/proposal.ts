import { distance } from "fastest-levenshtein";
import { fold, type Head, type Heads, headText } from "./column-names.ts";
import { groupTitle, type KindOfTable } from "./kind.ts";
import type { TableLayout } from "./layout.ts";
import { quoted } from "./refusal.ts";

/** What heads that can't be told for sure are probably meant as, and what is doubtful in it, in Chinese. */
export type Proposal = { columns: Readonly<Record<string, string>>; doubts: readonly string[] };

/** A head with such a word is another figure than the one that it names. */
const OTHER_FIGURE =
  /同比|环比|变化|变幅|增幅|降幅|排名|位次|名次|目标|去年|上年|同期|率|指数|级别|等级|达标|累计|超标|差值|首要|来源|备注|说明/;

/**
 * What to ask about a table that isn't told for sure: two heads of one column, or a needed column that none is called and
 * one or more resemble. Null where anything else is wrong, or nothing resembles: then it is refused by name.
 */
export function proposalFor<K extends KindOfTable>({
  kind,
  parts,
  match,
  heads,
}: TableLayout<K>): Proposal | null {
  const again = match.twice.reduce((sum, { heads: same }) => sum + same.length - 1, 0);
  if (parts.length !== 1 || match.faults.length !== again) return null;
  const text = (at: number) => headText(heads[at] as Head);
  const columns: Record<string, string> = {};
  const doubts: string[] = [];
  for (const [column, at] of match.at) columns[fold(text(at))] = column;
  for (const { column, heads: same } of match.twice) {
    // Two heads of one text can't be told apart by it.
    if (new Set(same.map((at) => fold(text(at)))).size < same.length) return null;
    for (const at of same.slice(1)) columns[fold(text(at))] = "";
    const both = same.map((at) => `“${quoted(text(at))}”`).join("和");
    doubts.push(`${both}都像${groupTitle(column, kind.columns)}，先取前一列`);
  }
  const used = new Set([...match.at.values(), ...match.twice.flatMap(({ heads: same }) => same)]);
  for (const group of match.missing) {
    const like = [group].flat().flatMap((column) =>
      heads.flatMap((head, at) => {
        const far = used.has(at) ? null : distanceTo(head, kind.columns[column] as Heads);
        return far === null ? [] : [{ column, at, far }];
      }),
    );
    const [best] = like.toSorted((a, b) => a.far - b.far || a.at - b.at);
    if (best === undefined) return null;
    used.add(best.at);
    columns[fold(text(best.at))] = best.column;
    doubts.push(`“${quoted(text(best.at))}”像是${groupTitle(best.column, kind.columns)}`);
  }
  return doubts.length === 0 ? null : { columns, doubts };
}

/** How far a head is from a column's names: a name within it is nearer than a slip of one sign. Null when it is none. */
function distanceTo(head: Head, { heads }: Heads): number | null {
  const text = fold(headText(head));
  if (text.length < 2 || text.length > 20 || OTHER_FIGURE.test(text)) return null;
  const far = heads
    .split(" ")
    .map(fold)
    .flatMap((name) => {
      if (name.length < 2) return [];
      if (text.includes(name)) return [0.5 + (text.length - name.length) / 100];
      return name.length >= 3 && distance(text, name) === 1 ? [1] : [];
    });
  return far.length === 0 ? null : Math.min(...far);
}
