import type { z } from "zod";
import { barred, isUnplaced, notForEnterprises, withdrawn } from "../chat/access.ts";
import type { AnyAction } from "../chat/action.ts";
import { argsOf } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import type { AnyCommand } from "../chat/command.ts";
import { audienceOf, isPublic } from "../chat/group.ts";
import type { Made } from "../chat/paper.ts";
import { type Invocation, mayBeName, readForm, understand, usage } from "../chat/phrase.ts";
import { explain } from "../chat/recognise.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { exampleFor } from "../chat/suggestions.ts";
import { DEMO_MARK, onlyInPrivate } from "../chat/wording.ts";
import { maskedText } from "../domain/personal-data.ts";
import { actingIn, inEachPost } from "../domain/posts.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { noteActivity } from "./activity.ts";
import { conditionOf } from "./condition.ts";
import { FILE } from "./draw.ts";
import { earlier, keysOf } from "./earlier.ts";
import { FORM, formCard } from "./form.ts";
import { addressed, answerForGroup, privateWord } from "./in-group.ts";
import { contextOf, type Lantian, type Moment, type Reply, type Speaker, stranger } from "./lantian.ts";
import type { AnyLongAction } from "./long-action.ts";
import { memberNow } from "./member-now.ts";
import { CANCEL, CONFIRM, readBackCard, said } from "./read-back.ts";
import { rememberQuestion } from "./remember-question.ts";
import { calmly, refused, replyWith } from "./reply.ts";
import { noteStranger } from "./strangers.ts";
import { deny, transact } from "./transaction.ts";
import { notSaved } from "./unsaved.ts";

/** Answers a phrase. Never throws for what a person did; a fault of ours is reported and answered calmly. */
export async function ask(
  bot: Lantian,
  speaker: Speaker,
  text: string,
  fill: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  return calmly(bot, speaker, async () => {
    const before = await earlier(bot, speaker);
    if (before !== null) return before;
    const reply = await asked(bot, speaker, text, fill);
    await noteActivity(bot, speaker, "said", reply.command ?? "");
    return noted(bot, speaker, reply);
  });
}

/** The same reply; that a stranger has had it is counted. */
async function noted(bot: Lantian, speaker: Speaker, reply: Reply): Promise<Reply> {
  const { answer } = reply;
  if (speaker.person === null && isRefusal(answer) && answer.code === "not-linked")
    await noteStranger(bot, speaker);
  return reply;
}

/** Why a button or a file of somebody else's is refused, as the audit has it. */
const NOT_THEIRS = { message: "unknown or another person's token" };

async function asked(
  bot: Lantian,
  speaker: Speaker,
  text: string,
  fill: Readonly<Record<string, string>>,
): Promise<Reply> {
  const context = await contextOf(bot, speaker);
  const read = understand(text, fill, bot.registry.commands, { ...context, person: speaker.person });
  const isForm = Object.keys(fill).length > 0;
  const { phrase, understood } = isForm
    ? { phrase: text, understood: read }
    : await meant(bot, speaker, text, read, context);
  const command = isRefusal(understood) ? null : understood.command;
  if (command?.kind !== "welcome") {
    if (speaker.person === null) return refused(null, await stranger(bot, speaker));
    const gone = barred(speaker.person, context);
    const { person } = speaker;
    if (gone !== null) return keptOut(bot, { act: command?.name ?? "ask", person }, gone, context);
  }
  if (isRefusal(understood)) return refused(null, understood);
  if (speaker.unkept !== undefined && understood.command.kind !== "command")
    return refused(null, notSaved(speaker.unkept));
  if (understood.missing.length > 0) return incomplete(bot, speaker, understood, context, isForm);
  const asks = speaker.addressedLater && understood.command.kind === "change" ? ["这条消息是改过的"] : [];
  if (understood.asks !== undefined || asks.length > 0)
    return readBack(bot, speaker, { ...understood, asks: [...(understood.asks ?? []), ...asks] }, context);
  const answered = addressed(bot, speaker, await run(bot, speaker, understood, context));
  const reply = said(answered, understood, context.today);
  const isWhole = understood.command.kind === "command" && !isForm;
  return rememberQuestion(bot, speaker, context, reply, isWhole ? phrase : undefined);
}

