import { drawCard, undrawn } from "../../bot/draw.ts";
import type { Lantian } from "../../bot/lantian.ts";
import type { DrawnCard } from "../../chat/card.ts";
import { cardToSend } from "../../delivery/card-to-send.ts";
import type { Door, Outcome, Recipient } from "../../delivery/door.ts";
import type { OutboxRow } from "../../store/outbox.ts";
import { HELD_BY } from "../../store/outbox-moves.ts";
import type { Person } from "../../store/people.ts";
import { followingFiles } from "../kit/following-files.ts";
import type { Pace } from "../kit/pace.ts";
import { TelegramFault } from "./api.ts";
import { albumsOf, openBundle } from "./attach.ts";
import { drawParts, type Part } from "./draw.ts";
import { isGroup } from "./pace.ts";
import type { How, Post } from "./post.ts";

/** How long nothing is sent after the token was refused, seconds. */
const TOKEN_WAIT = 60;

const { bringsFiles, filesAfter } = followingFiles("telegram", albumsOf);

/**
 * Telegram's door: to a person's private chat, or to a bound group. Telegram gives no way to read back what a chat holds,
 * so a delivery in doubt stays in doubt.
 */
export function telegramDoor(
  bot: Lantian,
  { post, pace, second = 1000, stopping }: Tools & { stopping: AbortSignal },
): Door {
  let refusedUntil = 0;

  const deliver = async (row: OutboxRow, to: Recipient): Promise<Outcome> => {
    const place = await placeOf(bot, row, to);
    if (place === null) return { kind: "failed", why: "没有绑定Telegram账号，请本人重新绑定" };
    const card = await drawnFor(bot, row, to);
    if (row.kind === "edit") return redraw(place, card);
    if (to.kind === "person" && bringsFiles(row)) return sendFiles(place.chat, card, to.person);
    const outcome = await sendAll(place, drawParts(card, place.kind));
    const follow = filesAfter(row);
    return outcome.kind === "accepted" && follow.length > 0 ? { ...outcome, follow } : outcome;
  };

  const sendFiles = async (chat: string, card: DrawnCard, person: Person): Promise<Outcome> => {
    const identity = { platform: "telegram", workspace: "", userKey: chat } as const;
    const bundle = await openBundle(bot, { identity, person }, card.title, card.files ?? []);
    try {
      const ids = "files" in bundle ? await post.sendFiles(chat, bundle) : [await post.send(chat, bundle)];
      return { kind: "accepted", chat, externalId: ids.join(",") };
    } catch (error) {
      if (!(error instanceof TelegramFault)) throw error;
      const outcome = outcomeOf({ chat }, error);
      return outcome.kind === "failed" && error.trouble.kind === "refused"
        ? { ...outcome, unfit: true }
        : outcome;
    }
  };

  const sendAll = async ({ chat, topic }: Where, parts: readonly Part[]): Promise<Outcome> => {
    const ids: number[] = [];
    for (const part of parts) {
      try {
        ids.push(await post.send(chat, part, { topic }));
      } catch (error) {
        // Some of it stands in the chat already: neither sent nor unsent.
        if (ids.length > 0)
          return { kind: "unknown", why: `共${parts.length}条，只确定发出了前${ids.length}条` };
        if (!(error instanceof TelegramFault)) throw error;
        return outcomeOf({ chat, topic }, error);
      }
    }
    return { kind: "accepted", chat, externalId: ids.join(",") };
  };

  const redraw = async ({ chat, kind, ids }: Place, card: DrawnCard): Promise<Outcome> => {
    // What stood in several messages is drawn anew in as many; an edit adds none.
    const parts = drawParts(card, kind, ids.length);
    try {
      for (const [i, id] of ids.entries()) await post.edit(chat, id, parts[i] ?? moved);
    } catch (error) {
      if (!(error instanceof TelegramFault)) throw error;
      // What stands in a closed topic stays as it is; the group is another matter.
      if (error.trouble.kind === "topic") return { kind: "failed", why: error.trouble.why };
      return outcomeOf({ chat }, error);
    }
    return { kind: "accepted", chat, externalId: ids.join(",") };
  };

  const outcomeOf = ({ chat, topic }: Where, { trouble }: TelegramFault): Outcome => {
    switch (trouble.kind) {
      case "later":
        return { kind: "later", afterMs: trouble.afterMs, why: trouble.why };
      case "blocked":
        return { kind: "failed", why: "对方已停用机器人或账号已注销，请电话通知并请其重新启用" };
      case "removed":
        if (!isGroup(chat)) return { kind: "failed", why: "找不到对方的对话，请本人打开机器人并发送“帮助”" };
        return { kind: "failed", why: CLOSED_TO_US, gone: true };
      case "topic":
        if (topic === undefined) return { kind: "failed", why: CLOSED_TO_US, gone: true };
        return {
          kind: "moved",
          to: { chatKey: chat, topic: "" },
          why: "话题已关闭或删除，改发到群的General话题",
        };
      case "token":
        // Nobody's message's fault: all of them wait until it has been mended.
        refusedUntil = performance.now() + TOKEN_WAIT * second;
        return { kind: "later", afterMs: TOKEN_WAIT * second, why: HELD_BY.refusal };
      case "gone":
        return { kind: "failed", why: "原消息已被删除，无法更新" };
      case "migrated":
        return { kind: "moved", to: { chatKey: trouble.to, topic: "" }, why: trouble.why };
      case "refused":
      case "unparseable":
        return { kind: "failed", why: `Telegram拒收：${trouble.why}` };
      case "unreachable":
        return { kind: "unreachable", why: trouble.why };
      case "unknown":
      case "unmodified":
      case "conflict":
        return { kind: "unknown", why: trouble.why };
      default:
        return trouble satisfies never;
    }
  };

  return {
    platform: "telegram",
    remote: true,
    async wait(row, to) {
      if (stopping.aborted) return SOON_MS;
      const refused = Math.ceil(refusedUntil - performance.now());
      if (refused > 0) return refused;
      const place = await placeOf(bot, row, to);
      return place === null ? 0 : pace.waitFor(place.chat, row.id);
    },
    goOn() {
      refusedUntil = 0;
    },
    deliver: async (row, to) => (stopping.aborted ? closed : deliver(row, to)),
  };
}

