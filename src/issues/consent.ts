import { isTakenOn } from "../domain/issues/states.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import { relationTo } from "./relation.ts";
import approve from "./steps/approve-cancel.ts";

/** Whether somebody's consent is what an issue's 作废 waits for: never that of whoever asked. */
export const mayConsent = (
  issue: Issue,
  person: Person,
  office: Office,
  today: Temporal.PlainDate,
): boolean =>
  issue.cancelBy !== null &&
  issue.cancelBy !== person.id &&
  isTakenOn(issue.state) &&
  approve.by.includes(relationTo(issue, person, office, today));
