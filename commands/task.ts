import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { dateSeenOn, figure, NOT_DECOMPOSED, plain } from "../src/chat/wording.ts";
import { actualWords, indicatorWords, tasksOf } from "../src/plan/tasks.ts";
import { helpersOf, measureFacts } from "./tasks.ts";

const toReport = says("填报");

/** 任务 16：one measure with all its indicators: target, time schedule, progress, level. */
export default command({
  name: "task",
  words: ["任务", "措施"],
  hints: ["进度", "进展", "完成情况", "完成", "牵头", "完成多少", "完成得", "序时", "落实情况", "工作"],
  impliedBy: ["measure"],
  help: { does: "看一项任务的全部指标", example: "任务 {measure}" },
  who: anyone,
  audience: "anyone",
  args: z.object({ measure: arg.measure() }),

  async answer({ args: { measure } }, { store, office, today }) {
    const tasks = await tasksOf(store, office, today, { measureNo: measure.no });
    const names = (ids: readonly string[]) => ids.map((id) => office.department(id).short);
    const helping = helpersOf(measure, names);
    const group = office.pack.groups.find((g) => g.no === measure.group)?.title ?? "";
    return {
      title: `任务${measure.no} ${measure.title}`,
      tone: tasks.some((t) => t.standing.level === "红")
        ? "bad"
        : tasks.some((t) => t.standing.level === "黄")
          ? "notice"
          : "good",
      blocks: [
        { kind: "text", text: measure.summary },
        {
          kind: "facts",
          items: [
            { label: "类别", value: group },
            { label: "牵头", value: names(measure.lead).join("、") },
            ...(helping.length > 0 ? [{ label: "配合", value: helping.join("、") }] : []),
            {
              label: "县级分解",
              value: tasks.some((t) => t.region !== null) ? "见下表注明县（市、区）的指标" : NOT_DECOMPOSED,
            },
          ],
        },
        {
          kind: "table",
          columns: [
            { title: "指标" },
            { title: "目标", align: "end" },
            { title: "完成", align: "end" },
            { title: "序时", align: "end" },
            { title: "期限" },
            { title: "进度" },
          ],
          rows: tasks.map((task) => [
            `${task.indicator.name}${task.region ? `（${task.region.short}）` : ""}`,
            indicatorWords(task.indicator),
            actualWords(task),
            task.indicator.kind === "check" || task.standing.expected === null
              ? "—"
              : plain(task.standing.expected.toDecimalPlaces(1).toString()),
            dateSeenOn(today, task.indicator.deadline),
            levelWords(task.standing.level, task.standing.pacePct),
          ]),
        },
        { kind: "note", text: "绿：达序时95%以上；黄：85%至95%；红：不足85%或逾期未完成；灰：本期未报" },
      ],
      buttons: [toReport("填报进度", measure.no)],
      facts: { measure: measureFacts(measure, tasks, names, group) },
    };
  },
});

function levelWords(level: string | null, pacePct: number | null): string {
  if (level === null) return "未到期";
  if (level === "灰") return "灰（未报）";
  return pacePct === null ? level : `${level} ${figure(pacePct, 1, "%")}`;
}
