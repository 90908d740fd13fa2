import { undrawn } from "../../bot/draw.ts";
import { earlier, keysOf } from "../../bot/earlier.ts";
import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import type { Unkept } from "../../bot/unsaved.ts";
import type { Card, DrawnCard } from "../../chat/card.ts";
import { isRefusal, type Refusal } from "../../chat/refusal.ts";
import { receive } from "../../delivery/inbound.ts";
import type { Rounds } from "../../delivery/rounds.ts";
import { brokenOff } from "../../incoming/broken-off.ts";
import { withoutCodes } from "../../office/sealed-codes.ts";
import { concealCodes } from "../../office/shown-codes.ts";
import type { Inbound } from "../../store/inbox.ts";
import type { Conversation, MessageRow } from "../../store/messages.ts";
import type { Identity } from "../../store/people.ts";
import { writeFaultIn } from "../../store/write-fault.ts";
import { type Doing, floodGates, TOO_FAST } from "../kit/flood.ts";
import { ConsoleRefusal } from "./refusal.ts";

/** An answer; `instead`: the message in whose place it is written; `stood` is told where it stands. */
export type AnswerInPlace = Pick<Reply, "answer"> & {
  instead?: number | null;
  stood?(message: number): void;
};

/** What the page is shown of a message. */
export type ShownRow = Pick<MessageRow, "id" | "at" | "direction" | "text" | "card" | "outboxId">;

/** What a page asks: `id` names it; what a person says in it is its `text`. */
export type Request<Kept extends object = object> = {
  id: string;
  doing: Doing;
  payload: Kept;
  speaker: Speaker;
  /** Answers what is kept of the payload: codes in it are hashes by then. */
  reply(speaker: Speaker, kept: Kept): Promise<AnswerInPlace>;
  /** Where its answer belongs; asked when there is one. */
  conversation(): Promise<Conversation>;
};

/**
 * The console's requests, each answered once: one that is repeated gets the first answer again, also while that is being
 * worked on. What had its effect before the bot stopped is answered with what came of it, whether or not its page asks.
 */
