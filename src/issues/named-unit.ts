import type { Department } from "../domain/plan/pack.ts";
import type { Office, Place } from "../office/office.ts";
import type { IssueChange } from "../store/issues.ts";

/**
 * The unit that somebody names: the region that bears the name now, and the department where one is named. What a ledger
 * called the unit before holds no more.
 */
export function namedUnit(
  county: Place,
  department: Department | undefined,
  { office, today }: { office: Office; today: Temporal.PlainDate },
): IssueChange {
  return { regionId: office.heirOf(county, today).id, departmentId: department?.id ?? null, unitWords: null };
}
