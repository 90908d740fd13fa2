import type { Context } from "../chat/command.ts";
import type { Role } from "../domain/roles.ts";
import type { Reader } from "../store/store.ts";
import type { Addressee } from "./official-paper.ts";

/** Everybody of some roles, each in the post that they get it by, and the bound groups. */
export async function readersOf(
  roles: readonly Role[],
  { store }: Pick<Context<Reader>, "store">,
): Promise<Addressee[]> {
  const people = await store.people.withRoles(roles);
  const groups = await store.chats.bound();
  return [...people.map((person) => ({ to: { person } })), ...groups.map((chat) => ({ to: { chat } }))];
}
