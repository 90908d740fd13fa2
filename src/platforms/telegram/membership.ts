import type { ChatMemberUpdated } from "grammy/types";
import type { Lantian } from "../../bot/lantian.ts";
import { examplesFor } from "../../chat/examples.ts";
import { groupGone } from "../../delivery/park.ts";
import { noticePart } from "./draw.ts";
import type { Post } from "./post.ts";

const NO_CHANNELS = "暂不支持频道：请把我加入群，再在群里发送“/here”和所属县区、部门。";

/**
 * Somebody has blocked or unblocked the bot, or a group has taken it in or thrown it out. A group without the bot is
 * parked: nothing goes there until the office binds it again.
 */
export async function membershipChanged(
  { bot, post }: { bot: Lantian; post: Post },
  { chat, old_chat_member: before, new_chat_member: after }: ChatMemberUpdated,
): Promise<void> {
  const isIn = (status: string) => ["member", "administrator", "creator", "restricted"].includes(status);
  if (isIn(before.status) === isIn(after.status)) return;
  const key = String(chat.id);
  if (chat.type === "private") {
    const identity = { platform: "telegram" as const, workspace: "", userKey: key };
    const person = await bot.store.read((r) => r.people.byIdentity(identity));
    if (person !== null)
      await note(bot, isIn(after.status) ? "telegram.unblocked" : "telegram.blocked", `person:${person.id}`);
    return;
  }
  const here = { platform: "telegram" as const, workspace: "", chatKey: key };
  const bound = await bot.store.read((r) => r.chats.ofGroup(here));
  if (!isIn(after.status)) {
    await groupGone(bot, here);
    return;
  }
  if (chat.type === "channel") {
    await post.reply(key, [noticePart(NO_CHANNELS)]).catch(() => undefined);
    return;
  }
  if (bound.some(({ active }) => active)) return;
  const { county } = examplesFor({ office: bot.office, today: bot.office.today(await bot.clock.now()) });
  const hint = `大家好。请市办成员在本群发送“/here ${county}”（换成本群的县区、部门或“全市”），通报就会发到这里。`;
  await post.reply(key, [noticePart(hint)]).catch(() => undefined);
}

async function note(bot: Lantian, act: string, subject: string): Promise<void> {
  const at = (await bot.clock.now()).epochMilliseconds;
  await bot.store.write((w) =>
    w.audit.append({ at, personId: null, actor: "Telegram", act, subject, outcome: "done" }),
  );
}
