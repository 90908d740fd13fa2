import { z } from "zod";
import { daysBetween } from "../../domain/issues/phase.ts";
import { ASSIGNERS } from "../../domain/issues/states.ts";
import type { IssueStanding, Taken } from "../../domain/issues/step-rule.ts";
import { opinion } from "../fields.ts";
import { step } from "../step.ts";

/** 恢复办理: by hand, or by the clock after the last day; the days of suspension don't count. */
export default step({
  id: "resume",
  words: { name: "恢复办理" },
  from: ["suspended"],
  to: "back",
  by: [...ASSIGNERS, "clock"],
  form: z.object({ text: opinion }),
  changes: (on, taken) => ({
    resumeState: null,
    suspendedOn: null,
    suspendedUntil: null,
    ...daysGivenBack(on, taken),
  }),
  told: ["unit", "lead", "helpers", "office"],
  button: { place: 150, rare: true },
});

function daysGivenBack(
  { suspendedOn, resumeState, due, firstDue, termFrom }: IssueStanding,
  { at, today, calendar }: Taken,
): Partial<IssueStanding> {
  const days = suspendedOn === null ? 0 : daysBetween(suspendedOn, today);
  if (days === 0) return {};
  const later = (date: string) => Temporal.PlainDate.from(date).add({ days });
  return {
    // A deadline that comes to lie on a day off moves to the next working day.
    due: calendar.dueAfterCalendarDays(later(due), 0).toString(),
    firstDue: later(firstDue).toString(),
    termFrom: later(termFrom).toString(),
    ...(resumeState === "assigned" ? { assignedAt: at } : {}),
  };
}
