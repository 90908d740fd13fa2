import type { Field } from "../../../chat/card.ts";
import { messageOf } from "./api.ts";
import { el } from "./dom.ts";
import { drawField } from "./field.ts";
import { openSheet } from "./sheet.ts";

/**
 * Asks for a button's fields; without fields it asks whether to go on.
 * `send` answers with what was refused, or null: a refusal is shown at the form and the input stays.
 */
export function openForm(
  ask: { title: string; about: string; submit: string; danger: boolean; fields: readonly Field[] },
  send: (fill: Record<string, string>) => Promise<string | null>,
): void {
  const fields = ask.fields.map((field) => ({ name: field.name, drawn: drawField(field) }));
  const fault = el("p", { class: "form-fault", role: "alert", hidden: true });
  const submit = el(
    "button",
    { type: "submit", class: "button", "data-style": ask.danger ? "danger" : "primary" },
    ask.submit,
  );
  const cancel = el("button", { type: "button", class: "button", "data-style": "plain" }, "取消");
  const form = el(
    "form",
    { class: "form", novalidate: true, autocomplete: "off" },
    el(
      "div",
      { class: "form-body" },
      el("p", { class: "form-about", hidden: ask.about === "" }, ask.about),
      ...fields.map(({ drawn }) => drawn.element),
    ),
    el("div", { class: "form-foot" }, fault, el("div", { class: "form-buttons" }, cancel, submit)),
  );
  const sheet = openSheet(fields.length > 0 ? ask.title : `${ask.title}？`, form);
  (fields[0]?.drawn ?? submit).focus();
  cancel.addEventListener("click", sheet.close);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    const wrong = fields.filter(({ drawn }) => drawn.check() !== null);
    if (wrong[0]) return wrong[0].drawn.focus();
    submit.disabled = true;
    submit.setAttribute("aria-busy", "true");
    const filled = fields
      .map(({ name, drawn }) => [name, drawn.value()] as const)
      .filter(([, value]) => value !== "");
    const refused = await send(Object.fromEntries(filled)).catch(messageOf);
    submit.disabled = false;
    submit.removeAttribute("aria-busy");
    if (refused === null) return sheet.close();
    fault.textContent = refused;
    fault.hidden = false;
  });
}
