import { Decimal } from "decimal.js";
import type { IsoDate } from "../domain/air/day.ts";
import { type Cycle, cycleOn, cyclesOf, endedBy } from "../domain/duties/cycles.ts";
import { indicatorStanding, lastDueCycle, type TaskStanding } from "../domain/plan/lag.ts";
import type { Indicator, Region } from "../domain/plan/pack.ts";
import type { StandingDuty } from "../domain/plan/pack-duties.ts";
import type { Office } from "../office/office.ts";
import type { LatestProgress } from "../store/progress.ts";
import type { Reader } from "../store/store.ts";

/** What a task is, beside an ordinary one, where it comes again each month, quarter or season. */
export type DutyTurn = {
  duty: StandingDuty;
  /** The cycle that its standing is of. */
  cycle: Cycle;
  /** The cycle to be reported next, and the day that a report of it is of; null where nobody has to: all is known, or over. */
  asked: { cycle: Cycle; date: IsoDate } | null;
  /** The plan's own deadline; the task's is its cycle's last day. */
  deadline: IsoDate;
};

/** An indicator that is a standing duty, as one unit has it. */
export type DutyShare = { indicator: Indicator; region: Region | null; duty: StandingDuty };
type Around = { store: Reader; office: Office; today: Temporal.PlainDate };
type Turn = { turn: DutyTurn; report: LatestProgress | null; standing: TaskStanding };

/**
 * Where a duty stands at the end of `asOf`: the newest cycle that is over counts as soon as it is reported or its report is due;
 * before that the one before it does. One that grows over a season is judged while it runs. What is recorded of it counts where
 * the pack says so, and isn't asked for. Outside its season nothing is judged, or asked.
 */
export async function dutyTurn(share: DutyShare, asOf: Temporal.PlainDate, around: Around): Promise<Turn> {
  const { indicator, duty } = share;
  const { office, today } = around;
  const day = today.toString();
  const { cycles, running, ended } = whereIn(duty, around);
  const latest = running ?? ended ?? cycles[0];
  if (latest === undefined || isIdle(duty, asOf, around)) return idleTurn(share, latest);

  const endedKnown = ended && (await knownIn(ended, share, around));
  const isOpen = ended !== null && endedKnown === null;
  const counts = ended !== null && (!isOpen || monthOf(ended) <= lastDueOf(duty, asOf, office));
  const cycle = (counts ? ended : ended && endedBy(cycles, ended.from)) ?? latest;
  const report = cycle === ended ? endedKnown : await knownIn(cycle, share, around);
  const standing = indicatorStanding({
    indicator: {
      ...indicator,
      pace: duty.cycle === "season" ? "linear" : "deadline",
      // A quarter is asked for with its last month.
      start: duty.cycle === "season" ? cycle.from : `${monthOf(cycle)}-01`,
      deadline: cycle.to,
    },
    actual: report && { value: report.value, date: Temporal.PlainDate.from(report.date) },
    asOf,
    calendar: office.calendar,
    settings: {
      ...office.pack.settings,
      reporting: { cycle: "month", dueWorkingDay: dueDayOf(duty, office) },
    },
  });
  const next = isOpen ? { cycle: ended, date: ended.to } : running && { cycle: running, date: day };
  const asked = next !== null && (await isRecorded(next.cycle, share, around)) ? null : next;
  return { turn: { duty, cycle, asked, deadline: indicator.deadline }, report, standing };
}

/** Whether nothing is to be done of a duty on a day: its season hasn't come, or is over and was to be reported a month ago. */
export function isIdle(
  duty: StandingDuty,
  asOf: Temporal.PlainDate,
  around: Pick<Around, "office" | "today">,
): boolean {
  const { running, ended } = whereIn(duty, around);
  if (running !== null) return false;
  return ended === null || monthOf(ended) < lastDueOf(duty, asOf, around.office);
}

/** The cycle that runs and the one that is over. */
function whereIn(duty: StandingDuty, { office, today }: Pick<Around, "office" | "today">) {
  const [cycles, day] = [cyclesIn(duty, office), today.toString()];
  return { cycles, running: cycleOn(cycles, day), ended: endedBy(cycles, day) };
}

/** The month (YYYY-MM) of which reports were due last. */
const lastDueOf = (duty: StandingDuty, asOf: Temporal.PlainDate, office: Office): string =>
  lastDueCycle(asOf, office.calendar, dueDayOf(duty, office)).toString();

/** A duty is of one pack and its cycles never change, while every answer about a county asks for them. */
const cyclesKnown = new WeakMap<StandingDuty, readonly Cycle[]>();

function cyclesIn(duty: StandingDuty, { pack }: Pick<Office, "pack">): readonly Cycle[] {
  const cycles = cyclesKnown.get(duty) ?? cyclesOf(duty, pack);
  cyclesKnown.set(duty, cycles);
  return cycles;
}

const NOTHING_JUDGED = { actual: null, expected: null, pacePct: null, behindPct: null, level: null };

function idleTurn({ indicator, duty }: DutyShare, cycle: Cycle | undefined): Turn {
  const { deadline } = indicator;
  const turn = {
    duty,
    cycle: cycle ?? { from: deadline, to: deadline, label: "" },
    ...{ asked: null, deadline },
  };
  return { turn, report: null, standing: NOTHING_JUDGED };
}

const dueDayOf = ({ dueWorkingDay }: StandingDuty, { pack }: Office): number =>
  dueWorkingDay ?? pack.settings.reporting.dueWorkingDay;

/** The newest report of a duty within the cycle of a day; what was recorded one by one is no report. */
export async function reportedIn(
  { from, to }: Cycle,
  { indicator, region }: Pick<DutyShare, "indicator" | "region">,
  { store, office, today }: Around,
): Promise<LatestProgress | null> {
  const until = untilToday({ to }, { today });
  let newest: LatestProgress | null = null;
  for (const place of region === null ? [null] : office.lineage(region.id)) {
    const report = await store.progress.latest(indicator.id, place, until);
    if (report !== null && report.date >= from && (newest === null || report.date > newest.date))
      newest = report;
  }
  return newest;
}

/** What is known of a cycle: its newest report, or so many records, whichever is more. */
async function knownIn(cycle: Cycle, share: DutyShare, around: Around): Promise<LatestProgress | null> {
  const report = await reportedIn(cycle, share, around);
  const n = await recorded(cycle, share, around);
  if (n === 0 || (report !== null && new Decimal(report.value).gte(n))) return report;
  const date = untilToday(cycle, around);
  return { indicatorId: share.indicator.id, value: String(n), date, note: null };
}

const isRecorded = async (cycle: Cycle, share: DutyShare, around: Around): Promise<boolean> =>
  share.duty.counts !== undefined &&
  new Decimal(share.indicator.value).lte(await recorded(cycle, share, around));

/** How many records of a cycle count for a duty. */
async function recorded(
  { from, to }: Cycle,
  { duty, region }: DutyShare,
  { store, office }: Around,
): Promise<number> {
  if (duty.counts === undefined) return 0;
  const regionIds = region === null ? null : office.lineage(region.id);
  return store.dutyRecords.count({ kind: duty.counts, regionIds, from, to });
}

const untilToday = ({ to }: Pick<Cycle, "to">, { today }: Pick<Around, "today">): IsoDate =>
  to < today.toString() ? to : today.toString();
const monthOf = ({ to }: Cycle): string => to.slice(0, 7);
