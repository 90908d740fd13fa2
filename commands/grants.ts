import { z } from "zod";
import { only, roleNames } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { redrawShown } from "../src/chat/redraw-shown.ts";
import { isRefusal, type Refusal, refuse } from "../src/chat/refusal.ts";
import { type Grant, grantCard, notSecond } from "../src/members/second-person.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader, Writer } from "../src/store/store.ts";

/** 待确认授权：who is to become of the office or the city's lead, and waits for a second member of the office. */
export default command({
  name: "grants",
  words: ["待确认授权", "确认授权"],
  help: { does: "看等市办第二人确认的市办、市领导授权", example: "待确认授权" },
  who: only("确认授权", "office"),
  audience: "person",
  args: z.object({}),

  async answer({ person }, context) {
    const open = await context.store.grants.open(context.now.epochMilliseconds);
    const [first] = open.filter(({ by }) => by !== person.id);
    const rows = open.map(({ name, role, by, id }) => ({ name, role, by, id }));
    if (first === undefined)
      return {
        title: "待确认授权",
        blocks: [
          {
            kind: "text",
            text: open.length === 0 ? "没有等您确认的授权。" : "您提出的授权在等市办另一位成员确认。",
          },
        ],
        facts: { rows },
      };
    const asking = first.by === null ? null : await context.store.people.byId(first.by);
    return { ...grantCard(first, asking, context), facts: { rows } };
  },
});

const params = z.object({ invitation: z.int() });

/** 同意：the second person agrees, and what was given holds from then on. */
export const agreeToGrant = action({
  name: "grants.agree",
  label: "同意",
  params,
  fields: z.object({}),
  async press({ params: { invitation }, person }, context) {
    const grant = await grantTo(invitation, person, context);
    if (isRefusal(grant)) return grant;
    const at = context.now.epochMilliseconds;
    if (!(await context.store.grants.agree(grant.id, person.id, at))) return settled;
    return decided(grant, person, "已同意", "邀请码现在可以用了，用一次即失效。", context);
  },
});

/** 不同意：it never holds. */
export const refuseGrant = action({
  name: "grants.refuse",
  label: "不同意",
  params,
  fields: z.object({}),
  async press({ params: { invitation }, person }, context) {
    const grant = await grantTo(invitation, person, context);
    if (isRefusal(grant)) return grant;
    if (!(await context.store.grants.refuse(grant.id, context.now.epochMilliseconds))) return settled;
    return decided(grant, person, "未同意", "这项授权已作废，如需办理请重新提出。", context);
  },
});

const settled = refuse("already-done", "这项授权已经确认、作废或过期，不用再办。", ["待确认授权"]);

async function grantTo(id: number, person: Person, context: Context<Reader>): Promise<Grant | Refusal> {
  const open = await context.store.grants.open(context.now.epochMilliseconds);
  const grant = open.find((one) => one.id === id);
  if (grant === undefined) return settled;
  return (await notSecond(person, grant.by, context)) ?? grant;
}

/** Tells whoever asked for it, and answers whoever has decided. */
async function decided(
  grant: Grant,
  person: Person,
  verdict: string,
  after: string,
  { store, now }: Context<Writer>,
): Promise<Card> {
  const what = `${grant.name}（${roleNames[grant.role]}）`;
  const card: Card = {
    title: `授权${verdict}：${what}`,
    tone: "notice",
    blocks: [{ kind: "text", text: `${person.name}${verdict}。${after}` }],
    facts: { grant: { id: grant.id }, verdict },
  };
  // Whoever else was asked has nothing to decide any more.
  await redrawShown(
    `grant:${grant.id}`,
    { revision: "over", everywhere: true, partFor: null, cardFor: async () => card },
    { store, now },
  );
  if (grant.by !== null)
    await store.outbox.queue(
      {
        key: `grant/${grant.id}/decided`,
        to: { personId: grant.by },
        class: "must-arrive",
        card,
      },
      now.epochMilliseconds,
    );
  return {
    ...card,
    tone: "good",
    subject: `invitation:${grant.name}`,
    audit: { ...grant, verdict },
    blocks: [{ kind: "text", text: after }],
  };
}
