import { z } from "zod";
import type { Reply } from "../../bot/lantian.ts";
import { ask } from "../../bot/router.ts";
import { type Author, judgeEdit, noteHeard, noteTold, type StandingAnswer } from "../kit/heard.ts";
import type { Workspace } from "./workspace.ts";

/** Slack's name for the event of a message whose text, or anything else about it, was changed. */
export const EDITED = "message_changed";

const changed = z.looseObject({
  event: z.looseObject({
    type: z.literal("message"),
    subtype: z.literal(EDITED),
    message: z.looseObject({
      user: z.string(),
      ts: z.string(),
      text: z.string(),
      edited: z.looseObject({}),
      bot_id: z.undefined().optional(),
      subtype: z.undefined().optional(),
    }),
    previous_message: z.looseObject({ text: z.string().optional() }).optional(),
  }),
});

/**
 * The event of an edit with its author where other messages have theirs. It is left as it is, and so goes by unread, where
 * nobody has edited anything: a bot's own redrawing, a link that Slack shows by now, a deleted message.
 */
export function withAuthor(body: unknown): unknown {
  const read = changed.safeParse(body);
  if (!read.success) return body;
  const { event } = read.data;
  const { user, team, user_team, source_team, text } = event.message as Record<string, unknown>;
  if (event.previous_message?.text === text) return body;
  return { ...read.data, event: { ...event, user, team, user_team, source_team } };
}

/** A message as it stands after an edit. */
export type EditedMessage = { text?: string; ts: string; thread_ts?: string; files?: readonly unknown[] };

/** Reads an edited message again where it was not understood or asked about; what was done stays. */
export async function hearEdit(
  { bot }: Workspace,
  author: Author,
  text: string,
  answer: (reply: Reply, instead: StandingAnswer | null) => Promise<StandingAnswer | null>,
): Promise<void> {
  const edit = await judgeEdit(bot, author, text);
  if (edit.kind === "none") return;
  if (edit.kind === "too late") {
    await answer(edit.reply, null);
    return noteTold(bot, author, text);
  }
  const reply = await ask(bot, edit.speaker, text);
  const standing = await answer(reply, edit.standing);
  await noteHeard(bot, author, text, { reply, standing });
}
