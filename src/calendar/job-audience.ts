import { roleNames } from "../chat/access.ts";
import type { Schedule } from "../chat/command.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Role } from "../domain/roles.ts";
import type { Person } from "../store/people.ts";

/** Whether somebody has anything of a job: the office sees to all of them, and nobody else to what is only drafted. */
export const isForThem = ({ audience, drafts }: Schedule, person: Person): boolean =>
  holdsRole(person, "office", ...(drafts ? [] : audience));

/** Roles that are told as one where both are there. */
const COUNTY: readonly Role[] = ["county-lead", "county-liaison"];

/** To whom a job goes: 市办、县区领导和联络员、部门联络员、绑定的群; of what is signed first, that too. */
export function audienceWords({ audience, groups, drafts }: Schedule): string {
  const both = COUNTY.every((role) => audience.includes(role));
  const names = audience.flatMap((role) => {
    if (!both || !COUNTY.includes(role)) return [roleNames[role]];
    return role === COUNTY[0] ? ["县区领导和联络员"] : [];
  });
  return `${drafts ? "审签后发" : ""}${[...names, ...(groups ? ["绑定的群"] : [])].join("、")}`;
}
