import { setImmediate as breathe } from "node:timers/promises";
import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { EnterpriseId, RegionId } from "../domain/ids.ts";
import { holdsRole, inEachPost } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { ResponseOrder } from "../store/responses.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "office" | "today">;
type Unit = Pick<ResponseOrder, "regionId" | "departmentId" | "enterpriseId">;

export const unitKey = ({ regionId, departmentId, enterpriseId }: Unit): string =>
  enterpriseId !== null
    ? `enterprise:${enterpriseId}`
    : departmentId !== null
      ? `department:${departmentId}`
      : `region:${regionId}`;

/** Whether what was ordered is a county's own to do, and neither a department's nor an enterprise's. */
export const isCountyOrder = <U extends Unit>(unit: U): unit is U & { regionId: RegionId } =>
  unit.regionId !== null && unit.enterpriseId === null;

const isOfCounty = (person: Person, { regionId }: Unit, { office, today }: Around): boolean =>
  (person.role === "county-lead" || person.role === "county-liaison") &&
  regionId !== null &&
  (scopeOf(person, office, today) ?? []).includes(office.heirOn(regionId, today).id);

/** Whether somebody sees every unit of a response: whoever looks after the city. */
export const seesEveryUnit = (person: Person): boolean =>
  holdsRole(person, "office", "city-lead", "supervision");

function isOfUnit(post: Person, unit: Unit, around: Around): boolean {
  if (unit.enterpriseId !== null) return post.enterpriseId === unit.enterpriseId;
  if (unit.departmentId !== null)
    return post.role === "department-liaison" && post.departmentId === unit.departmentId;
  return isOfCounty(post, unit, around);
}

/** The post in which somebody answers for an order's unit themselves. */
export const postOfUnit = (person: Person, unit: Unit, around: Around): Person | undefined =>
  inEachPost(person).find((post) => isOfUnit(post, unit, around));

/** For whom whoever acts in a post stands in, as an answer has it. */
export const behalfOf = (post: Person | undefined): Pick<Person, "behalf"> =>
  post?.behalf ? { behalf: post.behalf } : {};

/** The same, or of the county in which an enterprise lies: what an enterprise can't show, its county does. */
export const answersFor = (person: Person, unit: Unit, around: Around): boolean =>
  postOfUnit(person, unit, around) !== undefined ||
  (unit.enterpriseId !== null && inEachPost(person).some((post) => isOfCounty(post, unit, around)));

/** Who of a county or a department is told; of an enterprise its contacts. */
export async function peopleOfOrder(
  unit: Unit,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Person[]> {
  if (unit.enterpriseId !== null) return store.people.contactsOf([unit.enterpriseId]);
  const roles =
    unit.departmentId !== null
      ? (["department-liaison"] as const)
      : (["county-lead", "county-liaison"] as const);
  const people = await store.people.withRoles(roles);
  return people.filter((person) => isOfUnit(person, unit, { office, today }));
}

/** Contacts asked for at a time: of thousands reading goes on between. */
const ASKED = 250;

/** Contacts of many enterprises, by enterprise. */
export async function contactsByEnterprise(
  ids: readonly EnterpriseId[],
  { store }: Pick<Context<Reader>, "store">,
): Promise<ReadonlyMap<EnterpriseId, readonly Person[]>> {
  const people: Person[] = [];
  for (let from = 0; from < ids.length; from += ASKED) {
    people.push(...(await store.people.contactsOf(ids.slice(from, from + ASKED))));
    await breathe();
  }
  return Map.groupBy(people, ({ enterpriseId }) => enterpriseId as EnterpriseId);
}

/** Orders gone through before others have their turn. */
const CHUNK = 50;

/** Each order with whoever speaks for its unit; of thousands reading goes on between. */
export async function* eachWithPeople(
  orders: readonly ResponseOrder[],
  context: Pick<Context<Reader>, "store" | "office" | "today">,
): AsyncGenerator<[ResponseOrder, readonly Person[]]> {
  const contacts = await contactsByEnterprise(
    orders.flatMap(({ enterpriseId }) => enterpriseId ?? []),
    context,
  );
  for (const [i, order] of orders.entries()) {
    if (i % CHUNK === 0) await breathe();
    const { enterpriseId } = order;
    yield [
      order,
      enterpriseId === null ? await peopleOfOrder(order, context) : (contacts.get(enterpriseId) ?? []),
    ];
  }
}

/** What a unit is called: 海安市, 住建局, the enterprise's name. */
export async function orderedUnitWord(
  unit: Unit,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<string> {
  if (unit.enterpriseId !== null) return (await store.enterprises.byId(unit.enterpriseId))?.name ?? "企业";
  if (unit.departmentId !== null) return office.department(unit.departmentId).short;
  return office.heirOn(unit.regionId ?? office.city.id, today).short;
}
