import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { hashOfSecret, newSecret } from "../office/secret.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

const toFeed = says("订阅日程");
const toEnd = says("退订日程");

/** 订阅日程: a new address for somebody's dates, shown once; the one before is good for nothing from then on. */
export async function subscribe(
  person: Person,
  { store, now, consoleAt }: Context<Writer>,
): Promise<Card | Refusal> {
  if (consoleAt === undefined) return refuse("no-data", "控制台没有运行，不能订阅，请联系系统管理员。");
  const at = now.epochMilliseconds;
  const secret = newSecret();
  const ended = await store.calendarFeeds.endAll(person.id, at);
  await store.calendarFeeds.add({ personId: person.id, keyHash: hashOfSecret(secret), createdAt: at });
  return {
    title: "订阅日程",
    tone: "good",
    receipt: "已给出日程订阅网址",
    subject: `person:${person.id}`,
    audit: { ended },
    blocks: [
      { kind: "facts", items: [{ label: "订阅网址", value: `${consoleAt.url}/calendar/${secret}.ics` }] },
      {
        kind: "text",
        text: "在手机或电脑的日历里选“添加订阅日历”，粘贴这个网址，日程会自动更新。谁有网址谁就能看到您的日程，不要转发；泄露了请退订后重新订阅。",
      },
      ...(consoleAt.onNetwork
        ? []
        : [{ kind: "note" as const, text: "控制台没有公布网址，这个网址只能在运行本系统的机器上打开" }]),
      ...(ended > 0 ? [{ kind: "note" as const, text: "原来的订阅网址已失效" }] : []),
    ],
    buttons: [toEnd("退订日程")],
    facts: { ended },
  };
}

/** 退订日程: an address shows nothing any more. */
export async function unsubscribe(person: Person, { store, now }: Context<Writer>): Promise<Card | Refusal> {
  const ended = await store.calendarFeeds.endAll(person.id, now.epochMilliseconds);
  if (ended === 0) return refuse("already-done", "您没有订阅日程，不用退订。", ["日程"]);
  return {
    title: "已退订日程",
    tone: "good",
    subject: `person:${person.id}`,
    audit: { ended },
    blocks: [{ kind: "text", text: "原来的订阅网址立即失效，日历里的内容不再更新。" }],
    buttons: [toFeed("重新订阅")],
    facts: { ended },
  };
}
