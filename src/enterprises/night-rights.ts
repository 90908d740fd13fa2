import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { PersonId, RegionId } from "../domain/ids.ts";
import { holdsRole, inEachPost } from "../domain/posts.ts";
import { peopleOfRegion } from "../issues/audience.ts";
import type { NightPermit } from "../store/night-permits.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** Whether somebody grants permits: of the office, or of a department that the pack names. */
export function grantsNights(person: Person, { office }: Pick<Around, "office">): boolean {
  const { grantedBy } = office.pack.settings.nightWork;
  return inEachPost(person).some(
    ({ role, departmentId }) =>
      role === "office" ||
      (role === "department-liaison" && departmentId !== null && grantedBy.includes(departmentId)),
  );
}

/** Whether somebody applies for a county: the office, and the county itself. */
export function appliesFor(person: Person, regionId: RegionId, { office, today }: Omit<Around, "store">) {
  if (holdsRole(person, "office")) return true;
  return inEachPost(person).some(
    (post) =>
      (post.role === "county-lead" || post.role === "county-liaison") &&
      scopeOf(post, office, today)?.includes(regionId) === true,
  );
}

/** Whether somebody may see a county's permits. */
export const seesNights = (person: Person, regionId: RegionId, { office, today }: Omit<Around, "store">) =>
  scopeOf(person, office, today)?.includes(regionId) ?? true;

/** Who grants permits: the departments' people, and where they have none, or the office alone may, the office's. */
export async function granters(officeOnly: boolean, { store, office }: Around): Promise<Person[]> {
  const people = await store.people.withRoles(["department-liaison"]);
  const named = officeOnly ? [] : people.filter((person) => grantsNights(person, { office }));
  return named.length > 0 ? named : store.people.withRoles(["office"]);
}

/** Who hears of what becomes of a permit: the county's liaisons and whoever applied, each once. */
export async function nightHearers(permit: NightPermit, around: Around): Promise<readonly PersonId[]> {
  const liaisons = await peopleOfRegion("county-liaison", permit.regionId, around);
  const applied = permit.appliedBy === null ? [] : await around.store.people.reaching(permit.appliedBy);
  return [...new Set([...liaisons, ...applied].map(({ id }) => id))];
}
