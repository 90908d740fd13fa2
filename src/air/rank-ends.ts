import { bottomN, topN } from "../domain/air/ranking.ts";

/** Who stands where in a ranking, best first; a null rank is none. */
type Placed = { name: string; rank: number | null };

/** 前2名：启东、海门；后1名：如皋: who stands at the ends of a ranking that were asked for. Null when no end was. */
export function rankEndsWords(
  rows: readonly Placed[],
  { top = 0, bottom = 0 }: { top: number | undefined; bottom: number | undefined },
): string | null {
  const ranked = rows.flatMap(({ name, rank }) => (rank === null ? [] : [{ name, rank }]));
  const named = (label: string, those: readonly { name: string }[]) =>
    those.length === 0 ? [] : [`${label}：${those.map(({ name }) => name).join("、")}`];
  const said = [
    ...named(`前${top}名`, topN(ranked, top)),
    ...named(`后${bottom}名`, bottomN(ranked, bottom)),
  ];
  return said.length === 0 ? null : said.join("；");
}
