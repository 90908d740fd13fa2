import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import { assigneeOf, countyOf } from "./facts.ts";

/** The unit that has to answer for an issue: its region, with the department where one is named. */
export function unitOf(
  issue: Issue,
  { office, today }: { office: Office; today: Temporal.PlainDate },
): string {
  const county = countyOf(issue, office, today);
  return issue.departmentId === null ? county : `${county}（${assigneeOf(issue, office, today)}）`;
}
