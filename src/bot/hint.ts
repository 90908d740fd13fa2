import { z } from "zod";
import { type ArgKind, argsOf } from "../chat/args.ts";
import type { AnyCommand, Offer } from "../chat/command.ts";
import type { Completion, Hint } from "../chat/hint.ts";
import { type Invocation, understand } from "../chat/phrase.ts";
import { isRefusal } from "../chat/refusal.ts";
import { commandsFor } from "../chat/suggestions.ts";
import { wordsFor } from "../chat/understood.ts";
import type { Person } from "../store/people.ts";
import { contextOf, type Lantian, type Moment, type Speaker } from "./lantian.ts";

const MOST = 6;

/**
 * Reads what somebody is typing, as it would be read if they sent it now; what isn't understood yet has no reading. A
 * stranger, and a text too long to be a phrase, gets none either.
 */
export async function hint(bot: Lantian, { person }: Speaker, text: string): Promise<Hint> {
  if (person === null || text.trim() === "" || text.length > LONGEST)
    return { reading: null, completions: [] };
  const context = await contextOf(bot);
  const commands = commandsFor(person, bot.registry.commands, context.office, context.today);
  const reads = (said: string) => {
    const read = understand(said, {}, commands, { ...context, person });
    return isRefusal(read) ? null : read;
  };
  const read = reads(text);
  const names = namesFor(text, commands, context);
  return {
    reading: read && readingOf(read, context.today),
    completions: names.length > 0 ? names : await offersFor(bot, { person, text, commands, reads, context }),
  };
}

const LONGEST = 200;
/** What doesn't say by itself which argument it is. */
const LABELLED: ReadonlySet<ArgKind> = new Set(["text", "longtext", "deadline", "date", "number"]);

function readingOf(
  { command, args, missing, asks = [], notes = [] }: Invocation,
  today: Temporal.PlainDate,
): string {
  const metas = argsOf(command.args);
  const given = metas.flatMap(([name, meta]) => {
    if (args[name] === undefined) return [];
    const words = wordsFor(meta, args[name], today);
    return LABELLED.has(meta.kind) ? [`${meta.label}：${words}`] : [words];
  });
  const wanted = metas.flatMap(([name, meta]) => (missing.includes(name) ? [meta.label] : []));
  return [
    [command.words[0], ...given].join(" · "),
    wanted.length > 0 ? `还要写：${wanted.join("、")}` : "",
    asks.length > 0 ? `要核对：${asks.join("、")}` : "",
    ...notes,
  ]
    .filter(Boolean)
    .join("；");
}

/** Names of commands, at the beginning, and of places and departments that begin with the end of the text. */
function namesFor(
  text: string,
  commands: readonly AnyCommand[],
  { office, names, today }: Moment,
): Completion[] {
  const places = office
    .regionsOf({ to: today }, today)
    .map(({ short, name }) => ({ text: short, note: name }));
  const departments = names.departmentNames.map((short) => ({
    text: short,
    note: names.department(short)?.name ?? "",
  }));
  const titles = commands.map(({ words, help }) => ({ text: words[0], note: help.does }));
  const all: Offer[] = [...(/\s/.test(text) ? [] : titles), ...places, ...departments];
  for (let length = Math.min(text.length, 8); length > 0; length--) {
    const begun = text.slice(-length);
    // A whole name needs nothing more, though another may begin so: 通州 and 通州湾.
    if (all.some((offer) => offer.text === begun)) return [];
    const found = all.filter(
      (offer) => offer.text.startsWith(begun) && (length === text.length || !titles.includes(offer)),
    );
    if (found.length > 0)
      return found.slice(0, MOST).map((offer) => completed(text.slice(0, -length), offer));
  }
  return [];
}

type Typed = {
  person: Person;
  text: string;
  commands: readonly AnyCommand[];
  reads: (said: string) => Invocation | null;
  context: Moment;
};

/** Values of an argument that the phrase doesn't give yet, where a command offers some of its kind. */
async function offersFor(
  bot: Lantian,
  { person, text, commands, reads, context }: Typed,
): Promise<Completion[]> {
  const begun = /(?:^|\s)([A-Za-z]{1,6}-[\d-]*|\d*)$/.exec(text)?.[1];
  if (begun === undefined) return [];
  const before = text.slice(0, text.length - begun.length);
  const read = reads(before);
  const open = argsOf(read?.command.args ?? z.object({})).filter(([name]) => read?.args[name] === undefined);
  const offering = commands.find(({ offers }) => open.some(([, { kind }]) => kind === offers?.kind));
  if (offering?.offers === undefined) return [];
  const { like } = offering.offers;
  const offers = await bot.store.read((store) => like(begun, person, { ...context, store }));
  return offers.slice(0, MOST).map((offer) => completed(before, offer));
}

const completed = (before: string, { text, note }: Offer): Completion => ({
  phrase: `${before}${text} `,
  shows: text,
  note,
});
