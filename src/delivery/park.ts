import type { Lantian } from "../bot/lantian.ts";
import { platformName } from "../chat/platform.ts";
import type { Chat, ChatIdentity, GroupIdentity } from "../store/chats.ts";
import type { OutboxRow } from "../store/outbox.ts";
import type { Writer } from "../store/store.ts";
import { tellPeopleInstead } from "./people-instead.ts";
import { tellOffice } from "./trouble.ts";

const GONE = "机器人不在该群，已停止向该群发送";

/** The bot is no longer in a group, or may not write there: nothing goes there until the office, which is told, binds it again. */
export async function groupGone(bot: Lantian, group: GroupIdentity): Promise<void> {
  const now = await bot.clock.now();
  await bot.store.write((writer) => park(bot, writer, { group, why: GONE, now }));
}

/**
 * The same inside a transaction that is already open; `row` is what the group has just refused, for `why`. What was meant for
 * the group, or for one of its topics, goes to their people; that the group has gone is told once, however much of it was bound.
 */
export async function park(
  bot: Lantian,
  writer: Writer,
  { group, row, why, now }: { group: GroupIdentity; row?: OutboxRow; why: string; now: Temporal.Instant },
): Promise<void> {
  const parked: Chat[] = [];
  for (const chat of await writer.chats.ofGroup(group)) {
    const refused = row?.chatId === chat.id ? [row] : [];
    const waiting = await writer.outbox.waitingFor(chat.id);
    await tellPeopleInstead(bot, writer, [...refused, ...waiting], { chat, why, now });
    if (!(await writer.chats.park(chat.id))) continue;
    await note(bot, writer, { chat, act: "chat.parked", now });
    parked.push(chat);
  }
  const [first, ...others] = parked;
  if (first !== undefined) await tellOffice(bot, writer, { kind: "parked", chats: [first, ...others] }, now);
}

/** A place goes on as another one, in the caller's transaction: so does what is meant for it, once. */
export async function moveChat(
  bot: Lantian,
  writer: Writer,
  { chat, to, now }: { chat: Chat; to: Pick<Chat, "chatKey" | "topic">; now: Temporal.Instant },
): Promise<void> {
  const standing = await writer.chats.move(chat, to);
  await writer.outbox.redirect(chat.id, standing.id, now.epochMilliseconds);
  if (to.topic === chat.topic || !chat.active) return;
  await note(bot, writer, { chat, act: "chat.topic-closed", now });
  await tellOffice(bot, writer, { kind: "topic closed", chat }, now);
}

/** A platform has given a group another id: all that is bound of it goes on there. */
export async function groupRenamed(bot: Lantian, group: ChatIdentity, chatKey: string): Promise<void> {
  const now = await bot.clock.now();
  await bot.store.write(async (writer) => {
    for (const chat of await writer.chats.ofGroup(group))
      await moveChat(bot, writer, { chat, to: { chatKey, topic: chat.topic }, now });
  });
}

async function note(
  bot: Lantian,
  writer: Writer,
  { chat, act, now }: { chat: Chat; act: string; now: Temporal.Instant },
): Promise<void> {
  await writer.audit.append({
    at: now.epochMilliseconds,
    personId: null,
    actor: platformName(bot.registry.platforms, chat.platform),
    act,
    subject: `chat:${chat.id}`,
    outcome: "done",
  });
}
