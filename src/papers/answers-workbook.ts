import { z } from "zod";
import { only } from "../chat/access.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { answerWorkbook } from "../output/answer-workbook.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { rollCallCard } from "./roll-call.ts";

/** Who reads what units have answered. */
export const readsAnswers = only("导出回复情况", "office", "supervision", "city-lead");

/** 回复情况: who has answered a paper, and what, as a workbook. */
export const answersPaper = paper({
  name: "paper.answers",
  params: z.object({ paper: z.int() }),
  async data({ params, person }, context) {
    const { store, office, today } = context;
    const forbidden = readsAnswers.check({ person, args: params, office, today });
    if (forbidden !== null) return forbidden;
    const row = await store.officialPapers.byId(params.paper);
    const card = row === null ? null : await rollCallCard(row, context);
    const table = card?.blocks.find((block) => block.kind === "table");
    return card === null || table === undefined
      ? refuse("no-data", "这份文件不要求回复。", ["文件"])
      : { title: card.title, table };
  },
  render: async ({ title, table }, { marks }) => ({
    name: `${title}.xlsx`,
    type: XLSX,
    bytes: await answerWorkbook({
      title,
      tables: [{ title: "回复情况", ...table }],
      notes: marks,
    }),
  }),
});
