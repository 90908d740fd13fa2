import { html, nothing, type TemplateResult } from "lit-html";
import type { Field } from "../../../chat/card.ts";

/** Up to this many choices stand side by side; more go into a list. */
const sideBySide = 4;

/** One input of a form with its label and hint; `missing` says that it has to be filled in, `above` helps to fill it in. */
export function drawField(
  field: Field,
  value: string,
  missing: boolean,
  above: TemplateResult | typeof nothing = nothing,
) {
  const { name, label, required, hint, options = [] } = field;
  const id = inputId(name);
  const about = hint ? `${id}-hint ${id}-fault` : `${id}-fault`;
  const pills = field.kind === "choice" && options.length <= sideBySide;
  const title = html`${label}${required ? html`<span class="field-required">必填</span>` : nothing}`;
  const under = html`
    ${hint ? html`<p class="field-hint" id="${id}-hint">${hint}</p>` : nothing}
    <p class="field-fault" id="${id}-fault" ?hidden=${!missing}>${missing ? `请${pills ? "选择" : "填写"}${label}。` : ""}</p>
  `;
  return pills
    ? html`
      <fieldset class="field" aria-describedby=${about}>
        <legend>${title}</legend>
        <div class="pills">${options.map((option) => drawPill(name, option, value))}</div>
        ${under}
      </fieldset>
    `
    : html`<div class="field"><label for=${id}>${title}</label>${above}${drawInput(field, value, missing, about)}${under}</div>`;
}

/** The element that has a field's value. */
export const inputId = (name: string): string => `field-${name}`;

type Option = NonNullable<Field["options"]>[number];

const drawPill = (name: string, option: Option, value: string) => html`
  <label class="pill">
    <input type="radio" name=${name} value=${option.value} ?checked=${option.value === value}>
    <span>${option.label}</span>
  </label>
`;

function drawInput(
  { name, kind, required, options = [] }: Field,
  value: string,
  missing: boolean,
  about: string,
) {
  const id = inputId(name);
  switch (kind) {
    case "longtext":
      return html`<textarea id=${id} name=${name} rows="4" ?required=${required} aria-describedby=${about}
        aria-invalid=${missing} .value=${value}></textarea>`;
    case "choice":
      return html`<select id=${id} name=${name} ?required=${required} aria-describedby=${about} aria-invalid=${missing}>
        <option value="">请选择</option>
        ${options.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.label}</option>`)}
      </select>`;
    case "number":
      // Not type=number: it loses what an input method types full-width, and a wheel changes it unseen.
      return html`<input id=${id} name=${name} type="text" inputmode="decimal" class="figure" value=${value}
        ?required=${required} aria-describedby=${about} aria-invalid=${missing}>`;
    case "date":
    case "text":
      return html`<input id=${id} name=${name} type=${kind} value=${value}
        ?required=${required} aria-describedby=${about} aria-invalid=${missing}>`;
    default:
      return kind satisfies never;
  }
}
