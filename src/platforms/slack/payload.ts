import { z } from "zod";
import { mayMention } from "../../chat/mentions.ts";
import type { Brought } from "../../delivery/lost-answers.ts";
import type { Inbound } from "../../store/inbox.ts";
import type { Doing } from "../kit/flood.ts";
import { EDITED, withAuthor } from "./edits.ts";
import type { inputsOf } from "./form.ts";
import { isHeardAsMention } from "./subtypes.ts";
import { typed } from "./text.ts";
import { bare, isSayButton, type Pressing } from "./urgent.ts";

const id = z.string().min(1).max(200);
const person = z.looseObject({ id });
/**
 * What we know how to read, by the parts that its way depends on. Slack's old verification token is left out: it comes
 * with every payload and is good for nothing but being stolen.
 */
const payloads = z
  .union([
    z.looseObject({ command: z.string(), user_id: id, trigger_id: id.optional() }),
    z.looseObject({
      type: z.literal("block_actions"),
      user: person,
      actions: z.array(z.looseObject({})).min(1),
      trigger_id: id.optional(),
    }),
    z.looseObject({
      type: z.literal("view_submission"),
      user: person,
      view: z.looseObject({ blocks: z.array(z.looseObject({ type: z.string() })).default([]) }),
      trigger_id: id.optional(),
    }),
    z.looseObject({
      type: z.literal("event_callback"),
      event: z.looseObject({ type: z.string(), user: id }),
      event_id: id.optional(),
    }),
  ])
  .transform(({ token: _secret, ...payload }) => payload);

/** What is read of a payload; the rest is the listeners' own. */
export type SlackPayload = Pressing & {
  event_id?: string;
  trigger_id?: string;
  response_url?: string;
  user_id?: string;
  channel_id?: string;
  text?: string;
  user?: { id?: string };
  channel?: { id?: string };
  container?: { is_ephemeral?: boolean };
  event?: {
    type?: string;
    user?: string;
    files?: readonly unknown[];
    channel?: string;
    channel_type?: string;
    ts?: string;
    thread_ts?: string;
    subtype?: string;
    bot_id?: string;
    text?: string;
    message?: { text?: string };
  };
  view?: Parameters<typeof inputsOf>[0];
};

/** A payload that came in; null for what nobody reads here, or is kept nowhere. */
export function readPayload(body: unknown): SlackPayload | null {
  const known = payloads.safeParse(withAuthor(body));
  if (!known.success) return null;
  const payload = known.data as SlackPayload;
  return isIdleTalk(payload) ? null : payload;
}

/**
 * The name of a message in a channel that may mention the bot: Slack may tell of it by two events, as a mention and as a
 * message, and the second is a redelivery.
 */
export function mentionIn({ event }: SlackPayload): string | null {
  if (typeof event?.ts !== "string" || typeof event.channel !== "string") return null;
  const { type, subtype, text = "", channel_type } = event;
  const isTold =
    type === "message" && channel_type !== "im" && isHeardAsMention(subtype) && text.includes("<@");
  return type === "app_mention" || isTold ? `mention/${event.channel}/${event.ts}` : null;
}

/** Talk in a channel that isn't the bot's to hear; it is kept nowhere. A mention comes as an event of its own. */
function isIdleTalk({ event }: SlackPayload): boolean {
  if (event?.type !== "message" || event.channel_type === "im") return false;
  const { subtype, text = "", message, bot_id } = event;
  if (subtype === EDITED) return !message?.text?.includes("<@");
  const isTalk = bot_id === undefined && (subtype === undefined || isHeardAsMention(subtype));
  return !isTalk || !(mayMention(text) || (subtype !== undefined && text.includes("<@")));
}

/** Which user has sent a message that they got no answer to, and what it brought; `botUser` is the bot's own id. */
export function askedIn({ payload }: Inbound, botUser: string): { user: string; brought: Brought } {
  const sent = JSON.parse(payload) as SlackPayload;
  const { command, actions, event, view, text = "" } = sent;
  const [pressed] = actions ?? [];
  const brought = (): Brought => {
    if (command !== undefined) return { said: `/${bare(command)} ${text}`.trim() };
    if (isSayButton(pressed)) return { said: String(pressed?.value) };
    if (pressed !== undefined) return { did: "press" };
    if (view !== undefined) return { did: "form" };
    if ((event?.files ?? []).length > 0) return { did: "file" };
    return { said: typed(event?.text ?? event?.message?.text ?? "", botUser) || "帮助" };
  };
  return { user: userOf(sent), brought: brought() };
}

/** What a payload counts as; null for what nobody says or does to the bot. */
export function doingIn({ event }: SlackPayload): Doing | null {
  if (event === undefined) return "words";
  if (event.type !== "message" && event.type !== "app_mention") return null;
  return (event.files?.length ?? 0) > 0 ? "file" : "words";
}

export function userOf({ user_id, user, event }: SlackPayload): string {
  return user_id ?? user?.id ?? event?.user ?? "";
}
