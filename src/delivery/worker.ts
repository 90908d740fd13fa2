import type { Lantian } from "../bot/router.ts";
import type { Chat } from "../store/chats.ts";
import type { Platform } from "../store/inbox.ts";
import type { Delivery, OutboxRow } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { quietFor } from "./quiet.ts";
import { MAX_ATTEMPTS, READ_BACK_AFTER_MS, settle, writeDownTheRest } from "./settle.ts";
import { tellOffice } from "./trouble.ts";

/** What came of one delivery. Throwing counts as `unreachable`. */
export type Outcome =
  /** The door has settled the row itself, in one transaction with its effect. */
  | { kind: "settled" }
  /** Another worker was faster: nothing was done. */
  | { kind: "taken" }
  /** The platform has accepted it, under its own id of the message. `follow`: what is queued to go after it, in the transaction that says so. */
  | { kind: "accepted"; chat: string; externalId: string; follow?: readonly Delivery[] }
  /** Not tried: the platform's limits ask for patience. No attempt is counted. */
  | { kind: "later"; afterMs: number; why: string }
  /** Certainly not accepted; worth another attempt. */
  | { kind: "unreachable"; why: string }
  /** Certainly not accepted, and never will be: blocked, no account, refused content. `gone`: nor will anything else, since the bot is no longer in the group. */
  | { kind: "failed"; why: string; gone?: true }
  /** The request left and no answer came: nobody knows. */
  | { kind: "unknown"; why: string };

/** A delivery in doubt that stands in the chat after all, and what goes after it as after one that was accepted at once. */
export type Found = { chat: string; externalId: string; follow?: readonly Delivery[] };

/** Whom a delivery goes to: a person, on the platform of their choice, or a bound group. */
export type Recipient = { kind: "person"; person: Person } | { kind: "chat"; chat: Chat };

/** How one platform takes deliveries. */
export type Door = {
  platform: Platform;
  /** The platform is elsewhere: before it is asked the row is marked as being sent, so that a crash leaves doubt, not silence. */
  remote: boolean;
  deliver(row: OutboxRow, to: Recipient): Promise<Outcome>;
  /** How long (ms) a delivery has to wait by the platform's limits, asked before it is claimed; 0: not at all. */
  wait?(row: OutboxRow, to: Recipient): Promise<number>;
  /**
   * Reads back whether a delivery in doubt stands in the chat: its message id, `absent`, or `unsure` where the platform
   * gives no way to look. Only after `absent` is a doubtful delivery sent again by itself.
   */
  find?(row: OutboxRow, to: Recipient): Promise<Found | "absent" | "unsure">;
};

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
    for (const row of fresh) {
      seen.add(row.id);
      const result = await attempt(bot, door, row, machineNow);
      if (typeof result === "object") held.push(result);
      else if (result) sent += 1;
    }
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
      await writer.outbox.doubt(row, machineNow() + READ_BACK_AFTER_MS, "the bot stopped while sending");
    return rows.length;
  });
}

/** A delivery that isn't tried yet. */
type Held = { row: OutboxRow; until: number; why: string };

/** @returns whether it was sent, or until when it is held. */
async function attempt(
  bot: Lantian,
  door: Door,
  row: OutboxRow,
  machineNow: () => number,
): Promise<boolean | Held> {
  const to = await bot.store.read((reader) => recipientOf(reader, row));
  if (to === null) return false;
  const closed = closedTo(to);
  if (closed !== null) return leave(bot, row, to, closed);
  if (row.state === "ambiguous") return resolveDoubt(bot, door, row, to, machineNow);
  const quiet = await quietFor(bot, row, to);
  // A demonstration clock jumps: there the row is looked at again with every round.
  if (quiet > 0) return { row, until: machineNow() + (bot.demo ? 1 : quiet), why: "quiet hours" };
  const wait = (await door.wait?.(row, to)) ?? 0;
  if (wait > 0) return { row, until: machineNow() + wait, why: "the platform's limits" };
  const held = door.remote ? await bot.store.write((w) => w.outbox.claim(row)) : row;
  if (held === null) return false;
  const outcome = await door
    .deliver(held, to)
    .catch((error: Error): Outcome => ({ kind: "unreachable", why: error.message }));
  await settle(bot, { row: held, to, platform: door.platform }, outcome, machineNow);
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
