import type { PlanPack } from "../../src/domain/plan/pack.ts";
import { demoPeople } from "./people.ts";

interface DemoIssueStep {
  kind: "acknowledge" | "submit";
  /** Local time of the office, as "2020-06-03T10:20". */
  at: string;
  /** A demonstration person's name. */
  by: string;
  text?: string;
}

export interface DemoIssue {
  title: string;
  source: "上级交办" | "部门督查" | "第三方协查";
  /** Id of the responsible region as of the day of assignment. */
  region: string;
  department: string | null;
  place: string;
  level: "一般" | "较大" | "重大";
  assignedAt: string;
  /** Last day to mend it; a day off is moved to the next working day. */
  due: string;
  steps: DemoIssueStep[];
}

/** Six fictional issues of June 2020. Places are made up; no firm is named. Refuses a pack without their regions, departments or people. */
export function demoIssues(pack: PlanPack): DemoIssue[] {
  const people = new Set(demoPeople(pack).map((person) => person.name));
  const regions = new Set(pack.regions.map((region) => region.id));
  const departments = new Set(pack.departments.map((department) => department.id));
  for (const { title, region, department, steps } of issues) {
    if (!regions.has(region)) throw new Error(`演示问题“${title}”需要地区“${region}”，方案包没有。`);
    if (department !== null && !departments.has(department))
      throw new Error(`演示问题“${title}”需要部门“${department}”，方案包没有。`);
    const stranger = steps.find((step) => !people.has(step.by));
    if (stranger) throw new Error(`演示问题“${title}”需要人员“${stranger.by}”，演示名单没有。`);
  }
  return issues.map((issue) => ({ ...issue, steps: issue.steps.map((step) => ({ ...step })) }));
}

const issues: readonly DemoIssue[] = [
  // To be mended at once, acknowledged, then nothing: overdue from 5 June.
  {
    title: "渣土车未密闭，沿路抛洒积尘",
    source: "部门督查",
    region: "rugao",
    department: "city-management",
    place: "演示路与示范路路口",
    level: "一般",
    assignedAt: "2020-06-01T14:30",
    due: "2020-06-04",
    steps: [{ kind: "acknowledge", at: "2020-06-01T16:05", by: "如皋联络员" }],
  },
  // Mended and handed in: waits for review.
  {
    title: "餐饮集中街区油烟净化设施未正常运行",
    source: "第三方协查",
    region: "tongzhou",
    department: null,
    place: "演示美食街",
    level: "一般",
    assignedAt: "2020-06-02T09:10",
    due: "2020-06-17",
    steps: [
      { kind: "acknowledge", at: "2020-06-02T10:40", by: "通州联络员" },
      {
        kind: "submit",
        at: "2020-06-10T15:20",
        by: "通州联络员",
        text: "街区12家餐饮单位净化设施已清洗维修并恢复运行，建立每月清洗台账；同步排查其他街区，未发现同类问题。",
      },
    ],
  },
  {
    title: "干散货码头堆场苫盖不全，装卸未喷淋",
    source: "上级交办",
    region: "qidong",
    department: "transport",
    place: "演示码头三号堆场",
    level: "较大",
    assignedAt: "2020-06-05T10:20",
    due: "2020-07-06",
    steps: [{ kind: "acknowledge", at: "2020-06-05T11:35", by: "启东联络员" }],
  },
  // Still open when the district is merged on 28 July unless someone closes it first.
  {
    title: "涂装车间废气收集不完全，车间门窗敞开作业",
    source: "部门督查",
    region: "gangzha",
    department: "environment",
    place: "演示工业园二号厂区",
    level: "较大",
    assignedAt: "2020-06-08T09:00",
    due: "2020-07-08",
    steps: [{ kind: "acknowledge", at: "2020-06-08T10:15", by: "港闸联络员" }],
  },
  {
    title: "走航监测发现挥发性有机物高值，疑似异常排放",
    source: "第三方协查",
    region: "kaifaqu",
    department: null,
    place: "演示化工片区东侧",
    level: "重大",
    assignedAt: "2020-06-11T08:40",
    due: "2020-07-13",
    steps: [{ kind: "acknowledge", at: "2020-06-11T09:15", by: "市开发区联络员" }],
  },
  // Nobody has acknowledged it: the time to do so runs out on 13 June at 9:30.
  {
    title: "工地裸土未覆盖，出入口未冲洗",
    source: "部门督查",
    region: "haian",
    department: "housing",
    place: "演示大道地块",
    level: "一般",
    assignedAt: "2020-06-12T09:30",
    due: "2020-06-28",
    steps: [],
  },
];
