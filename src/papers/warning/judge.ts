import { airOf, pm25Ranking, ruledParts, yearOnYear } from "../../air/period-air.ts";
import { aimsOf } from "../../air/targets.ts";
import type { Context } from "../../chat/command.ts";
import { isRefusal } from "../../chat/refusal.ts";
import { monthPeriod } from "../../domain/months.ts";
import {
  type Improvement,
  meanImprovement,
  rateImprovement,
  requiredChangePct,
} from "../../domain/papers/improvement.ts";
import { periodOf } from "../../domain/period.ts";
import type { Region } from "../../domain/plan/pack.ts";
import type { Office } from "../../office/office.ts";
import { actualWords, indicatorWords, laggingAmong, type Task, tasksOf } from "../../plan/tasks.ts";
import type { CandidateUnit } from "../../store/candidates.ts";
import type { Reader } from "../../store/store.ts";

/** How a county's air of the year so far stands against the same dates of the year before. */
export type WarningAir = {
  label: string;
  pm25: number | null;
  validDays: number;
  mean: Improvement | null;
  ratePct: number | null;
  rate: Improvement | null;
  /** By a target that the office has entered for it, or by what it asks of every county. */
  byOwnTarget: boolean;
  rank: number | null;
  of: number;
  /** Its place among the province's in the last month. */
  provincial: { rank: number; of: number | null } | null;
};

/** A red task of a unit. */
export type WarningTask = {
  no: string;
  name: string;
  county: string | null;
  actual: string;
  target: string;
  behindPct: number | null;
  deadline: string;
};

/** What led to a unit's being proposed. */
export type WarningGrounds = { air: WarningAir | null; tasks: readonly WarningTask[] };

type Around = Pick<Context<Reader>, "store" | "office">;

/**
 * A unit's grounds by a month: air from 1 January to its end, tasks as they are judged on the day `on`. From the same data it is
 * always the same.
 */
export async function groundsOf(
  unit: CandidateUnit,
  { month, on }: { month: string; on: string },
  { store, office }: Around,
): Promise<WarningGrounds> {
  const day = Temporal.PlainDate.from(on);
  const tasks = laggingAmong(await tasksOf(store, office, day)).filter(
    (task) => task.standing.level === "红" && isTaskOf(task, unit, office, day),
  );
  const region = unit.regionId === null ? null : office.region(unit.regionId);
  return {
    air: region === null ? null : await airGrounds(region, month, { store, office }),
    tasks: tasks.map(taskGrounds),
  };
}

/** Every unit that a month's figures propose, counties in the order of the city's tables, then departments. */
export async function unitsBehind(
  { month, on }: { month: string; on: string },
  { store, office }: Around,
): Promise<{ unit: CandidateUnit; grounds: WarningGrounds }[]> {
  const day = Temporal.PlainDate.from(on);
  const units: CandidateUnit[] = [
    ...office.regionsOf({ to: day }, day).map(({ id }) => ({ regionId: id, departmentId: null })),
    ...office.pack.departments.map(({ id }) => ({ regionId: null, departmentId: id })),
  ];
  const red = laggingAmong(await tasksOf(store, office, day)).filter(
    ({ standing }) => standing.level === "红",
  );
  const found = [];
  for (const unit of units) {
    const own = red.filter((task) => isTaskOf(task, unit, office, day));
    const region = unit.regionId === null ? null : office.region(unit.regionId);
    const air = region === null ? null : await airGrounds(region, month, { store, office });
    const grounds = { air, tasks: own.map(taskGrounds) };
    if (isBehind(grounds, office)) found.push({ unit, grounds });
  }
  return found;
}

/** Whether grounds propose a letter by the office's settings. */
export function isBehind({ air, tasks }: WarningGrounds, { pack }: Pick<Office, "pack">): boolean {
  const { tolerance, redTasks } = pack.settings.warnings;
  const short = Math.max(air?.mean?.short ?? 0, air?.rate?.short ?? 0);
  return short > tolerance || tasks.length >= redTasks;
}

function isTaskOf(
  { measure, region }: Task,
  { regionId, departmentId }: CandidateUnit,
  office: Office,
  day: Temporal.PlainDate,
): boolean {
  if (departmentId !== null) return measure.lead.includes(departmentId);
  return region !== null && regionId !== null && region.id === office.heirOn(regionId, day).id;
}

const taskGrounds = (task: Task): WarningTask => ({
  no: task.measure.no,
  name: task.indicator.name,
  county: task.region?.short ?? null,
  actual: actualWords(task),
  target: indicatorWords(task.indicator),
  behindPct: task.standing.behindPct,
  deadline: task.indicator.deadline,
});

async function airGrounds(
  region: Region,
  month: string,
  { store, office }: Around,
): Promise<WarningAir | null> {
  const { to } = monthPeriod(month);
  const period = periodOf(to.with({ month: 1, day: 1 }), to);
  // All figures are those of whole days up to the month's end, whenever they are asked for.
  const after = to.add({ days: 1 });
  const parts = ruledParts(period, after);
  if (isRefusal(parts)) return null;
  const air = await airOf(store, region, parts[0], after);
  if (isRefusal(air)) return null;
  const change = yearOnYear(air);
  const asked = await requiredOf(region, to.year, { store, office });
  const counties = office.regionsOf(period, after);
  const { ranked } = await pm25Ranking(store, counties, period, after);
  const place = await store.provincialRanks.place(region.id, month);
  return {
    label: period.label,
    pm25: air.now.pollutants["PM2.5"].value,
    validDays: air.now.days.valid,
    mean: meanImprovement(change["PM2.5"], asked.mean),
    ratePct: air.now.attainmentRatePct,
    rate: rateImprovement(change.attainmentRatePoints, asked.rate),
    byOwnTarget: asked.own,
    rank: ranked.find(({ key }) => key.id === region.id)?.rank ?? null,
    of: counties.length,
    provincial: place?.rank == null ? null : { rank: place.rank, of: place.total },
  };
}

/** What is asked of a county: by the target that was entered for it, otherwise by the office's settings; null: nothing. */
async function requiredOf(
  region: Region,
  year: number,
  { store, office }: Around,
): Promise<{ mean: number | null; rate: number | null; own: boolean }> {
  const { pm25CutPct, rateUpPoints } = office.pack.settings.warnings;
  const rate = rateUpPoints ?? null;
  const target = (await aimsOf(store, office, region)).find(
    ({ indicator, kind }) => indicator === "pm25-mean" && kind === "constraint",
  )?.value;
  if (target !== undefined) {
    const days = await store.air.days(region.id, `${year - 1}-01-01`, `${year - 1}-12-31`);
    const valid = days.flatMap((day) => (day["PM2.5"] === null ? [] : [day["PM2.5"]]));
    const lastYear = { sum: valid.reduce((a, b) => a + b, 0), days: valid.length };
    return { mean: requiredChangePct(target, lastYear), rate, own: true };
  }
  return { mean: pm25CutPct === undefined ? null : -pm25CutPct, rate, own: false };
}
