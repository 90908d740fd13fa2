import { z } from "zod";
import { paper } from "../chat/paper.ts";
import { isRefusal, refuse } from "../chat/refusal.ts";
import { answerWorkbook } from "../output/answer-workbook.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { answerTo } from "./asked.ts";
import { notesOf, tablesOf } from "./tables.ts";

/** An answer's tables as a workbook: a sheet each, figures as numbers, its small print below. */
export const workbookOfAnswer = paper({
  name: "answer.workbook",
  params: z.object({ phrase: z.string() }),
  async data({ params: { phrase }, person }, context) {
    const card = await answerTo(phrase, "导出", person, context);
    if (isRefusal(card)) return card;
    const tables = tablesOf(card);
    if (tables.length === 0)
      return refuse("no-data", "这条查询的结果没有表格，不能导出，例如可以发“排名 上月 导出”。", [
        "排名 上月 导出",
      ]);
    return { title: card.title, tables, notes: notesOf(card) };
  },
  render: async (answer, { marks }) => ({
    name: `${answer.title}.xlsx`,
    type: XLSX,
    bytes: await answerWorkbook({ ...answer, notes: [...answer.notes, ...marks] }),
  }),
});
