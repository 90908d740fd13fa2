import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { State } from "../domain/issues/states.ts";
import { inEachPost } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { Issue, IssueFilter, Units } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

/** More than these nobody helps with at one time. */
const MOST = 200;

/** The units that somebody acts for, as lists of what they help with are asked for; null for people of the city. */
function helperOf(person: Person, office: Office, today: Temporal.PlainDate): Units | null {
  // A station chief looks at places: they help with nothing.
  const posts = inEachPost(person).filter(({ role }) => role !== "station-chief");
  const departments = posts.flatMap(({ departmentId }) => departmentId ?? []);
  const regions = posts.flatMap((post) =>
    post.regionId === null ? [] : (scopeOf(post, office, today) ?? []),
  );
  return departments.length + regions.length === 0 ? null : { departments, regions };
}

/** What somebody's units help with in some states, nearest deadline first. */
export async function helpedIssues(
  person: Person,
  states: readonly State[],
  { store, office, now, today }: Pick<Context<Reader>, "store" | "office" | "now" | "today">,
): Promise<readonly Issue[]> {
  const helpedBy = helperOf(person, office, today);
  if (helpedBy === null) return [];
  return (await store.issues.list({ asOf: now.epochMilliseconds, states, helpedBy }, MOST)).rows;
}

/**
 * The same list of what the unit that it is about helps with; null where it is about no unit, or its reader acts for none.
 * Who answers for an issue is then no matter, where it lies still is.
 */
export function helpedAs(
  { departmentId, regions, within, ...rest }: IssueFilter,
  person: Person,
): IssueFilter | null {
  // A station chief looks at places: what lies elsewhere isn't theirs to see.
  if (inEachPost(person).every(({ role }) => role === "station-chief")) return null;
  const units = within ?? {
    departments: departmentId === undefined ? [] : [departmentId],
    regions: departmentId === undefined ? (regions ?? []) : [],
  };
  if (units.departments.length + units.regions.length === 0) return null;
  const place =
    within === undefined && departmentId !== undefined && regions !== undefined ? { regions } : {};
  return { ...rest, ...place, helpedBy: units };
}
