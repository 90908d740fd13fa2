import { isUnplaced } from "../../chat/access.ts";
import type { Context } from "../../chat/command.ts";
import type { RegionId } from "../../domain/ids.ts";
import { inEachPost } from "../../domain/posts.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;
type Of = { regionId: RegionId | null };

const COUNTY_ROLES = ["county-lead", "county-liaison"] as const;

/** Leads and liaisons of a county, or of what it has become; each once. */
export async function countyPeople({ regionId }: Of, { store, office, today }: Around): Promise<Person[]> {
  const people = await store.people.withRoles(COUNTY_ROLES);
  const own = people.filter((person) => isOfHeir(person, regionId, { office, today }));
  return own.filter(({ id }, i) => own.findIndex((one) => one.id === id) === i);
}

/** Whether somebody speaks for a county, or for what it has become, in one of their posts. */
export const isCountyOf = (
  person: Person,
  { regionId }: Of,
  around: Pick<Around, "office" | "today">,
): boolean =>
  inEachPost(person).some(
    (post) => COUNTY_ROLES.some((role) => role === post.role) && isOfHeir(post, regionId, around),
  );

function isOfHeir(
  post: Of,
  regionId: RegionId | null,
  { office, today }: Pick<Around, "office" | "today">,
): boolean {
  if (post.regionId === null || regionId === null || isUnplaced(post, office, today)) return false;
  return office.heirOn(post.regionId, today).id === office.heirOn(regionId, today).id;
}
