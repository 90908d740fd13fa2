import type { Field } from "../../../chat/card.ts";
import { el } from "./dom.ts";

/** One input of a form with its label, hint and place for what is wrong. */
export type DrawnField = {
  element: HTMLElement;
  value(): string;
  /** Says what is missing, or null when nothing is; marks the input either way. */
  check(): string | null;
  focus(): void;
};

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Up to this many choices stand side by side; more go into a list. */
const sideBySide = 4;

export function drawField(field: Field): DrawnField {
  const id = `field-${field.name}`;
  const fault = el("p", { class: "field-fault", id: `${id}-fault`, hidden: true });
  const hint = el("p", { class: "field-hint", id: `${id}-hint` }, field.hint ?? "");
  const describedBy = field.hint ? `${id}-hint ${id}-fault` : `${id}-fault`;
  const under = field.hint ? [hint, fault] : [fault];
  const label: (Node | string)[] = [field.label];
  if (field.required) label.push(el("span", { class: "field-required" }, "必填"));

  const options = field.options ?? [];
  if (field.kind === "choice" && options.length <= sideBySide) {
    return drawRadios(field, label, under, fault, describedBy);
  }
  const input = drawInput(field, id, describedBy);
  const check = () => {
    const missing = field.required && input.value.trim() === "" ? `请填写${field.label}。` : null;
    show(fault, missing);
    input.setAttribute("aria-invalid", String(missing !== null));
    return missing;
  };
  input.addEventListener("input", () => fault.hidden || check());
  const element = el("div", { class: "field" }, el("label", { for: id }, ...label), input, ...under);
  return { element, value: () => input.value.trim(), check, focus: () => input.focus() };
}

function drawInput(field: Field, id: string, describedBy: string): Input {
  const common = {
    id,
    name: field.name,
    "aria-describedby": describedBy,
    "aria-required": field.required ? "true" : undefined,
  };
  const value = field.value ?? "";
  switch (field.kind) {
    case "longtext": {
      const area = el("textarea", { ...common, rows: 4 });
      area.value = value;
      return area;
    }
    case "choice": {
      const options = (field.options ?? []).map((option) =>
        el("option", { value: option.value }, option.label),
      );
      const select = el("select", common, el("option", { value: "" }, "请选择"), ...options);
      select.value = value;
      return select;
    }
    case "number":
      // Not type=number: it loses what an input method types full-width, and a wheel changes it unseen.
      return el("input", { ...common, type: "text", inputmode: "decimal", class: "figure", value });
    case "date":
      return el("input", { ...common, type: "date", value });
    case "text":
      return el("input", { ...common, type: "text", value });
    default:
      return field.kind satisfies never;
  }
}

function drawRadios(
  field: Field,
  label: (Node | string)[],
  under: HTMLElement[],
  fault: HTMLElement,
  describedBy: string,
): DrawnField {
  const radios = (field.options ?? []).map((option) => {
    const radio = el("input", { type: "radio", name: field.name, value: option.value });
    radio.checked = option.value === field.value;
    return { radio, pill: el("label", { class: "pill" }, radio, el("span", {}, option.label)) };
  });
  const value = () => radios.find(({ radio }) => radio.checked)?.radio.value ?? "";
  const check = () => {
    const missing = field.required && value() === "" ? `请选择${field.label}。` : null;
    show(fault, missing);
    return missing;
  };
  const pills = el("div", { class: "pills" }, ...radios.map(({ pill }) => pill));
  pills.addEventListener("change", () => fault.hidden || check());
  const element = el(
    "fieldset",
    { class: "field", "aria-describedby": describedBy },
    el("legend", {}, ...label),
    pills,
    ...under,
  );
  return { element, value, check, focus: () => radios[0]?.radio.focus() };
}

function show(fault: HTMLElement, text: string | null): void {
  fault.textContent = text;
  fault.hidden = text === null;
}