const CLOSED_TO_US = "机器人不在该群或不能发言，已停止向该群发送";

/** A bot that stops begins nothing new; the next start goes on. */
const SOON_MS = 1_000;
const closed: Outcome = { kind: "later", afterMs: SOON_MS, why: "the bot is stopping" };

export type Tools = { post: Post; pace: Pace; second?: number };

/** Messages of an older, longer drawing that the newer one has no use for. */
const moved: Part = { html: "（内容见上一条）", plain: "（内容见上一条）", keyboard: [] };

type Where = { chat: string } & Pick<How, "topic">;
type Place = Where & { kind: "private" | "group"; ids: readonly number[] };

/** Where a delivery goes: the person's private chat, the group, or the message to be redrawn. */
async function placeOf(bot: Lantian, row: OutboxRow, to: Recipient): Promise<Place | null> {
  const kind = to.kind === "chat" ? "group" : "private";
  if (row.kind === "edit") {
    const message = await bot.store.read((r) => r.messages.byId(row.messageId ?? 0));
    const ids = (message?.externalId ?? "").split(",").filter(Boolean).map(Number);
    return message?.chat && ids.length > 0 ? { chat: message.chat, kind, ids } : null;
  }
  if (to.kind === "chat")
    return { chat: to.chat.chatKey, topic: Number(to.chat.topic) || undefined, kind, ids: [] };
  // A private chat has the number of the person in it.
  const account = await bot.store.read((r) => r.people.accountOn(to.person.id, "telegram", row.accountId));
  return account && { chat: account.userKey, kind, ids: [] };
}

async function drawnFor(bot: Lantian, row: OutboxRow, to: Recipient): Promise<DrawnCard> {
  const drawing = { demo: bot.demo, at: (await bot.clock.now()).epochMilliseconds };
  const card = cardToSend(row);
  if (to.kind === "person") return drawCard(bot.store, card, to.person.id, drawing);
  // In a group nobody has buttons of their own; that there are some is said.
  const personal = (card.buttons ?? []).some((button) => button.kind === "press");
  const hint = { kind: "note" as const, text: "办理请私聊机器人，发送“今日”。" };
  return undrawn(personal ? { ...card, blocks: [...card.blocks, hint] } : card, drawing);
}
