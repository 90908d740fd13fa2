import type { Granted } from "../../bot/lantian.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { type ChatConnection, isTrouble } from "./say.ts";
import type { Sender } from "./speaker.ts";

/**
 * Whether the bot may write where somebody speaks, as far as Telegram says: as a member, by the group's own rules, and in an
 * open topic. Where it can't be asked now nothing speaks against it.
 */
export async function mayPost(
  { telegram, me }: ChatConnection,
  { chat, topic, title }: Sender,
): Promise<Granted | Refusal> {
  const place = topic === undefined ? {} : { message_thread_id: topic };
  try {
    const member = await telegram.call("getChatMember", (api, s) => api.getChatMember(chat, me.id, s));
    const { status } = member;
    const isAdmin = status === "administrator" || status === "creator";
    const { permissions } = isAdmin ? {} : await telegram.call("getChat", (api, s) => api.getChat(chat, s));
    const isMuted = status === "restricted" && !member.can_send_messages;
    if (status === "left" || status === "kicked" || isMuted || permissions?.can_send_messages === false)
      return MUTE;
    await telegram.call("sendChatAction", (api, s) => api.sendChatAction(chat, "typing", place, s));
  } catch (error) {
    if (isTrouble(error, "topic")) return CLOSED;
    if (isTrouble(error, "removed")) return MUTE;
  }
  return title === undefined ? {} : { title };
}

const MUTE = refuse(
  "conflict",
  "没有绑定：机器人在本群不能发言。请群管理员允许机器人发消息，或把机器人设为管理员，再发送一次。",
);
const CLOSED = refuse(
  "conflict",
  "没有绑定：本话题已关闭，机器人不能在这里发言。请群管理员重新打开话题，或换一个话题，再发送一次。",
);
