type Ranked = { name: string; rank: number | null };

/**
 * 前2名：启东、海门；后1名：如皋: who stands at the ends of a ranking that were asked for, best first, with whom shares the
 * last place among them. Null when no end was.
 */
export function rankEndsWords(
  rows: readonly Ranked[],
  ends: { top: number | undefined; bottom: number | undefined },
): string | null {
  const { top, bottom } = ends;
  const ranked = rows.flatMap(({ name, rank }) => (rank === null ? [] : [{ name, rank }]));
  const lowest = bottom === undefined ? undefined : ranked.slice(-bottom)[0]?.rank;
  const named = (label: string, isMeant: (rank: number) => boolean) => {
    const names = ranked.filter(({ rank }) => isMeant(rank)).map(({ name }) => name);
    return names.length === 0 ? [] : [`${label}：${names.join("、")}`];
  };
  const said = [
    ...named(`前${top}名`, (rank) => top !== undefined && rank <= top),
    ...named(`后${bottom}名`, (rank) => lowest !== undefined && rank >= lowest),
  ];
  return said.length === 0 ? null : said.join("；");
}
