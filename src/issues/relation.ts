import { scopeOf } from "../chat/access.ts";
import type { Relation } from "../domain/issues/states.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";

/** How a person stands to an issue, from its place and department and the person's role and scope. */
export function relationTo(
  issue: Pick<Issue, "regionId" | "departmentId">,
  person: Person,
  office: Office,
  today: Temporal.PlainDate,
): Relation {
  switch (person.role) {
    case "office":
    case "supervision":
    case "city-lead":
      return person.role;
    case "department-liaison":
      return person.departmentId === issue.departmentId ? "department" : "stranger";
    case "county-lead":
    case "county-liaison":
    case "station-chief":
      if (!(scopeOf(person, office, today) ?? []).includes(issue.regionId)) return "stranger";
      return person.role === "county-lead"
        ? "lead"
        : person.role === "county-liaison"
          ? "liaison"
          : "station-chief";
    default:
      return person.role satisfies never;
  }
}

/** Of the unit that has to mend it. */
export const isResponsible = (relation: Relation): boolean =>
  relation === "liaison" || relation === "lead" || relation === "department";
