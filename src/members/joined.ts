import { roleNames, scopeName } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Platforms, platformName } from "../chat/platform.ts";
import { shortTime } from "../chat/wording.ts";
import type { PersonId } from "../domain/ids.ts";
import type { Account, Identity, Invitation, Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

export type Joined = {
  person: Person;
  /** Where they are bound from now on. */
  identity: Identity;
  /** Their accounts before. */
  before: readonly Account[];
  invitation: Invitation;
  inviter: Person | null;
  /** new: nobody was called so; back: they had left; further: one more account of a member. */
  as: "new" | "back" | "further";
};

/** Roles whose word decides over others' work: who gets one is no matter of whoever invites alone. */
export const DECIDING: readonly Person["role"][] = ["office", "city-lead", "supervision"];

/**
 * Tells, in the caller's transaction, whoever would notice that it is wrong: the member on every account that they held
 * before, and the office and the city's leads where somebody is to decide over others, or comes back.
 */
export async function tellOfJoining(joined: Joined, context: Context<Writer>): Promise<void> {
  const { person, before, invitation, as } = joined;
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const sending = { class: "must-arrive", uncounted: "alarm" } as const;
  const push = (key: string, to: { personId: PersonId; accountId?: number }, card: Card) =>
    store.outbox.queue({ key: `joined/${invitation.id}/${key}`, to, ...sending, card }, at);
  if (as !== "new") {
    const card = accountCard(joined, context);
    const own = reachable(before, context.platforms);
    for (const { id } of own) await push(`account-${id}`, { personId: person.id, accountId: id }, card);
    if (own.length === 0 && as === "further") await push("chosen", { personId: person.id }, card);
  }
  if (as === "back" || (as === "new" && DECIDING.includes(person.role))) {
    const card = memberCard(joined, context);
    for (const { id } of await store.people.withRoles(["office", "city-lead"]))
      if (id !== person.id) await push(`person-${id}`, { personId: id }, card);
  }
}

/** Where notices reach somebody: of the accounts that show one conversation, the first. */
function reachable(accounts: readonly Account[], platforms: Platforms): readonly Account[] {
  const pushes = ({ platform }: Account) => platforms.get(platform)?.pushes ?? "linked";
  const first = accounts.find((account) => pushes(account) === "everybody");
  return accounts.filter((a) => pushes(a) === "linked" || a === first);
}

function accountCard({ identity, as, inviter }: Joined, { office, now, platforms }: Context<Writer>): Card {
  const back = as === "back" ? `您的身份已由${inviter?.name ?? "系统"}恢复。` : "";
  return {
    title: "您的身份绑定了新账号",
    tone: "notice",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "新账号", value: platformName(platforms, identity.platform) },
          { label: "时间", value: shortTime(office.local(now)) },
        ],
      },
      {
        kind: "text",
        text: `${back}从这个账号可以用您的名义办理。如不是您本人绑定的，请立即打电话告诉市办。`,
      },
    ],
    facts: { platform: identity.platform },
  };
}

function memberCard(joined: Joined, { office, now, today, platforms }: Context<Writer>): Card {
  const { person, identity, inviter, as } = joined;
  const role = roleNames[person.role];
  return {
    title: `${as === "back" ? "成员已恢复" : "新成员"}：${person.name}（${role}）`,
    tone: "notice",
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "角色", value: role },
          { label: "范围", value: scopeName(person, office, today) },
          { label: "邀请人", value: inviter?.name ?? "系统" },
          {
            label: "绑定",
            value: `${platformName(platforms, identity.platform)}，${shortTime(office.local(now))}`,
          },
        ],
      },
      { kind: "text", text: "如您不知道此事，请向邀请人和本人核实。" },
    ],
    facts: { person: person.name, role: person.role, inviter: inviter?.name ?? null },
  };
}
