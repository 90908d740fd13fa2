import { CLOCK_KINDS, type ClockKind, type ClockRule } from "../domain/issues/clock.ts";
import { TOP_RUNG } from "../domain/issues/ladders.ts";
import type { Issue } from "../store/issues.ts";
import type { Delivery } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import { type DutyContext, owes } from "./duties.ts";

export type Weight = Pick<Delivery, "class" | "uncounted">;

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

/**
 * The same of what falls due: what is grave and reports to the top come at once, by themselves, and count against nothing; a
 * decision that waits doesn't count either. The other reports and reminders keep quiet hours and may go into a digest.
 */
export function weightOfDue(kinds: readonly ClockKind[], isGrave: boolean): Weight {
  if (isGrave) return { class: "must-arrive", uncounted: "urgent" };
  const rules: ClockRule[] = kinds.map((kind) => CLOCK_KINDS[kind]);
  if (rules.some((rule) => rule.class === "rung" && rule.rung === TOP_RUNG))
    return { class: "must-arrive", uncounted: "top-rung" };
  const isDecision = (rule: ClockRule) =>
    rule.class === "proposal" || (rule.class === "reminder" && DECIDERS.includes(rule.to));
  return rules.every(isDecision) ? { class: "card", uncounted: "signature" } : { class: "card" };
}

/** Whoever is reminded as one of these has a decision to make. */
const DECIDERS: readonly string[] = ["deciders", "office", "city-lead", "consenter"];
