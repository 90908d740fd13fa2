import type { Context } from "../chat/command.ts";
import { CLOCK_KINDS, type ClockRule, helpReminderAt } from "../domain/issues/clock.ts";
import type { ClockRow } from "../store/issue-clock.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { type Audience, peopleOf, peopleOfParts } from "./audience.ts";
import { mayConsent } from "./consent.ts";
import { RUNGS } from "./ladder.ts";
import { helpDue, stillOwes } from "./parts.ts";
import { clockRulesOf } from "./terms.ts";

/** Whom an entry of an issue's clock is told to; nobody of a step that the clock takes, which tells of itself. */
export async function hearersOf(row: ClockRow, issue: Issue, context: Context<Writer>): Promise<Person[]> {
  const rule: ClockRule = CLOCK_KINDS[row.kind];
  const people = (...audiences: Audience[]) => peopleOf(audiences, issue, context);
  if (rule.class === "step") return [];
  if (rule.class === "rung") return people(...RUNGS[rule.rung].to);
  if (rule.class === "proposal") return people("city-lead", "office");
  switch (rule.to) {
    case "unit":
      return people("unit");
    case "helpers":
      return helpersDue(row, issue, context);
    case "drafter":
      return people("drafter", "office");
    case "deciders":
      return people("deciders");
    case "office":
      return people("office");
    case "city-lead":
      return people("city-lead");
    case "consenter":
      return (await people("lead", "unit", "city-lead")).filter((p) =>
        mayConsent(issue, p, context.office, context.today),
      );
    case "checker": {
      const checks = await context.store.spotChecks.ofIssue(issue.id);
      const open = checks.filter((check) => check.state === "open");
      return (await Promise.all(open.map((check) => context.store.people.reaching(check.checkerId)))).flat();
    }
    default:
      return rule satisfies never;
  }
}

/** Of the units that help those whose own deadline is near, or has passed. */
async function helpersDue(row: ClockRow, issue: Issue, context: Context<Writer>): Promise<Person[]> {
  const { store, office, today } = context;
  const helping = (await store.issueUnits.of(issue.id)).filter(stillOwes);
  const isMeant = (due: string) =>
    row.kind === "help-overdue"
      ? due < today.toString()
      : due >= today.toString() && helpReminderAt(due, issue.level, clockRulesOf(office)) <= row.at;
  return peopleOfParts(
    helping.filter((part) => isMeant(helpDue(part, issue))),
    context,
  );
}
