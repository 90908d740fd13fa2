import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { inEachPost } from "../domain/posts.ts";
import { authorityOf } from "../issues/full-names.ts";
import type { CandidateUnit } from "../store/candidates.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { countyPeople, isCountyOf } from "./interview/people.ts";

type Around = Pick<Context<Reader>, "office" | "today">;

/** A county or department as people and papers call it on a day; a merged county under the name of its heir. */
export function namesOfUnit(
  { regionId, departmentId }: CandidateUnit,
  { office, today }: Around,
): { short: string; name: string; authority: string } {
  if (departmentId !== null) {
    const { short, name } = office.department(departmentId);
    return { short, name, authority: name };
  }
  const region = office.heirOn(regionId ?? "", today);
  return { short: region.short, name: region.name, authority: authorityOf(region) };
}

/** Everybody who answers for a unit: a county's leads and liaisons, a department's liaisons; each once. */
export async function unitPeople(
  unit: CandidateUnit,
  context: Around & Pick<Context<Reader>, "store">,
): Promise<Person[]> {
  if (unit.departmentId === null) return countyPeople(unit, context);
  const people = await context.store.people.withRoles(["department-liaison"]);
  const own = people.filter(({ departmentId }) => departmentId === unit.departmentId);
  return own.filter(({ id }, i) => own.findIndex((one) => one.id === id) === i);
}

/** Whether somebody answers for a unit in one of their posts. */
export const isOfUnit = (person: Person, unit: CandidateUnit, around: Around): boolean =>
  unit.departmentId === null
    ? isCountyOf(person, unit, around)
    : inEachPost(person).some(({ departmentId }) => departmentId === unit.departmentId);

/** Whether somebody may read what concerns a unit: the city's people of all, others of their own. */
export function seesUnit(person: Person, unit: CandidateUnit, { office, today }: Around): boolean {
  const isCityWide = inEachPost(person).some(
    ({ regionId, departmentId }) => regionId === null && departmentId === null,
  );
  if (isCityWide) return true;
  if (unit.departmentId !== null) return isOfUnit(person, unit, { office, today });
  const own = inEachPost(person).flatMap((post) =>
    post.regionId === null ? [] : (scopeOf(post, office, today) ?? []),
  );
  return unit.regionId !== null && own.includes(unit.regionId);
}
