import type { IssueStanding } from "./step-rule.ts";

// What several steps change alike.

/** Extensions that one issue may be granted in a term. */
export const MOST_EXTENSIONS = 2;
/** The highest rung of the ladder: 市攻坚办. */
export const TOP_RUNG = 3;

/** A new phase begins at the foot of the ladder, and no extension waits in it. */
export const AFRESH = {
  escalation: 0,
  extensionDue: null,
  extensionBy: null,
} as const satisfies Partial<IssueStanding>;

/** A new term begins with a new deadline: its extensions are counted anew. Without one nothing changes. */
export function newTerm({ due, today }: { due: string | undefined; today: string }): Partial<IssueStanding> {
  return due === undefined ? {} : { due, firstDue: due, termFrom: today, extensions: 0 };
}

/** Calendar days from one ISO date to another. */
export const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to).days;
