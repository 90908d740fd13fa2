import { z } from "zod";
import { answerTo, ownForm, phraseAsked } from "../src/answers/asked.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";

/** Word：the paper that a phrase is answered with, or the last answer's, where there is one: 周通报, papers of an issue. */
export default command({
  name: "word",
  words: ["Word", "Word版", "Word文档", "发成Word", "做成Word", "导出Word"],
  help: { does: "把周通报或一件问题的公文发成Word", example: "Word 周通报" },
  who: anyone,
  audience: "person",
  args: z.object({ phrase: arg.maybe.text("要发的文件", { maxLength: 200, rest: true }) }),

  async answer({ args, person }, context) {
    const asked = await phraseAsked(args.phrase, "Word", person, context);
    if (isRefusal(asked)) return asked;
    // Of what has a number by itself, only issues have papers.
    const phrase = /^\d{1,6}号?$/.test(asked) ? `问题 ${asked}` : asked;
    const own = await ownForm(phrase, "Word", "word", person, context);
    if (own !== null) return isRefusal(own) ? own : { again: phrase, ...own };
    const card = await answerTo(phrase, "Word", person, context);
    if (isRefusal(card)) return card;
    return refuse("usage", `“${card.title}”不是公文，没有Word版，可以发“导出”（Excel）或“图片”。`, [
      `${phrase} 导出`,
      `${phrase} 图片`,
    ]);
  },
});
