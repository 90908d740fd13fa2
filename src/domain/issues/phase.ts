import { FOOT } from "./ladders.ts";
import { ASSIGNERS } from "./states.ts";
import type { IssueStanding, Taker } from "./step-rule.ts";

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
export function newTerm({ due, today }: { due: string | undefined; today: string }): Partial<IssueStanding> {
  return due === undefined ? {} : { due, firstDue: due, termFrom: today, extensions: 0 };
}

/** Calendar days from one ISO date to another. */
export const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to).days;
