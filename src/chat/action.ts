import type { z } from "zod";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { type ArgMeta, argsOf } from "./args.ts";
import type { Button, Card, Field } from "./card.ts";
import type { Context } from "./command.ts";
import type { Refusal } from "./refusal.ts";

type Params = Readonly<Record<string, string | number>>;

/** How a button is drawn: what its form holds already, and which picture of its card a field draws boxes over. */
export type ButtonLook = {
  style?: "primary" | "danger";
  values?: Readonly<Record<string, string>>;
  over?: Readonly<Record<string, string>>;
};

/** What a button does. Declared in the file of the command that draws it, as a named export. */
export type Action<P extends z.ZodObject = z.ZodObject, F extends z.ZodObject = z.ZodObject> = {
  kind: "action";
  /** Stable name such as `issue.acknowledge`; audit rows carry it. */
  name: string;
  label: string;
  params: P;
  fields: F;
  /** Contacts of enterprises may press it; everything else is refused to them. */
  forEnterprises?: true;
  /** Authorises by itself: it knows what the button is about. Runs in one transaction with its audit row. */
  press(
    request: { params: z.output<P>; fields: z.output<F>; person: Person },
    context: Context<Writer>,
  ): Promise<Card | Refusal>;
  button(params: z.input<P>, options?: ButtonLook): Button;
};

// biome-ignore lint/suspicious/noExplicitAny: the registry holds actions of all shapes; the router checks each against its own schemas
export type AnyAction = Action<any, any>;

const named = new Set<string>();
const labels = new Map<string, string>();

/** What the button of an action is called; undefined where nothing declares it. */
export const labelOfAction = (name: string): string | undefined => labels.get(name);

/** Actions that are declared or that some button names. The registry refuses to start when one is not among its own. */
export const actionsNamed: ReadonlySet<string> = named;

/** Declares an action; its `button` draws it. */
export function action<P extends z.ZodObject, F extends z.ZodObject>(
  spec: Omit<Action<P, F>, "kind" | "button">,
): Action<P, F> {
  named.add(spec.name);
  labels.set(spec.name, spec.label);
  return { kind: "action", ...spec, button: (params, look) => buttonOf(spec, params as Params, look) };
}

/**
 * Declares buttons of an action for cards that are drawn where the action itself can't be imported; stands at the top of
 * the file, so that the registry knows of it.
 * @example const failed = buttonsOf("check.fail", z.object({ text: arg.longtext("问题") })); failed("不合格", { check: 3 })
 */
export function buttonsOf(name: string, fields: z.ZodObject) {
  named.add(name);
  return (label: string, params: Params, look?: Parameters<typeof buttonOf>[2]): Button =>
    buttonOf({ name, label, fields }, params, look);
}

/** The button of an action that is declared elsewhere. */
export function buttonOf(
  { name: action, label, fields }: { name: string; label: string; fields: z.ZodObject },
  params: Params,
  { style, values, over }: ButtonLook = {},
): Button {
  return {
    kind: "press",
    label,
    action,
    params,
    ...(style ? { style } : {}),
    fields: argsOf(fields).map(([name, meta]) => ({
      ...fieldOf(name, meta, values?.[name]),
      ...(over?.[name] === undefined ? {} : { over: over[name] }),
    })),
  };
}

/** The same card with what was said of why, in the fields of its forms that ask for a reason (`asked`) and hold none. */
export function withReason<C extends Card | Refusal>(
  card: C,
  said: string | undefined,
  asked = /原因|理由/,
): C {
  if (said === undefined || !("blocks" in card)) return card;
  const filled = (field: Field): Field =>
    field.value === undefined && field.kind !== "choice" && asked.test(field.label)
      ? { ...field, value: said }
      : field;
  const buttons = card.buttons?.map((button) =>
    button.kind === "press" && button.fields ? { ...button, fields: button.fields.map(filled) } : button,
  );
  return { ...card, ...(buttons ? { buttons } : {}) };
}

/** An argument as an input of a form. */
export function fieldOf(name: string, meta: ArgMeta, value?: string): Field {
  return {
    name,
    label: meta.label,
    kind: inputKind[meta.kind],
    required: !meta.optional && meta.otherwise === undefined,
    ...(meta.hint ? { hint: meta.hint } : {}),
    ...(value !== undefined ? { value } : {}),
    ...(meta.choices ? { options: Object.keys(meta.choices).map((label) => ({ value: label, label })) } : {}),
  };
}

const inputKind = {
  county: "text",
  counties: "text",
  period: "text",
  department: "text",
  subunit: "text",
  units: "text",
  measure: "text",
  category: "text",
  issue: "text",
  choice: "choice",
  number: "number",
  top: "number",
  bottom: "number",
  topic: "text",
  date: "date",
  deadline: "text",
  text: "text",
  longtext: "longtext",
} as const satisfies Record<ArgMeta["kind"], Field["kind"]>;
