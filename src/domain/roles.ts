import type { DepartmentId, RegionId } from "./ids.ts";

/** What each role stands for: the whole city, one county (region), one department, or a town or bureau below a county. A new role is a line here and its name in `src/chat/access.ts`. */
export const ROLE_SCOPES = {
  office: "city",
  "city-lead": "city",
  supervision: "city",
  "county-lead": "region",
  "county-liaison": "region",
  "department-liaison": "department",
  "station-chief": "region",
  "town-liaison": "town",
  "bureau-liaison": "bureau",
} as const satisfies Readonly<Record<string, "city" | "region" | "department" | "town" | "bureau">>;

export type Role = keyof typeof ROLE_SCOPES;
export const ROLES = Object.keys(ROLE_SCOPES) as readonly Role[] as readonly [Role, ...Role[]];

/** Whether somebody of a role is bound to exactly what the role stands for. */
export function fitsRole(
  role: Role,
  bound: { regionId: RegionId | null; departmentId: DepartmentId | null },
): boolean {
  const scope = ROLE_SCOPES[role];
  return (
    (bound.regionId !== null) === (scope !== "city" && scope !== "department") &&
    (bound.departmentId !== null) === (scope === "department")
  );
}
