import type { Lantian } from "../bot/lantian.ts";
import type { EpochMs } from "../domain/ids.ts";
import { revealCodes } from "../office/shown-codes.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Reader, Writer } from "../store/store.ts";
import { digestWait } from "./digest-wait.ts";
import type { Door, Found, Outcome, Recipient } from "./door.ts";
import { quietFor } from "./quiet.ts";
import { MAX_ATTEMPTS, READ_BACK_AFTER_MS, settle, writeDownTheRest } from "./settle.ts";
import { tellOffice } from "./trouble.ts";

const BATCH = 100;
/** Each delivery to a platform elsewhere takes its turn: few at once, so that what becomes due meanwhile needn't wait for all. */
const REMOTE_BATCH = 16;

/**
 * Sends what is due, oldest first, until nothing is left or every remaining row waits for its next attempt.
 * Retry times are the machine's, not the office's: a demonstration clock that stands still must not stop deliveries.
 * @returns how many were sent.
 */
export async function deliverDue(
  bot: Lantian,
  doors: readonly Door[],
  machineNow: () => number = Date.now,
): Promise<number> {
  // Side by side: a platform that is slow or silent holds up no other.
  const sent = await Promise.all(doors.map((door) => deliverThrough(bot, door, machineNow)));
  return sent.reduce((sum, n) => sum + n, 0);
}

async function deliverThrough(bot: Lantian, door: Door, machineNow: () => number): Promise<number> {
  let sent = 0;
  await writeDownTheRest(bot.store);
  const batch = door.remote ? REMOTE_BATCH : BATCH;
  const seen = new Set<number>();
  for (;;) {
    const due = await bot.store.read((reader) => reader.outbox.due(machineNow(), batch, [door.platform]));
    const fresh = due.filter(({ id }) => !seen.has(id));
    const held: Held[] = [];
    const ready: Ready[] = [];
    const last = lastAccepted(bot, door, machineNow);
    try {
      for (const row of fresh) {
        seen.add(row.id);
        // A doubtful one is looked for on the platform: nothing waits for that.
        if (row.state === "ambiguous") await last.writeDown();
        const result = await look(bot, door, row, machineNow);
        if (typeof result === "boolean") sent += Number(result);
        else if ("until" in result) held.push(result);
        else if (door.deliverAll !== undefined) ready.push(result);
        else if (await deliver(bot, door, result, last, machineNow)) sent += 1;
      }
    } finally {
      await last.writeDown();
    }
    if (ready.length > 0) sent += await deliverTogether(bot, door, ready, machineNow);
    // All in one transaction: many that wait for one chat cost the disk no more than one that does.
    if (held.length > 0)
      await bot.store.write(async ({ outbox }) => {
        for (const { row, until, why } of held) await outbox.hold(row, until, why);
      });
    if (due.length < batch || fresh.length === 0) return sent;
  }
}

/** After a crash: rows that were being sent are in doubt, since the platform may have them. Called once, before the first delivery. */
export async function doubtWhatWasUnderWay(
  bot: Lantian,
  machineNow: () => number = Date.now,
): Promise<number> {
  return bot.store.write(async (writer) => {
    const rows = await writer.outbox.inDoubt();
    for (const row of rows)
      await writer.outbox.doubt(row, machineNow() + READ_BACK_AFTER_MS, "发送时机器人停止了运行");
    return rows.length;
  });
}

/** A delivery that isn't tried yet. */
type Held = { row: OutboxRow; until: EpochMs; why: string };
/** A delivery that may go out now. */
type Ready = { row: OutboxRow; to: Recipient };

/** @returns what may go out, until when it is held, or whether a doubtful one was found. */
async function look(
  bot: Lantian,
  door: Door,
  row: OutboxRow,
  machineNow: () => number,
): Promise<boolean | Held | Ready> {
  const to = await bot.store.read((reader) => recipientOf(reader, row));
  if (to === null) return false;
  const closed = closedTo(to);
  if (closed !== null) return leave(bot, row, to, closed);
  if (row.state === "ambiguous") return resolveDoubt(bot, door, row, to, machineNow);
  const digest = await digestWait(bot, row, to);
  if (digest !== null) {
    await bot.store.write((w) => w.outbox.wait(row, digest));
    return false;
  }
  const quiet = await quietFor(bot, row, to);
  // A demonstration clock jumps: there the row is looked at again with every round.
  if (quiet > 0) return { row, until: machineNow() + (bot.demo ? 1 : quiet), why: "quiet hours" };
  const wait = (await door.wait?.(row, to)) ?? 0;
  if (wait > 0) return { row, until: machineNow() + wait, why: "the platform's limits" };
  return { row, to };
}

/**
 * What a platform elsewhere has accepted last. It is written down in one transaction with the claim of the next, which
 * halves the commits of a long row of notices; nothing is asked of the platform in between.
 */
