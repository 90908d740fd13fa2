import { faultOfView } from "./limits.ts";
import { BOT, type Memory, type Message, refuse, TEAM } from "./memory.ts";
import { fileMethodsOf } from "./uploads.ts";

// biome-ignore lint/suspicious/noExplicitAny: a server is given whatever a client sends
type Any = any;

/** The methods of Slack's Web API that the bot may call; anything else is an unknown method. */
export function methodsOf(memory: Memory): Record<string, (args: Any) => object> {
  const { users, channels, ephemeral, views, homes, nextTs, channelFor, directWith } = memory;
  const { checkMessage, pace, paceEdits, takeTrigger } = memory;
  return {
    ...fileMethodsOf(memory),
    "auth.test": () => ({
      ...(memory.orgWide ? {} : { team_id: TEAM }),
      user_id: BOT.user,
      bot_id: BOT.id,
      team: "Home",
      user: "lantian",
      ...(memory.enterprise ? { enterprise_id: memory.enterprise } : {}),
    }),
    "users.info": ({ user }) => ({ user: users.get(user) ?? refuse("user_not_found") }),
    "conversations.info": ({ channel: id }) => {
      const channel = channels.get(id) ?? refuse("channel_not_found");
      const is_member = channel.members.has(BOT.user);
      // A private channel is nothing that an app can see from outside.
      if (!is_member && !channel.open) refuse("channel_not_found");
      return { channel: { id, name: "海安攻坚", is_archived: channel.archived, is_member } };
    },
    "conversations.join": ({ channel: id }) => {
      const channel = channels.get(id) ?? refuse("channel_not_found");
      if (!channel.open) refuse("method_not_supported_for_channel_type");
      channel.members.add(BOT.user);
      return { channel: { id } };
    },
    "conversations.open": ({ users: user }) => {
      const known = users.get(user) ?? refuse("user_not_found");
      if (known.is_bot) refuse("cannot_dm_bot");
      if (known.deleted) refuse("user_disabled");
      return { channel: { id: directWith(user).id } };
    },
    // A thread is read from its beginning on, a conversation from its end; what stands in threads it doesn't show.
    "conversations.replies": ({ channel: id, ts, ...asked }) =>
      pageOf(
        channelFor(id).messages.filter((m) => m.ts === ts || m.thread_ts === ts),
        asked,
      ),
    "conversations.history": ({ channel: id, ...asked }) =>
      pageOf(
        channelFor(id)
          .messages.filter((m) => m.thread_ts === undefined)
          .reverse(),
        asked,
      ),
    "chat.postMessage": (args) => {
      const channel = channelFor(args.channel);
      checkMessage(args);
      pace(channel.id);
      const message = {
        ts: nextTs(),
        user: BOT.user,
        bot_id: BOT.id,
        text: args.text,
        blocks: args.blocks ?? [],
        metadata: args.metadata,
        ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}),
      };
      channel.messages.push(message);
      return { channel: channel.id, ts: message.ts, message };
    },
    "chat.postEphemeral": (args) => {
      const channel = channelFor(args.channel);
      if (!channel.members.has(args.user)) refuse("user_not_in_channel");
      checkMessage(args);
      pace(channel.id);
      const ts = nextTs();
      ephemeral.push({
        ts,
        to: args.user,
        channel: channel.id,
        via: "postEphemeral",
        text: args.text,
        blocks: args.blocks ?? [],
      });
      return { message_ts: ts };
    },
    "chat.update": (args) => {
      const channel = channelFor(args.channel);
      const message = channel.messages.find((m) => m.ts === args.ts) ?? refuse("message_not_found");
      if (message.bot_id !== BOT.id) refuse("cant_update_message");
      if (message.frozen) refuse("edit_window_closed");
      checkMessage(args);
      paceEdits();
      message.text = args.text;
      message.blocks = args.blocks ?? [];
      return { channel: channel.id, ts: message.ts };
    },
    "views.open": (args) => {
      const fault = faultOfView(args.view);
      if (fault !== null) refuse("invalid_arguments", fault);
      const { user } = takeTrigger(args.trigger_id);
      const view = { ...args.view, id: `V${views.length}`, team_id: TEAM };
      views.push({ user, view });
      return { view };
    },
    "views.publish": (args) => {
      if (!users.has(args.user_id)) refuse("user_not_found");
      const fault = faultOfView(args.view);
      if (fault !== null) refuse("invalid_arguments", fault);
      homes.set(args.user_id, args.view);
      return { view: args.view };
    },
  };
}

/** A page of the messages that stand in a conversation or in a thread. */
function pageOf(
  messages: readonly Message[],
  { oldest = "0", limit = "100", cursor = "0", include_all_metadata }: Record<string, string | undefined>,
) {
  const all = messages.filter((m) => Number(m.ts) > Number(oldest));
  const from = Number(cursor);
  const page = all.slice(from, from + Number(limit));
  const more = from + page.length < all.length;
  return {
    messages: page.map(({ metadata, files, ...m }) => ({
      ...m,
      ...(files ? { files: files.map(({ id, name, title }) => ({ id, name, title })) } : {}),
      ...(metadata && include_all_metadata === "true" ? { metadata } : {}),
    })),
    has_more: more,
    ...(more ? { response_metadata: { next_cursor: String(from + page.length) } } : {}),
  };
}
