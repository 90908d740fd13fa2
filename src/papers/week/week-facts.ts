import { dataStateFacts, dataStateWords } from "../../air/data-state-words.ts";
import { type WeekPart, type WeekRow, weekReport } from "../../air/week-report.ts";
import { type AlertCounts, alertsWithin } from "../../alerts/causes.ts";
import type { Context } from "../../chat/command.ts";
import type { IsoDate } from "../../domain/air/day.ts";
import type { RegionId } from "../../domain/ids.ts";
import { type LoopFigures, loopFigures } from "../../domain/issues/figures.ts";
import { daysIn, type Period } from "../../domain/period.ts";
import { countingPeriod, countsIn } from "../../issues/counting.ts";
import { tieOrder } from "../../office/office.ts";
import { lagOf, lagWords } from "../../plan/lagging.ts";
import type { Reader } from "../../store/store.ts";
import { type WeekYear, weekYear } from "./week-year.ts";

/** All that a weekly notice prints, as JSON; the part of the week under the present rules first, none where there were no rules. */
export type WeekFacts = {
  parts: readonly FrozenPart[];
  /** The city's and the counties' year to the week's end; null where it can't be told. */
  year: WeekYear | null;
  issues: WeekIssues;
  lag: WeekLag;
  /** Anomalies of the air that began in the week, and what they came from; left out where there was none. */
  alerts?: AlertCounts;
};

export type FrozenPart = Pick<WeekPart, "isWhole" | "isRecomputed"> & {
  from: IsoDate;
  to: IsoDate;
  label: string;
  days: number;
  ruleSet: string;
  rules: string;
  dataWords: string;
  data: ReturnType<typeof dataStateFacts>;
  city: FrozenRow | null;
  rows: readonly FrozenRow[];
};
/** `since`: several places have become it on a day within the week or the one before; `of`: which. */
export type FrozenRow = Omit<WeekRow, "region"> & {
  regionId: RegionId;
  county: string;
  since?: { day: IsoDate; of: readonly string[] };
};

/** The loop's figures of the week as 统计 has them; whose deadlines passed within it without the problem being mended. */
export type WeekIssues = Pick<LoopFigures, "assigned" | "acknowledged" | "onTime"> & {
  overdue: readonly { county: string; n: number }[];
};

/** What lags at the week's end, by the reports known on the morrow. */
export type WeekLag = {
  words: string;
  total: number;
  /** Worst first. */
  tasks: readonly { measure: string; indicator: string; behindPct: number | null; level: string }[];
};

/** What a week's notice says; of a week that is over the same whenever it is asked. */
export async function weekFacts(week: Period, context: Context<Reader>): Promise<WeekFacts> {
  const { store, office, today } = context;
  const on = morrowOf(week, today);
  const parts = await weekReport(store, office, week, on);
  const alerts = await alertsWithin(week, store);
  return {
    parts: parts.map((part) => frozenPart(part, week, context)),
    year: await weekYear(week, on, context),
    issues: await issuesOf(week, context),
    lag: await lagAt(on, context),
    ...(alerts === null ? {} : { alerts }),
  };
}

/** The day after a week, or today while it runs. */
const morrowOf = ({ to }: Period, today: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(to, today) < 0 ? to.add({ days: 1 }) : today;

function frozenPart(part: WeekPart, week: Period, { office }: Pick<Context<Reader>, "office">): FrozenPart {
  const { ruled, isWhole, isRecomputed, city, rows, data } = part;
  const { period, ruleSet } = ruled;
  const compared = period.from.subtract({ days: 7 }).toString();
  const frozen = ({ region, ...row }: WeekRow): FrozenRow => {
    const forerunners = office.lineage(region.id).slice(1);
    const day = forerunners.length > 1 ? region.from : undefined;
    const isFelt = day !== undefined && compared < day && day <= week.to.toString();
    return {
      ...{ regionId: region.id, county: region.short, ...row },
      ...(isFelt ? { since: { day, of: forerunners.map((id) => office.region(id).name) } } : {}),
    };
  };
  return {
    ...{ from: period.from.toString(), to: period.to.toString(), label: period.label, days: daysIn(period) },
    ...{ ruleSet: ruleSet.id, rules: ruleSet.name, isWhole, isRecomputed },
    ...{ data: dataStateFacts(data), dataWords: dataStateWords(data) },
    city: city === null ? null : frozen(city),
    rows: rows.map(frozen),
  };
}

async function issuesOf(week: Period, { store, office, now }: Context<Reader>): Promise<WeekIssues> {
  const counts = await countsIn(store, office, countingPeriod(week, office, now));
  const { assigned, acknowledged, onTime } = loopFigures(counts);
  const late = counts.filter(({ kind, met }) => kind === "onTime" && !met);
  const byCounty = Map.groupBy(late, ({ regionId }) => office.heirOn(regionId, week.to));
  const overdue = [...byCounty].map(([region, own]) => ({
    ...{ county: region.short, order: tieOrder(region) },
    n: own.reduce((sum, { times = 1 }) => sum + times, 0),
  }));
  return {
    ...{ assigned, acknowledged, onTime },
    overdue: overdue.sort((a, b) => b.n - a.n || a.order - b.order).map(({ county, n }) => ({ county, n })),
  };
}

async function lagAt(on: Temporal.PlainDate, { store, office }: Context<Reader>): Promise<WeekLag> {
  const lag = await lagOf(store, office, on);
  return {
    words: lagWords(lag),
    total: lag.tasks.length,
    tasks: lag.tasks.slice(0, NAMED).map(({ measure, indicator, standing }) => ({
      ...{ measure: measure.no, indicator: indicator.name },
      ...{ behindPct: standing.behindPct, level: standing.level ?? "" },
    })),
  };
}

/** Lagging tasks that a notice names; 滞后 lists them all. */
const NAMED = 5;
