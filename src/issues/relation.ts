import { scopeOf } from "../chat/access.ts";
import type { Relation } from "../domain/issues/states.ts";
import type { Office } from "../office/office.ts";
import type { IssuePart } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

/** What of a person decides what they may see. */
export type Seer = Pick<Person, "role" | "regionId" | "departmentId">;

type Around = { store: Reader; office: Office; today: Temporal.PlainDate };

/** How a person stands to an issue: of the unit that answers for it, of one that helps, of the city, or a stranger. */
export async function relationOf(issue: Issue, person: Person, around: Around): Promise<Relation> {
  const relation = relationTo(issue, person, around.office, around.today);
  if (relation !== "stranger") return relation;
  const parts = await around.store.issueUnits.of(issue.id);
  return parts.some((part) => part.role === "helping" && isOf(part, person, around)) ? "helper" : "stranger";
}

/** How a person stands to an issue from its place and department alone, whoever else has a part in it. */
export function relationTo(
  issue: Pick<Issue, "regionId" | "departmentId">,
  person: Seer,
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

/** Whether somebody acts for a unit: the liaison of a department, the liaison or the lead of a region. */
export function isOf(
  { departmentId, regionId }: Pick<IssuePart, "departmentId" | "regionId">,
  person: Person,
  { office, today }: Pick<Around, "office" | "today">,
): boolean {
  if (person.role === "department-liaison") return person.departmentId === departmentId;
  if (person.role !== "county-liaison" && person.role !== "county-lead") return false;
  return regionId !== null && (scopeOf(person, office, today) ?? []).includes(regionId);
}
