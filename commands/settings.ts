import { z } from "zod";
import { everybody } from "../src/chat/access.ts";
import { action } from "../src/chat/action.ts";
import { arg } from "../src/chat/args.ts";
import type { Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { platformName, reachableOn } from "../src/chat/platform.ts";
import { type Refusal, refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { maskPhone } from "../src/domain/phone.ts";
import { digestOf } from "../src/office/digest.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader, Writer } from "../src/store/store.ts";

const toPhone = says("手机");

/** 我的设置：where a person's notices go, when none may come, and whether they come one by one or as one digest a day. */
export default command({
  name: "settings",
  words: ["我的设置", "设置"],
  hints: ["通知设置", "消息设置", "消息太多", "消息太多了", "太吵", "太吵了"],
  help: { does: "看和改通知发到哪里、何时免打扰、要不要简报", example: "我的设置" },
  who: everybody,
  audience: "person",
  args: z.object({}),
  answer: async ({ person }, context) => settingsCard("我的设置", person, context),
});

/** Sends the person's notices to another platform that they have an account on; the console is always there. */
export const pushTo = action({
  name: "settings.push",
  label: "改通知去向",
  forEnterprises: true,
  params: z.object({ platform: z.string() }),
  fields: z.object({}),
  async press({ params: { platform }, person }, context) {
    const own = await reachable(person, context);
    if (!own.includes(platform))
      return refuse(
        "conflict",
        `您还没有绑定${platformName(context.platforms, platform)}账号，请先发送“绑定新账号”。`,
        ["绑定新账号"],
      );
    await context.store.people.pushTo(person.id, platform);
    return again("已改通知去向", person, context);
  },
});

const hour = (label: string, hint: string) => arg.number(label, { hint });

/** Sets the hours in which only what must arrive is sent. */
export const quiet = action({
  name: "settings.quiet",
  label: "设置免打扰",
  forEnterprises: true,
  params: z.object({}),
  fields: z.object({
    from: hour("开始（点）", "0至23的整点，例如 22"),
    to: hour("结束（点）", "0至23的整点，例如 7"),
  }),
  async press({ fields, person }, context) {
    const [from, to] = [Number(fields.from), Number(fields.to)];
    if (![from, to].every((h) => Number.isInteger(h) && h >= 0 && h <= 23))
      return refuse("bad-number", "免打扰时刻须是0至23的整点，例如从22点到7点。");
    return quietBetween({ from, to }, person, context);
  },
});

/** Sets the quiet hours of somebody, or with null lets notices come at any hour again. */
export async function quietBetween(
  hours: { from: number; to: number } | null,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  if (hours !== null && hours.from === hours.to)
    return refuse("bad-number", "开始和结束不能相同。要全天接收，请发送“免打扰 关闭”。", ["免打扰 关闭"]);
  await context.store.people.setQuiet(person.id, hours);
  return again(hours === null ? "已关闭免打扰" : "已设免打扰", person, context);
}

/** All that can wait comes as one digest a day from now on; what waits already, too. */
export const digest = action({
  name: "settings.digest",
  label: "每天一条简报",
  forEnterprises: true,
  params: z.object({}),
  fields: z.object({ at: hour("每天几点", "0至23的整点，例如 17") }),
  async press({ fields, person }, context) {
    const at = Number(fields.at);
    if (!Number.isInteger(at) || at < 0 || at > 23)
      return refuse("bad-number", "简报时刻须是0至23的整点，例如17点。");
    return digestAt(at, person, context);
  },
});

/** Each message comes by itself again; what has waited comes now. */
export const oneByOne = action({
  name: "settings.one-by-one",
  label: "改为逐条发送",
  forEnterprises: true,
  params: z.object({}),
  fields: z.object({}),
  press: ({ person }, context) => digestAt(null, person, context),
});

/** Has what can wait come as one digest at this hour, or with null each message by itself again. */
export async function digestAt(at: number | null, person: Person, context: Context<Writer>) {
  await context.store.people.setDigest(person.id, at);
  await context.store.outbox.lookAgain(person.id);
  return again(at === null ? "已改为逐条发送" : "已改为每天一条简报", person, context);
}

/** Notices may come at any hour again. */
export const anyHour = action({
  name: "settings.any-hour",
  label: "关闭免打扰",
  forEnterprises: true,
  params: z.object({}),
  fields: z.object({}),
  press: ({ person }, context) => quietBetween(null, person, context),
});

async function reachable({ id }: Person, { store, platforms }: Context<Reader>): Promise<readonly string[]> {
  return reachableOn(platforms, await store.people.platformsOf(id));
}

async function again(title: string, before: Person, context: Context<Writer>): Promise<Card | Refusal> {
  const after = await context.store.people.byId(before.id);
  if (after === null) throw new Error(`person ${before.id} vanished while changing settings`);
  const [old, is] = [chosen(before), chosen(after)];
  const changed = (Object.keys(is) as (keyof typeof is)[]).filter((key) => old[key] !== is[key]);
  const only = (all: typeof is) => Object.fromEntries(changed.map((key) => [key, all[key]]));
  return { ...(await settingsCard(title, after, context)), audit: { before: only(old), after: only(is) } };
}

/** What of a person's choices the audit compares. */
const chosen = ({ pushPlatform, quietFrom, quietTo, digestHour }: Person) => ({
  push: pushPlatform,
  quiet: quietFrom === null ? null : `${quietFrom}–${quietTo}`,
  digest: digestHour,
});

async function settingsCard(title: string, person: Person, context: Context<Reader>): Promise<Card> {
  const own = await reachable(person, context);
  const called = (name: string) => platformName(context.platforms, name);
  const { quietFrom, quietTo, pushPlatform, digestHour } = person;
  const eased = digestHour === null ? await digestOf(person, context) : null;
  const quietNow = quietFrom !== null && quietTo !== null;
  return {
    title,
    subject: `settings:${person.id}`,
    blocks: [
      {
        kind: "facts",
        items: [
          { label: "通知发到", value: called(pushPlatform) },
          { label: "可选", value: own.map((p) => called(p)).join("、") },
          {
            label: "免打扰",
            value: quietNow ? `${quietFrom}点至${quietFrom > quietTo ? "次日" : ""}${quietTo}点` : "未设",
          },
          {
            label: "消息",
            value:
              digestHour !== null
                ? `每天${digestHour}点一条简报`
                : eased === null
                  ? "逐条发送"
                  : `本周已多，工作日${eased.hour}点合并一条`,
          },
          { label: "手机", value: person.phone === null ? "未登记" : maskPhone(person.phone) },
        ],
      },
      { kind: "note", text: "简报把不急的合成一条，重大和最高一级上报、等您签收签批的仍随时单发" },
      { kind: "note", text: "免打扰时段内，通报和预警等到时段结束再发；交办等必达通知不受影响" },
    ],
    buttons: [
      ...own
        .filter((p) => p !== pushPlatform)
        .map((p) => ({
          ...pushTo.button({ platform: p }),
          label: `改为发到${called(p)}`,
        })),
      quiet.button({}),
      ...(quietNow ? [anyHour.button({})] : []),
      digest.button({}),
      ...(digestHour !== null ? [oneByOne.button({})] : []),
      toPhone(person.phone === null ? "登记手机" : "改手机"),
    ],
    facts: {
      push: pushPlatform,
      platforms: own,
      quiet: quietNow ? { from: quietFrom, to: quietTo } : null,
      digest: digestHour,
    },
  };
}
