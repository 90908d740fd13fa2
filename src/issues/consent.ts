import { isTakenOn } from "../domain/issues/states.ts";
import { bothOf } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import { takersTo } from "./relation.ts";
import approve from "./steps/approve-cancel.ts";

/** Whether somebody's consent is what an issue's 作废 waits for: never that of whoever asked. */
export const mayConsent = (
  issue: Issue,
  person: Person,
  office: Office,
  today: Temporal.PlainDate,
): boolean => isTakenOn(issue.state) && issue.cancelBy !== null && mayDecide(issue, person, office, today);

const mayDecide = (issue: Issue, person: Person, office: Office, today: Temporal.PlainDate): boolean =>
  takersTo(issue, person, office, today).some(
    (taker) =>
      approve.by.includes(taker.relation) &&
      !bothOf(taker).some((id) => id === issue.cancelBy || id === issue.behalf?.cancelBy),
  );
