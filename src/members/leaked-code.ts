import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { PersonId } from "../domain/ids.ts";
import { accountSubject, hashOfCode } from "../office/invitation.ts";
import type { Identity, Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { lockedOut } from "./wrong-codes.ts";

/**
 * A code said where others read it: whoever it is for, it is good for nothing from then on, and whoever made it hears of
 * that. The answer is the same for a wrong one, so that nobody learns anything by trying.
 */
export async function leakedCode(
  code: string,
  identity: Identity,
  context: Context<Writer>,
): Promise<Refusal> {
  const { store, now } = context;
  const at = now.epochMilliseconds;
  const refusal = refuse(
    "usage",
    "邀请码不能发在群里：人人看得见，发过的码已作废。请向邀请您的人要一个新的，再与我私聊发送“绑定 邀请码”。",
  );
  const invitation = await store.people.invitation(hashOfCode(code));
  const isOpen = invitation !== null && invitation.usedAt === null && invitation.expiresAt > at;
  if (!isOpen && (await lockedOut(identity, context)) !== null) return refusal;
  if (isOpen) {
    await store.people.withdraw(invitation.id, at);
    const inviter = invitation.createdBy ? await store.people.byId(invitation.createdBy) : null;
    if (inviter?.active)
      await store.outbox.queue(
        {
          key: `leaked-code/${invitation.id}`,
          to: { personId: inviter.id },
          class: "must-arrive",
          uncounted: "alarm",
          card: leakedCard(invitation, inviter),
        },
        at,
      );
  }
  const { platform, workspace, userKey } = identity;
  const detail = {
    why: "said in a group",
    account: { platform, workspace, userKey },
    invitation: isOpen ? invitation.id : null,
  };
  return { ...refusal, audit: { subject: accountSubject(identity), detail } };
}

function leakedCard({ name, personId }: { name: string; personId: PersonId | null }, inviter: Person): Card {
  const [whose, again] =
    personId === inviter.id ? ["您绑定新账号的码", "绑定新账号"] : [`“${name}”的邀请码`, `邀请 ${name}`];
  return {
    title: `邀请码已作废：${name}`,
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: `${whose}被发在群里，人人看得见，已作废。请重新发送“${again}”，把新的码当面或电话告诉本人。`,
      },
    ],
    facts: { name },
  };
}
