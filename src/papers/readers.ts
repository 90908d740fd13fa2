import { isUnplaced } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import type { Role } from "../domain/roles.ts";
import type { Reader } from "../store/store.ts";
import type { Addressee } from "./official-paper.ts";

/** Everybody of some roles who has a unit, each in the post that they get it by, and the bound groups. */
export async function readersOf(
  roles: readonly Role[],
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Addressee[]> {
  const people = (await store.people.withRoles(roles)).filter((one) => !isUnplaced(one, office, today));
  const groups = (await store.chats.bound()).filter((chat) => !isUnplaced(chat, office, today));
  return [...people.map((person) => ({ to: { person } })), ...groups.map((chat) => ({ to: { chat } }))];
}
