import type { Office } from "../office/office.ts";
import type { Chat } from "../store/chats.ts";
import type { Person } from "../store/people.ts";
import type { AnswerAudience, ChatHere } from "./command.ts";

type Scope = Pick<Person, "regionId" | "departmentId">;

/** Who may read a command's answer in a group; one that doesn't say it is for whoever asked. */
export const audienceOf = ({ audience = "person" }: { audience?: AnswerAudience }): AnswerAudience =>
  audience;

/** Whether others read what is answered there. */
export const isPublic = (chat: ChatHere | undefined): boolean =>
  chat?.kind === "group" && chat.quiet === undefined;

/** What a group's unit is, as a person's role and scope. The city's own group sees the whole city. */
export function unitOfGroup({ regionId, departmentId }: Scope): Scope & Pick<Person, "role"> {
  if (regionId !== null) return { role: "county-liaison", regionId, departmentId: null };
  if (departmentId !== null) return { role: "department-liaison", regionId: null, departmentId };
  return { role: "city-lead", regionId: null, departmentId: null };
}

/**
 * On whose behalf somebody is answered in a group: as a member of its unit who has written nothing and checks nothing. In
 * the city's own group everybody is answered for their own unit.
 */
export function memberOf(group: Scope, person: Person): Person {
  const isCitys = group.regionId === null && group.departmentId === null;
  if (!isCitys) return { ...person, ...unitOfGroup(group), id: NOBODY, beside: [] };
  return person.regionId === null && person.departmentId === null ? alone(person) : memberOf(person, person);
}
/** In the main post alone. */
const alone = (person: Person): Person => (person.beside === undefined ? person : { ...person, beside: [] });
const NOBODY = 0;

/** Whether a person may see all that a group's unit may see, so that the unit's answer is a part of their own. */
export function covers(person: Scope, group: Chat, office: Office, today: Temporal.PlainDate): boolean {
  const home = (id: string) => office.heirOn(id, today).id;
  if (person.regionId !== null)
    return (
      group.departmentId === null &&
      (group.regionId === null || home(group.regionId) === home(person.regionId))
    );
  if (person.departmentId !== null)
    return group.regionId === null && (group.departmentId ?? person.departmentId) === person.departmentId;
  return true;
}
