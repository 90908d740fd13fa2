import { z } from "zod";
import { putOff } from "../../domain/issues/phase.ts";
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

function daysGivenBack(on: IssueStanding, { at, today, calendar }: Taken): Partial<IssueStanding> {
  const later = putOff(on, { today, calendar });
  if (later === null) return {};
  return {
    // A deadline that comes to lie on a day off moves to the next working day.
    due: calendar.dueAfterCalendarDays(later(on.due), 0).toString(),
    firstDue: later(on.firstDue).toString(),
    termFrom: later(on.termFrom).toString(),
    ...(on.resumeState === "assigned" ? { assignedAt: at } : {}),
  };
}
