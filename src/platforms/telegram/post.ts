import type { Lantian } from "../../chat/router.ts";
import { type Telegram, TelegramFault } from "./api.ts";
import type { Part } from "./draw.ts";
import { type Pace, pause } from "./pace.ts";

/** How often a reply is tried in all. It may be repeated: who asked would rather read an answer twice than not at all. */
const REPLY_TRIES = 4;

export type Post = {
  /** Sends one message once. @returns its id. @throws TelegramFault */
  send(chat: string, part: Part): Promise<number>;
  /** Draws a message anew; that it says so already is success. @throws TelegramFault */
  edit(chat: string, id: number, part: Part): Promise<void>;
  /** Sends an answer, waiting its turn and trying again. @returns the messages' ids. @throws TelegramFault */
  reply(chat: string, parts: readonly Part[], topic?: number): Promise<number[]>;
};

/** Sends and edits messages at Telegram's pace. What isn't understood as HTML goes as plain text. */
export function postOf(
  bot: Lantian,
  { telegram, pace, second = 1000 }: { telegram: Telegram; pace: Pace; second?: number },
): Post {
  const paced = async <T>(chat: string, send: () => Promise<T>): Promise<T> => {
    try {
      return await pace.inTurn(chat, send);
    } catch (error) {
      if (error instanceof TelegramFault && error.trouble.kind === "later")
        pace.holdBack(chat, error.trouble.afterMs);
      throw error;
    }
  };
  const plainly = async <T>(
    chat: string,
    part: Part,
    send: (options: object, text: string) => Promise<T>,
  ) => {
    const options = {
      link_preview_options: { is_disabled: true },
      ...(part.keyboard.length > 0 ? { reply_markup: { inline_keyboard: part.keyboard } } : {}),
    };
    try {
      return await paced(chat, () => send({ ...options, parse_mode: "HTML" }, part.html));
    } catch (error) {
      if (!(error instanceof TelegramFault) || error.trouble.kind !== "unparseable") throw error;
      return paced(chat, () => send(options, part.plain));
    }
  };
  const send = (chat: string, part: Part, topic?: number) =>
    plainly(chat, part, (options, text) => {
      const all = topic === undefined ? options : { ...options, message_thread_id: topic };
      return telegram.call("sendMessage", (api, signal) => api.sendMessage(chat, text, all, signal));
    }).then((message) => message.message_id);
  return {
    send: (chat, part) => send(chat, part),
    async edit(chat, id, part) {
      try {
        await plainly(chat, part, (options, text) =>
          telegram.call("editMessageText", (api, signal) =>
            api.editMessageText(chat, id, text, options, signal),
          ),
        );
      } catch (error) {
        if (!(error instanceof TelegramFault) || error.trouble.kind !== "unmodified") throw error;
      }
    },
    async reply(chat, parts, topic) {
      const ids: number[] = [];
      let to = chat;
      for (const part of parts) {
        for (let tries = 1; ; tries += 1) {
          try {
            ids.push(await send(to, part, topic));
            break;
          } catch (error) {
            if (!(error instanceof TelegramFault) || tries >= REPLY_TRIES) throw error;
            const { trouble } = error;
            if (trouble.kind === "migrated") {
              await renameChat(bot, to, trouble.to);
              to = trouble.to;
            } else if (trouble.kind === "unknown" || trouble.kind === "unreachable")
              await pause(tries * second, telegram.cut);
            else if (trouble.kind !== "later") throw error;
          }
        }
      }
      return ids;
    },
  };
}

/** A group goes on under another id; what it is bound to goes with it. */
export async function renameChat(bot: Lantian, from: string, to: string): Promise<void> {
  await bot.store.write(async ({ chats }) => {
    const old = { platform: "telegram" as const, workspace: "", chatKey: from };
    // Both the error and the service message tell of it: the second finds nothing to do.
    if ((await chats.byIdentity({ ...old, chatKey: to })) === null) await chats.rename(old, to);
  });
}
