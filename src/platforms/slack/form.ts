import type { types } from "@slack/bolt";
import type { Form } from "../../bot/form.ts";
import type { Field } from "../../chat/card.ts";
import type { Refusal } from "../../chat/refusal.ts";
import { own } from "../../domain/own.ts";
import { maskedText } from "../../domain/personal-data.ts";
import { visible } from "../kit/plain-text.ts";
import { shortened } from "./text.ts";

/** Name of the one modal there is; what it is about stands behind its token. */
export const FORM_VIEW = "form";

const LIMITS = {
  title: 24,
  label: 2000,
  placeholder: 150,
  value: 3000,
  optionValue: 150,
  option: 75,
  options: 100,
  fields: 99,
} as const;

/** A form as a modal. Its private metadata is the button's opaque token and nothing else. */
export function formView(token: string, form: Pick<Form, "title" | "fields">): types.ModalView {
  return {
    type: "modal",
    callback_id: FORM_VIEW,
    private_metadata: token,
    title: plain(form.title || "填写", LIMITS.title),
    submit: plain("提交", LIMITS.title),
    close: plain("取消", LIMITS.title),
    blocks: form.fields.slice(0, LIMITS.fields).map((field) => ({
      type: "input",
      block_id: field.name,
      label: plain(field.label || field.name, LIMITS.label),
      optional: !field.required,
      element: inputOf(field),
    })),
  };
}

/** A view as it comes back. */
type SubmittedView = {
  id?: string;
  root_view_id?: string | null;
  blocks: readonly { type: string; block_id?: string }[];
};

/** Slack's name for this one time that a form was opened, however often it is submitted; views pushed onto it share it. */
export function openingOf(team: string, { id, root_view_id }: SubmittedView): string | undefined {
  const view = root_view_id ?? id;
  return view && `slack/${team}/${view}`;
}

/** The blocks that an error can stand beside. */
export function inputsOf({ blocks }: SubmittedView): string[] {
  return blocks.flatMap(({ type, block_id }) => (type === "input" && block_id ? [block_id] : []));
}

function inputOf(field: Field): types.InputBlock["element"] {
  const action_id = "value";
  const hint = field.hint ? { placeholder: plain(field.hint, LIMITS.placeholder) } : {};
  const options = (field.options ?? []).map((o) => ({ text: plain(o.label, LIMITS.option), value: o.value }));
  // What Slack's menus can't hold is typed; the answer is read the same way.
  const offered = options.every((o) => o.value.length >= 1 && o.value.length <= LIMITS.optionValue);
  if (field.kind === "choice" && offered && options.length > 0 && options.length <= LIMITS.options) {
    const chosen = options.find((o) => o.value === field.value);
    return {
      type: "static_select",
      action_id,
      options,
      ...hint,
      ...(chosen ? { initial_option: chosen } : {}),
    };
  }
  if (field.kind === "date") {
    const date = /^\d{4}-\d{2}-\d{2}$/.test(field.value ?? "") ? { initial_date: field.value as string } : {};
    return { type: "datepicker", action_id, ...hint, ...date };
  }
  return {
    type: "plain_text_input",
    action_id,
    multiline: field.kind === "longtext",
    max_length: LIMITS.value,
    ...hint,
    ...(field.value ? { initial_value: field.value.slice(0, LIMITS.value) } : {}),
  };
}

/** One input as Slack sends it back, of whichever kind it is. */
type Input = {
  value?: string | null;
  selected_date?: string | null;
  selected_option?: { value: string } | null;
};

/** What was filled in, by the fields' names; what was left empty is left out. */
export function filledIn(
  values: Readonly<Record<string, Readonly<Record<string, Input>>>>,
): Record<string, string> {
  const given = Object.entries(values).map(([name, { value: input }]) => {
    const value = input?.value ?? input?.selected_date ?? input?.selected_option?.value;
    return [name, value ?? ""] as const;
  });
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** What came back as it had left, masked, stands for what was meant then. */
export function unmasked(
  fill: Readonly<Record<string, string>>,
  fields: readonly Field[],
): Record<string, string> {
  const before = new Map(fields.map(({ name, value = "" }) => [name, value]));
  return Object.fromEntries(
    Object.entries(fill).map(([name, value]) => {
      const meant = before.get(name) ?? "";
      return [name, meant !== value && maskedText(meant) === value ? meant : value];
    }),
  );
}

/** A refusal beside the field that it is about: the one that it names or quotes, otherwise the first. */
export function errorsOf(
  refusal: Refusal,
  fields: readonly Field[],
  fill: Readonly<Record<string, string>>,
  blocks: readonly string[],
): Record<string, string> {
  const quoted = fields.find(({ name }) => {
    const value = own(fill, name);
    return value && refusal.message.includes(`“${value}”`);
  });
  const named = fields.find(({ label }) => refusal.message.includes(label));
  const at =
    [quoted?.name, named?.name].find((name) => name !== undefined && blocks.includes(name)) ?? blocks[0];
  return { [at ?? "form"]: shortened(refusal.message, LIMITS.label) };
}

function plain(text: string, max: number): types.PlainTextElement {
  return {
    type: "plain_text",
    text: shortened(visible(text).replaceAll("\n", " ").trim() || "…", max),
    emoji: false,
  };
}
