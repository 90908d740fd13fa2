import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import { command } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { NOT_DECOMPOSED } from "../src/chat/wording.ts";
import type { Measure } from "../src/domain/plan/pack.ts";
import { type Task, tasksOf } from "../src/plan/tasks.ts";

const toLagging = says("滞后");
const toTask = says("任务");

/** 任务：all measures, or those that a department leads or supports, with how many of their indicators lag. */
export default command({
  name: "tasks",
  words: ["任务", "措施"],
  hints: ["进度", "进展", "完成情况", "完成", "牵头", "任务清单", "完成多少", "工作", "负责"],
  impliedBy: ["department"],
  help: { does: "看任务清单，可加部门或县（市、区）", example: "任务 {department}" },
  who: anyone.withinScope("county"),
  audience: "scope",
  args: z.object({
    department: arg.maybe.department(),
    county: arg.maybe.county(),
    search: arg.maybe.topic(),
  }),

  async answer({ args: { department, county, search } }, { store, office, today }) {
    const region = county && office.heirOf(county, today);
    const byMeasure = Map.groupBy(
      await tasksOf(store, office, today, region ? { regionIds: [region.id] } : {}),
      (task) => task.measure.no,
    );
    const measures = office.pack.measures.filter(
      (m) =>
        (department === undefined || m.lead.includes(department.id) || m.support.includes(department.id)) &&
        (region === undefined || byMeasure.has(m.no)) &&
        (search === undefined || search.measures.includes(m)),
    );
    const rows = measures.map((m) => ({ measure: m, tasks: byMeasure.get(m.no) ?? [] }));
    const names = (ids: readonly string[]) => ids.map((id) => office.department(id).short);
    return {
      title: region
        ? `${region.short}分解到县的任务（${measures.length}项）`
        : department
          ? `${department.short}牵头和配合的任务（${measures.length}项）`
          : `${office.pack.year}年${search ? `与“${search.text}”有关的任务` : "任务清单"}（${measures.length}项）`,
      blocks: [
        ...(region && measures.length === 0
          ? [
              {
                kind: "text" as const,
                text: `计划没有把指标分解到${region.short}（${NOT_DECOMPOSED}），可由市办导入县级目标。`,
              },
            ]
          : []),
        {
          kind: "table",
          columns: [
            { title: "编号" },
            { title: "任务" },
            { title: "牵头" },
            { title: "指标", align: "end" },
            { title: "滞后/未报", align: "end" },
          ],
          rows: rows.map(({ measure, tasks }) => [
            measure.no,
            measure.title,
            department && !measure.lead.includes(department.id) ? "（配合）" : names(measure.lead).join("、"),
            String(tasks.length),
            lagCount(tasks),
          ]),
          opens: rows.map(({ measure }) => toTask("", measure.no).say),
        },
      ],
      buttons: [toLagging("滞后任务", region?.short ?? department?.short)],
      facts: {
        rows: rows.map(({ measure, tasks }) =>
          measureFacts(
            measure,
            tasks,
            names,
            office.pack.groups.find((g) => g.no === measure.group)?.title ?? "",
          ),
        ),
      },
    };
  },
});

/** The interfaces document's row of `tasks` and `task`. */
export function measureFacts(
  measure: Measure,
  tasks: readonly Task[],
  names: (ids: readonly string[]) => string[],
  group: string,
) {
  return {
    no: measure.no,
    group,
    title: measure.title,
    leadDepartments: names(measure.lead),
    supportDepartments: helpersOf(measure, names),
    indicators: tasks.map(({ indicator, region, standing, reportedOn }) => ({
      id: indicator.id,
      name: indicator.name,
      county: region?.short ?? null,
      target: Number(indicator.value),
      unit: indicator.unit,
      deadline: indicator.deadline,
      actual: standing.actual?.toNumber() ?? null,
      expected: standing.expected?.toDecimalPlaces(2).toNumber() ?? null,
      pacePct: standing.pacePct,
      level: standing.level,
      reportedOn,
    })),
    deadlines: [...new Set(tasks.map((t) => t.duty?.deadline ?? t.indicator.deadline))].sort(),
  };
}

/** Who helps: departments, and bodies that the plan describes without naming any. */
export function helpersOf(measure: Measure, names: (ids: readonly string[]) => string[]): string[] {
  return [...names(measure.support), ...measure.supportBodies];
}

function lagCount(tasks: readonly Task[]): string {
  const of = (...levels: string[]) => tasks.filter((t) => levels.includes(t.standing.level ?? "")).length;
  const [behind, unreported] = [of("黄", "红"), of("灰")];
  return behind + unreported === 0 ? "—" : `${behind}/${unreported}`;
}
