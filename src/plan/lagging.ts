import type { Card } from "../chat/card.ts";
import { says } from "../chat/says.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { dateSeenOn, figure, plain, shortDate } from "../chat/wording.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import {
  actualWords,
  indicatorWords,
  judgedOn,
  lagFacts,
  laggingAmong,
  type Task,
  type TaskScope,
  tasksOf,
} from "./tasks.ts";

const toReport = says("填报");
const toTask = says("任务");

/**
 * What lags somewhere. `city` is the city's own lag, for a county that the year's figures were never broken down to; `own`: how
 * many tasks it has all the same, standing duties and what the plan itself gives it.
 */
export type Lag = { tasks: readonly Task[]; city: readonly Task[] | null; own: number };

/**
 * What lags or is unreported in a scope, worst first. A county for which nobody has entered targets and whose own shares, if
 * the plan names any, are well is no county without a lag: nothing is known of it, and the city's lag stands for it.
 */
export async function lagOf(
  store: Reader,
  office: Office,
  today: Temporal.PlainDate,
  scope: TaskScope = {},
): Promise<Lag> {
  const all = await tasksOf(store, office, today, scope);
  const [tasks, own] = [laggingAmong(all), all.length];
  const { regionIds, departmentId } = scope;
  if (tasks.length > 0 || regionIds === undefined) return { tasks, city: null, own };
  const isOfPlan = (id: string) => office.pack.indicators.some((one) => one.id === id);
  const entered = await store.plan.countyTargets([...new Set(regionIds.flatMap((id) => office.lineage(id)))]);
  if (entered.some(({ indicator }) => isOfPlan(indicator))) return { tasks, city: null, own };
  return { tasks, city: await lagOfCity(store, office, today, departmentId), own };
}

type CityLag = { of: readonly unknown[]; tasks: readonly Task[] };
/** What lagged in the city when a county last asked: reports are only ever added, so it is so until there is a newer one. */
const lastAsked = new WeakMap<Reader, CityLag>();

async function lagOfCity(
  store: Reader,
  office: Office,
  today: Temporal.PlainDate,
  departmentId: TaskScope["departmentId"],
): Promise<readonly Task[]> {
  const of = [office, today.toString(), departmentId, await store.progress.newestId()];
  const last = lastAsked.get(store);
  if (last !== undefined && of.every((part, i) => part === last.of[i])) return last.tasks;
  const all = await tasksOf(store, office, today, departmentId === undefined ? {} : { departmentId });
  const tasks = laggingAmong(all.filter(({ region }) => region === null));
  lastAsked.set(store, { of, tasks });
  return tasks;
}

/** 无；3项（红1、未报2），如：锅炉提标改造项目；本地3项无滞后，其余未分解，全市滞后5项（红3、黄2） */
export function lagWords({ tasks, city, own }: Lag): string {
  if (city !== null) {
    const divided = own === 0 ? "未分解" : `本地${own}项无滞后，其余未分解`;
    return city.length === 0
      ? `${divided}，全市无滞后`
      : `${divided}，全市滞后${city.length}项（${levelCounts(city)}）`;
  }
  const [first] = tasks;
  return first === undefined
    ? "无"
    : `${tasks.length}项（${levelCounts(tasks)}），如：${first.indicator.name}`;
}

/** 红2、黄1、未报3: of what lags how many by level. */
function levelCounts(tasks: readonly Task[], unit = ""): string {
  const byLevel = Map.groupBy(tasks, ({ standing }) => standing.level);
  return (["红", "黄", "灰"] as const)
    .flatMap((level) => {
      const found = byLevel.get(level);
      return found === undefined ? [] : [`${level === "灰" ? "未报" : level}${found.length}${unit}`];
    })
    .join("、");
}

/** The list of lagging tasks; command and notice show the same card. */
export function laggingCard(
  title: string,
  { tasks, city, own }: Lag,
  { office, today }: { office: Office; today: Temporal.PlainDate },
): Card {
  const asOf = judgedOn(today);
  const shown = city ?? tasks;
  const rows = shown.slice(0, SHOWN);
  return {
    title:
      city === null
        ? tasks.length > 0
          ? `${title}（${tasks.length}项）`
          : title
        : `${title}：${own === 0 ? "未分解" : `本地${own}项无滞后`}`,
    tone: tasks.some((t) => t.standing.level === "红") ? "bad" : shown.length > 0 ? "notice" : "good",
    blocks: [
      {
        kind: "text",
        text:
          city !== null
            ? `${own === 0 ? "任务指标没有分解到县区，没有自己的滞后清单" : `分到本地的${own}项没有滞后，其余任务指标没有分解到县区`}。${city.length === 0 ? "全市没有滞后或未报的任务。" : `全市滞后${city.length}项（${levelCounts(city)}）：`}`
            : tasks.length === 0
              ? "没有滞后或未报的任务。"
              : `${levelCounts(tasks, "项")}。`,
      },
      ...(rows.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              columns: [
                { title: "级别" },
                { title: "任务" },
                { title: "指标" },
                { title: "完成/目标", align: "end" as const },
                { title: "应达", align: "end" as const },
                { title: "落后", align: "end" as const },
                { title: "期限" },
              ],
              rows: rows.map((task) => [
                task.standing.level ?? "",
                task.measure.no,
                `${task.indicator.name}${task.region ? `（${task.region.short}）` : ""}`,
                `${actualWords(task)} / ${indicatorWords(task.indicator)}`,
                task.standing.expected === null || task.indicator.kind === "check"
                  ? "—"
                  : plain(task.standing.expected.toDecimalPlaces(1).toString()),
                figure(task.standing.behindPct, 1, "%"),
                dateSeenOn(today, task.indicator.deadline),
              ]),
              opens: rows.map(({ measure }) => toTask("", measure.no).say),
            },
          ]),
      ...(shown.length > SHOWN
        ? [
            {
              kind: "text" as const,
              text: `另有${shown.length - SHOWN}项，请在“滞后”后加部门名称分别查看。`,
            },
          ]
        : []),
      { kind: "note", text: `按${shortDate(asOf)}序时进度；灰为最近一期未报` },
      // Whether a report is overdue is counted in working days.
      ...unknownYearNote([asOf], office),
    ],
    buttons: city === null ? [toReport("填报")] : [],
    facts: {
      asOf: asOf.toString(),
      rows: tasks.map(lagFacts),
      ...(city === null ? {} : { divided: false, city: city.map(lagFacts) }),
    },
  };
}

/** Rows that still read well on a phone; the rest is counted and said how to reach. */
const SHOWN = 30;
