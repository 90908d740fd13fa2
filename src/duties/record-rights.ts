import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { PersonId } from "../domain/ids.ts";
import { bothOf, holdsRole, inEachPost } from "../domain/posts.ts";
import type { Role } from "../domain/roles.ts";
import type { DutyRecord } from "../store/duty-records.ts";
import type { Person } from "../store/people.ts";

/** Who writes down what was done. */
export const RECORDERS = [
  "office",
  "supervision",
  "department-liaison",
  "county-lead",
  "county-liaison",
] as const satisfies readonly Role[];

/** Those of them who do so by one post; a county's people for their own county alone. */
export const recordingPost = (person: Person): Person | undefined =>
  inEachPost(person).find(({ role }) => RECORDERS.some((one) => one === role));

type Around = Pick<Context<unknown>, "office" | "today">;

/** What is of the whole city everybody of its units may read; what is of a county, whoever sees that county. */
export function seesRecord(
  person: Person,
  { regionId }: Pick<DutyRecord, "regionId">,
  { office, today }: Around,
) {
  const own = scopeOf(person, office, today);
  return regionId === null || own === null || own.includes(regionId);
}

/** Whoever wrote it down, and the office, take it back. */
export const withdraws = (person: Person, { personId }: { personId: PersonId | null }): boolean =>
  holdsRole(person, "office") || (personId !== null && bothOf(person).includes(personId));
