import { type Calendar, workingDaysBetween } from "../calendar.ts";
import type { TermGiven } from "../deadline-words.ts";
import { FOOT } from "./ladders.ts";
import { ASSIGNERS } from "./states.ts";
import type { IssueStanding, Taken, Taker } from "./step-rule.ts";

// What several steps change alike.

/** Extensions that one issue may be granted in a term. */
export const MOST_EXTENSIONS = 2;
/** Who judges what was mended: who gives problems out, and the head of the city where nobody of them is left to. */
export const JUDGES = [...ASSIGNERS, "city-lead"] as const;
export const mayJudge = ({ relation, headDecides }: Pick<Taker, "relation" | "headDecides">): boolean =>
  relation !== "city-lead" || headDecides;

/** A new phase begins at the foot of the ladders, and no extension waits in it. */
export const AFRESH = { ...FOOT, extensionDue: null, extensionBy: null } satisfies Partial<IssueStanding>;

/** A new term begins with a new deadline: its extensions are counted anew. Without one nothing changes. */
export function newTerm({
  due,
  term = null,
  today,
}: Pick<Taken, "due" | "today"> & { term?: TermGiven | null | undefined }): Partial<IssueStanding> {
  return due === undefined ? {} : { due, firstDue: due, termFrom: today, term, extensions: 0 };
}

/** Calendar days from one ISO date to another. */
export const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to).days;

/**
 * How a suspension that ends `today` puts dates off: of a term in working days by the working days that it took, else by all
 * of its days. Null where it took none.
 */
export function putOff(
  { suspendedOn, term }: Pick<IssueStanding, "suspendedOn" | "term">,
  { today, calendar }: { today: string; calendar: Calendar },
): ((date: string) => Temporal.PlainDate) | null {
  const days = suspendedOn === null ? 0 : daysBetween(suspendedOn, today);
  if (suspendedOn === null || days === 0) return null;
  if (term?.unit !== "working") return (date) => Temporal.PlainDate.from(date).add({ days });
  const working = workingDaysBetween(suspendedOn, today, calendar);
  return (date) => calendar.addWorkingDays(Temporal.PlainDate.from(date), working);
}
