import { setImmediate as breathe } from "node:timers/promises";
import { contextOf, type Lantian } from "../bot/lantian.ts";
import type { Context } from "../chat/command.ts";
import type { EpochMs, IssueId } from "../domain/ids.ts";
import { officeTime } from "../domain/issues/clock.ts";
import { fallDue } from "../issues/fall-due.ts";
import { DEADLINES } from "../issues/ladder.ts";
import { setDeadlines } from "../issues/set-deadlines.ts";
import { tellDue } from "../issues/tell-due.ts";
import { clockRulesOf } from "../issues/terms.ts";
import type { ClockRow } from "../store/issue-clock.ts";
import type { Writer } from "../store/store.ts";

/** Issues of one transaction. It is short: whatever else the bot does waits for it. */
const CHUNK = 10;
/** Issues without a clock that are looked for at a time. */
const UNWOUND = 500;

/**
 * Works off what has fallen due for issues. They are rows with a time, not cron: a bot that was down finds them all, so that a
 * report comes late, never not. What has come about is written down issue by issue, and what each person is to hear of it with
 * that; then each person is told all of it in one message. A fault of one holds up no other.
 * @returns how many entries had their effect. @throws the first fault, after all the others had their turn.
 */
export async function workDeadlines(
  bot: Lantian,
  { atAnyHour = false }: { atAnyHour?: boolean } = {},
): Promise<number> {
  const faults: unknown[] = [];
  await windUnwound(bot, faults);
  const failed = new Set<IssueId>();
  let worked = 0;
  // What one entry brings about may be due itself, such as the reminder of an issue whose suspension ends late.
  for (;;) {
    const now = (await bot.clock.now()).epochMilliseconds;
    const due = (await bot.store.read((reader) => reader.issueClock.issuesDue(now))).filter(
      (id) => !failed.has(id),
    );
    if (due.length === 0) break;
    await eachOf(
      bot,
      due,
      async (id, context) => {
        worked += (await workOff(id, { now, atAnyHour }, context)).length;
      },
      (id, fault) => {
        failed.add(id);
        faults.push(fault);
      },
    );
  }
  const people = await bot.store.read((reader) => reader.issueNotices.waiting());
  await eachOf(bot, people, tellDue, (_, fault) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
  return worked;
}

/** All that is due for one issue. */
async function workOff(
  id: IssueId,
  { now, atAnyHour }: { now: EpochMs; atAnyHour: boolean },
  context: Context<Writer>,
): Promise<readonly ClockRow[]> {
  const { store, office } = context;
  // A step may have dropped them meanwhile.
  const due = await store.issueClock.due(now, { issueId: id });
  const [first] = due;
  if (first === undefined) return [];
  const rows = due.map(({ row }) => row);
  // A bot that comes back at night leaves what isn't urgent for the morning.
  const time = atAnyHour ? now : officeTime(now, first.issue.level, clockRulesOf(office));
  if (time > now) {
    await store.issueClock.postpone(
      rows.map((row) => row.id),
      time,
    );
    return [];
  }
  const worked = await fallDue(first.issue, rows, context, { atOnce: atAnyHour });
  for (const row of worked)
    await store.audit.append({
      at: now,
      personId: null,
      actor: "定时任务",
      act: DEADLINES,
      subject: `issue:${id}`,
      outcome: "done",
      detail: { kind: row.kind, due: row.at },
    });
  return worked;
}

/** Issues written before there was a clock, or whose terms run otherwise since, get theirs. */
async function windUnwound(bot: Lantian, faults: unknown[]): Promise<void> {
  const seen = new Set<IssueId>();
  for (;;) {
    const found = await bot.store.read((reader) => reader.issueClock.withoutDeadlines(UNWOUND));
    const unwound = found.filter(({ id }) => !seen.has(id));
    if (unwound.length === 0) return;
    for (const { id } of unwound) seen.add(id);
    await eachOf(bot, unwound, setDeadlines, (_, fault) => faults.push(fault));
  }
}

/**
 * Does something with each of many in short transactions, a few in one, and lets the rest of the bot have its turn in between.
 * Where one of a few fails, each of them has a transaction of its own.
 */
async function eachOf<T>(
  bot: Lantian,
  all: readonly T[],
  work: (one: T, context: Context<Writer>) => Promise<void>,
  onFault: (one: T, fault: unknown) => void,
): Promise<void> {
  const together = (some: readonly T[]) =>
    bot.store.write(async (store) => {
      const context = { ...(await contextOf(bot)), store };
      for (const one of some) await work(one, context);
    });
  for (let at = 0; at < all.length; at += CHUNK) {
    const some = all.slice(at, at + CHUNK);
    await together(some).catch(async () => {
      for (const one of some) await together([one]).catch((fault) => onFault(one, fault));
    });
    await breathe();
  }
}
