import type { DepartmentId, EnterpriseId, RegionId } from "./ids.ts";

/**
 * What each role stands for: the whole city, one county (region), one department, a town or bureau below a county, or one
 * enterprise of the emergency list. A new role is a line here and its name in `src/chat/access.ts`.
 */
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
  "enterprise-contact": "enterprise",
} as const satisfies Readonly<
  Record<string, "city" | "region" | "department" | "town" | "bureau" | "enterprise">
>;

export type Role = keyof typeof ROLE_SCOPES;
export const ROLES = Object.keys(ROLE_SCOPES) as readonly Role[] as readonly [Role, ...Role[]];

/** Whether somebody of a role is bound to exactly what the role stands for. */
export function fitsRole(
  role: Role,
  bound: {
    regionId: RegionId | null;
    departmentId: DepartmentId | null;
    enterpriseId?: EnterpriseId | null | undefined;
  },
): boolean {
  const scope = ROLE_SCOPES[role];
  return (
    (bound.regionId !== null) === (scope === "region" || scope === "town" || scope === "bureau") &&
    (bound.departmentId !== null) === (scope === "department") &&
    ((bound.enterpriseId ?? null) !== null) === (scope === "enterprise")
  );
}

/** Whether somebody is of no unit of the city: they see and do nothing but what is declared for them. */
export const isOutsider = ({ role }: { role: Role }): boolean => ROLE_SCOPES[role] === "enterprise";
