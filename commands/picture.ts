import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { picturesOf } from "../src/pictures/answer-picture.ts";

export { pictureOfTable } from "../src/pictures/answer-picture.ts";

/** 图片：the table that a phrase is answered with, as a picture to be forwarded. */
export default command({
  name: "picture",
  words: ["图片"],
  help: { does: "把查询结果的表格做成图片，便于转发", example: "图片 排名 5月" },
  who: anyone,
  audience: "person",
  args: z.object({ phrase: arg.text("要查询的内容", { maxLength: 200, rest: true }) }),

  async answer({ args: { phrase }, person }, context) {
    const pictures = await picturesOf(phrase, person, context);
    if (isRefusal(pictures)) return pictures;
    const { title, files } = pictures;
    return { title, blocks: [], files, facts: { phrase, pictures: files.length } };
  },
});
