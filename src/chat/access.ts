import { type Capacity, holdsRole } from "../domain/posts.ts";
import type { Role } from "../domain/roles.ts";
import type { Office, Place } from "../office/office.ts";
import type { Person } from "../store/people.ts";
import { type Refusal, refuse } from "./refusal.ts";

export const roleNames: Readonly<Record<Role, string>> = {
  office: "市办",
  "city-lead": "市领导",
  supervision: "督查",
  "county-lead": "县区领导",
  "county-liaison": "县区联络员",
  "department-liaison": "部门联络员",
  "station-chief": "点位长",
};

export type Question = {
  person: Person;
  args: Readonly<Record<string, unknown>>;
  office: Office;
  today: Temporal.PlainDate;
};
/** Who may use a command: null when this person may, otherwise the refusal. */
export type Access = { check(question: Question): Refusal | null };

/** Everyone who is linked; `withinScope("county")` binds people of a county to their own. */
export const anyone: Access & { withinScope(name: string): Access } = {
  check: () => null,
  withinScope: (name) => ({
    check({ person, args, office, today }) {
      const places = [args[name] ?? []].flat() as Place[];
      const own = scopeOf(person, office, today);
      if (own === null || person.regionId === null) return null;
      const place = places.find(({ regions }) => !regions.some((r) => own.includes(r.id)));
      if (place === undefined) return null;
      const home = office.heirOn(person.regionId, today).short;
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

/** Region ids that a person's scope covers on a date by all of their posts, with forerunners and heirs; null: the whole city. */
export function scopeOf(
  { regionId, beside = [] }: Pick<Person, "regionId"> & { beside?: readonly Pick<Capacity, "regionId">[] },
  office: Office,
  today: Temporal.PlainDate,
): readonly string[] | null {
  const regions = [regionId, ...beside.map((post) => post.regionId)].map((id) =>
    id === null ? null : [id, ...office.lineage(office.heirOn(id, today).id)],
  );
  return regions.includes(null) ? null : [...new Set(regions.flatMap((ids) => ids ?? []))];
}

/** What a person stands for, in words: 海安、住建、全市. */
export function scopeName(
  person: Pick<Person, "regionId" | "departmentId">,
  office: Office,
  today: Temporal.PlainDate,
): string {
  if (person.regionId !== null) return office.heirOn(person.regionId, today).short;
  if (person.departmentId !== null) return office.department(person.departmentId).short;
  return "全市";
}
