import type { Counted, CountingPeriod } from "../domain/issues/figures.ts";
import { isUnitsTurn, type State } from "../domain/issues/states.ts";
import type { Period } from "../domain/period.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
import { STEPS } from "./loop.ts";
import type { Step } from "./step.ts";
import assign from "./steps/assign.ts";
import reassign from "./steps/reassign.ts";
import { acknowledgeHoursOf } from "./terms.ts";

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
 * All issues given out by `until`, as the figures count them, with their regions. What a step counts as follows from where it leads,
 * so that another way to close or to send back is counted too.
 */
export async function countedIssues(
  store: Reader,
  office: Office,
  until: number,
): Promise<{ regionId: string; counted: Counted }[]> {
  const { rows } = await store.issues.list({ asOf: until }, Number.MAX_SAFE_INTEGER);
  const times = async (are: (step: Step) => boolean) => {
    const known = await store.issues.timesOf(STEPS.filter(are).map(({ id }) => id));
    return ({ id }: Issue): readonly number[] => known.get(id) ?? [];
  };
  const given = await times(({ id }) => id === assign.id || id === reassign.id);
  const closings = await times(({ to }) => to === "closed");
  const relapses = await times(({ from, to }) => from.includes("closed") && to !== "stay");
  const rejected = await times(({ from, to }) => from.some(isHandedIn) && to === "rectifying");
  const returned = await times(({ to }) => to === "returned");
  const suspended = await times(({ to }) => to === "suspended");
  const dayOf = (at: number) => office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
  const submittedOn = (issue: Issue) => {
    const { state, submittedAt: at } = issue;
    if (at === null || isUnitsTurn(state)) return null;
    // What was sent back stays so while it is suspended or handed over.
    const isSentBack = !isHandedIn(state) && state !== "closed" && rejected(issue).some((back) => back >= at);
    return isSentBack ? null : dayOf(at);
  };
  const held = (issue: Issue) => {
    const stops = issue.state === "returned" ? returned : issue.state === "suspended" ? suspended : null;
    const at = stops?.(issue).at(-1);
    return at === undefined ? null : { at, on: dayOf(at) };
  };
  return rows.map((issue) => ({
    regionId: issue.regionId,
    counted: {
      state: issue.state,
      assignedAt: issue.assignedAt,
      givenAt: given(issue),
      acknowledgedAt: issue.acknowledgedAt,
      // Of what was given out on paper before: nobody could acknowledge it here before it was written down here.
      acknowledgeBy:
        Math.max(issue.assignedAt, issue.createdAt) + acknowledgeHoursOf(issue.level, office) * 3_600_000,
      due: issue.due,
      submittedOn: submittedOn(issue),
      held: held(issue),
      closings: closings(issue),
      relapses: relapses(issue),
    },
  }));
}

const isHandedIn = (state: State): boolean => state === "submitted" || state === "reviewing";