/** What a phrase came to; where it may be the name of something that only the store knows, that is looked for. */
async function meant(
  bot: Lantian,
  speaker: Speaker,
  phrase: string,
  understood: Invocation | Refusal,
  context: Moment,
): Promise<{ phrase: string; understood: Invocation | Refusal }> {
  if (!mayBeName(understood, phrase, bot.registry.commands)) return { phrase, understood };
  const { byName } = await import("./by-name.ts");
  return (await byName(bot, speaker, phrase, understood, context)) ?? { phrase, understood };
}

/**
 * Presses a button by its token, with the values of its form. The form has one effect: under the token where the button
 * was drawn for one use, and under `opening` where the platform has a name for this one time that it was opened.
 */
export async function press(
  bot: Lantian,
  speaker: Speaker,
  token: string,
  fill: Readonly<Record<string, string>> = {},
  opening?: string,
): Promise<Reply> {
  return calmly(bot, speaker, async () => {
    const reply = addressed(bot, speaker, await pressed(bot, speaker, token, fill, opening));
    await noteActivity(bot, speaker, "pressed", reply.command ?? "");
    return noted(bot, speaker, reply);
  });
}

async function pressed(
  bot: Lantian,
  speaker: Speaker,
  token: string,
  fill: Readonly<Record<string, string>>,
  opening: string | undefined,
): Promise<Reply> {
  const person = speaker.person;
  if (person === null) return refused(null, await stranger(bot, speaker));
  const before = await earlier(bot, speaker, { token, opening });
  if (before !== null) return before;
  const meaning = await bot.store.read((reader) => reader.buttons.meaning(token));
  if (meaning === null || meaning.personId !== person.id) {
    const at = (await bot.clock.now()).epochMilliseconds;
    await deny(bot.store, { act: "button", at, person, identity: speaker.identity }, NOT_THEIRS);
    return refused(null, refuse("stale-action", "这个按钮已失效，请重新查询后再操作。", ["今日"]));
  }
  const context = await contextOf(bot, speaker);
  const gone = barred(person, context);
  if (gone !== null) return keptOut(bot, { act: meaning.action, person }, gone, context);
  const opened = meaning.action.startsWith(FORM)
    ? bot.registry.commands.find((c) => c.name === meaning.action.slice(FORM.length))
    : undefined;
  if (speaker.unkept !== undefined && opened?.kind !== "command")
    return refused(null, notSaved(speaker.unkept));
  const reading = await decided(bot, { ...speaker, person }, meaning, context);
  if (reading !== null) return reading;
  if (meaning.action.startsWith(FORM)) {
    const command = opened;
    if (command === undefined)
      return refused(null, refuse("stale-action", "这个表单已停用，请发送“帮助”。", ["帮助"]));
    const read = readForm(command.args, fill, context);
    if (isRefusal(read)) return refused(command.name, read);
    if (read.missing.length > 0) return refused(command.name, usage(command, read.missing, context));
    // 修改 under a change that was read back has its one use in common with 确认 and 取消.
    const { mark, by } = useOf(meaning.params);
    const done = await earlier(bot, { person, ...by }, mark);
    if (done !== null) return done;
    const keys = [...keysOf({ person, ...by }, { token, opening }), ...keysOf({ person }, mark)];
    const invocation = { command, ...read };
    return said(await run(bot, { ...speaker, keys }, invocation, context), invocation, context.today);
  }
  const long = bot.registry.longActions.get(meaning.action);
  if (long !== undefined) {
    const presser = { ...speaker, person, keys: keysOf({ person }, { opening }) };
    return runLong(bot, presser, long, meaning.params, fill);
  }
  const action = bot.registry.actions.get(meaning.action);
  if (action === undefined)
    return refused(null, refuse("stale-action", "这个按钮已停用，请重新查询。", ["今日"]));
  const keys = keysOf({ person }, { opening });
  const reply = await runAction(bot, { ...speaker, person, keys }, action, meaning.params, fill, context);
  return rememberQuestion(bot, speaker, context, reply);
}

/** Refuses somebody who has no place here, and writes it down. */
async function keptOut(
  bot: Lantian,
  { act, person }: { act: string; person: Person },
  why: Refusal,
  { now, identity }: Moment,
): Promise<Reply> {
  await deny(bot.store, { act, at: now.epochMilliseconds, person, identity }, why);
  return refused(null, why);
}

