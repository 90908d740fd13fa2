import type { Lantian } from "../bot/lantian.ts";
import { scopeName } from "../chat/access.ts";
import type { Card } from "../chat/card.ts";
import { platformName, reachableOn } from "../chat/platform.ts";
import { says } from "../chat/says.ts";
import { reasonWords, shortTime } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Chat } from "../store/chats.ts";
import { type Inbound, type PlatformName, requestName } from "../store/inbox.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import type { Recipient } from "./door.ts";

const toDeliveries = says("投递");

/** What cuts the bot off from a platform and only people can mend: a token that is refused, somebody who uses it as well, a network that is down. */
export type OutageCause = "token" | "connection" | "second-program" | "silence";

type Undelivered = {
  kind: "undelivered";
  row: OutboxRow;
  to: Recipient;
  state: "failed" | "ambiguous";
  why: string;
};

/** What only people can mend: the office is told of it. */
export type Trouble =
  /** A delivery that was given up, or of which nobody will ever know whether it arrived. */
  | Undelivered
  /** A group no longer takes messages: all that was bound of it, itself and its topics. */
  | { kind: "parked"; chats: readonly [Chat, ...Chat[]] }
  /** A bound topic is closed or gone; its group goes on. */
  | { kind: "topic closed"; chat: Chat }
  /** A message that came in could not be worked off. */
  | { kind: "set aside"; row: Inbound }
  /** Somebody who is linked is no full member there any more: they aren't heard. */
  | { kind: "estranged"; platform: PlatformName; person: Person }
  /** A platform doesn't let the bot work, since `since` (ms UTC of the machine's clock): that is told through every other one. */
  | { kind: "outage"; platform: PlatformName; cause: OutageCause; since: EpochMs }
  /** That is over, since `since`. */
  | { kind: "restored"; platform: PlatformName; cause: OutageCause; since: EpochMs };

/** Keys of these notices begin so. That one of them could not be delivered is no news that another would bring. */
export const TROUBLE = "trouble/";

/**
 * Tells everybody of the office, in the transaction in which it happens. What is bound to happen many times at once (all
 * recipients of one notice, all messages of one bad hour) is told in one message; 投递 lists each.
 */
export async function tellOffice(
  { office, registry: { platforms } }: Pick<Lantian, "office" | "registry">,
  writer: Writer,
  trouble: Trouble,
  now: Temporal.Instant,
): Promise<void> {
  if (trouble.kind === "undelivered" && (trouble.row.kind === "edit" || trouble.row.key.startsWith(TROUBLE)))
    return;
  const at = now.epochMilliseconds;
  const named = (platform: PlatformName) => platformName(platforms, platform);
  const nameOf = ({ title, ...chat }: Chat) => {
    const platform = named(chat.platform);
    const group = `${scopeName(chat, office, office.today(now))}群`;
    return title === null ? `${group}（${platform}）` : `${group}（${platform}“${title}”）`;
  };
  const timeOf = (ms: EpochMs) => shortTime(office.local(Temporal.Instant.fromEpochMilliseconds(ms)));
  const others = trouble.kind === "undelivered" ? await othersOf(trouble, writer) : [];
  const card = cardOf(trouble, { nameOf, timeOf, named, others });
  const unreachable = trouble.kind === "undelivered" && trouble.to.kind === "person" && trouble.to.person.id;
  for (const person of await writer.people.withRoles(["office"])) {
    if (person.id === unreachable) continue;
    const key = `${TROUBLE}${eventOf(trouble, at)}/${person.id}`;
    const delivery = { to: { personId: person.id }, class: "must-arrive", uncounted: "alarm", card } as const;
    if (trouble.kind !== "outage" && trouble.kind !== "restored") {
      const isNews = await writer.outbox.queue({ key, ...delivery }, at);
      // The message that the office has names everybody whom the notice hasn't reached since.
      if (!isNews && others.length > 0)
        await writer.outbox.redraw(key, card, `also-${others.length + 1}`, at);
    } else
      for (const via of reachableOn(platforms, await writer.people.platformsOf(person.id)))
        if (via !== trouble.platform)
          await writer.outbox.queue({ key: `${key}/${via}`, via, ...delivery }, at);
  }
}

/** Tells the office that somebody who is linked is no full member of a platform any more; once a day. */
export async function noLongerMember(bot: Lantian, platform: PlatformName, person: Person): Promise<void> {
  const now = await bot.clock.now();
  await bot.store.write((w) => tellOffice(bot, w, { kind: "estranged", platform, person }, now));
}

/** The names of those whom the same notice has not reached either, in the order in which they were to get it. */
async function othersOf({ row, state }: Undelivered, { outbox }: Writer): Promise<string[]> {
  if (row.job === null) return [];
  const all = await outbox.troubledOf(row.job, row);
  return all
    .filter((one) => one.row.state === state && one.row.id !== row.id)
    .map(({ audience }) => audience);
}

/** What counts as one event. */
function eventOf(trouble: Trouble, at: EpochMs): string {
  switch (trouble.kind) {
    case "undelivered": {
      const { id, job, slot, createdAt } = trouble.row;
      if (job === null) return `delivery-${id}/${at}`;
      return `${job}/${slot ?? `at-${createdAt}`}/${trouble.state}`;
    }
    case "parked":
      return `chat-${trouble.chats[0].id}/${at}`;
    case "topic closed":
      return `chat-${trouble.chat.id}/${at}`;
    case "set aside":
      return `inbox-${trouble.row.platform}/${Math.floor(at / 3_600_000)}`;
    case "estranged":
      return `estranged-${trouble.platform}-${trouble.person.id}/${Math.floor(at / 86_400_000)}`;
    case "outage":
    case "restored":
      return `${trouble.kind}-${trouble.platform}-${trouble.cause}/${trouble.since}`;
    default:
      return trouble satisfies never;
  }
}

