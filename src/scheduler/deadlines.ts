import { contextOf, type Lantian } from "../bot/lantian.ts";
import { presentOffice } from "../bot/present-office.ts";
import type { EpochMs, IssueId } from "../domain/ids.ts";
import { officeTime } from "../domain/issues/clock.ts";
import { climb, isReminder, remind } from "../issues/fall-due.ts";
import { DEADLINES } from "../issues/ladder.ts";
import { setDeadlines } from "../issues/set-deadlines.ts";
import { clockRulesOf } from "../issues/terms.ts";
import type { DueEntry } from "../store/issue-clock.ts";
import type { Writer } from "../store/store.ts";

/** Entries worked off in one go; what is left is due in the next. */
const BATCH = 500;

/**
 * Works off what has fallen due for issues. They are rows with a time, not cron: a bot that was down finds them all, so
 * that an escalation comes late, never not. Each issue's rungs are one transaction, the reminders another; a fault of one
 * holds up no other.
 * @returns how many entries had their effect. @throws the first fault, after all the others had their turn.
 */
export async function workDeadlines(
  bot: Lantian,
  { atAnyHour = false }: { atAnyHour?: boolean } = {},
): Promise<number> {
  await windUnwound(bot);
  // What one entry brings about may be due itself, such as the rungs of an issue that is late when its suspension ends.
  for (let total = 0; ; ) {
    const worked = await workOff(bot, atAnyHour);
    if (worked === 0) return total;
    total += worked;
  }
}

/** One round over what is due now. */
async function workOff(bot: Lantian, atAnyHour: boolean): Promise<number> {
  const now = (await bot.clock.now()).epochMilliseconds;
  const late = await bot.store.read((reader) => reader.issueClock.due(now, BATCH));
  const due = atAnyHour ? late : await putOff(bot, late, now);
  if (due.length === 0) return 0;
  const faults: unknown[] = [];
  let worked = 0;
  const inOne = async (
    issues: ReadonlySet<IssueId>,
    work: (store: Writer, entries: DueEntry[]) => Promise<void>,
  ) => {
    try {
      await bot.store.write(async (store) => {
        // Read again inside: a step may have dropped them meanwhile.
        const entries = await store.issueClock.due(now, BATCH, { issueIds: [...issues] });
        await work(store, entries);
        worked += entries.length;
      });
    } catch (error) {
      faults.push(error);
    }
  };

  for (const id of new Set(due.filter(({ row }) => !isReminder(row)).map(({ issue }) => issue.id)))
    await inOne(new Set([id]), async (store, entries) => {
      const context = { ...(await contextOf(bot)), store };
      for (const { row } of entries.filter((entry) => !isReminder(entry.row))) {
        // Each sees the issue as the one before has left it, and may have been dropped by it.
        const [current] = await store.issueClock.due(now, 1, { id: row.id });
        if (current === undefined) continue;
        await climb(current, context);
        await note(store, current, now);
      }
    });
  const reminders = due.filter(({ row }) => isReminder(row));
  const together = async (store: Writer, entries: readonly DueEntry[]) => {
    const mine = entries.filter(({ row }) => isReminder(row));
    await remind(mine, { ...(await contextOf(bot)), store });
    for (const entry of mine) await note(store, entry, now);
  };
  const before = faults.length;
  if (reminders.length > 0) await inOne(new Set(reminders.map(({ issue }) => issue.id)), together);
  // One that can't be reminded of must not silence the others.
  if (faults.length > before && reminders.length > 1)
    for (const id of new Set(reminders.map(({ issue }) => issue.id))) await inOne(new Set([id]), together);
  if (faults.length > 0) throw faults[0];
  return worked;
}

/**
 * A bot that comes back at night leaves what isn't urgent for the morning.
 * @returns what may have its effect now.
 */
async function putOff(bot: Lantian, entries: readonly DueEntry[], now: EpochMs): Promise<DueEntry[]> {
  const rules = clockRulesOf(await presentOffice(bot));
  const byTime = Map.groupBy(entries, ({ issue }) => officeTime(now, issue.level, rules));
  for (const [time, later] of byTime)
    if (time > now)
      await bot.store.write((store) =>
        store.issueClock.postpone(
          later.map(({ row }) => row.id),
          time,
        ),
      );
  return byTime.get(now) ?? [];
}

/** Issues written before there was a clock get theirs. */
async function windUnwound(bot: Lantian): Promise<void> {
  if ((await bot.store.read((reader) => reader.issueClock.withoutDeadlines(1))).length === 0) return;
  await bot.store.write(async (store) => {
    const context = { ...(await contextOf(bot)), store };
    for (const issue of await store.issueClock.withoutDeadlines(BATCH)) await setDeadlines(issue, context);
  });
}

function note(store: Writer, { row, issue }: DueEntry, at: EpochMs): Promise<void> {
  return store.audit.append({
    at,
    personId: null,
    actor: "定时任务",
    act: DEADLINES,
    subject: `issue:${issue.id}`,
    outcome: "done",
    detail: { kind: row.kind, due: row.at },
  });
}
