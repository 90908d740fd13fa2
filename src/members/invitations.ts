import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Invitation, Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { mandateWords } from "./handover.ts";
import { bareName } from "./names-apart.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "now" | "today">;

/** Invitations to become a member that may still be used and that somebody sees to: all for the office, a county's for its lead. */
export async function openInvitationsOf(person: Person, context: Around): Promise<Invitation[]> {
  const { store, office, now, today } = context;
  const open = (await store.people.openInvitations(now.epochMilliseconds)).filter(
    (one) => one.personId === null || one.personId !== one.createdBy,
  );
  if (holdsRole(person, "office")) return open;
  const own = scopeOf(person, office, today) ?? [];
  return open.filter(({ regionId, createdBy }) => createdBy === person.id && own.includes(regionId ?? ""));
}

/** The open invitation for somebody of a name, or why there is none; several are asked apart by their post. */
export async function invitationCalled(
  typed: string,
  again: (said: string) => string,
  person: Person,
  context: Around,
): Promise<Invitation | Refusal> {
  const [name = "", post = ""] = typed
    .normalize("NFKC")
    .trim()
    .split(/[\s，,]+/);
  const open = await openInvitationsOf(person, context);
  const named = open.filter((one) => one.name === name || bareName(one.name) === name);
  const meant = named.filter((one) => post === "" || mandateWords(one, context) === post);
  if (meant.length === 1) return meant[0] as Invitation;
  if (named.length > 1)
    return refuse(
      "conflict",
      `有${named.length}个给“${name}”的邀请：${named.map((one) => mandateWords(one, context)).join("、")}。请写明是哪一个。`,
      named.map((one) => again(`${name} ${mandateWords(one, context)}`)),
    );
  return refuse("no-data", `没有给“${name}”的未使用的邀请。发送“人员”看未使用的邀请。`, ["人员"]);
}
