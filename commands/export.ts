import { z } from "zod";
import { answerTo, ownForm, phraseAsked } from "../src/answers/asked.ts";
import { tablesOf } from "../src/answers/tables.ts";
import { workbookOfAnswer } from "../src/answers/workbook.ts";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { isRefusal, refuse } from "../src/chat/refusal.ts";

export { filesAgain } from "../src/answers/files-again.ts";
export { workbookOfAnswer } from "../src/answers/workbook.ts";

/** 导出：what a phrase is answered with, or the last answer, as an Excel workbook. */
export default command({
  name: "export",
  words: [
    "导出",
    "导出Excel",
    "Excel",
    "发成表格",
    "做成表格",
    "导出表格",
    "发成Excel",
    "做成Excel",
    "导出成Excel",
    "导出为Excel",
    "导出成表格",
    "电子表格",
  ],
  help: { does: "把刚才的答复，或一条查询的结果，导出为Excel", example: "排名 {month} 导出" },
  who: anyone,
  audience: "person",
  args: z.object({ phrase: arg.maybe.text("要查询的内容", { maxLength: 200, rest: true }) }),

  async answer({ args, person }, context) {
    const phrase = await phraseAsked(args.phrase, "导出", person, context);
    if (isRefusal(phrase)) return phrase;
    const own = await ownForm(phrase, "导出", "export", person, context);
    if (own !== null) return isRefusal(own) ? own : { again: phrase, ...own };
    const card = await answerTo(phrase, "导出", person, context);
    if (isRefusal(card)) return card;
    const tables = tablesOf(card).length;
    if (tables === 0)
      return refuse("no-data", "这条查询的结果没有表格，不能导出，例如可以发“排名 上月 导出”。", [
        "排名 上月 导出",
      ]);
    return {
      title: card.title,
      blocks: [{ kind: "text", text: "已导出为Excel，见附件。" }],
      files: [workbookOfAnswer.file({ phrase }, { name: `${card.title}.xlsx` })],
      again: phrase,
      facts: { phrase, tables },
    };
  },
});