/**
 * Opens a file of a card by its token, for the person that the card was drawn for. It is made anew each time, from what
 * stands now, and only if its reader may still see it.
 */
export async function open(bot: Lantian, speaker: Speaker, token: string): Promise<Made | Refusal> {
  const person = speaker.person;
  if (person === null) return stranger(bot, speaker);
  const meaning = await bot.store.read((reader) => reader.buttons.meaning(token));
  const paper = meaning?.action.startsWith(FILE)
    ? bot.registry.papers.get(meaning.action.slice(FILE.length))
    : undefined;
  if (meaning === null || meaning.personId !== person.id || paper === undefined) {
    const at = (await bot.clock.now()).epochMilliseconds;
    await deny(bot.store, { act: "file", at, person, identity: speaker.identity }, NOT_THEIRS);
    return refuse("stale-action", "这个文件链接已失效，请重新查询。", ["今日"]);
  }
  const context = await contextOf(bot, speaker);
  const data = await bot.store.read(async (store) => {
    const still = await memberNow(store, person.id, context);
    if (isRefusal(still)) return still;
    if (isOutsider(still)) return notForEnterprises;
    return paper.data({ params: paper.params.parse(meaning.params), person: still }, { ...context, store });
  });
  if (isRefusal(data)) {
    if (data.code === "forbidden")
      await deny(
        bot.store,
        { act: paper.name, at: context.now.epochMilliseconds, person, identity: speaker.identity },
        data,
      );
    return data;
  }
  const { vault, store } = bot;
  const made: Made = await paper.render(data, { vault, store, marks: bot.demo ? [DEMO_MARK] : [] });
  // What somebody has called a picture is told with it wherever it goes.
  return { ...made, name: maskedText(made.name) };
}

async function run(
  bot: Lantian,
  speaker: Speaker,
  { command, args }: Invocation,
  context: Moment,
): Promise<Reply> {
  const { person, identity } = speaker;
  if (command.kind === "welcome") {
    return changed(bot, command.name, context, speaker, async (store) =>
      command.answer({ args, person, identity }, { ...context, store }),
    );
  }
  if (person === null) return refused(command.name, await stranger(bot, speaker));
  const forbidden = await forbids(bot, command, person, args, context);
  if (forbidden !== null) return refused(command.name, forbidden);
  if (command.kind === "command") {
    const { chat } = speaker;
    if (chat !== undefined && isPublic(chat) && audienceOf(command) === "scope") {
      const { answer, ...told } = await answerForGroup(bot, { command, args }, { person, chat }, context);
      return { ...(await replyWith(bot, command.name, answer, person, context, [])), ...told };
    }
    const as = entitled(command, person, args, context);
    const span = command.looksAhead?.(args, context.today);
    const ahead = span === undefined ? {} : { foreseen: await bot.foresee(bot, span) };
    const looked = command.looksAtBot ? { condition: await conditionOf(bot, context.today) } : {};
    const answer = await bot.store.read((store) =>
      command.answer({ args, person: as }, { ...context, ...ahead, ...looked, store }),
    );
    // A look that was refused is an event as well as an act that was.
    if (isRefusal(answer) && answer.code === "forbidden")
      await deny(
        bot.store,
        { act: command.name, at: context.now.epochMilliseconds, person, identity },
        answer,
      );
    return replyWith(bot, command.name, answer, person, context, []);
  }
  const as = entitled(command, person, args, context);
  const instead = await bot.store.read(
    async (store) => (await command.instead?.({ args, person: as }, { ...context, store })) ?? null,
  );
  if (instead !== null)
    return asking(bot, speaker, await replyWith(bot, command.name, instead, person, context, []));
  // Nothing is done of which nobody could be told what came of it.
  const privately = privateWord(command, speaker.chat);
  if (privately !== undefined && (await speaker.privateChat?.()) === false)
    return refused(command.name, refuse("conflict", onlyInPrivate(privately)));
  const promises = command.promisesPosts?.(args) === true && speaker.chat?.kind === "group";
  const granted = promises ? await speaker.mayPost?.() : undefined;
  if (granted !== undefined && isRefusal(granted)) return refused(command.name, granted);
  const there = speaker.chat && granted ? { ...context, chat: { ...speaker.chat, ...granted } } : context;
  const reply = await changed(bot, command.name, context, speaker, async (store) => {
    const still = await memberNow(store, person.id, context);
    if (isRefusal(still)) return still;
    // A role may have been withdrawn since the phrase came in: what counts is who the person is inside the transaction.
    const as = postFor(command, still, args, context);
    if (isRefusal(as)) return as;
    const card = await command.answer({ args, person: as, identity }, { ...there, store });
    return isRefusal(card) || as.behalf === undefined ? card : { behalf: as.behalf, ...card };
  });
  return privately === undefined || isRefusal(reply.answer) ? reply : { ...reply, privately };
}

