import type { Lantian } from "../bot/lantian.ts";
import { type PlatformName, requestName } from "../store/inbox.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Store, Writer } from "../store/store.ts";
import type { Outcome, Recipient } from "./door.ts";
import { tellOfLostFiles } from "./files-lost.ts";
import { moveChat, park } from "./park.ts";
import { tellOffice } from "./trouble.ts";

/** Attempts before a delivery is given up and listed for the office. */
export const MAX_ATTEMPTS = 5;
/** Waits between attempts, seconds. */
const BACKOFF = [5, 30, 120, 600] as const;
/** A doubtful delivery is looked for only when a request that was still under way must have landed. */
export const READ_BACK_AFTER_MS = 60_000;

export type Attempted = { row: OutboxRow; to: Recipient; platform: PlatformName };

/** What a platform has said, known to nobody but this process while it can't be written down: the disk is full, say. */
const unwritten = new WeakMap<Store, Set<() => Promise<void>>>();

/**
 * Writes down what came of an attempt, with what follows from it, in one transaction; of an answer that comes too late to
 * move the row nothing follows. `besides` is written in the same transaction.
 * @throws Error when it can't be written; what came of the attempt is kept then, and written by `writeDownTheRest`.
 */
export async function settle<T = void>(
  bot: Lantian,
  attempted: Attempted,
  outcome: Outcome,
  machineNow: () => number,
  besides?: (writer: Writer) => Promise<T>,
): Promise<T | undefined> {
  const { row, platform } = attempted;
  const { id, job, slot, causedBy, attempts } = row;
  const of =
    causedBy === null
      ? { job: job ?? undefined, slot: slot ?? undefined }
      : { request: requestName(causedBy) };
  const why = "why" in outcome ? outcome.why : undefined;
  bot.trace?.(
    { ...of, delivery: id, platform, outcome: outcome.kind, attempt: attempts + 1, why },
    "delivery",
  );
  if (outcome.kind === "settled" || outcome.kind === "taken") return;
  const now = await bot.clock.now();
  const write = (writer: Writer) => consequence(bot, writer, attempted, outcome, { now, machineNow });
  try {
    return await bot.store.write(async (writer) => {
      await write(writer);
      return besides?.(writer);
    });
  } catch (error) {
    const rest = unwritten.get(bot.store) ?? new Set();
    unwritten.set(
      bot.store,
      rest.add(() => bot.store.write(write)),
    );
    throw error;
  }
}

/** Writes down what could not be written before. @throws Error while it still can't. */
export async function writeDownTheRest(store: Store): Promise<void> {
  const rest = unwritten.get(store);
  for (const write of rest ?? []) {
    // Taken out first: of two rounds that run at once one writes it.
    rest?.delete(write);
    await write().catch((error: unknown) => {
      rest?.add(write);
      throw error;
    });
  }
}

async function consequence(
  bot: Lantian,
  writer: Writer,
  { row, to, platform }: Attempted,
  outcome: Exclude<Outcome, { kind: "settled" | "taken" }>,
  { now, machineNow }: { now: Temporal.Instant; machineNow: () => number },
): Promise<void> {
  const { outbox, messages } = writer;
  const at = now.epochMilliseconds;
  const attempts = row.attempts + 1;
  const again = machineNow() + (BACKOFF[attempts - 1] ?? 600) * 1000;
  const giveUp = async (why: string, { canBeTold }: { canBeTold: boolean }) => {
    if (!(await outbox.giveUp(row, why))) return;
    if (canBeTold) await tellOfLostFiles(writer, row, { perhaps: false, at });
    await tellOffice(bot, writer, { kind: "undelivered", row, to, state: "failed", why }, now);
  };
  switch (outcome.kind) {
    case "accepted": {
      const { chat, externalId } = outcome;
      if (!(await outbox.sent(row.id, at))) return;
      await messages.receipt({ row, platform, chat, externalId, at });
      for (const next of outcome.follow ?? []) await outbox.queue(next, at);
      return;
    }
    case "later":
      await outbox.retry(row, machineNow() + outcome.afterMs, outcome.why, row.attempts);
      return;
    case "failed":
      // The group is the news; what else was meant for it only follows from that.
      if (outcome.gone && to.kind === "chat")
        return park(bot, writer, { group: to.chat, row, why: outcome.why, now });
      return giveUp(outcome.why, { canBeTold: outcome.unfit === true });
    case "moved":
      if (attempts >= MAX_ATTEMPTS) return giveUp(outcome.why, { canBeTold: false });
      if (to.kind === "chat") await moveChat(bot, writer, { chat: to.chat, to: outcome.to, now });
      // At once; only where that is somewhere else again, later.
      await outbox.retry(row, attempts === 1 ? machineNow() : again, outcome.why, attempts);
      return;
    case "unreachable":
      if (attempts >= MAX_ATTEMPTS)
        return giveUp(inWords("多次连不上平台", outcome.why), { canBeTold: true });
      await outbox.retry(row, again, outcome.why, attempts);
      return;
    case "unknown":
      // An edit sets a state: sending it twice is sending it once.
      if (row.kind === "edit" && attempts < MAX_ATTEMPTS)
        await outbox.retry(row, again, outcome.why, attempts);
      else {
        const why = inWords("没有收到平台的答复", outcome.why);
        await outbox.doubt(row, machineNow() + READ_BACK_AFTER_MS, why);
      }
      return;
    default:
      outcome satisfies never;
  }
}

/** What the line or a server said is for whoever looks after the system; the office reads what it means. */
const inWords = (meaning: string, why: string) =>
  /\p{Script=Han}/u.test(why) ? why : `${meaning}（${why}）`;
