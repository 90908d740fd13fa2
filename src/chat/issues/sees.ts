import type { Issue } from "../../store/issues.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import type { Office } from "../office.ts";
import { relationTo } from "./relation.ts";

/** Whether somebody may see an issue: it lies within their scope, they wrote it down, or they check it on the spot. */
export async function maySee(
  issue: Issue,
  person: Person,
  { store, office, today }: { store: Reader; office: Office; today: Temporal.PlainDate },
): Promise<boolean> {
  if (relationTo(issue, person, office, today) !== "stranger" || issue.createdBy === person.id) return true;
  return (await store.spotChecks.ofIssue(issue.id)).some(
    (check) => check.checkerId === person.id && check.state === "open",
  );
}
