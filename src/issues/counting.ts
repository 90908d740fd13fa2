import type { Counted, CountingPeriod } from "../domain/issues/figures.ts";
import { isUnitsTurn, type State } from "../domain/issues/states.ts";
import type { Step } from "../domain/issues/steps.ts";
import type { Period } from "../domain/period.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Reader } from "../store/store.ts";
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

/** All issues given out by `until`, as the figures count them, with their regions. */
export async function countedIssues(
  store: Reader,
  office: Office,
  until: number,
): Promise<{ regionId: string; counted: Counted }[]> {
  const { rows } = await store.issues.list({ asOf: until }, Number.MAX_SAFE_INTEGER);
  const times = async (step: Step) => {
    const known = await store.issues.timesOf(step);
    return ({ id }: Issue): readonly number[] => known.get(id) ?? [];
  };
  const [assigned, reassigned] = [await times("assign"), await times("reassign")];
  const [closings, relapses] = [await times("verify"), await times("reopen")];
  const [rejected, returned, suspended] = [
    await times("reject"),
    await times("return"),
    await times("suspend"),
  ];
  const dayOf = (at: number) => office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
  const submittedOn = (issue: Issue) => {
    const { state, submittedAt: at } = issue;
    if (at === null || isUnitsTurn(state)) return null;
    // What was sent back stays so while it is suspended or handed over.
    const isSentBack = !STANDS.includes(state) && rejected(issue).some((back) => back >= at);
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
      givenAt: [...assigned(issue), ...reassigned(issue)],
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

/** States in which what was handed in last stands. */
const STANDS: readonly State[] = ["submitted", "reviewing", "closed"];
