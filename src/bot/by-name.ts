import type { NamedThing } from "../chat/command.ts";
import { audienceOf, isPublic } from "../chat/group.ts";
import { type Invocation, isShowing, namesIn, plainly, showingAtHead, understand } from "../chat/phrase.ts";
import { about, isRefusal, type Refusal, type RefusalCode, refuse } from "../chat/refusal.ts";
import { commandsFor } from "../chat/suggestions.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";
import type { Lantian, Moment, Speaker } from "./lantian.ts";

/** What a phrase came to, and the phrase that says it without a doubt. */
type Meant = { phrase: string; understood: Invocation | Refusal };

/** A phrase that was refused for what somebody has done is no name. */
const NOT_UNDERSTOOD: readonly RefusalCode[] = [
  ...(["usage", "unknown-command", "unknown-county", "unknown-department", "bad-period"] as const),
];
const LONGEST = 60;
/** Things of one name that somebody can choose among; where more hold a word it is no name. */
const MOST = 6;
/** Words of a phrase that may be a name and what is asked of it. */
const MOST_WORDS = 3;
/** So long a part of a name is that name. */
const SURELY = 5;

/**
 * What is meant by a phrase that names something which only the store knows, an event, a station, an enterprise, a site or a member,
 * and says nothing else: the card of it; of several it is asked which. Behind the name of the command that shows it, such a name
 * is one though its words mean something else (保障 春节保障). Null where nothing bears it.
 */
export async function byName(
  bot: Lantian,
  { person, chat }: Speaker,
  typed: string,
  read: Invocation | Refusal,
  context: Moment,
): Promise<Meant | null> {
  const text = plainly(typed);
  if (person === null || text.length < 2 || text.length > LONGEST) return null;
  const { commands } = bot.registry;
  const saying = (phrase: string): Meant => ({
    phrase,
    understood: understand(phrase, {}, commands, { ...context, person }),
  });
  if (isRefusal(read) && !NOT_UNDERSTOOD.includes(read.code)) return null;
  const quoted = await nameBehind(bot, text, { person, context });
  if (quoted !== null) return saying(quoted);
  const isOwn = !isRefusal(read) && isShowing(read.command);
  if (!isRefusal(read) && (isOwn ? showingAtHead(text, commands) !== null : text.length < SURELY))
    return null;
  const all = isOwn ? [read.command] : commandsFor(person, commands, context.office, context.today);
  const asking = all
    .filter(isShowing)
    .filter((command) => !(isPublic(chat) && audienceOf(command) === "person"));
  const called = (name: string) =>
    bot.store.read(async (store) => {
      const all: NamedThing[] = [];
      for (const command of asking) all.push(...(await command.shows(name, person, { ...context, store })));
      return all;
    });
  for (const name of namesIn(text, commands, { ...context, person })) {
    if (name.length < 2) continue;
    const found = await called(name);
    const exact = found.filter((one) => one.name === name);
    const [one, ...others] = exact.length > 0 || isOwn ? exact : found;
    if (one !== undefined && others.length === 0) return saying(one.say);
    // A group doesn't read what else there is of the kind.
    if (one !== undefined && others.length < MOST && isRefusal(read) && !isPublic(chat))
      return { phrase: text, understood: about(name, choice(name, [one, ...others])) };
  }
  if (!isRefusal(read)) return null;
  // 进博会 海安: a name with what its card takes.
  const words = text.split(/\s+/);
  for (const name of words.length > MOST_WORDS ? [] : words) {
    const exact = name.length < 3 ? [] : (await called(name)).filter((one) => one.name === name);
    const [one, ...others] = exact;
    if (one === undefined || others.length > 0) continue;
    const whole = saying([one.say, ...words.filter((word) => word !== name)].join(" "));
    if (!isRefusal(whole.understood)) return whole;
  }
  return null;
}

function choice(name: string, found: readonly NamedThing[]): Refusal {
  const named = found.map((one) => `${one.name}（${one.what}）`).join("、");
  return refuse(
    "usage",
    `“${name}”有${found.length}项：${named}。请选择。`,
    found.map(({ say }) => say),
  );
}

/** The phrase with the name in quotation marks that stands behind the name of the command that shows it; null where none does. */
async function nameBehind(
  bot: Lantian,
  text: string,
  { person, context }: { person: Person; context: Moment },
): Promise<string | null> {
  const head = showingAtHead(text, bot.registry.commands);
  if (head === null || isOutsider(person) || /["“”「」『』]/.test(text)) return null;
  const { command, word } = head;
  const behind = text.slice(word.length).trim();
  for (const name of new Set([behind, behind.split(/\s/)[0] ?? ""])) {
    if (name.length < 2) continue;
    const found = await bot.store.read((store) => command.shows(name, person, { ...context, store }));
    const isOne = found.some((one) => one.name === name) || (name.length >= SURELY && found.length === 1);
    if (isOne) return `${word} “${name}”${behind.slice(name.length)}`;
  }
  return null;
}
