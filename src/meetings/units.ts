import { isUnplaced } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { DepartmentId, PersonId, RegionId } from "../domain/ids.ts";
import { presenceOf } from "../domain/meetings/roll-call.ts";
import { holdsRole, inEachPost } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { Meeting, MeetingUnit } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;
type Unit = { regionId: RegionId | null; departmentId: DepartmentId | null };

/**
 * Everybody that a meeting is for: the city's leads, each county as it is on the day, each department of the plan but the office
 * that holds it.
 */
export function unitsInvited(date: string, office: Office): Unit[] {
  const day = Temporal.PlainDate.from(date);
  return [
    { regionId: office.city.id, departmentId: null },
    ...office.regionsOf({ to: day }, day).map(({ id }) => ({ regionId: id, departmentId: null })),
    ...office.pack.departments
      .filter(({ name }) => name !== office.pack.office)
      .map(({ id }) => ({ regionId: null, departmentId: id })),
  ];
}

/** 海安, 住建, 市领导 */
export function unitWord(
  { regionId, departmentId }: Unit,
  { office, today }: Pick<Around, "office" | "today">,
): string {
  if (departmentId !== null) return office.department(departmentId).short;
  if (regionId === null || regionId === office.city.id) return "市领导";
  return office.heirOn(regionId, today).short;
}

/** Whether a post is of a unit. */
export function isOfInvited(
  person: Person,
  { regionId, departmentId }: Unit,
  { office, today }: Pick<Around, "office" | "today">,
): boolean {
  return inEachPost(person).some((post) => {
    if (departmentId !== null) return post.departmentId === departmentId;
    if (regionId === office.city.id) return post.role === "city-lead";
    if (post.role !== "county-lead" && post.role !== "county-liaison") return false;
    return (
      regionId !== null && post.regionId !== null && standsFor(post.regionId, regionId, { office, today })
    );
  });
}

/** Whether people of a region are those of another: it has become that one by today, or will under the name that it has. */
function standsFor(
  own: RegionId,
  invited: RegionId,
  { office, today }: Pick<Around, "office" | "today">,
): boolean {
  if (isUnplaced({ regionId: own }, office, today)) return false;
  if (office.heirOn(own, today).id === office.heirOn(invited, today).id) return true;
  return office.lineage(invited).includes(own) && office.region(own).short === office.region(invited).short;
}

/** Who of a unit is invited and may answer for it: of a county its leads and liaisons. Whoever stands in for one comes last. */
export async function peopleOfUnit(unit: Unit, { store, office, today }: Around): Promise<Person[]> {
  const people = await store.people.withRoles([
    "city-lead",
    "county-lead",
    "county-liaison",
    "department-liaison",
  ]);
  return people.filter(
    (one) => !isUnplaced(one, office, today) && isOfInvited({ ...one, beside: [] }, unit, { office, today }),
  );
}

/** A unit on the list of a meeting: how it stands, in the words of the list, and who comes for it. */
export type UnitOnList = {
  unit: MeetingUnit;
  word: string;
  presence: ReturnType<typeof presenceOf>;
  /** Who comes; of a unit that excuses itself or is silent nobody. */
  comes: readonly string[];
  /** The reason of an excuse, or what became of whom it sends. */
  remark: string | null;
};

/** The list of a meeting, in the order of the city's tables. */
export async function rollCall(meeting: Meeting, context: Around): Promise<UnitOnList[]> {
  const { store } = context;
  const members = new Map((await store.people.ever()).map((one) => [one.id, one]));
  const called: UnitOnList[] = [];
  for (const unit of await store.meetings.units(meeting.id)) {
    const isMember = (id: PersonId) => members.get(id)?.active === true;
    const presence = presenceOf(unit, meeting.round, isMember);
    const delegate = unit.delegateId === null ? undefined : members.get(unit.delegateId);
    const isGone = unit.answer === "delegated" && delegate !== undefined && !delegate.active;
    called.push({
      unit,
      word: unitWord(unit, context),
      presence,
      comes:
        presence === "delegated"
          ? [await nameOn(meeting.date, delegate as Person, context)]
          : presence === "attending"
            ? await leadsOf(unit, meeting.date, context)
            : [],
      remark:
        presence === "excused"
          ? unit.reason
          : isGone && unit.round === meeting.round
            ? `原派${delegate.name}已离任，请重报`
            : null,
    });
  }
  return called;
}

/** Who comes for a unit that comes: its leads, or its liaisons where it has none here. */
async function leadsOf(unit: Unit, date: string, context: Around): Promise<string[]> {
  const own = (await peopleOfUnit(unit, context)).filter(({ behalf }) => !behalf);
  const leads = own.filter((one) => holdsRole(one, "city-lead", "county-lead"));
  const names: string[] = [];
  for (const person of leads.length > 0 ? leads : own) names.push(await nameOn(date, person, context));
  return names;
}

/** Somebody's name, with who stands in for them where they are away on that day. */
async function nameOn(date: string, { id, name }: Person, { store }: Around): Promise<string> {
  const absence = (await store.standIns.openOf(id)).find(
    (one) => one.personId === id && one.from <= date && date <= one.to,
  );
  if (absence === undefined) return name;
  const by = await store.people.byId(absence.byId);
  return `${name}（请假${by ? `，${by.name}代` : ""}）`;
}

/** Whether somebody may look at a meeting: whoever is of the city, of a unit that is invited, or sent by one. */
export async function isInvited(person: Person, meeting: Meeting, context: Around): Promise<boolean> {
  if (holdsRole(person, "office", "supervision", "city-lead")) return true;
  const units = await context.store.meetings.units(meeting.id);
  return units.some((unit) => unit.delegateId === person.id || isOfInvited(person, unit, context));
}
