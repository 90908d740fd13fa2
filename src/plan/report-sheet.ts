import { z } from "zod";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { plain } from "../chat/wording.ts";
import { unknownYears } from "../domain/calendar.ts";
import type { Office } from "../office/office.ts";
import { fileNames } from "../output/file-names.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { workbook } from "../output/workbook.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { isAsked, mayReport } from "./reporting.ts";
import { indicatorWords, type Task, tasksOf } from "./tasks.ts";

/** The columns of the sheet that is handed out; the import reads the same and leaves those aside that only say where things stand. */
const COLUMNS = [
  { title: "日期", width: 12 },
  { title: "措施", width: 7 },
  { title: "指标", width: 44 },
  { title: "县区", width: 11 },
  { title: "年度目标", width: 16 },
  { title: "上次完成", width: 12 },
  { title: "上次日期", width: 12 },
  { title: "完成值", width: 12 },
  { title: "说明", width: 30 },
] as const;

/** Whose sheet: a department's, a measure's; empty: all that the person may report. */
export const askedSheet = z.object({ department: z.string(), measure: z.string() });

/** The tasks that a person may report, of a department or a measure where one is asked for. */
export async function reportable(
  { department, measure }: z.output<typeof askedSheet>,
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<Task[]> {
  const scope = {
    ...(measure === "" ? {} : { measureNo: measure }),
    ...(department === "" ? {} : { departmentId: department }),
  };
  const tasks = await tasksOf(store, office, today, scope);
  return tasks.filter((task) => isAsked(task) && mayReport(person, task, office, today));
}

/** 填报表: what a person has to report as a workbook, filled in but for the figures; sent back it is imported. */
export const sheetPaper = paper({
  name: "report.sheet",
  params: askedSheet,
  async data({ params, person }, context) {
    const tasks = await reportable(params, person, context);
    if (tasks.length === 0) return refuse("no-data", "您名下没有需要填报的任务。");
    const { office, today } = context;
    const whose = sheetOf(params, person, office, today);
    return { tasks, date: today.toString(), whose, remark: unknownYears(office.calendar, [today]) };
  },
  async render({ tasks, date, whose, remark }, { marks }) {
    const [name = ""] = fileNames([`填报表-${whose}-${date}.xlsx`]);
    const rows = tasks.map((task) => rowOf(task, date));
    return {
      name,
      type: XLSX,
      bytes: await workbook(
        [
          {
            name: "填报表",
            columns: COLUMNS,
            rows: rows.map((row) => COLUMNS.map((column) => row[column.title])),
            notes: remark === null ? [] : [remark],
          },
        ],
        marks,
      ),
    };
  },
});

/** Whose sheet it is, in words: a department's, a county's, the whole city's. */
export function sheetOf(
  { department }: z.output<typeof askedSheet>,
  { regionId }: Person,
  office: Office,
  today: Temporal.PlainDate,
): string {
  if (department !== "") return office.department(department).short;
  return regionId === null ? office.city.short : office.heirOn(regionId, today).short;
}

function rowOf(task: Task, date: string): Record<(typeof COLUMNS)[number]["title"], string> {
  const { indicator, measure, region, reportedOn, standing, duty } = task;
  const asked = duty?.asked;
  const isCheck = indicator.kind === "check";
  const reached = standing.actual;
  const before =
    reached === null ? "" : isCheck ? (reached.gte(1) ? "已完成" : "未完成") : plain(reached.toString());
  return {
    日期: asked?.date ?? date,
    措施: measure.no,
    指标: indicator.name,
    县区: region?.short ?? "",
    年度目标: `${asked ? `${asked.cycle.label}：` : ""}${isCheck ? "完成（填已完成/未完成）" : indicatorWords(indicator)}`,
    上次完成: before,
    上次日期: reportedOn ?? "",
    完成值: "",
    说明: "",
  };
}