/**
 * Somebody in the post that lets them use a command, that post first: their own main one where it does, then what they hold
 * beside it, then those of whom they stand in for. A refusal where none does.
 */
function postFor(
  command: AnyCommand,
  person: Person,
  args: Record<string, unknown>,
  { office, today }: Pick<Moment, "office" | "today">,
): Person | Refusal {
  const checks = inEachPost(person)
    .filter((post) => !isUnplaced(post, office, today))
    .map((post) => ({ post, refusal: command.who.check({ person: post, args, office, today }) }));
  const able = checks.find(({ refusal }) => refusal === null);
  return able === undefined ? (checks[0]?.refusal ?? withdrawn) : actingIn(person, able.post);
}

/** The same for somebody who may, by what was asked before. */
function entitled(
  command: AnyCommand,
  person: Person,
  args: Record<string, unknown>,
  context: Pick<Moment, "office" | "today">,
): Person {
  const as = postFor(command, person, args, context);
  return isRefusal(as) ? person : as;
}

/** Why a person may not use a command with these arguments, written down; null when they may. */
async function forbids(
  bot: Lantian,
  command: AnyCommand,
  person: Person,
  args: Record<string, unknown>,
  { now, today, identity }: Moment,
): Promise<Refusal | null> {
  const as = postFor(command, person, args, { office: bot.office, today });
  if (!isRefusal(as)) return null;
  await deny(bot.store, { act: command.name, at: now.epochMilliseconds, person, identity }, as);
  return as;
}

async function runLong(
  bot: Lantian,
  { person, keys = [], inbound, meanwhile }: Speaker & { person: Person },
  action: AnyLongAction,
  meant: unknown,
  fill: Readonly<Record<string, string>>,
): Promise<Reply> {
  const context = await contextOf(bot);
  const still = await bot.store.read((store) => memberNow(store, person.id, context));
  if (isRefusal(still)) return refused(action.name, still);
  if (isOutsider(still)) return refused(action.name, notForEnterprises);
  const params = action.params.parse(meant);
  const { schema } = await action.form(params, bot);
  const read = readForm(schema, fill, context);
  if (isRefusal(read)) return refused(action.name, read);
  if (read.missing.length > 0) return refused(action.name, unfilled(schema, read.missing));
  const answer = await action.press(bot, {
    params,
    fields: read.args,
    person: still,
    keys,
    inbound,
    meanwhile,
  });
  return replyWith(bot, action.name, answer, still, context, []);
}

/** What of a form was left empty. */
function unfilled(schema: z.ZodObject, missing: readonly string[]): Refusal {
  const labels = argsOf(schema)
    .filter(([name]) => missing.includes(name))
    .map(([, meta]) => meta.label);
  return refuse("usage", `请填写${labels.join("、")}后再提交。`);
}

async function runAction(
  bot: Lantian,
  speaker: Speaker & { person: Person },
  action: AnyAction,
  params: unknown,
  fill: Readonly<Record<string, string>>,
  context: Moment,
): Promise<Reply> {
  const read = readForm(action.fields, fill, context);
  if (isRefusal(read)) return refused(action.name, read);
  if (read.missing.length > 0) return refused(action.name, unfilled(action.fields, read.missing));
  const parsed = action.params.parse(params);
  return changed(bot, action.name, context, speaker, async (store) => {
    const still = await memberNow(store, speaker.person.id, context);
    if (isRefusal(still)) return still;
    if (isOutsider(still) && !action.forEnterprises) return notForEnterprises;
    return action.press({ params: parsed, fields: read.args, person: still }, { ...context, store });
  });
}

