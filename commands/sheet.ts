import { z } from "zod";
import { only } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { refuse } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { unknownYearNote } from "../src/chat/unknown-years.ts";
import { reportable, sheetOf, sheetPaper } from "../src/plan/report-sheet.ts";

export { sheetPaper } from "../src/plan/report-sheet.ts";

const toReport = says("填报");

/** 填报表：everything that somebody has to report as one sheet; sent back with figures it is imported. */
export default command({
  name: "sheet",
  words: ["填报表"],
  hints: ["填报表格", "进度表", "进度报表", "月报表", "填报模板", "空白填报表"],
  help: { does: "领取预填好的进度填报表，填好发回即导入", example: "填报表" },
  audience: "person",
  who: only("领取填报表", "office", "department-liaison", "county-lead", "county-liaison"),
  args: z.object({ department: arg.maybe.department(), measure: arg.maybe.measure() }),

  async answer({ args: { department, measure }, person }, context) {
    // A department's person gets the department's sheet, whatever else they name.
    const asked = { department: person.departmentId ?? department?.id ?? "", measure: measure?.no ?? "" };
    const tasks = await reportable(asked, person, context);
    if (tasks.length === 0)
      return refuse("no-data", measure ? `任务${measure.no}不由您填报。` : "您名下没有需要填报的任务。", [
        "填报表",
      ]);
    const { office, today } = context;
    const whose = sheetOf(asked, person, office, today);
    const unreported = tasks.filter(({ standing }) => standing.level === "灰").length;
    return {
      title: `${whose}进度填报表（${tasks.length}项）`,
      blocks: [
        {
          kind: "text",
          text: `请填“完成值”和“说明”，截止日期不是今天的请改“日期”，再把表发给我即可导入。${unreported > 0 ? `本期未报${unreported}项。` : ""}`,
        },
        { kind: "note", text: "没有填完成值的按未报处理，不会记为0；比上次少的须在说明里写明原因" },
        ...unknownYearNote([today], office),
      ],
      buttons: [toReport("逐项填报", measure?.no)],
      files: [sheetPaper.file(asked, { name: `填报表-${whose}-${today}.xlsx` })],
      facts: { rows: tasks.length, unreported },
    };
  },
});
