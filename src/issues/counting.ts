import type { EpochMs } from "../domain/ids.ts";
import { acknowledgeHours, acknowledgeUntil } from "../domain/issues/clock.ts";
import { type Count, type CountingPeriod, countsOf, type PastLine } from "../domain/issues/past.ts";
import type { State } from "../domain/issues/states.ts";
import type { Period } from "../domain/period.ts";
import type { Office } from "../office/office.ts";
import type { CountedIssue, PastEvent } from "../store/issue-past.ts";
import type { Reader } from "../store/store.ts";
import { STEPS } from "./loop.ts";
import amend from "./steps/amend.ts";
import assign from "./steps/assign.ts";
import closeStage from "./steps/close-stage.ts";
import reassign from "./steps/reassign.ts";
import { clockRulesOf } from "./terms.ts";

/** A period as the figures count it: to its end, or to now while it runs. */
export function countingPeriod({ from, to }: Period, office: Office, now: Temporal.Instant): CountingPeriod {
  const { timeZone } = office.pack;
  const ms = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone }).epochMilliseconds;
  const end = ms(to.add({ days: 1 })) - 1;
  const until = Math.min(end, now.epochMilliseconds);
  // What is due today isn't late before the day is over.
  const dueBy = end <= until ? to : office.today(now).subtract({ days: 1 });
  return { from: ms(from), until, fromDate: from.toString(), dueBy: dueBy.toString() };
}

/**
 * What the figures of a period count. Histories are read of the issues that something happened to or fell due for within it,
 * or that have moved since; what merely stood open all the while is counted by the store.
 */
export async function countsIn(store: Reader, office: Office, period: CountingPeriod): Promise<Count[]> {
  const { issues, events, untouched } = await store.issuePast.within({
    ...period,
    // A term to acknowledge that ends within the period may have begun before it.
    since: earliestTerm(period.from, office),
  });
  const eventsOf = Map.groupBy(events, ({ issueId }) => issueId);
  return [
    ...issues.flatMap((issue) =>
      countsOf(
        {
          lines: linesOf(issue, eventsOf.get(issue.id) ?? [], office),
          createdAt: issue.createdAt,
        },
        period,
      ),
    ),
    ...untouched.map(({ regionId, n }): Count => ({ kind: "closed", regionId, met: false, times: n })),
  ];
}

/** From when a time to acknowledge may have begun that ends after an instant: it passes on working days alone. */
function earliestTerm(at: EpochMs, office: Office): EpochMs {
  const { issues } = office.pack.settings;
  const levels = [...Object.keys(issues.acknowledgeHours), "一般"];
  const longest = Math.max(...levels.map((level) => acknowledgeHours(level, issues)));
  let day = office.today(Temporal.Instant.fromEpochMilliseconds(at));
  for (let left = Math.ceil(longest / 24) + 1; left > 0; ) {
    day = day.subtract({ days: 1 });
    if (office.calendar.isWorkingDay(day)) left -= 1;
  }
  return day.toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds;
}

const GIVES: ReadonlySet<string> = new Set([assign.id, reassign.id]);
/** Steps whose date is only asked for: the deadline stays until somebody grants it. */
const ASKS: ReadonlySet<string> = new Set(
  STEPS.filter(({ needs }) => needs?.extension === "none").map(({ id }) => id),
);

function linesOf(issue: CountedIssue, events: readonly PastEvent[], office: Office): PastLine[] {
  const dayOf = (at: EpochMs) => office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
  const rules = clockRulesOf(office);
  const acknowledgeBy = (of: string) => (since: EpochMs) => acknowledgeUntil(since, of, rules);
  const first = events[0];
  let level = first?.level ?? issue.level;
  const lines: PastLine[] = [];
  if (first?.fromState !== null) {
    // Its history begins later than itself: what it began with is what the row says.
    const at = Math.min(issue.assignedAt, issue.createdAt);
    const state = (first?.fromState ?? issue.state) as State;
    const { regionId } = issue;
    const due = first === undefined ? issue.due : issue.firstDue;
    lines.push({
      at,
      on: dayOf(at),
      from: null,
      state,
      regionId,
      due,
      gives: state !== "draft",
      restarts: false,
      closesStage: false,
      acknowledgeBy: acknowledgeBy(level),
    });
  }
  for (const event of events) {
    const { at, step, fromState, toState, due, regionId } = event;
    const before = lines.at(-1);
    level = event.level ?? level;
    lines.push({
      at,
      on: dayOf(at),
      from: fromState as State | null,
      state: toState as State,
      regionId: regionId ?? before?.regionId ?? issue.regionId,
      due: (ASKS.has(step) ? null : due) ?? before?.due ?? issue.firstDue,
      gives: GIVES.has(step),
      restarts: step === amend.id && (due !== null || event.level !== null),
      closesStage: step === closeStage.id,
      acknowledgeBy: acknowledgeBy(level),
    });
  }
  return lines;
}
