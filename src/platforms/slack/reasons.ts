import { own } from "../../domain/own.ts";

/** Why Slack takes nothing for somebody, in words that the office understands; Slack's own name for what is rarer. */
export function reasonOf(error: string): string {
  return own(reasons, error) ?? error;
}

export const NO_ACCOUNT = "没有绑定本工作区的Slack账号，请本人重新绑定";

const MUTE = "Slack不允许机器人在该群发言，请Slack管理员放开权限";

const reasons: Readonly<Record<string, string>> = {
  user_disabled: "对方的Slack账号已停用，请电话通知并请Slack管理员核实",
  user_not_found: "Slack上找不到对方的账号，请本人重新绑定",
  channel_not_found: "Slack上找不到该群，已停止向该群发送",
  is_archived: "该群已归档，已停止向该群发送",
  not_in_channel: "机器人不在该群，已停止向该群发送",
  team_access_not_granted: "应用没有加到对方所在的工作区，请Slack组织管理员把应用加到该工作区",
  ekm_access_denied: "Slack组织管理员暂停了发消息，请联系Slack组织管理员",
  restricted_action: MUTE,
  restricted_action_read_only_channel: MUTE,
  restricted_action_thread_only_channel: MUTE,
};
