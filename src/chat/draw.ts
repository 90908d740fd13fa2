import type { Store, Writer } from "../store/store.ts";
import type { Button, Card, DrawnButton, DrawnCard } from "./card.ts";

/** How cards are drawn: whether they must say that they show demonstration data, and when. */
export type Drawing = { demo: boolean; at: number };

/** Draws a card for one person: its buttons get their tokens. Only new buttons cost a write. */
export async function drawCard(
  store: Store,
  card: Card,
  personId: number,
  drawing: Drawing,
): Promise<DrawnCard> {
  const tokens = await store.read(async (reader) => {
    const known: (string | null)[] = [];
    for (const button of card.buttons ?? [])
      known.push(button.kind === "say" ? "" : await reader.buttons.tokenOf(meaningOf(button, personId)));
    return known;
  });
  if (!tokens.includes(null)) return withTokens(card, tokens as string[], drawing);
  return store.write((writer) => drawCardIn(writer, card, personId, drawing));
}

/** The same inside a transaction that is already open. */
export async function drawCardIn(
  writer: Writer,
  card: Card,
  personId: number,
  drawing: Drawing,
): Promise<DrawnCard> {
  const tokens: string[] = [];
  for (const button of card.buttons ?? []) {
    tokens.push(
      button.kind === "say" ? "" : await writer.buttons.draw(meaningOf(button, personId), drawing.at),
    );
  }
  return withTokens(card, tokens, drawing);
}

/** A card for somebody who can press nothing. */
export function undrawn(card: Card, drawing: Drawing): DrawnCard {
  const buttons = (card.buttons ?? []).filter((button) => button.kind === "say");
  return withTokens(
    { ...card, buttons },
    buttons.map(() => ""),
    drawing,
  );
}

function meaningOf(button: Extract<Button, { kind: "press" }>, personId: number) {
  return { personId, action: button.action, params: { ...button.params } };
}

function withTokens(card: Card, tokens: readonly string[], { demo }: Drawing): DrawnCard {
  const buttons = (card.buttons ?? []).map((button, i): DrawnButton => {
    if (button.kind === "say") return button;
    const { action: _action, params: _params, fields = [], ...rest } = button;
    return { ...rest, token: tokens[i] ?? "", fields };
  });
  const blocks = demo
    ? [...card.blocks, { kind: "note" as const, text: "演示数据，非真实监测结果" }]
    : card.blocks;
  return { ...card, blocks, buttons };
}