type Words = {
  nameOf: (chat: Chat) => string;
  timeOf: (ms: EpochMs) => string;
  named: (platform: PlatformName) => string;
  /** Whom the same notice has not reached either. */
  others: readonly string[];
};

function cardOf(trouble: Trouble, { nameOf, timeOf, named, others }: Words): Card {
  const buttons = [toDeliveries("投递")];
  const text = (words: string) => ({ kind: "text" as const, text: words });
  switch (trouble.kind) {
    case "undelivered": {
      const { row, to, state, why } = trouble;
      const first = to.kind === "person" ? to.person.name : nameOf(to.chat);
      const also = others.length > 0 ? `同一条也没有送到${others.join("、")}。` : "";
      const doubt = others.length > 0 ? `${others.join("、")}也是。` : "";
      const failed = state === "failed";
      return {
        title: `${failed ? "未送达" : "不确定是否送达"}：${row.title}${others.length > 0 ? `（${others.length + 1}处）` : ""}`,
        tone: "notice",
        blocks: [
          text(
            failed
              ? `没有送到${first}：${reasonWords(why)}。${also}请用其他方式通知，再在“投递”中处理。`
              : `不确定${first}是否收到，${doubt}系统不会自动重发。请先核实，再在“投递”中处理。`,
          ),
          { kind: "note", text: "同一次推送的其他情况会补在本条中，不再逐条提醒" },
        ],
        buttons,
        facts: { delivery: row.id, audience: first, others, state },
      };
    }
    case "parked": {
      const [first, ...others] = trouble.chats;
      const all = trouble.chats.map(nameOf).join("、");
      return {
        title: `群不再接收消息：${nameOf(first)}${others.length > 0 ? `等${trouble.chats.length}处` : ""}`,
        tone: "notice",
        blocks: [
          text(
            `机器人已被移出该群，或该群已归档、禁言。${others.length > 0 ? `绑定的${all}都已停用。` : ""}通报不再发到那里，直到重新绑定；待发的已改发相关人员私聊。`,
          ),
          text(
            `要恢复，请把机器人请回群里，再在群里${others.length > 0 ? "和各话题里分别" : ""}发送“绑定本群”和所属县区、部门。`,
          ),
        ],
        buttons,
        facts: { chat: first.id, chats: trouble.chats.map(({ id }) => id) },
      };
    }
    case "topic closed":
      return {
        title: `群话题已关闭：${nameOf(trouble.chat)}`,
        tone: "notice",
        blocks: [
          text("原绑定的话题已关闭或删除，通报改发到该群的General话题。"),
          text("要换一个话题，请在那里发送“绑定本群”和所属县区、部门。"),
        ],
        buttons,
        facts: { chat: trouble.chat.id },
      };
    case "set aside": {
      const { id, platform, receivedAt } = trouble.row;
      return {
        title: "有消息未能办理",
        tone: "notice",
        blocks: [
          text(
            `${named(platform)}上${timeOf(receivedAt)}收到的一条消息多次处理失败，已搁置，发送人没有得到答复。请把编号${requestName(id)}告诉系统维护人员。`,
          ),
          { kind: "note", text: "一小时内的其他同类情况不再逐条提醒，都计在“投递”中" },
        ],
        buttons,
        facts: { inbound: id, platform },
      };
    }
    case "estranged": {
      const { platform, person } = trouble;
      const name = named(platform);
      const said = `${person.name}的${name}账号现在是访客或已离开，发来的消息不再受理。仍在岗的，请${name}管理员恢复其正式成员身份；已离岗的，请改由他人承办。`;
      return {
        title: `账号已不是正式成员：${person.name}`,
        tone: "notice",
        blocks: [text(said)],
        facts: { platform, person: person.name },
      };
    }
    case "outage": {
      const { platform, cause } = trouble;
      const [title, words] = outageWords(named(platform))[cause];
      return { title, tone: "bad", blocks: [text(words)], facts: { platform, cause } };
    }
    case "restored": {
      const { platform, cause } = trouble;
      const [was] = outageWords(named(platform))[cause];
      const words = `“${was}”已经结束。待发的通知正在补发；中断期间没有得到答复的人，系统会逐人提示。`;
      return {
        title: `${named(platform)}恢复正常`,
        tone: "good",
        blocks: [text(words)],
        facts: { platform, cause },
      };
    }
    default:
      return trouble satisfies never;
  }
}

const outageWords = (name: string): Record<OutageCause, readonly [title: string, words: string]> => ({
  token: [
    `${name}停用了机器人`,
    `${name}不再接受机器人的令牌，上面的消息收不到、通知发不出；待发的通知会在恢复后补发。急事请用其他方式通知，并请系统维护人员检查令牌。`,
  ],
  connection: [
    `机器人收不到${name}消息`,
    `${name}拒绝了机器人的接收连接：通知仍可发出，大家发来的消息收不到。请系统维护人员检查连接令牌和接收设置。`,
  ],
  "second-program": [
    `有别的程序在收${name}消息`,
    `另一个程序用同一个令牌取走了大家发给机器人的消息，这段时间的消息可能丢失，请提醒各单位重发。请系统维护人员停掉那个程序；不知是谁的，请更换令牌。`,
  ],
  silence: [
    `连不上${name}`,
    `一分钟以来收不到、也发不出${name}消息；待发的通知会在恢复后补发。急事请用其他方式通知，并请系统维护人员检查网络。`,
  ],
});
