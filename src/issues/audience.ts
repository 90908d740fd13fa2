import { isUnplaced } from "../chat/access.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";
import type { IssuePart } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { isOf } from "./relation.ts";

/** Groups of people around one issue. */
export type Audience =
  | "unit"
  | "lead"
  | "helpers"
  | "office"
  | "supervision"
  | "city-lead"
  | "assigner"
  | "drafter";

type Around = { store: Reader; office: Office; today: Temporal.PlainDate };
type RegionRole = "county-lead" | "county-liaison";

/**
 * The people of some groups, each once. The unit is its liaisons, of region and department; where there are none, or the
 * level is urgent, its leads too, so that nothing reaches nobody. Who stands in for somebody gets what these get: both do,
 * since whoever is away still answers for it and finds it when they are back.
 */
export async function peopleOf(
  audiences: readonly Audience[],
  issue: Issue,
  { store, office, today }: Around,
): Promise<Person[]> {
  const found = new Map<PersonId, Person>();
  const add = (people: readonly (Person | null)[]) => {
    for (const person of people)
      if (person?.active && !isUnplaced(person, office, today) && !found.has(person.id))
        found.set(person.id, person);
  };
  const ofRegion = (role: RegionRole) => peopleOfRegion(role, issue.regionId, { store, office, today });
  for (const audience of audiences) {
    switch (audience) {
      case "unit": {
        const liaisons = await ofRegion("county-liaison");
        add(liaisons);
        add(
          (await store.people.withRoles(["department-liaison"])).filter(
            (p) => p.departmentId === issue.departmentId,
          ),
        );
        if (liaisons.length === 0 || office.pack.settings.issues.urgent.includes(issue.level))
          add(await ofRegion("county-lead"));
        break;
      }
      case "lead":
        add(await ofRegion("county-lead"));
        break;
      case "helpers": {
        const parts = await store.issueUnits.of(issue.id);
        const helping = parts.filter(({ role }) => role === "helping");
        add(await peopleOfParts(helping, { store, office, today }));
        break;
      }
      case "office":
      case "supervision":
      case "city-lead":
        add(await store.people.withRoles([audience]));
        break;
      case "assigner":
        add(issue.assignedBy === null ? [] : await store.people.reaching(issue.assignedBy));
        break;
      case "drafter":
        add(issue.createdBy === null ? [] : await store.people.reaching(issue.createdBy));
        break;
      default:
        audience satisfies never;
    }
  }
  return [...found.values()];
}

/** The liaisons of units that have a part; of a region without one its leads, so that nothing reaches nobody. */
export async function peopleOfParts(
  parts: readonly Pick<IssuePart, "departmentId" | "regionId">[],
  { store, office, today }: { store: Reader; office: Office; today: Temporal.PlainDate },
): Promise<Person[]> {
  const liaisons = await store.people.withRoles(["department-liaison", "county-liaison"]);
  const leads = await store.people.withRoles(["county-lead"]);
  const of = (people: readonly Person[], part: (typeof parts)[number]) =>
    people.filter((person) => isOf(part, person, { office, today }));
  const found = parts.flatMap((part) => {
    const own = of(liaisons, part);
    return own.length > 0 ? own : of(leads, part);
  });
  return [...new Map(found.map((person) => [person.id, person])).values()];
}

/** Whether only the office can confirm at county level: a lead has submitted it, or there is none who hasn't. */
export async function officeConfirms(
  { regionId, submittedBy }: Pick<Issue, "regionId" | "submittedBy">,
  around: Around,
): Promise<boolean> {
  const leads = (await peopleOfRegion("county-lead", regionId, around)).filter((lead) => lead.active);
  return leads.length === 0 || leads.some((lead) => lead.id === submittedBy);
}

async function peopleOfRegion(
  role: RegionRole,
  regionId: string,
  { store, office, today }: Around,
): Promise<Person[]> {
  const heir = office.heirOn(regionId, today).id;
  return (await store.people.withRoles([role])).filter(
    (p) =>
      p.regionId !== null && !isUnplaced(p, office, today) && office.heirOn(p.regionId, today).id === heir,
  );
}
