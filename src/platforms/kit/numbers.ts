import type { Block, DrawnCard } from "../../chat/card.ts";

/**
 * A card whose rows can't be tapped where it is drawn: each row that opens something gets a number, and the number a small
 * button behind the card's own. Numbers go on from one table to the next.
 */
export function withNumbers(card: DrawnCard): DrawnCard {
  const says: string[] = [];
  const blocks = card.blocks.map((block): Block => {
    if (block.kind !== "table" || !block.opens?.some((say) => say !== null)) return block;
    const { opens } = block;
    return {
      kind: "table",
      columns: [{ title: "序" }, ...block.columns],
      rows: block.rows.map((row, at) => {
        const say = opens[at] ?? null;
        return [say === null ? "—" : String(says.push(say)), ...row];
      }),
    };
  });
  if (says.length === 0) return card;
  const buttons = says.map((say, at) => ({ kind: "say" as const, label: String(at + 1), say }));
  return { ...card, blocks, buttons: [...card.buttons, ...buttons] };
}