export function requestsOf(
  bot: Lantian,
  rounds: Rounds,
  machineNow: () => number,
): {
  answer<Kept extends object>(request: Request<Kept>): Promise<ShownRow[]>;
  /** Turns away whoever is too fast before their request is read. @throws ConsoleRefusal */
  slowDown(speaker: Speaker, doing: Doing): void;
  /** Counts what a page asks by itself. @throws ConsoleRefusal for one that asks faster than any page does */
  look(identity: Identity): void;
  madeUp: Promise<void>;
} {
  const gates = floodGates(machineNow);
  const underWay = new Map<string, Promise<ShownRow[]>>();
  const madeUp = makeUp(bot).catch((error: unknown) => bot.report(error, "web-unanswered"));

  const work = async <Kept extends object>(request: Request<Kept>): Promise<ShownRow[]> => {
    await madeUp;
    const { userKey } = request.speaker.identity;
    // A request that is repeated counts against nobody.
    const isNew = (await bot.store.read((r) => r.inbox.find("web", request.id))) === null;
    if (isNew && gates.admit(userKey, request.doing) !== "work")
      throw new ConsoleRefusal("too-many", TOO_FAST);
    const taken = await rowOf(bot, request);
    if ("unkept" in taken) {
      const { answer } = await request.reply({ ...request.speaker, ...taken }, request.payload);
      return unwritten(request, cardOf(answer));
    }
    const { row, first } = taken;
    if (first !== null) return [first];
    const since = await bot.store.read((r) => r.messages.newestRevision());
    const kept = JSON.parse(row.payload) as Kept;
    const said = saidIn(kept);
    // What takes its time stands in the conversation meanwhile, in the place of the answer.
    let begun: MessageRow[] = [];
    const meanwhile = async (card: DrawnCard) => {
      const shown = await write(bot, row.id, { conversation: await request.conversation(), said, card });
      if (begun.length === 0) begun = shown;
    };
    const asked = { ...request.speaker, inbound: row.id, meanwhile };
    const { answer, instead = null, stood } = await request.reply(asked, kept);
    const card = cardOf(answer);
    const conversation = await request.conversation();
    const place = { isAnswer: true, instead };
    let answered: MessageRow[];
    try {
      answered = await write(bot, row.id, { conversation, said, card }, place);
    } catch (error) {
      if (writeFaultIn(error) === null) throw error;
      bot.report(error, "web-unwritten");
      return unwritten(request, card);
    }
    const stands = answered.find(({ direction }) => direction === "out");
    if (stands !== undefined) stood?.(stands.id);
    const rows = [...begun.filter(({ id }) => !answered.some((one) => one.id === id)), ...answered];
    // What is sent to others is no part of the answer: it goes out with a later round.
    await rounds.sendAtOnce().catch((error: unknown) => bot.report(error, "web-round"));
    const changed = await bot.store.read((r) => r.messages.changedSince("web", conversation, since));
    const known = new Set(rows.map(({ id }) => id));
    // In the order of the conversation: what the page goes to is the newest, not an older card that has been redrawn.
    return [...rows, ...changed.filter(({ id }) => !known.has(id))].sort((a, b) => a.id - b.id);
  };

  let unwrittenRows = 0;
  /** What the page shows of an answer that couldn't be written: below all that is there, until it is loaded anew. */
  const unwritten = async ({ payload }: Pick<Request, "payload">, card: DrawnCard): Promise<ShownRow[]> => {
    const at = (await bot.clock.now()).epochMilliseconds;
    const newest = await bot.store.read((r) => r.messages.newestId());
    const row = (shown: Pick<ShownRow, "direction" | "text" | "card">): ShownRow => {
      unwrittenRows += 1;
      return { id: newest + unwrittenRows / 1_000_000, at, outboxId: null, ...shown };
    };
    const text = saidIn(payload);
    const mine = text === null ? [] : [row({ direction: "in", text, card: null })];
    return [...mine, row({ direction: "out", text: null, card: JSON.stringify(withMarks(card)) })];
  };

  return {
    madeUp,
    slowDown({ identity }, doing) {
      if (gates.isSpent(identity.userKey, doing)) throw new ConsoleRefusal("too-many", TOO_FAST);
    },
    look({ userKey }) {
      if (gates.admit(userKey, "look") !== "work") throw new ConsoleRefusal("too-many", TOO_FAST);
    },
    answer(request) {
      const { userKey } = request.speaker.identity;
      const id = `${userKey}/${request.id}`;
      const answer = underWay.get(id) ?? work({ ...request, id }).finally(() => underWay.delete(id));
      underWay.set(id, answer);
      return answer;
    },
  };
}

/**
 * The inbox row of a request, and its answer where it has one: without one nobody is working on it any more. Or why it
 * can't be kept.
 */
async function rowOf(
  bot: Lantian,
  { id: externalId, payload }: Pick<Request, "id" | "payload">,
): Promise<{ row: Inbound; first: MessageRow | null } | { unkept: Unkept }> {
  try {
    const fresh = await receive(bot, { platform: "web", externalId, payload });
    if (fresh !== null) return { row: fresh, first: null };
  } catch (error) {
    const fault = writeFaultIn(error);
    if (fault === null) throw error;
    bot.report(error, "web-unkept");
    return { unkept: { fault } };
  }
  return bot.store.read(async ({ inbox, messages }) => {
    const row = await inbox.find("web", externalId);
    if (row === null) throw new Error(`the request ${externalId} is known and isn't`);
    return {
      row,
      first: row.replyId === null || row.state === "received" ? null : await messages.byId(row.replyId),
    };
  });
}

/** What stands in the conversation for a request, with nothing of a code. */
function saidIn({
  text,
  name,
  caption,
}: {
  text?: string;
  name?: string;
  caption?: string | undefined;
}): string | null {
  if (text !== undefined) return withoutCodes(text);
  if (name === undefined) return null;
  return withoutCodes([`[文件] ${name}`, caption].filter(Boolean).join("\n"));
}