async function changed(
  bot: Lantian,
  act: string,
  context: Moment,
  { person, identity, inbound, said, keys = [] }: Speaker,
  change: (store: Writer) => Promise<Card | Refusal>,
): Promise<Reply> {
  const at = context.now.epochMilliseconds;
  const result = await transact(bot, { act, at, person, identity, inbound, said, keys }, change);
  if (isRefusal(result)) return refused(act, result);
  return replyWith(bot, act, result.card, person, context, result.deliveries);
}

/** A command that lacks arguments shows its form, or says what is missing. */
async function incomplete(
  bot: Lantian,
  speaker: Speaker,
  { command, args, missing, asks = [] }: Invocation,
  context: Moment,
  filled: boolean,
): Promise<Reply> {
  const person = speaker.person;
  // Somebody who already fills a form by name is told what is missing, not asked to start again.
  if (command.form === undefined || person === null || filled)
    return refused(command.name, usage(command, missing, context));
  const forbidden = await forbids(bot, command, person, args, context);
  if (forbidden !== null) return refused(command.name, forbidden);
  const example = exampleFor(person, command, context);
  const unknown = unknownPlaces(command, missing, asks, context);
  const card = formCard(command, command.form, args, example, { missing, asks, by: speaker.said, unknown });
  return asking(bot, speaker, await replyWith(bot, command.name, card, person, context, []));
}

/** Where a county is missing and a word was not understood it may be one of elsewhere: which there are is said then. */
function unknownPlaces(
  command: AnyCommand,
  missing: readonly string[],
  asks: readonly string[],
  context: Moment,
): string | null {
  const county = argsOf(command.args).find(
    ([name, { kind }]) => missing.includes(name) && /^count/.test(kind),
  );
  const word = asks.find((ask) => /^\p{Script=Han}{2,6}$/u.test(ask));
  return county === undefined || word === undefined ? null : explain(county[1], word, context).message;
}

/** Reads a change back: nothing happens until it is confirmed, once. */
async function readBack(bot: Lantian, speaker: Speaker, read: Invocation, context: Moment): Promise<Reply> {
  const { person } = speaker;
  if (person === null) return refused(read.command.name, await stranger(bot, speaker));
  const forbidden = await forbids(bot, read.command, person, read.args, context);
  if (forbidden !== null) return refused(read.command.name, forbidden);
  const card = readBackCard(read, speaker.said, context);
  return asking(bot, speaker, await replyWith(bot, read.command.name, card, person, context, []));
}

const asking = (bot: Lantian, speaker: Speaker, reply: Reply): Reply =>
  addressed(bot, speaker, { ...reply, asks: true });

/** What came of 确认 or 取消 under a change that was read back; null for other buttons. Both share one use. */
async function decided(
  bot: Lantian,
  speaker: Speaker & { person: Person },
  { action, params }: { action: string; params: Readonly<Record<string, unknown>> },
  context: Moment,
): Promise<Reply | null> {
  const kind = action.startsWith(CONFIRM) ? CONFIRM : action.startsWith(CANCEL) ? CANCEL : null;
  const command = bot.registry.commands.find((c) => c.name === action.slice(kind?.length));
  if (kind === null || command === undefined) return null;
  const { "#": _mark, "@": _said, ...said } = params as Record<string, string>;
  const { mark, by } = useOf(params);
  const { person } = speaker;
  const before = await earlier(bot, { person, ...by }, mark);
  if (before !== null) return before;
  const keys = keysOf({ person }, mark);
  if (kind === CANCEL)
    return changed(bot, `${command.name}.cancel`, context, { ...speaker, keys }, async () => ({
      title: `已取消：没有${command.words[0]}`,
      blocks: [{ kind: "text", text: "什么也没有办理。要办请重新发送。" }],
    }));
  const read = readForm(command.args, said, context);
  if (isRefusal(read)) return refused(command.name, read);
  if (read.missing.length > 0) return refused(command.name, usage(command, read.missing, context));
  return run(bot, { ...speaker, ...by, keys }, { command, ...read }, context);
}

/** The one use of a button that waits under what was read back or asked, and the message that it belongs to. */
function useOf(params: Readonly<Record<string, unknown>>) {
  const { "#": mark = "", "@": said } = params;
  return { mark: { opening: String(mark) }, by: said === undefined ? {} : { said: String(said) } };
}
