import type { Block, DrawnCard } from "../chat/card.ts";
import { linesOf } from "../platforms/kit/columns.ts";

/** A card as plain text: for the terminal, for `play`, and wherever nothing richer can be drawn. */
export function textOf(card: Pick<DrawnCard, "title" | "blocks">): string {
  return [card.title, ...card.blocks.map(blockText)].filter((part) => part !== "").join("\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "text":
      return block.text;
    case "note":
      return `（${block.text}）`;
    case "facts":
      return block.items.map(({ label, value }) => `${label}：${value}`).join("\n");
    case "table":
      return linesOf(block).join("\n");
    default:
      return block satisfies never;
  }
}
