import type { Lantian } from "../bot/lantian.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { OutboxRow } from "../store/outbox.ts";
import { HELD_BY } from "../store/outbox-moves.ts";
import type { Reader } from "../store/store.ts";
import { digestWait } from "./digest-wait.ts";
import type { Door, Found, Recipient } from "./door.ts";
import { tellOfLostFiles } from "./files-lost.ts";
import { quietFor } from "./quiet.ts";
import { MAX_ATTEMPTS, READ_BACK_AFTER_MS, settle } from "./settle.ts";
import { tellOffice } from "./trouble.ts";

/** A delivery that isn't tried yet. */
export type Held = { row: OutboxRow; until: EpochMs; why: string };
/** A delivery that may go out now. */
export type Ready = { row: OutboxRow; to: Recipient };

/** Lets all of these wait, in one transaction: many that wait for one chat cost the disk no more than one that does. */
export async function hold({ store }: Pick<Lantian, "store">, held: readonly Held[]): Promise<void> {
  if (held.length === 0) return;
  await store.write(async ({ outbox }) => {
    for (const { row, until, why } of held) await outbox.hold(row, until, why);
  });
}

/** @returns what may go out, until when it is held, or whether a doubtful one was found. */
export async function look(
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
  if (wait > 0) return { row, until: machineNow() + wait, why: HELD_BY.limits };
  return { row, to };
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
    if (!(await writer.outbox.leaveInDoubt(row, why))) return;
    await tellOffice(bot, writer, { kind: "undelivered", row, to, state: "ambiguous", why }, now);
    if (closedTo(to) === null)
      await tellOfLostFiles(writer, row, { perhaps: true, at: now.epochMilliseconds });
  });
}
