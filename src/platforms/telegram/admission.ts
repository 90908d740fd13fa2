import type { Update, UserFromGetMe } from "grammy/types";
import type { AnyCommand } from "../../chat/command.ts";
import { type Admission, floodGates } from "../kit/flood.ts";
import { bringsFile, saidTo } from "./hearing.ts";

/**
 * Judges updates in the order in which they come: what one person says to the bot, and what they press, beyond what a
 * hasty hand can do is not worked on. News of the chat, and talk in a group that isn't the bot's to hear, never count. Messages count by the time at which they were sent, so that an evening's messages that come all at once after
 * a break are no flood; a press has no time of its own and counts by the machine's.
 */
export function admissionOf(options: {
  commands: readonly AnyCommand[];
  machineNow: () => number;
  second: number;
}): (update: Update, me: UserFromGetMe | null) => Admission {
  const { commands, machineNow, second } = options;
  let sentAt = 0;
  const said = floodGates(() => sentAt);
  const pressed = floodGates(() => (machineNow() * 1000) / second);
  const judge = (update: Update, me: UserFromGetMe | null): Admission => {
    const { message: sent, edited_message: edited, callback_query: press } = update;
    if (press !== undefined) return pressed.admit(String(press.from.id), "words");
    // A position that moves is an edit, too, and nothing to work on.
    const message = sent ?? (edited && !bringsFile(edited) ? edited : undefined);
    if (me === null || message?.from === undefined || !Number.isSafeInteger(message.date)) return "work";
    const isFile = bringsFile(message);
    if (!isFile && (message.text === undefined || saidTo(me, commands, message) === null)) return "work";
    // Whole seconds, and those of several chats don't come in order: a step back of a few is none.
    const at = (message.edit_date ?? message.date) * 1000;
    sentAt = at < sentAt && at > sentAt - 60_000 ? sentAt : at;
    return said.admit(String(message.from.id), isFile ? "file" : "words");
  };
  return (update, me) => {
    try {
      return judge(update, me);
    } catch {
      // A form that nobody has promised: handling it says what is wrong, and must not keep the others of its batch out.
      return "work";
    }
  };
}
