import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { RegionId } from "../domain/ids.ts";
import { inEachPost } from "../domain/posts.ts";
import { isOutsider } from "../domain/roles.ts";
import type { Enterprise } from "../store/enterprises.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "office" | "today">;

/** Whether somebody may look at an enterprise: its contact, its county, and those who see the whole city. */
export function seesEnterprise(person: Person, one: Enterprise, { office, today }: Around): boolean {
  if (isOutsider(person)) return person.enterpriseId === one.id;
  const own = scopeOf(person, office, today);
  return own === null || own.includes(office.heirOn(one.regionId, today).id);
}

/** Whether somebody says who speaks for an enterprise: the office, and its county's lead and liaison. */
export const namesContacts = (person: Person, one: Enterprise, around: Around): boolean =>
  inEachPost(person).some(
    (post) =>
      post.role === "office" ||
      ((post.role === "county-lead" || post.role === "county-liaison") && seesEnterprise(post, one, around)),
  );

/** Which enterprises are asked for. */
export type AskedEnterprises = { county?: RegionId | undefined; grade?: string | undefined };

/** The enterprises of the emergency list that somebody sees, by county, grade and name. */
export async function enterprisesSeen(
  { county, grade }: AskedEnterprises,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Enterprise[]> {
  const homeOf = ({ regionId }: Enterprise) => office.heirOn(regionId, today).id;
  const seen = (await store.enterprises.listed(today.toString())).filter(
    (one) =>
      seesEnterprise(person, one, { office, today }) &&
      (county === undefined || homeOf(one) === county) &&
      (grade === undefined || one.grade === grade),
  );
  return byCounty(seen, { office, today });
}

/** What is of some county each, in the order of the city's tables. */
export function byCounty<T extends { regionId: RegionId }>(
  rows: readonly T[],
  { office, today }: Around,
): T[] {
  const order = new Map(office.regionsOf({ to: today }, today).map(({ id }, i) => [id, i]));
  const placeOf = ({ regionId }: T) => order.get(office.heirOn(regionId, today).id) ?? 0;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}
