import { CLOCK_KINDS, type ClockRule, clockOf } from "../domain/issues/clock.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Writer } from "../store/store.ts";
import { helpDue, stillOwes } from "./parts.ts";
import { clockRulesOf } from "./terms.ts";

/** Sets an issue's clock by its standing, in the caller's transaction: what was still to come gives way to what is now. */
export async function setDeadlines(
  issue: Issue,
  { store, office, now }: { store: Writer; office: Office; now: Temporal.Instant },
): Promise<void> {
  const at = now.epochMilliseconds;
  // Of what was given out on paper before: nobody could acknowledge it here before it was written down here.
  const assignedAt = Math.max(issue.assignedAt, issue.createdAt);
  const parts = await store.issueUnits.of(issue.id);
  const helpDues = parts.filter(stillOwes).map((part) => helpDue(part, issue));
  const entries = clockOf({ ...issue, assignedAt }, at, clockRulesOf(office), helpDues);
  const before = await store.issueClock.openOf(issue.id);
  const kept = entries.map((entry) => {
    const rule: ClockRule = CLOCK_KINDS[entry.kind];
    const standing = before.find(({ kind }) => kind === entry.kind);
    return rule.class === "reminder" && rule.keeps && standing ? standing : entry;
  });
  await store.issueClock.set(issue.id, kept, at);
}
