import type { Context } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import type { EpochMs } from "../domain/ids.ts";
import { again, CLOCK_KINDS, type ClockRule, reportsFrom } from "../domain/issues/clock.ts";
import {
  atRung,
  type Climbed,
  type Ladder,
  remindedAt,
  remindedOn,
  rungOn,
} from "../domain/issues/ladders.ts";
import type { ClockRow } from "../store/issue-clock.ts";
import type { Issue } from "../store/issues.ts";
import type { Writer } from "../store/store.ts";
import { hearersOf } from "./hearers.ts";
import { lineIdOf } from "./history.ts";
import { stepOf } from "./loop.ts";
import { performStep } from "./perform-step.ts";
import { redraw } from "./tell.ts";
import { clockRulesOf } from "./terms.ts";

/** An entry of a class. */
type Of<Class extends ClockRule["class"]> = Class extends Class
  ? { row: ClockRow; rule: Extract<ClockRule, { class: Class }> }
  : never;

/**
 * What has fallen due for one issue, `rows` soonest first, has its effect: reminders before reports, of the rungs of a ladder
 * only the highest, and a report only when the reminder of its matter was given long enough ago; until then it waits. What people
 * are to hear is noted for each of them, and told together with whatever else falls due. In the caller's transaction.
 * `atOnce`: no report waits.
 * @returns the entries that are worked off.
 */
export async function fallDue(
  issue: Issue,
  rows: readonly ClockRow[],
  context: Context<Writer>,
  { atOnce }: { atOnce: boolean },
): Promise<readonly ClockRow[]> {
  const due = rows.map((row) => ({ row, rule: CLOCK_KINDS[row.kind] as ClockRule }));
  const step = due.find((one): one is Of<"step"> => one.rule.class === "step");
  // It hands the issue on, and its clock is set anew.
  if (step !== undefined) return takeStep(issue, step, context);
  const reminders = due.filter((one): one is Of<"reminder"> => one.rule.class === "reminder");
  const given = await remind(issue, reminders, context);
  const reports = due.filter(
    (one): one is Of<"rung" | "proposal"> => one.rule.class === "rung" || one.rule.class === "proposal",
  );
  const reported = await report({ ...issue, ...given }, reports, atOnce, context);
  return [...reminders, ...reported].map(({ row }) => row);
}

async function takeStep(
  issue: Issue,
  { row, rule }: Of<"step">,
  context: Context<Writer>,
): Promise<ClockRow[]> {
  await context.store.issueClock.settle([row.id], "done", context.now.epochMilliseconds);
  const moved = await performStep(
    stepOf(rule.step),
    { issue: issue.id, version: issue.version },
    null,
    context,
    { note: rule.says },
  );
  if (isRefusal(moved))
    throw new Error(`the clock could not take ${rule.step} of ${issue.no}: ${moved.message}`);
  return [row];
}

/**
 * Of several reminders that are late for the same people only the newest speaks; one that another speaks for is heard again
 * when it comes again. @returns the ladders whose matter was reminded of for the first time.
 */
async function remind(
  issue: Issue,
  reminders: readonly Of<"reminder">[],
  context: Context<Writer>,
): Promise<Partial<Climbed>> {
  const { store, now, office } = context;
  const at = now.epochMilliseconds;
  const newest = new Map(reminders.map((one) => [one.rule.to, one]));
  const lasting = new Map(reminders.filter(({ rule }) => rule.repeats).map((one) => [one.row.kind, one]));
  let given: Partial<Climbed> = {};
  for (const one of reminders) {
    const { row, rule } = one;
    const speaks = newest.get(rule.to) === one;
    await store.issueClock.settle([row.id], speaks ? "done" : "dropped", at);
    const people = await hearersOf(row, issue, context);
    if (speaks) await store.issueNotices.add(issue.id, row.id, people);
    if (rule.ladder !== undefined && remindedOn(issue, rule.ladder) === null)
      given = { ...given, ...remindedAt(rule.ladder, at) };
    if (lasting.get(row.kind) !== one || (rule.to === "checker" && people.length === 0)) continue;
    const firstAt = row.firstAt ?? row.at;
    const next = again({ at: row.at, firstAt }, at, issue.level, clockRulesOf(office));
    await store.issueClock.add(issue.id, { kind: row.kind, at: next, firstAt });
  }
  if (Object.keys(given).length > 0) await store.issues.mark(issue.id, given);
  return given;
}

async function report(
  issue: Issue,
  reports: readonly Of<"rung" | "proposal">[],
  atOnce: boolean,
  context: Context<Writer>,
): Promise<readonly Of<"rung" | "proposal">[]> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const dueNow: Of<"rung" | "proposal">[] = [];
  for (const one of reports) {
    const from = mayReport(issue, one.rule.ladder, context);
    if (from > at && !atOnce) await store.issueClock.postpone([one.row.id], from);
    else dueNow.push(one);
  }
  let risen = issue;
  for (const [ladder, rungs] of Map.groupBy(dueNow.filter(isRung), ({ rule }) => rule.ladder)) {
    const highest = rungs.reduce((a, b) => (b.rule.rung > a.rule.rung ? b : a));
    const others = rungs.filter((rung) => rung !== highest).map(({ row }) => row.id);
    await store.issueClock.settle(others, "dropped", at);
    await store.issueClock.settle([highest.row.id], "done", at);
    // Somebody may have reported it by hand.
    if (highest.rule.rung <= rungOn(risen, ladder)) continue;
    await store.issues.mark(issue.id, atRung(ladder, highest.rule.rung));
    risen = { ...risen, ...atRung(ladder, highest.rule.rung) };
    await store.issues.record({
      issueId: issue.id,
      at,
      personId: null,
      step: lineIdOf(highest.row.kind),
      fromState: issue.state,
      toState: issue.state,
      text: null,
    });
    await store.issueNotices.add(issue.id, highest.row.id, await hearersOf(highest.row, issue, context));
  }
  for (const { row } of dueNow.filter((one) => !isRung(one))) {
    await store.issueClock.settle([row.id], "done", at);
    await store.issueNotices.add(issue.id, row.id, await hearersOf(row, issue, context));
  }
  const last = dueNow.at(-1);
  if (risen !== issue && last !== undefined) await redraw(risen, context, { revision: `r${last.row.id}` });
  return dueNow;
}

const isRung = (one: Of<"rung" | "proposal">): one is Of<"rung"> => one.rule.class === "rung";

/** From when a matter may be reported: whoever has to act was reminded of it before. */
function mayReport(issue: Issue, ladder: Ladder, { now, office }: Context<Writer>): EpochMs {
  const reminded = remindedOn(issue, ladder);
  // Its clock has a reminder before each report; where there was none by a fault, the report isn't lost with it.
  return reminded === null ? now.epochMilliseconds : reportsFrom(reminded, issue.level, clockRulesOf(office));
}
