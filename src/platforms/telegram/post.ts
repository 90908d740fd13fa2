import { InputFile } from "grammy";
import type { Lantian } from "../../bot/lantian.ts";
import { groupRenamed } from "../../delivery/park.ts";
import type { Pace, Paced } from "../kit/pace.ts";
import { pause } from "../kit/pause.ts";
import { ANSWER_ATTEMPTS } from "../kit/unsent.ts";
import { type Telegram, TelegramFault } from "./api.ts";
import type { Bundle } from "./attach.ts";
import type { Part } from "./draw.ts";

/** An answer to files is waited for so many times as long as one to words: they go up a line that may be slow. */
const UPLOAD = 12;

/** How an answer stands: in which topic of its group, and whether phones make a sound. */
export type How = { topic?: number | undefined; silent?: boolean };

export type Post = {
  /** Sends one message once. @returns its id. @throws TelegramFault */
  send(chat: string, part: Part, how?: How): Promise<number>;
  /** Sends one message of files once. @returns the ids, one a file. @throws TelegramFault */
  sendFiles(chat: string, bundle: Bundle): Promise<number[]>;
  /** Draws a message anew; that it says so already is success. @throws TelegramFault */
  edit(chat: string, id: number, part: Part): Promise<void>;
  /** Sends an answer, waiting its turn and trying again. @returns the messages' ids. @throws TelegramFault */
  reply(chat: string, parts: readonly Part[], how?: How): Promise<number[]>;
  /** Puts an answer in the place of an earlier one, as `reply` does. @returns false where that is gone. @throws TelegramFault */
  replace(chat: string, id: number, part: Part): Promise<boolean>;
  /** Sends files that belong to an answer, as `reply` does, but never where they may stand already. @throws TelegramFault */
  replyFiles(chat: string, bundle: Bundle): Promise<void>;
};

/** Sends and edits messages at Telegram's pace. What isn't understood as HTML goes as plain text. */
export function postOf(
  bot: Lantian,
  { telegram, pace, second = 1000 }: { telegram: Telegram; pace: Pace; second?: number },
): Post {
  const paced = async <T>(chat: string, send: () => Promise<T>, what: Paced): Promise<T> => {
    try {
      return await pace.inTurn(chat, send, what);
    } catch (error) {
      if (error instanceof TelegramFault && error.trouble.kind === "later")
        pace.rest(chat, error.trouble.afterMs);
      throw error;
    }
  };
  const plainly = async <T>(
    chat: string,
    part: Part,
    what: Paced,
    send: (options: object, text: string) => Promise<T>,
  ) => {
    const options = {
      link_preview_options: { is_disabled: true },
      ...(part.keyboard.length > 0 ? { reply_markup: { inline_keyboard: part.keyboard } } : {}),
    };
    try {
      return await paced(chat, () => send({ ...options, parse_mode: "HTML" }, part.html), what);
    } catch (error) {
      if (!(error instanceof TelegramFault) || error.trouble.kind !== "unparseable") throw error;
      return paced(chat, () => send(options, part.plain), what);
    }
  };
  const send = (chat: string, part: Part, what: Paced, { topic, silent }: How = {}) =>
    plainly(chat, part, what, (options, text) => {
      const all = {
        ...options,
        ...(topic === undefined ? {} : { message_thread_id: topic }),
        ...(silent ? { disable_notification: true } : {}),
      };
      return telegram.call("sendMessage", (api, signal) => api.sendMessage(chat, text, all, signal));
    }).then((message) => message.message_id);

  const sendFiles = async (chat: string, bundle: Bundle, what: Paced): Promise<number[]> => {
    try {
      return await paced(chat, () => upload(telegram, chat, bundle), what);
    } catch (error) {
      // A picture that Telegram won't show, too long and narrow for example, it still takes as a file.
      const isPicture = bundle.as === "photo";
      if (!(error instanceof TelegramFault) || error.trouble.kind !== "refused" || !isPicture) throw error;
      return paced(chat, () => upload(telegram, chat, { ...bundle, as: "document" }), what);
    }
  };

  /** Tries a part of an answer again where that may help: who asked would rather read words twice than not at all; `where` goes on with a group that has another id by now. */
  const retrying = async <T>(
    where: { chat: string },
    run: (chat: string) => Promise<T>,
    { evenInDoubt = true } = {},
  ): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await run(where.chat);
      } catch (error) {
        if (!(error instanceof TelegramFault) || tries >= ANSWER_ATTEMPTS) throw error;
        const { trouble } = error;
        if (trouble.kind === "migrated") {
          await renameChat(bot, where.chat, trouble.to);
          where.chat = trouble.to;
        } else if (trouble.kind === "unreachable" || (trouble.kind === "unknown" && evenInDoubt))
          await pause(tries * second, telegram.cut);
        else if (trouble.kind !== "later") throw error;
      }
    }
  };

  const edit = async (chat: string, id: number, part: Part, what: Paced) => {
    try {
      await plainly(chat, part, what, (options, text) =>
        telegram.call("editMessageText", (api, signal) =>
          api.editMessageText(chat, id, text, options, signal),
        ),
      );
    } catch (error) {
      if (!(error instanceof TelegramFault) || error.trouble.kind !== "unmodified") throw error;
    }
  };

  return {
    send: (chat, part, how) => send(chat, part, "delivery", how),
    sendFiles: (chat, bundle) => sendFiles(chat, bundle, "delivery"),
    edit: (chat, id, part) => edit(chat, id, part, "delivery"),
    async reply(chat, parts, how) {
      const where = { chat };
      const ids: number[] = [];
      for (const part of parts) ids.push(await retrying(where, (to) => send(to, part, "answer", how)));
      return ids;
    },
    async replace(chat, id, part) {
      try {
        await retrying({ chat }, (to) => edit(to, id, part, "answer"));
        return true;
      } catch (error) {
        if (error instanceof TelegramFault && ["gone", "refused"].includes(error.trouble.kind)) return false;
        throw error;
      }
    },
    async replyFiles(chat, bundle) {
      await retrying({ chat }, (to) => sendFiles(to, bundle, "answer"), { evenInDoubt: false });
    },
  };
}

/** Hands files to Telegram: one call, one message or album. */
async function upload(telegram: Telegram, chat: string, { as, caption, files }: Bundle): Promise<number[]> {
  const limit = { timeoutMs: UPLOAD * telegram.timeoutMs };
  const [first, ...more] = files.map(({ name, bytes }) => new InputFile(bytes, name));
  if (first === undefined) return [];
  if (more.length > 0) {
    const albumOf = <T extends Bundle["as"]>(type: T) => [
      { type, media: first, caption },
      ...more.map((media) => ({ type, media })),
    ];
    const media = as === "photo" ? albumOf("photo") : albumOf("document");
    const sent = await telegram.call(
      "sendMediaGroup",
      (api, signal) => api.sendMediaGroup(chat, media, {}, signal),
      limit,
    );
    return sent.map((message) => message.message_id);
  }
  const message = await (as === "photo"
    ? telegram.call("sendPhoto", (api, signal) => api.sendPhoto(chat, first, { caption }, signal), limit)
    : telegram.call(
        "sendDocument",
        (api, signal) => api.sendDocument(chat, first, { caption }, signal),
        limit,
      ));
  return [message.message_id];
}

/** A group goes on under another id; what it is bound to goes with it. Both the error and a service message tell of it: the second finds nothing to do. */
export async function renameChat(bot: Lantian, from: string, to: string): Promise<void> {
  await groupRenamed(bot, { platform: "telegram", workspace: "", chatKey: from }, to);
}
