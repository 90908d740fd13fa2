import { plain } from "../chat/wording.ts";
import type { DepartmentId, RegionId } from "../domain/ids.ts";
import { dayBefore } from "../domain/period.ts";
import { indicatorStanding, lagOrder, type TaskStanding } from "../domain/plan/lag.ts";
import type { Indicator, Measure, Region } from "../domain/plan/pack.ts";
import type { StandingDuty } from "../domain/plan/pack-duties.ts";
import type { Office } from "../office/office.ts";
import type { LatestProgress } from "../store/progress.ts";
import type { Reader } from "../store/store.ts";
import { type DutyTurn, dutyTurn, isIdle } from "./duty-turn.ts";

/** One indicator of the plan as somebody has to deliver it: the city's, or one county's share. */
export type Task = {
  measure: Measure;
  /** With the county's own target where one was entered. */
  indicator: Indicator;
  region: Region | null;
  reportedOn: string | null;
  note: string | null;
  standing: TaskStanding;
  /** Set where it comes again each month, quarter or season: its deadline is then its cycle's last day. */
  duty: DutyTurn | null;
};

export type TaskScope = { measureNo?: string; departmentId?: DepartmentId; regionIds?: readonly RegionId[] };

/** Progress is judged at the end of yesterday, by the reports known today. */
export const judgedOn = (today: Temporal.PlainDate) => dayBefore(today);

/**
 * The tasks of a scope, in the plan's order; standing duties by what is judged of them, and none outside their seasons. `departmentId`: of the measures that it leads. `regionIds`: a county's own
 * shares, which exist only where the plan names the county or the office has entered its target.
 */
export async function tasksOf(
  store: Reader,
  office: Office,
  today: Temporal.PlainDate,
  scope: TaskScope = {},
): Promise<Task[]> {
  const shares = await sharesOf(store, office, today, scope);
  const asOf = judgedOn(today);
  const usual = shares.filter(({ duty }) => duty === null);
  const reports = await reportsFor(store, office, usual, today.toString());
  const tasks: Task[] = [];
  for (const { indicator, region, duty } of shares) {
    const measure = office.measure(indicator.measure) as Measure;
    if (duty !== null) {
      const { turn, report, standing } = await dutyTurn({ indicator, region, duty }, asOf, {
        store,
        office,
        today,
      });
      tasks.push({
        ...{ measure, region, standing, duty: turn },
        indicator: { ...indicator, deadline: turn.cycle.to },
        ...{ reportedOn: report?.date ?? null, note: report?.note ?? null },
      });
      continue;
    }
    const report = newest(
      region === null ? [reports.get(null)] : office.lineage(region.id).map((id) => reports.get(id)),
      indicator.id,
    );
    const standing = indicatorStanding({
      indicator,
      actual: report ? { value: report.value, date: Temporal.PlainDate.from(report.date) } : null,
      asOf,
      calendar: office.calendar,
      settings: office.pack.settings,
    });
    tasks.push({
      ...{ measure, indicator, region, standing, duty: null },
      ...{ reportedOn: report?.date ?? null, note: report?.note ?? null },
    });
  }
  return tasks;
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
export function indicatorWords(indicator: Indicator): string {
  if (indicator.kind === "check") return "完成";
  return `${indicator.direction === "at-least" ? "≥" : "≤"}${plain(indicator.value)}${indicator.unit}`;
}

type Share = { indicator: Indicator; region: Region | null; duty: StandingDuty | null };

async function sharesOf(
  store: Reader,
  office: Office,
  today: Temporal.PlainDate,
  { measureNo, departmentId, regionIds }: TaskScope,
): Promise<Share[]> {
  const entered = regionIds
    ? await store.plan.countyTargets([...new Set(regionIds.flatMap((id) => office.lineage(id)))])
    : await store.plan.allCountyTargets();
  const byIndicator = Map.groupBy(entered, (row) => row.indicator);
  const shares: Share[] = [];
  const asOf = judgedOn(today);
  const present = office.regionsOf({ to: today }, today);
  const isAsked = (region: Region) => regionIds === undefined || regionIds.includes(region.id);
  for (const indicator of office.pack.indicators) {
    const rows = byIndicator.get(indicator.id);
    const duty = office.dutyOf(indicator.id) ?? null;
    // Outside its season a duty is the plan's, and no county's.
    const ofEach = duty?.of === "county" && !isIdle(duty, asOf, { office, today });
    // Most indicators are the city's alone: a county's question is done with them here.
    if (regionIds !== undefined && indicator.counties === undefined && rows === undefined && !ofEach)
      continue;
    if (measureNo !== undefined && indicator.measure !== measureNo) continue;
    if (departmentId !== undefined && !office.measure(indicator.measure)?.lead.includes(departmentId))
      continue;
    const named =
      ofEach && indicator.counties === undefined
        ? present
        : [...new Set((indicator.counties ?? []).map((id) => office.heirOn(id, today)))];
    const own = (rows ?? []).map((row) => ({
      region: office.heirOn(row.regionId, today),
      indicator: { ...indicator, value: row.constraint ?? row.stretch ?? indicator.value },
      duty,
    }));
    // Where the plan names counties there is no total of the city to report.
    if (named.length === 0 && regionIds === undefined) shares.push({ indicator, region: null, duty });
    for (const region of named.filter(isAsked))
      if (!own.some((o) => o.region === region)) shares.push({ indicator, region, duty });
    shares.push(...own.filter(({ region }) => isAsked(region)));
  }
  return shares;
}

type Reports = Map<string, LatestProgress>;

/** What counts as known on a date for the shares: the city's reports under null, a region's and its forerunners' by their id. */
async function reportsFor(
  store: Reader,
  office: Office,
  shares: readonly Share[],
  asOf: string,
): Promise<Map<RegionId | null, Reports>> {
  const reports = new Map<RegionId | null, Reports>();
  for (const [region, ofRegion] of Map.groupBy(shares, (share) => share.region)) {
    if (region === null) {
      reports.set(null, await store.progress.latestOfCity(asOf));
      continue;
    }
    const indicatorIds = ofRegion.map((share) => share.indicator.id);
    for (const id of office.lineage(region.id)) {
      reports.set(id, await store.progress.latestOfRegion(id, indicatorIds, asOf));
    }
  }
  return reports;
}

function newest(sources: readonly (Reports | undefined)[], indicatorId: string): LatestProgress | null {
  let found: LatestProgress | null = null;
  for (const source of sources) {
    const report = source?.get(indicatorId);
    if (report && (found === null || report.date > found.date)) found = report;
  }
  return found;
}
