import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { fieldOf } from "../chat/action.ts";
import { argsOf } from "../chat/args.ts";
import type { Field } from "../chat/card.ts";
import { readForm } from "../chat/phrase.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { own } from "../domain/own.ts";
import type { Person } from "../store/people.ts";
import type { Lantian } from "./router.ts";

/** The form that asks for a command's missing arguments submits this action; its name can't clash with a declared one. */
export const FORM = "form:";

/** What a form was drawn with, marked so that its button has a token of its own: it may be handed in once. */
export function oneUse(said: Readonly<Record<string, string>>): Record<string, string> {
  // No argument can be called this.
  return { ...said, "#": randomUUID() };
}

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
  const schema = (command?.args ?? action?.fields) as z.ZodObject | undefined;
  if (schema === undefined) return null;
  const title = command?.form ?? action?.label ?? "";
  const saidOf = (name: string) =>
    command === undefined ? undefined : own(meaning.params, name)?.toString();
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
