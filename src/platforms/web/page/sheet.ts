import { html, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { draw, type PageSheet, state } from "./state.ts";

/**
 * A dialog: in the middle of a desktop (`at: "corner"` under the top bar's right end), a sheet from below on a phone.
 * Escape, the cross and a press outside close it, as does what this returns; the focus returns to where it was.
 * `focus` selects what has the focus at the beginning.
 */
export function openSheet(
  title: string,
  content: () => TemplateResult,
  {
    at = "middle",
    focus,
    closed,
  }: { at?: PageSheet["at"]; focus?: string | undefined; closed?: () => void } = {},
): () => void {
  state.sheets = [...state.sheets, { title, at, content, closed }];
  draw();
  const dialog = [...document.querySelectorAll("dialog")].at(-1);
  dialog?.showModal();
  if (focus) dialog?.querySelector<HTMLElement>(focus)?.focus();
  return () => dialog?.close();
}

/** The open sheets, the latest on top. */
export const sheets = () => repeat(state.sheets, (sheet) => sheet, drawSheet);

function drawSheet(sheet: PageSheet) {
  const closed = () => {
    state.sheets = state.sheets.filter((other) => other !== sheet);
    sheet.closed?.();
    draw();
  };
  return html`
    <dialog class="sheet" data-at=${sheet.at} closedby="any" aria-labelledby="sheet-title" @close=${closed}>
      <div class="sheet-head">
        <h2 class="sheet-title" id="sheet-title">${sheet.title}</h2>
        <button type="button" class="sheet-close" aria-label="关闭" @click=${close}>×</button>
      </div>
      ${sheet.content()}
    </dialog>
  `;
}

const close = ({ currentTarget }: Event) => (currentTarget as Element).closest("dialog")?.close();