function lastAccepted(bot: Lantian, { platform }: Door, machineNow: () => number) {
  let last: { one: Ready; outcome: Outcome } | null = null;
  return {
    note(one: Ready, outcome: Outcome) {
      last = { one, outcome };
    },
    /** Writes it down, together with `besides`. */
    async writeDown<T>(besides?: (writer: Writer) => Promise<T>): Promise<T | undefined> {
      if (last === null) return besides && bot.store.write(besides);
      const { one, outcome } = last;
      last = null;
      return settle(bot, { ...one, platform }, outcome, machineNow, besides);
    },
  };
}

/** @returns whether it was sent. */
async function deliver(
  bot: Lantian,
  door: Door,
  { row, to }: Ready,
  last: ReturnType<typeof lastAccepted>,
  machineNow: () => number,
): Promise<boolean> {
  const held = door.remote ? await last.writeDown((w) => w.outbox.claim(row)) : row;
  if (!held) return false;
  // A code goes out as it is; the row keeps its mark.
  const outcome = await door.deliver({ ...held, card: revealCodes(held.card) }, to).catch(unreachable);
  if (!door.remote || outcome.kind !== "accepted")
    return close(bot, door, { row: held, to }, outcome, machineNow);
  last.note({ row: held, to }, outcome);
  return true;
}

/** All in one transaction of the door's; one that can't be delivered must not keep the others back, so then each goes alone. */
async function deliverTogether(
  bot: Lantian,
  door: Door,
  ready: readonly Ready[],
  machineNow: () => number,
): Promise<number> {
  const outcomes = (await door.deliverAll?.(ready).catch(() => [])) ?? [];
  let sent = 0;
  for (const [i, one] of ready.entries()) {
    const outcome = outcomes[i];
    const alone = () => door.deliver(one.row, one.to).catch(unreachable);
    if (await close(bot, door, one, outcome ?? (await alone()), machineNow)) sent += 1;
  }
  return sent;
}

const unreachable = (error: Error): Outcome => ({ kind: "unreachable", why: error.message });

async function close(
  bot: Lantian,
  { platform }: Door,
  { row, to }: Ready,
  outcome: Outcome,
  machineNow: () => number,
): Promise<boolean> {
  await settle(bot, { row, to, platform }, outcome, machineNow);
  return outcome.kind === "settled" || outcome.kind === "accepted";
}

/** Why nothing goes to somebody any more, or null. */
function closedTo(to: Recipient): string | null {
  if (to.kind === "person") return to.person.active ? null : "该成员已停用";
  return to.chat.active ? null : "该群已停用或已解除绑定";
}

/** Ends a delivery that is not to go out any more; the office knows why, having closed the recipient or been told. */
async function leave(bot: Lantian, row: OutboxRow, to: Recipient, why: string): Promise<false> {
  if (row.state === "ambiguous") await leaveToHumans(bot, row, to, row.lastError ?? why);
  else await bot.store.write(({ outbox }) => outbox.giveUp(row, why));
  return false;
}

async function recipientOf(reader: Reader, row: OutboxRow): Promise<Recipient | null> {
  const person = row.personId === null ? null : await reader.people.byId(row.personId);
  if (person !== null) return { kind: "person", person };
  const chat = row.chatId === null ? null : await reader.chats.byId(row.chatId);
  return chat && { kind: "chat", chat };
}

/** What becomes of a delivery whose outcome nobody knows: found, sent again where that is safe, or left for a human. */
async function resolveDoubt(
  bot: Lantian,
  door: Door,
  row: OutboxRow,
  to: Recipient,
  machineNow: () => number,
): Promise<boolean> {
  const held = await bot.store.write((w) => w.outbox.look(row, machineNow() + READ_BACK_AFTER_MS));
  if (held === null) return false;
  const found = await lookFor(door, held, to);
  if (found === null) return false;
  if (typeof found === "object") {
    await settle(bot, { row: held, to, platform: door.platform }, { kind: "accepted", ...found }, machineNow);
    return true;
  }
  // Without read-back a must-arrive notice may be repeated once: it carries its number, so that a repeat is recognised.
  const repeats = found === "absent" || (row.class !== "must-not-repeat" && row.attempts < 2);
  if (repeats && row.attempts < MAX_ATTEMPTS)
    await bot.store.write((w) => w.outbox.retry(held, machineNow(), row.lastError ?? "", row.attempts));
  else await leaveToHumans(bot, held, to, row.lastError ?? "");
  return false;
}

/** @returns what the chat holds, or null when it can't be asked now. */
async function lookFor(
  door: Door,
  row: OutboxRow,
  to: Recipient,
): Promise<Found | "absent" | "unsure" | null> {
  // An edit sets a state: making it again is making it once, and nothing bears its mark.
  if (row.kind === "edit") return "absent";
  if (door.find === undefined) return "unsure";
  return door.find(row, to).catch(() => null);
}

async function leaveToHumans(bot: Lantian, row: OutboxRow, to: Recipient, why: string): Promise<void> {
  const now = await bot.clock.now();
  await bot.store.write(async (writer) => {
    if (await writer.outbox.leaveInDoubt(row, why))
      await tellOffice(bot, writer, { kind: "undelivered", row, to, state: "ambiguous", why }, now);
  });
}
