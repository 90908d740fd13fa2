import type { Region } from "../domain/plan/pack.ts";
import { holdsRole } from "../domain/posts.ts";
import { isOutsider, type Role } from "../domain/roles.ts";
import type { Office, Place } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { longDate } from "./wording.ts";

export const roleNames: Readonly<Record<Role, string>> = {
  office: "市办",
  "city-lead": "市领导",
  supervision: "督查",
  "county-lead": "县区领导",
  "county-liaison": "县区联络员",
  "department-liaison": "部门联络员",
  "station-chief": "点位长",
  "town-liaison": "镇街联络员",
  "bureau-liaison": "县区部门联络员",
  "enterprise-contact": "企业联系人",
};

export type Question = {
  person: Person;
  args: Readonly<Record<string, unknown>>;
  office: Office;
  today: Temporal.PlainDate;
};
/** Who may use a command: null when this person may, otherwise the refusal. */
export type Access = { check(question: Question): Refusal | null };

/** What a contact of an enterprise is told of everything that isn't declared for them. */
export const notForEnterprises = refuse(
  "forbidden",
  "企业联系人只能查看和办理本企业的减排措施，请发送“企业”。",
  ["企业"],
);

/** Everyone who is linked, contacts of enterprises too. */
export const everybody: Access = { check: () => null };

/** Everyone of the city's units; `withinScope("county")` binds people of a county to their own. */
export const anyone: Access & { withinScope(name: string): Access } = {
  check: ({ person }) => (isOutsider(person) ? notForEnterprises : null),
  withinScope: (name) => ({
    check({ person, args, office, today }) {
      if (isOutsider(person)) return notForEnterprises;
      const places = [args[name] ?? []].flat() as Place[];
      const own = scopeOf(person, office, today);
      if (own === null || person.regionId === null) return null;
      const home = office.heirOn(person.regionId, today).short;
      // How their county stands is nothing to keep from its towns.
      const isOwn = ({ short, regions }: Place) => short === home || regions.some((r) => own.includes(r.id));
      const place = places.find((one) => !isOwn(one));
      if (place === undefined) return null;
      return refuse(
        "forbidden",
        `您的权限限于${home}，不能查看或办理${place.short}。各地对比请发送“排名”。`,
        [home, "排名"],
      );
    },
  }),
};

/** Only people with one of the roles; `act` says in Chinese what they would do. */
export function only(act: string, ...roles: readonly Role[]): Access {
  return {
    check: ({ person }) =>
      holdsRole(person, ...roles)
        ? null
        : refuse(
            "forbidden",
            `${roleNames[person.role]}不能${act}，须由${roles.map((r) => roleNames[r]).join("、")}办理。`,
          ),
  };
}

/** What somebody is told of something of another county's, or of several others': that it isn't theirs, and who may look at it. */
export function anotherCountys(
  what: string,
  counties: readonly Pick<Region, "short">[],
  person: Person,
  { office, today }: { office: Office; today: Temporal.PlainDate },
): Refusal {
  const home = scopeName(person, office, today);
  const theirs = [...new Set(counties.map(({ short }) => short))].join("、");
  return refuse("forbidden", `${what}由${theirs}和市级单位查看，您的权限限于${home}。`);
}

type Scope = Pick<Person, "regionId" | "role">;
type Scopes = Scope & { beside?: readonly Scope[] };

/** Whether the region of a post is no more: nobody is told of anything by it, nor acts, until the office says where they belong. */
export const isUnplaced = (
  { regionId }: Pick<Scope, "regionId">,
  office: Office,
  today: Temporal.PlainDate,
): boolean => regionId !== null && office.dissolvedOn(regionId, today);

/** What somebody is told who is no member any more. */
export const withdrawn = refuse("forbidden", "您的身份已停用，请联系市办。");

/** Why somebody can do nothing here on a date, whatever their posts; null for a member who has a place by one of them. */
export function barred(
  person: (Scopes & Pick<Person, "active">) | null,
  { office, today }: { office: Office; today: Temporal.PlainDate },
): Refusal | null {
  if (!person?.active) return withdrawn;
  const { regionId, beside = [] } = person;
  if (regionId === null || ![person, ...beside].every((post) => isUnplaced(post, office, today))) return null;
  const { name, to } = office.region(regionId);
  const since = to === undefined ? "" : `于${longDate(Temporal.PlainDate.from(to).add({ days: 1 }))}`;
  return refuse(
    "forbidden",
    `${name}已${since}并入${office.heirOn(regionId, today).name}，您的岗位等市办确认，此前不能查看和办理。请联系市办。`,
  );
}

/**
 * Region ids that a person's scope covers on a date by all of their posts, with forerunners and heirs; of a region that is no
 * more none, until somebody has said where its people belong; of a contact of an enterprise none; null: the whole city.
 */
export function scopeOf(person: Scopes, office: Office, today: Temporal.PlainDate): readonly string[] | null {
  const { beside = [] } = person;
  const regions = [person, ...beside].map((post) => {
    if (isOutsider(post)) return [];
    if (post.regionId === null) return null;
    if (isUnplaced(post, office, today)) return [];
    const unit = office.subunitOn(post.regionId, today);
    if (unit) return [...new Set([post.regionId, unit.id])];
    return [post.regionId, ...office.lineage(office.heirOn(post.regionId, today).id)];
  });
  return regions.includes(null) ? null : [...new Set(regions.flatMap((ids) => ids ?? []))];
}

/** What a person stands for, in words: 海安、住建、全市. */
export function scopeName(
  person: Pick<Person, "regionId" | "departmentId"> & { role?: Role },
  office: Office,
  today: Temporal.PlainDate,
): string {
  if (person.regionId !== null)
    return office.subunitOn(person.regionId, today)?.short ?? office.heirOn(person.regionId, today).short;
  if (person.departmentId !== null) return office.department(person.departmentId).short;
  return person.role !== undefined && isOutsider({ role: person.role }) ? "本企业" : "全市";
}
