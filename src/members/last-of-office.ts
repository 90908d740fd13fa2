import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Mandate } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

/** Nobody could let anybody in any more: the last member of the office stays. */
export async function lastOfOffice(
  person: Person,
  { store }: Pick<Context<Writer>, "store">,
  as: Mandate | null = null,
): Promise<Refusal | null> {
  if (person.role !== "office" || as?.role === "office") return null;
  const others = (await store.people.withRoles(["office"])).filter(
    (one) => one.id !== person.id && one.behalf === undefined,
  );
  return others.length > 0
    ? null
    : refuse("conflict", `${person.name}是市办最后一位在岗成员，不能离任或调岗。请先邀请另一位市办成员。`);
}
