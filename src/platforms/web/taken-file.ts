import { randomUUID } from "node:crypto";
import type { Lantian, Reply, Speaker } from "../../bot/lantian.ts";
import { isRefusal, refuse } from "../../chat/refusal.ts";
import { receiveFile } from "../../incoming/received-file.ts";
import type { SentFile } from "./console.ts";

/** The answer to a file that came whole with its request. A fault of ours, such as a full disk, is reported and said calmly. */
export async function receivedFile(
  bot: Lantian,
  speaker: Speaker,
  { name, bytes, caption, album }: SentFile,
): Promise<Pick<Reply, "answer">> {
  try {
    const card = await receiveFile(bot, speaker, { name, size: bytes.length }, async () => bytes, {
      caption,
      album,
    });
    return { answer: isRefusal(card) ? card : { kind: "card", card } };
  } catch (error) {
    const id = randomUUID().slice(0, 8);
    bot.report(error, id);
    return {
      answer: refuse("internal", `文件没有收下，请稍后重发；如再出现，请把编号${id}告诉市办。`),
    };
  }
}
