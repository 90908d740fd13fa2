import type { Lantian, Speaker } from "../../bot/lantian.ts";
import { refuseFault } from "../../bot/reply.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { receiveFile } from "../../incoming/received-file.ts";
import { albumAnswersOf } from "../kit/album-answers.ts";
import type { SentFile } from "./console.ts";
import type { AnswerInPlace } from "./requests.ts";

/** The answer to a file that came whole with its request. A fault of ours, such as a full disk, is reported and said calmly. */
export async function receivedFile(
  bot: Lantian,
  speaker: Speaker,
  { name, bytes, caption, album }: SentFile,
): Promise<AnswerInPlace> {
  try {
    const card = await receiveFile(bot, speaker, { name, size: bytes.length }, async () => bytes, {
      caption,
      album,
    });
    const sender = speaker.person?.id ?? speaker.identity.userKey;
    const { said, instead, stood } = albumAnswersOf<number>(bot, "web")(
      album === undefined ? null : `${sender}/${album}`,
      name,
      card,
    );
    return { answer: isRefusal(said) ? said : { kind: "card", card: said }, instead, stood };
  } catch (error) {
    const say = (id: string) => `文件没有收下，请稍后重发；如再出现，请把编号${id}告诉市办。`;
    return { answer: refuseFault(bot, error, say) };
  }
}
