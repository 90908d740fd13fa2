import type { Counted, CountingPeriod } from "../../domain/issues/figures.ts";
import { isUnitsTurn } from "../../domain/issues/states.ts";
import { STEPS } from "../../domain/issues/steps.ts";
import type { Period } from "../../domain/period.ts";
import type { Reader } from "../../store/store.ts";
import type { Office } from "../office.ts";
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
  const closings = await store.issues.timesOf(STEPS.verify.done);
  const relapses = await store.issues.timesOf(STEPS.reopen.done);
  return rows.map((issue) => ({
    regionId: issue.regionId,
    counted: {
      state: issue.state,
      assignedAt: issue.assignedAt,
      acknowledgedAt: issue.acknowledgedAt,
      acknowledgeBy: issue.assignedAt + acknowledgeHoursOf(issue.level, office) * 3_600_000,
      due: issue.due,
      submittedOn:
        issue.submittedAt === null || isUnitsTurn(issue.state)
          ? null
          : office.today(Temporal.Instant.fromEpochMilliseconds(issue.submittedAt)).toString(),
      closings: closings.get(issue.id) ?? [],
      relapses: relapses.get(issue.id) ?? [],
    },
  }));
}
