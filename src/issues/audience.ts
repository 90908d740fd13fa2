import { isUnplaced } from "../chat/access.ts";
import type { PersonId } from "../domain/ids.ts";
import type { State } from "../domain/issues/states.ts";
import type { Deputies } from "../domain/issues/step-rule.ts";
import { bothOf } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { IssuePart } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { isWorking } from "./parts.ts";
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
  | "drafter"
  /** Who may decide where it stands: confirm, or verify. */
  | "deciders";

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
  const add = (people: readonly Person[]) => {
    for (const person of people)
      if (!isUnplaced(person, office, today) && !found.has(person.id)) found.set(person.id, person);
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
        add(await peopleOfParts(parts.filter(isWorking), { store, office, today }));
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
      case "deciders":
        add(await decidersOf(issue, { store, office, today }));
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
  const liaisons = await store.people.withRoles([
    "department-liaison",
    "county-liaison",
    "town-liaison",
    "bureau-liaison",
  ]);
  const leads = await store.people.withRoles(["county-lead"]);
  const of = (people: readonly Person[], part: (typeof parts)[number]) =>
    people.filter((person) => isOf(part, person, { office, today }));
  const found = parts.flatMap((part) => {
    const own = of(liaisons, part);
    return own.length > 0 ? own : of(leads, part);
  });
  return onceEach(found);
}

/** People in their order, each once, whichever of their posts has brought them. */
export const onceEach = (people: readonly Person[]): Person[] => [
  ...new Map(people.map((person) => [person.id, person])).values(),
];

type Decided = Pick<Issue, "state" | "regionId" | "submittedBy" | "confirmedBy"> &
  Partial<Pick<Issue, "behalf">>;

const DECIDED: readonly State[] = ["submitted", "reviewing", "displayed"];

/** Whom a decision waits for where an issue stands; nobody where none is to be made. */
async function decidersOf(issue: Decided, around: Around): Promise<Person[]> {
  if (!DECIDED.includes(issue.state)) return [];
  const leads = issue.state === "submitted" ? await confirmersOf(issue, around) : [];
  if (leads.length > 0) return leads;
  const own = await judgesOf(issue, around);
  return own.length > 0
    ? own
    : besides(around.store.people.withRoles(["city-lead"]), issue, ["submittedBy", "confirmedBy"]);
}

/** Who decides in the place of those whose turn it is, because they took an earlier step or there is none. */
export async function deputiesOf(issue: Decided, around: Around): Promise<Deputies> {
  const officeConfirms = (await confirmersOf(issue, around)).length === 0;
  const isTheirs = issue.state === "submitted" && !officeConfirms;
  return { officeConfirms, headDecides: !isTheirs && (await judgesOf(issue, around)).length === 0 };
}

/** The county's leads, each but who has submitted it. */
const confirmersOf = (issue: Decided, around: Around): Promise<Person[]> =>
  besides(peopleOfRegion("county-lead", issue.regionId, around), issue, ["submittedBy"]);

/** Who confirms for the county where its leads can't, and who verifies: each but who has submitted or confirmed it. */
const judgesOf = (issue: Decided, { store }: Around): Promise<Person[]> =>
  issue.state === "submitted"
    ? besides(store.people.withRoles(["office"]), issue, ["submittedBy"])
    : besides(store.people.withRoles(["office", "supervision"]), issue, ["submittedBy", "confirmedBy"]);

async function besides(
  people: Promise<Person[]>,
  { behalf, ...issue }: Decided,
  deeds: readonly ("submittedBy" | "confirmedBy")[],
): Promise<Person[]> {
  // Whoever stands in for somebody doesn't judge what that person did, nor the other way round.
  const hands = deeds.flatMap((deed) => [issue[deed], behalf?.[deed]]);
  return (await people).filter((person) => !bothOf(person).some((id) => hands.includes(id)));
}

/** Who holds a role in a region, by what it has become since. */
export async function peopleOfRegion(
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
