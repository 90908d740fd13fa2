import type { Block, DrawnButton, DrawnCard } from "../../../chat/card.ts";
import { el } from "./dom.ts";
import { drawFiles } from "./files.ts";
import { drawTable } from "./table.ts";

/** Draws a card; `onButton` hears which button was used. */
export function drawCard(
  card: DrawnCard,
  onButton: (button: DrawnButton, element: HTMLButtonElement) => void,
): HTMLElement {
  const title = el("h3", { class: "card-title", "data-tone": card.tone ?? "plain" }, card.title);
  const article = el(
    "article",
    { class: "card" },
    title,
    ...card.blocks.map((block) => drawBlock(block, card.title)),
    ...drawFiles(card.files ?? []),
  );
  if (card.buttons.length > 0) {
    article.append(
      el("div", { class: "card-buttons" }, ...card.buttons.map((button) => drawButton(button, onButton))),
    );
  }
  return article;
}

/** The message of a card that refuses, or null. */
export function refusalIn(card: DrawnCard | undefined): string | null {
  const error = card?.facts?.error;
  if (typeof error !== "object" || error === null || !("message" in error)) return null;
  return String(error.message);
}

function drawBlock(block: Block, title: string): HTMLElement {
  switch (block.kind) {
    case "text":
      return el("p", { class: "card-text", "data-tone": block.tone }, block.text);
    case "note":
      return el("p", { class: "card-note" }, block.text);
    case "facts":
      return el(
        "dl",
        { class: "card-facts" },
        ...block.items.map(({ label, value, tone }) =>
          el("div", {}, el("dt", {}, label), el("dd", { "data-tone": tone }, value)),
        ),
      );
    case "table":
      return drawTable(block, title);
    default:
      return block satisfies never;
  }
}

function drawButton(
  button: DrawnButton,
  onButton: (button: DrawnButton, element: HTMLButtonElement) => void,
): HTMLButtonElement {
  const style = (button.kind === "press" && button.style) || "plain";
  const asks = button.kind === "press" && button.fields.length > 0;
  const element = el(
    "button",
    { type: "button", class: "button", "data-style": style, "aria-haspopup": asks ? "dialog" : undefined },
    asks ? `${button.label}…` : button.label,
  );
  element.addEventListener("click", () => onButton(button, element));
  return element;
}
