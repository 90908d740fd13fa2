import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { Block, DrawnButton, DrawnCard } from "../../../chat/card.ts";
import type { ConsoleMessage } from "../console.ts";
import { api, newRequestId } from "./api.ts";
import { showAnswer } from "./conversation.ts";
import { drawFiles } from "./files.ts";
import { askInForm, openLoneForm } from "./form.ts";
import { once } from "./notice.ts";
import { sayHere } from "./saying.ts";
import { state } from "./state.ts";
import { drawTable } from "./table.ts";

/** The card of a message; its buttons do what they say. */
export const cardTemplate = (card: DrawnCard, message: ConsoleMessage) => html`
  <article class="card">
    <h3 class="card-title" data-tone=${card.tone ?? "plain"}>${card.title}</h3>
    ${card.blocks.map((block) => drawBlock(block, card.title))} ${drawFiles(card.files ?? [])}
    ${card.buttons.length > 0 ? html`<div class="card-buttons">${drawButtons(card.buttons, message)}</div>` : nothing}
  </article>
`;

function drawBlock(block: Block, title: string) {
  switch (block.kind) {
    case "text":
      return html`<p class="card-text" data-tone=${block.tone ?? nothing}>${block.text}</p>`;
    case "note":
      return html`<p class="card-note">${block.text}</p>`;
    case "facts":
      return html`
        <dl class="card-facts">
          ${block.items.map(
            ({ label, value, tone }) =>
              html`<div><dt>${label}</dt><dd data-tone=${tone ?? nothing}>${value}</dd></div>`,
          )}
        </dl>
      `;
    case "table":
      return drawTable(block, title, sayHere);
    default:
      return block satisfies never;
  }
}

/** A button keeps its element, and the focus, as long as the card offers it: another one never slips under a finger. */
const drawButtons = (buttons: readonly DrawnButton[], message: ConsoleMessage) =>
  repeat(
    buttons,
    (button) => `${button.label} ${button.kind === "say" ? button.say : button.token}`,
    (button) => {
      const style = (button.kind === "press" && button.style) || "plain";
      const asks = button.kind === "press" && button.fields.length > 0;
      const busy = button.kind === "press" && state.busy.has(button.token);
      return html`
        <button type="button" class="button" data-style=${style} aria-haspopup=${asks ? "dialog" : nothing}
          aria-busy=${busy || nothing} @click=${() => press(button, message)}>${button.label}${asks ? "…" : ""}</button>
      `;
    },
  );

function press(button: DrawnButton, message: ConsoleMessage) {
  if (button.kind === "say") return sayHere(button.say);
  if (button.fields.length > 0 || button.style === "danger") return askInForm(button, message);
  once(button.token, async () => {
    const answers = await api.press(newRequestId(), button.token, {});
    showAnswer(answers);
    openLoneForm(answers);
  });
}
