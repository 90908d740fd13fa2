import { roleNames } from "../chat/access.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";

type Around = { office: Office; today: Temporal.PlainDate };

/** The authority that answers for a region, by its full name: 海安市人民政府. */
export const authorityOf = ({ authority, name, kind }: Region): string =>
  authority ?? `${name}${kind === "functional" ? "管理委员会" : "人民政府"}`;

/** Whom an order is addressed to: the authority of its region, which may have become part of another. */
export function addresseeOf({ regionId }: Pick<Issue, "regionId">, { office, today }: Around): string {
  const [then, now] = [office.region(regionId), office.heirOn(regionId, today)];
  const name = authorityOf(now);
  return then.name === now.name ? name : `${name}（原${then.name}）`;
}

/** The department that answers beside it, by its full name, or the unit as a ledger named it; null where there is none. */
export function unitFullName(
  { departmentId, unitWords }: Pick<Issue, "departmentId" | "unitWords">,
  { office }: Pick<Around, "office">,
): string | null {
  return unitWords ?? (departmentId === null ? null : office.department(departmentId).name);
}

/** Everybody who answers for an issue, by full names: 海安市人民政府、南通市住房和城乡建设局. */
export const answerable = (issue: Issue, around: Around): string =>
  [addresseeOf(issue, around), unitFullName(issue, around)].filter(Boolean).join("、");

/** Somebody by name and post, as papers name them: 王建国（海安市联络员）. */
export function officerName(
  { name, role, regionId, departmentId }: Pick<Person, "name" | "role" | "regionId" | "departmentId">,
  { office, today }: Around,
): string {
  const of =
    regionId !== null
      ? office.heirOn(regionId, today).name
      : departmentId !== null
        ? office.department(departmentId).name
        : "";
  const post = `${of}${roleNames[role].replace(/^(县区|部门)/, "")}`;
  return post === name ? name : `${name}（${post}）`;
}
