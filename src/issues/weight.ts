import type { Issue } from "../store/issues.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import { type DutyContext, owes } from "./duties.ts";

type Weight = Pick<Delivery, "class" | "uncounted">;

/**
 * How much a notice of what has happened to an issue may ask of its reader: what is grave, or waits for their own signature,
 * comes at once and counts against nothing; the rest is news, which keeps quiet hours and goes into a digest.
 */
export async function weightOf(issue: Issue, reader: Person, around: DutyContext): Promise<Weight> {
  if (around.office.pack.settings.issues.urgent.includes(issue.level))
    return { class: "must-arrive", uncounted: "urgent" };
  return (await owes(reader, issue, around)) ? FOR_SIGNATURE : { class: "card" };
}

/** What waits for its reader's own signature. */
export const FOR_SIGNATURE = { class: "must-arrive", uncounted: "signature" } as const satisfies Weight;
