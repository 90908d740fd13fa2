import { el } from "./dom.ts";

/**
 * A dialog: in the middle of a desktop (`at: "corner"` under the top bar's right end), a sheet from below on a phone.
 * Escape, the cross and a press outside close it; the focus returns to where it was.
 */
export function openSheet(
  title: string,
  content: HTMLElement,
  options: { at?: "middle" | "corner" } = {},
): { close(): void } {
  const cross = el("button", { type: "button", class: "sheet-close", "aria-label": "关闭" }, "×");
  const heading = el("h2", { class: "sheet-title", id: "sheet-title" }, title);
  const head = el("div", { class: "sheet-head" }, heading, cross);
  const dialog = el(
    "dialog",
    { class: "sheet", "data-at": options.at ?? "middle", "aria-labelledby": "sheet-title" },
    head,
    content,
  );
  const close = () => dialog.close();
  cross.addEventListener("click", close);
  // A press that began inside and slid out is a selection of text, not a wish to leave.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && outside(dialog, event)) close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { close };
}

function outside(dialog: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
