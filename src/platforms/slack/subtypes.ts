/** Messages that somebody has written like any other: with files, in the third person (/me), in a thread and told to its channel, too. */
const WRITTEN: readonly unknown[] = ["file_share", "me_message", "thread_broadcast"];

/**
 * Whether a message that mentions the bot in a channel is heard as a mention. Of these Slack doesn't always tell by a mention's
 * own event; of a plain one it does.
 */
export const isHeardAsMention = (subtype: unknown): boolean => WRITTEN.includes(subtype);
