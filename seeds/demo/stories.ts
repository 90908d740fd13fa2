import { officeCalendar } from "../../src/domain/calendar.ts";
import type { PlanPack } from "../../src/domain/plan/pack.ts";
import type { AnomalyStory } from "./anomaly-story.ts";
import type { DemoAct } from "./demo-act.ts";
import type { DemoIssue } from "./demo-issue.ts";
import type { DutyStory } from "./duty-story.ts";
import type { Silence } from "./gaps.ts";
import type { Habit } from "./habits.ts";
import { nantong2020 } from "./nantong-2020.ts";
import { type RegionAir, regionsAtStart, type TownNetwork, usualAirs } from "./stations.ts";

/** What a plan's demonstration tells beyond what the generator draws by lot. */
export interface Stories extends Silence {
  airs: readonly RegionAir[];
  /** The city's PM2.5 of single days, µg/m³. */
  episode: Readonly<Record<string, number>>;
  /** Months in which two regions have the same mean of PM2.5. */
  ties: readonly { month: string; names: string; regions: readonly [string, string] }[];
  /** Habits of reporting by indicator. */
  habits: ReadonlyMap<string, Habit>;
  /** What counties report of their standing duties otherwise than they should. */
  duties: readonly DutyStory[];
  issues: readonly DemoIssue[];
  /** Stations of towns. */
  towns: readonly TownNetwork[];
  /** Days on which a station stands out. */
  anomalies: readonly AnomalyStory[];
  /** Short names of the regions with a station chief. */
  chiefs: readonly string[];
  /** What people do when `play` comes to it. */
  acts: readonly DemoAct[];
}

/** The stories written for a plan, or for any other plan the few that every office needs: people who have something to do. */
export function storiesOf(pack: PlanPack, seed: number): Stories {
  if (pack.id !== "nantong-2020") {
    const chiefs = regionsAtStart(pack).map(({ short }) => short);
    const none = {
      ...{
        episode: {},
        outages: [],
        untouched: {},
        ties: [],
        towns: [],
        duties: [],
        anomalies: [],
        acts: [],
      },
      habits: new Map<string, Habit>(),
    };
    return { ...none, airs: usualAirs(pack, seed), issues: usualIssues(pack), chiefs: chiefs.slice(0, 1) };
  }
  const known = new Set(pack.indicators.map((indicator) => indicator.id));
  const missing = Object.keys(nantong2020.habits).filter((id) => !known.has(id));
  if (missing.length > 0) throw new Error(`演示数据需要方案包里的指标：${missing.join("、")}。`);
  return { ...nantong2020, habits: new Map(Object.entries(nantong2020.habits)) };
}

/** Two issues in the first two regions: one that nobody has acknowledged, one that is being mended. */
function usualIssues(pack: PlanPack): DemoIssue[] {
  const calendar = officeCalendar(pack.calendars);
  // Before the Monday in the middle of June that the demonstration begins on.
  const assigned = calendar.addWorkingDays(Temporal.PlainDate.from({ year: pack.year, month: 6, day: 5 }), 1);
  const due = calendar.dueAfterCalendarDays(assigned, 15).toString();
  const given = {
    source: "部门督查",
    department: null,
    level: "一般",
    assignedAt: `${assigned}T09:30`,
    due,
  } as const;
  const [first, second = first] = regionsAtStart(pack);
  if (first === undefined || second === undefined) return [];
  return [
    { ...given, title: "工地裸土未覆盖，出入口未冲洗", region: first.id, place: "演示大道地块", steps: [] },
    {
      ...given,
      title: "堆场苫盖不全，装卸未喷淋",
      region: second.id,
      place: "演示路堆场",
      steps: [{ kind: "acknowledge", at: `${assigned}T11:05`, by: `${second.short}联络员` }],
    },
  ];
}