type Said = { conversation: Conversation; said: string | null; card: DrawnCard };

/**
 * Puts what was asked and a card into the conversation: the answer, or what stands in its place until there is one. It is
 * written where a card of the same request stands already.
 */
async function write(
  bot: Lantian,
  inbound: number,
  { conversation, said, card }: Said,
  { isAnswer = false, instead = null }: { isAnswer?: boolean; instead?: number | null } = {},
): Promise<MessageRow[]> {
  const message = { platform: "web", conversation, at: (await bot.clock.now()).epochMilliseconds } as const;
  const kept = withMarks(card);
  return bot.store.write(async ({ inbox, messages }) => {
    const standing = await inbox.standing(inbound);
    if (standing !== null) {
      await messages.redraw(standing, kept);
      if (isAnswer) await inbox.finish(inbound, "done", standing);
      const row = await messages.byId(standing);
      return row === null ? [] : [row];
    }
    const mine = said === null ? [] : [await messages.add({ ...message, direction: "in", text: said })];
    const earlier = instead === null ? null : await messages.byId(instead);
    if (earlier !== null) {
      await messages.redraw(earlier.id, kept);
      await inbox.finish(inbound, "done", earlier.id);
      return [...mine, (await messages.byId(earlier.id)) ?? earlier];
    }
    const theirs = await messages.add({ ...message, direction: "out", card: kept });
    if (isAnswer) await inbox.finish(inbound, "done", theirs.id);
    else await inbox.stands(inbound, theirs.id);
    return [...mine, theirs];
  });
}

async function makeUp(bot: Lantian): Promise<void> {
  for (const { run, row } of await bot.store.read((r) => r.importRuns.brokenOff("web"))) {
    const { name: file, caption } = JSON.parse(row.payload) as { name?: string; caption?: string };
    const said = file === undefined ? null : saidIn({ name: file, caption });
    const card = refusalCard(brokenOff(run.name));
    await write(bot, row.id, { conversation: { personId: run.personId }, said, card }, { isAnswer: true });
    await bot.store.write((w) => w.importRuns.end(run.id));
  }
  for (const row of await bot.store.read((r) => r.inbox.unanswered("web"))) {
    const message = { inbound: row.id, person: null };
    const before = await earlier(bot, message);
    if (before === null || isRefusal(before.answer)) continue;
    const userKey = row.externalId.split("/")[0] ?? "";
    const personId = await bot.store.read(async ({ effects, people }) => {
      const effect = await effects.of(keysOf(message));
      // Linking is what a stranger did, and what made a person of them.
      return effect?.personId ?? (await people.byIdentity({ platform: "web", workspace: "", userKey }))?.id;
    });
    const said = saidIn(JSON.parse(row.payload));
    const conversation = personId === undefined ? { chat: userKey } : { personId };
    await write(bot, row.id, { conversation, said, card: before.answer.card }, { isAnswer: true });
  }
}

/** A card as it is kept: whoever looks at it later sees a code for as long as it is remembered, and nobody finds it in the file. */
const withMarks = (card: DrawnCard): DrawnCard => JSON.parse(concealCodes(JSON.stringify(card)));

const cardOf = (answer: Reply["answer"]): DrawnCard =>
  isRefusal(answer) ? refusalCard(answer) : answer.card;

function refusalCard(refusal: Refusal): DrawnCard {
  const card: Card = {
    title: "未能办理",
    tone: "notice",
    blocks: [{ kind: "text", text: refusal.message }],
    buttons: (refusal.instead ?? []).map((say) => ({ kind: "say", label: say, say })),
    facts: { error: { code: refusal.code, message: refusal.message } },
  };
  // A refusal shows no figures, so it needs no mark of demonstration data.
  return undrawn(card, { demo: false, at: 0 });
}
