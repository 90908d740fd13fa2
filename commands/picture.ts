import { z } from "zod";
import { phraseAsked } from "../src/answers/asked.ts";
import { picturesOf } from "../src/answers/picture.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";

export { pictureOfTable } from "../src/answers/picture.ts";

/** 图片：the tables that a phrase is answered with, or those of the last answer, as pictures to be forwarded. */
export default command({
  name: "picture",
  words: ["图片", "发成图片", "做成图片", "发图片", "截图"],
  help: { does: "把刚才的答复，或一条查询的结果，做成图片，便于转发", example: "图片 排名 5月" },
  who: anyone,
  audience: "person",
  args: z.object({ phrase: arg.maybe.text("要查询的内容", { maxLength: 200, rest: true }) }),

  async answer({ args, person }, context) {
    const phrase = await phraseAsked(args.phrase, "图片", person, context);
    if (isRefusal(phrase)) return phrase;
    const pictures = await picturesOf(phrase, person, context);
    if (isRefusal(pictures)) return pictures;
    const { title, files } = pictures;
    return { title, blocks: [], files, again: phrase, facts: { phrase, pictures: files.length } };
  },
});
