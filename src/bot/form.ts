import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { fieldOf } from "../chat/action.ts";
import { argsOf } from "../chat/args.ts";
import type { Card, Field } from "../chat/card.ts";
import type { AnyCommand } from "../chat/command.ts";
import { readForm } from "../chat/phrase.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { canonical, understoodAs } from "../chat/understood.ts";
import { dueText } from "../domain/deadline-words.ts";
import { own } from "../domain/own.ts";
import type { Person } from "../store/people.ts";
import type { Lantian } from "./lantian.ts";

/** The form that asks for a command's missing arguments submits this action; its name can't clash with a declared one. */
export const FORM = "form:";

/**
 * What makes a button's token one of its own, good for one use, and ties what comes of it to the message that asked for it;
 * no argument can be called so.
 */
export const onceMark = (said: string | undefined) => ({
  "#": randomUUID(),
  ...(said === undefined ? {} : { "@": said }),
});

/**
 * The card that asks for what a command lacks. It is drawn for one use. What was said already is part of the button's meaning and stands in the form whenever
 * the button is pressed.
 */
export function formCard(
  command: AnyCommand,
  title: string,
  args: Readonly<Record<string, unknown>>,
  example: string,
  asked: {
    missing: readonly string[];
    asks: readonly string[];
    by: string | undefined;
    unknown: string | null;
  },
): Card {
  const { missing, asks, unknown } = asked;
  const said = saidIn(args);
  const lacking = argsOf(command.args)
    .filter(([name]) => missing.includes(name))
    .map(([, meta]) => meta.label);
  const doubts =
    unknown !== null
      ? unknown
      : asks.length > 0
        ? `没看懂：${asks.map((ask) => `“${ask}”`).join("、")}。`
        : "";
  return {
    title,
    blocks: [
      {
        kind: "text",
        text: `${doubts}还缺：${lacking.join("、")}。请填写后提交，也可以直接发送，例如“${example}”。`,
      },
    ],
    facts: {
      asks: [
        ...asks,
        ...lacking,
        ...(asks.length > 0 || Object.keys(said).length > 0 ? Object.values(said) : []),
      ],
      understood: understoodAs({ command, args }),
    },
    buttons: [
      {
        kind: "press",
        label: "填写",
        action: `${FORM}${command.name}`,
        params: { ...said, ...onceMark(asked.by) },
        style: "primary",
        fields: fieldsFor(command, said),
      },
    ],
  };
}

/** What was said already, as a form holds it. */
export function saidIn(args: Readonly<Record<string, unknown>>): Record<string, string> {
  const said: Record<string, string> = {};
  for (const [name, value] of Object.entries(args)) {
    const plain = value instanceof Temporal.PlainDate ? dueText(value) : canonical(value);
    if (plain !== undefined) said[name] = Array.isArray(plain) ? plain.join("、") : String(plain);
  }
  return said;
}

/** A command's arguments as inputs of its form, with what was said already. */
export const fieldsFor = (command: AnyCommand, said: Readonly<Record<string, string>>): Field[] =>
  argsOf(command.args).map(([name, meta]) => fieldOf(name, meta, own(said, name)));

/** What a button asks before it acts, with what was said already; `fields` is empty for one that acts at once. */
export type Form = { title: string; fields: readonly Field[]; schema: z.ZodObject };

/** The form behind a button's token, or null for a token that isn't this person's or whose action is gone. */
export async function formOf(bot: Lantian, person: Person, token: string): Promise<Form | null> {
  const meaning = await bot.store.read((reader) => reader.buttons.meaning(token));
  if (meaning === null || meaning.personId !== person.id) return null;
  const command = meaning.action.startsWith(FORM)
    ? bot.registry.commands.find((c) => c.name === meaning.action.slice(FORM.length))
    : undefined;
  const action = bot.registry.actions.get(meaning.action);
  const long = bot.registry.longActions.get(meaning.action);
  const asked = long && (await long.form(long.params.parse(meaning.params), bot));
  const schema = (command?.args ?? action?.fields ?? asked?.schema) as z.ZodObject | undefined;
  if (schema === undefined) return null;
  const title = command?.form ?? action?.label ?? long?.label ?? "";
  const saidOf = (name: string) =>
    command === undefined ? own(asked?.values ?? {}, name) : own(meaning.params, name)?.toString();
  return { title, schema, fields: argsOf(schema).map(([name, meta]) => fieldOf(name, meta, saidOf(name))) };
}

/** Why one answer can't be taken, said as the whole form would say it; null when it can. */
export async function checkField(
  bot: Lantian,
  form: Form,
  name: string,
  value: string,
): Promise<Refusal | null> {
  const { office, names } = bot;
  const read = readForm(
    form.schema,
    { [name]: value },
    { office, names, today: office.today(await bot.clock.now()) },
  );
  return isRefusal(read) ? read : null;
}
