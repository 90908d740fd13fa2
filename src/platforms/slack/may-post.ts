import type { webApi } from "@slack/bolt";
import type { Granted } from "../../bot/lantian.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { called } from "./calls.ts";

/**
 * Whether the bot may write in a channel. Into a public one it goes by itself; a private one it can't even see before it is
 * invited. Where Slack doesn't say, for lack of a scope or of a connection, nothing speaks against it.
 */
export async function mayPostIn(client: webApi.WebClient, channel: string): Promise<Granted | Refusal> {
  const info = await called(client.conversations.info({ channel }));
  if (info.kind === "refused" && info.error === "channel_not_found") return NOT_INVITED;
  if (info.kind !== "done") return {};
  const { is_archived, is_member, name } = info.value.channel ?? {};
  if (is_archived) return ARCHIVED;
  if (is_member === false && (await called(client.conversations.join({ channel }))).kind !== "done")
    return NOT_INVITED;
  return name === undefined ? {} : { title: `#${name}` };
}

const NOT_INVITED = refuse(
  "conflict",
  "没有绑定：机器人还不在本群，通报发不进来。请先在群里发送“/invite @蓝天”，再发送一次。",
);
const ARCHIVED = refuse("conflict", "没有绑定：本群已归档，不能再发消息。请先取消归档，或换一个群。");
