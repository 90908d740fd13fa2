import { scopeOf } from "../chat/access.ts";
import type { PersonId } from "../domain/ids.ts";
import { type PartState, partStateOf } from "../domain/issues/part.ts";
import type { Relation } from "../domain/issues/states.ts";
import { type Holder, inEachPost, type Named } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { IssuePart } from "../store/issue-units.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

/** What of a person decides what they may see. */
export type Seer = Holder;

type Around = { store: Reader; office: Office; today: Temporal.PlainDate };

/** Somebody before a step of the loop, in one of their posts. */
export type StepTaker = {
  id: PersonId;
  relation: Relation;
  behalf?: Named;
  /** How far the parts of the post's own unit have come, and how many parts of others wait to be looked at. */
  parts?: readonly PartState[];
  handedIn?: number;
};

/** How a person stands to an issue: of the unit that answers for it, of one that helps, of the city, or a stranger. */
export async function relationOf(issue: Issue, person: Person, around: Around): Promise<Relation> {
  return strongest((await takersOf(issue, person, around)).map(({ relation }) => relation));
}

/** How somebody stands to an issue in each of their posts: what one of these may do, they may. */
export async function takersOf(issue: Issue, person: Person, around: Around): Promise<StepTaker[]> {
  const takers = takersTo(issue, person, around.office, around.today);
  const parts = (await around.store.issueUnits.of(issue.id)).filter(({ role }) => role !== "copied");
  if (parts.length === 0) return takers;
  const handedIn = parts.filter((part) => partStateOf(part) === "handed-in").length;
  return inEachPost(person).map((post, i) => {
    const taker = takers[i] as StepTaker;
    const own = parts.filter((part) => isOf(part, post, around)).map(partStateOf);
    const helps = taker.relation === "stranger" && own.length > 0;
    return { ...taker, ...(helps ? { relation: "helper" } : {}), parts: own, handedIn };
  });
}

/** The same from the issue's place and department alone. */
export function takersTo(
  issue: Pick<Issue, "regionId" | "departmentId">,
  person: Person,
  office: Office,
  today: Temporal.PlainDate,
): StepTaker[] {
  return inEachPost(person).map((post) => ({
    id: post.id,
    relation: relationIn(issue, post, office, today),
    ...(post.behalf ? { behalf: post.behalf } : {}),
  }));
}

/** How a person stands to an issue from its place and department alone, whoever else has a part in it. */
export function relationTo(
  issue: Pick<Issue, "regionId" | "departmentId">,
  person: Seer,
  office: Office,
  today: Temporal.PlainDate,
): Relation {
  return strongest(inEachPost(person).map((post) => relationIn(issue, post, office, today)));
}

/** Of several relations the one that says most: whose matter it is, then who looks at it. */
const strongest = (relations: readonly Relation[]): Relation =>
  relations.find(isResponsible) ??
  relations.find((relation) => relation !== "stranger" && relation !== "station-chief") ??
  relations.find((relation) => relation !== "stranger") ??
  "stranger";

/** In one post alone. */
export function relationIn(
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
    // What is theirs was handed down to them: a part, not the issue.
    case "town-liaison":
    case "bureau-liaison":
    case "enterprise-contact":
      return "stranger";
    default:
      return person.role satisfies never;
  }
}

/** Of the unit that has to mend it. */
export function isResponsible(relation: Relation): boolean {
  return relation === "liaison" || relation === "lead" || relation === "department";
}

/** Whether somebody acts for a unit: the liaison of a department, of a town or a bureau, the liaison or the lead of a region. */
export function isOf(
  { departmentId, regionId }: Pick<IssuePart, "departmentId" | "regionId">,
  person: Person,
  { office, today }: Pick<Around, "office" | "today">,
): boolean {
  return inEachPost(person).some((post) => {
    if (post.role === "department-liaison") return post.departmentId === departmentId;
    if (post.role === "station-chief") return false;
    return regionId !== null && (scopeOf(post, office, today) ?? []).includes(regionId);
  });
}
