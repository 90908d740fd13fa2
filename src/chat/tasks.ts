import { indicatorStanding, lagOrder, type Standing } from "../domain/plan/lag.ts";
import type { Indicator, Measure, Region } from "../domain/plan/pack.ts";
import type { LatestProgress } from "../store/progress.ts";
import type { Reader } from "../store/store.ts";
import type { Office } from "./office.ts";
import { plain } from "./wording.ts";

/** One indicator of the plan as somebody has to deliver it: the city's, or one county's share. */
export type Task = {
  measure: Measure;
  /** With the county's own target where one was entered. */
  indicator: Indicator;
  region: Region | null;
  reportedOn: string | null;
  note: string | null;
  standing: Standing;
};

export type TaskScope = { measureNo?: string; departmentId?: string; regionIds?: readonly string[] };

/** Progress is judged at the end of yesterday, by the reports known today. */
export const judgedOn = (today: Temporal.PlainDate) => today.subtract({ days: 1 });

/**
 * The tasks of a scope, in the plan's order. `departmentId`: of the measures that it leads. `regionIds`: a county's own
 * shares, which exist only where the plan names the county or the office has entered its target.
 */
export async function tasksOf(
  store: Reader,
  office: Office,
  today: Temporal.PlainDate,
  scope: TaskScope = {},
): Promise<Task[]> {
  const shares = await sharesOf(store, office, today);
  const wanted = shares.filter(({ indicator, region }) => {
    if (scope.measureNo !== undefined && indicator.measure !== scope.measureNo) return false;
    if (
      scope.departmentId !== undefined &&
      !office.measure(indicator.measure)?.lead.includes(scope.departmentId)
    )
      return false;
    return scope.regionIds === undefined || (region !== null && scope.regionIds.includes(region.id));
  });
  const reports = new Map<string | null, Map<string, LatestProgress>>();
  for (const id of new Set(
    wanted.flatMap(({ region }) => (region === null ? [null] : office.lineage(region.id).toReversed())),
  )) {
    reports.set(id, await store.progress.latest(id, today.toString()));
  }
  return wanted.map(({ indicator, region }) => {
    const report = newest(
      region === null ? [reports.get(null)] : office.lineage(region.id).map((id) => reports.get(id)),
      indicator.id,
    );
    const standing = indicatorStanding({
      indicator,
      actual: report ? { value: report.value, date: Temporal.PlainDate.from(report.date) } : null,
      asOf: judgedOn(today),
      calendar: office.calendar,
      settings: office.pack.settings,
    });
    const measure = office.measure(indicator.measure) as Measure;
    return {
      measure,
      indicator,
      region,
      reportedOn: report?.date ?? null,
      note: report?.note ?? null,
      standing,
    };
  });
}

/** Tasks that lag (黄、红) or were not reported (灰), worst first. */
export function laggingAmong(tasks: readonly Task[]): Task[] {
  return tasks
    .filter(({ standing: { level } }) => level === "黄" || level === "红" || level === "灰")
    .sort((a, b) => lagOrder(a.standing, b.standing));
}

/** The interfaces document's row of `lagging`. */
export function lagFacts({ measure, indicator, region, standing }: Task) {
  return {
    measure: measure.no,
    indicator: indicator.name,
    id: indicator.id,
    county: region?.short ?? null,
    deadline: indicator.deadline,
    target: Number(indicator.value),
    unit: indicator.unit,
    expected: standing.expected?.toDecimalPlaces(2).toNumber() ?? null,
    actual: standing.actual?.toNumber() ?? null,
    behindPct: standing.behindPct,
    level: standing.level,
  };
}

/** 18.5/20项 — what is reached of what is to be reached; a check reads 已完成 or 未完成. */
export function actualWords({
  indicator,
  standing: { actual },
}: Pick<Task, "indicator" | "standing">): string {
  if (actual === null) return "未报";
  if (indicator.kind === "check") return actual.gte(1) ? "已完成" : "未完成";
  return `${plain(actual.toString())}${indicator.unit}`;
}

/** ≥20项 */
export function targetWords(indicator: Indicator): string {
  if (indicator.kind === "check") return "完成";
  return `${indicator.direction === "at-least" ? "≥" : "≤"}${plain(indicator.value)}${indicator.unit}`;
}

async function sharesOf(store: Reader, office: Office, today: Temporal.PlainDate) {
  const entered = await store.plan.allCountyTargets();
  const byIndicator = Map.groupBy(entered, (row) => row.indicator);
  return office.pack.indicators.flatMap((indicator): { indicator: Indicator; region: Region | null }[] => {
    const named = [...new Set((indicator.counties ?? []).map((id) => office.heirOn(id, today)))];
    const own = (byIndicator.get(indicator.id) ?? []).map((row) => ({
      region: office.heirOn(row.regionId, today),
      indicator: { ...indicator, value: row.constraint ?? row.stretch ?? indicator.value },
    }));
    const shares = named
      .filter((r) => !own.some((o) => o.region === r))
      .map((region) => ({ indicator, region }));
    // Where the plan names counties there is no total of the city to report.
    return [...(named.length === 0 ? [{ indicator, region: null }] : []), ...shares, ...own];
  });
}

function newest(
  sources: readonly (Map<string, LatestProgress> | undefined)[],
  indicatorId: string,
): LatestProgress | null {
  let found: LatestProgress | null = null;
  for (const source of sources) {
    const report = source?.get(indicatorId);
    if (report && (found === null || report.date > found.date)) found = report;
  }
  return found;
}
