import { z } from "zod";
import { everybody, roleNames, scopeName } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { type Context, welcome } from "../src/chat/command.ts";
import { likenessOf } from "../src/chat/member-name.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import type { EpochMs } from "../src/domain/ids.ts";
import { isSamePost } from "../src/domain/posts.ts";
import { isOutsider } from "../src/domain/roles.ts";
import { tellOfJoining } from "../src/members/joined.ts";
import { leakedCode } from "../src/members/leaked-code.ts";
import { bareName, callApart } from "../src/members/names-apart.ts";
import { lockedOut, wrongCode } from "../src/members/wrong-codes.ts";
import { accountSubject, hashOfCode } from "../src/office/invitation.ts";
import type { Invitation, Person } from "../src/store/people.ts";
import type { Writer } from "../src/store/store.ts";

const toToday = says("今日");
const toEnterprise = says("企业");
const toHelp = says("帮助");

/** 绑定：a code makes an account somebody's: a new member's, a returning one's, or a member's further one. */
export default welcome({
  name: "link",
  words: ["绑定"],
  help: { does: "用邀请码绑定身份", example: "绑定 ABCD2345" },
  who: everybody,
  audience: "anyone",
  args: z.object({ code: arg.maybe.text("邀请码", { maxLength: 80, rest: true }) }),

  async answer({ args: { code }, identity, person: persona }, context) {
    const { store, office, today, now, chat } = context;
    if (code !== undefined && chat?.kind === "group") return leakedCode(code, identity, context);
    const own = await store.people.byIdentity(identity);
    if (own !== null)
      return refuse(
        "already-done",
        `您已绑定为“${own.name}”，不用重复绑定。要加一个账号，请在这里发送“绑定新账号”。`,
        ["绑定新账号"],
      );
    if (code === undefined)
      return refuse("usage", "请写明邀请码，与我私聊发送，例如“绑定 ABCD2345”。邀请码向市办或本县领导索取。");
    const locked = await lockedOut(identity, context);
    if (locked !== null) return locked;

    const invitation = await store.people.invitation(hashOfCode(code));
    const inviter = invitation?.createdBy ? await store.people.byId(invitation.createdBy) : null;
    const wrong = faultOf(invitation, inviter, now.epochMilliseconds);
    if (invitation === null || wrong !== null) return wrongCode({ identity, ...(wrong ?? UNKNOWN) }, context);
    if (invitation.needsSecond && invitation.secondBy === null)
      return refuse("conflict", "这个邀请码还须市办另一位成员确认后才能用。请稍后再试，或催一下邀请您的人。");
    const joining = await memberOf(invitation, context);
    if (isRefusal(joining)) return joining;
    const { person, as } = joining;
    if (persona !== null && persona.id !== person.id)
      return refuse("conflict", `您是“${persona.name}”，这个邀请码是给“${person.name}”的。`);
    const before = (await store.people.accountsOf(person.id)).filter(
      (account) => accountSubject(account) !== accountSubject(identity),
    );
    const at = now.epochMilliseconds;
    const bound = await store.people.bind(person.id, identity, at, invitation.id);
    // Whoever comes back may do so from an account that is theirs already.
    if (!bound && (await store.people.holderOf(identity))?.id !== person.id)
      return refuse("conflict", "这个账号已绑定他人，请联系市办。");
    await store.people.useInvitation(invitation.id, person.id, at);
    await tellOfJoining({ person, identity, before, invitation, inviter, as }, context);
    const { platform, workspace, userKey } = identity;
    return {
      title: `已绑定：${person.name}`,
      tone: "good",
      subject: `person:${person.id}`,
      audit: {
        account: { platform, workspace, userKey },
        invitation: invitation.id,
        inviter: inviter && { id: inviter.id, name: inviter.name },
        as,
      },
      blocks: [
        {
          kind: "facts",
          items: [
            { label: "角色", value: roleNames[person.role] },
            { label: "范围", value: scopeName(person, office, today) },
          ],
        },
        {
          kind: "text",
          text: isOutsider(person)
            ? "启动应急响应时，本企业的措施会发给您。发送“企业”看本企业的措施。"
            : "发送“今日”看等您办的事，发送“帮助”看能问什么。",
        },
      ],
      buttons: [isOutsider(person) ? toEnterprise("企业") : toToday("今日"), toHelp("帮助")],
      facts: { person: person.name, role: person.role },
    };
  },
});

type Fault = { why: string; message: string };

const UNKNOWN: Fault = {
  why: "unknown",
  message: "邀请码不对。请核对8位字母和数字，或向邀请您的人要一个新的。",
};

/** Why a code is good for nothing, or null. */
function faultOf(invitation: Invitation | null, inviter: Person | null, at: EpochMs): Fault | null {
  if (invitation === null) return UNKNOWN;
  if (invitation.usedAt !== null)
    return { why: "used", message: "这个邀请码已经用过。请向邀请您的人要一个新的。" };
  if (invitation.expiresAt <= at)
    return { why: "expired", message: "这个邀请码已过期或已作废。请向邀请您的人要一个新的。" };
  if (inviter?.active === false)
    return { why: "inviter left", message: "邀请人已停用，这个邀请码已作废。请向市办要一个新的。" };
  return null;
}

type Joining = { person: Person; as: "new" | "back" | "further" };

/** Whom an invitation makes of whoever redeems it. What was true when it was made may have changed since. */
async function memberOf(invitation: Invitation, context: Context<Writer>): Promise<Joining | Refusal> {
  const { store, now } = context;
  const { name, role, regionId, departmentId, enterpriseId, personId } = invitation;
  if (personId === null) {
    const alike = (await store.people.ever()).filter(
      (p) => likenessOf(bareName(p.name)) === likenessOf(name),
    );
    // Another person of the same name is one in another post: then the two are called apart.
    const isOther = (p: Person) =>
      bareName(p.name) === name && !isSamePost(p, { role, regionId, departmentId });
    if (!alike.every(isOther))
      return refuse("conflict", `“${name}”这个名字已有人用了。请向邀请您的人要一个换了名字的邀请码。`);
    const called = alike.length === 0 ? name : `${name}（${invitation.id}）`;
    const mandate = { role, regionId, departmentId, enterpriseId, phone: invitation.phone };
    const added = await store.people.add({ name: called, ...mandate, createdAt: now.epochMilliseconds });
    if (alike.length > 0) await callApart(name, context);
    return { person: (await store.people.byId(added.id)) ?? added, as: "new" };
  }
  const person = await store.people.byId(personId);
  if (person === null) throw new Error(`invitation ${invitation.id} is for nobody`);
  if (invitation.createdBy === personId) return { person, as: "further" };
  if (person.active)
    return refuse("conflict", `“${name}”已是成员。要加账号，请本人从已绑定的账号发送“绑定新账号”。`);
  await store.people.comeBack(personId);
  return { person: { ...person, active: true }, as: "back" };
}
