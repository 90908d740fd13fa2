import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { placeFor } from "../members/place-for.ts";
import { CODE_HOURS, invite } from "../office/invitation.ts";
import { concealCodes } from "../office/shown-codes.ts";
import type { Enterprise } from "../store/enterprises.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

/**
 * Somebody may speak for an enterprise from then on. The code goes to whoever invites, alone: the card may stand where
 * others read it. In the caller's transaction.
 */
export async function inviteContact(
  one: Enterprise,
  { name: typed, phone }: { name: string; phone: string | null },
  by: Person,
  context: Context<Writer>,
): Promise<{ name: string } | Refusal> {
  const { store, now } = context;
  const name = typed.normalize("NFKC").replace(/\s/g, "");
  const wanted = { name, role: "enterprise-contact" as const, regionId: null, departmentId: null };
  const place = await placeFor(wanted, by, false, context);
  if (isRefusal(place)) return place;
  const { code, invitation } = await invite(
    store,
    {
      ...{ ...wanted, enterpriseId: one.id, phone },
      ...{ personId: place.returning?.id ?? null, createdBy: by.id },
    },
    { now, expires: now.add({ hours: CODE_HOURS }), replaces: place.replaces },
  );
  const said: Card = {
    title: `邀请码：${one.name}联系人${name}`,
    tone: "notice",
    blocks: [
      { kind: "facts", items: [{ label: "邀请码", value: code }] },
      {
        kind: "text",
        text: `请当面或电话告诉本人，让本人与机器人私聊发送“绑定 邀请码”。${CODE_HOURS}小时内有效，用一次即失效。`,
      },
    ],
    facts: { enterprise: one.name, name },
  };
  const card = JSON.parse(concealCodes(JSON.stringify(said))) as Card;
  const key = `enterprise-contact/${invitation.id}`;
  await store.outbox.queue(
    { key, to: { personId: by.id }, class: "must-arrive", uncounted: "asked", card },
    now.epochMilliseconds,
  );
  return { name };
}
