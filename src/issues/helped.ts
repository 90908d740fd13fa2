import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { State } from "../domain/issues/states.ts";
import type { Office } from "../office/office.ts";
import type { Issue, IssueFilter } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

/** More than these nobody helps with at one time. */
const MOST = 200;

/** The unit that somebody acts for, as lists of what it helps with are asked for; null for people of the city. */
export function helperOf(
  person: Person,
  office: Office,
  today: Temporal.PlainDate,
): NonNullable<IssueFilter["helpedBy"]> | null {
  if (person.departmentId !== null) return { departmentId: person.departmentId };
  const regions = scopeOf(person, office, today);
  return regions === null || person.role === "station-chief" ? null : { regions };
}

/** What somebody's unit helps with in some states, nearest deadline first. */
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
export function helpedAs(filter: IssueFilter, { role }: Pick<Person, "role">): IssueFilter | null {
  // A station chief looks at places: what lies elsewhere isn't theirs to see.
  if (role === "station-chief") return null;
  const { departmentId, ...rest } = filter;
  if (departmentId !== undefined) return { ...rest, helpedBy: { departmentId } };
  const { regions, ...others } = rest;
  return regions === undefined ? null : { ...others, helpedBy: { regions } };
}
