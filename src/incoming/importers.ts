import type { Registry } from "../bot/registry.ts";
import { type Access, only, roleNames } from "../chat/access.ts";
import type { Role } from "../domain/roles.ts";

/** Roles that may bring in one kind of table or another. */
export function importingRoles({ imports }: Registry): readonly Role[] {
  const may = new Set(imports.flatMap(({ who }) => who));
  return (Object.keys(roleNames) as Role[]).filter((role) => may.has(role));
}

/** Who may send a table at all; which kinds each may bring in, `importFile` decides by what is in it. */
export const importers = (registry: Registry): Access => only("导入数据", ...importingRoles(registry));
