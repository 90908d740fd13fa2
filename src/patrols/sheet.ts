import type { Context } from "../chat/command.ts";
import { isEnd } from "../domain/issues/states.ts";
import { owedIn, weeksFrom } from "../domain/patrols/owed.ts";
import type { Span } from "../domain/period-words.ts";
import type { Issue } from "../store/issues.ts";
import type { Patrol } from "../store/patrols.ts";
import type { Reader } from "../store/store.ts";
import type { ChiefsStation } from "./stations.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** A patrol with what has become of its find. */
export type PatrolWithIssue = Patrol & { issue: Issue | null };

/** How a station was patrolled over a period. Several patrols on a day are one. */
export type StationPatrols = {
  of: ChiefsStation;
  patrols: readonly PatrolWithIssue[];
  /** Days on which somebody was there. */
  days: number;
  /** Patrols owed in the weeks that are over, and those of them that nobody made. */
  owed: number;
  missed: number;
  finds: number;
  /** Finds whose problem is closed. */
  closed: number;
};

/** How stations were patrolled over a period, as far as it has come. A week counts for the month that its Monday lies in. */
export async function patrolsOver(
  stations: readonly ChiefsStation[],
  period: Span,
  { store, office, today }: Around,
): Promise<StationPatrols[]> {
  const weeks = weeksFrom(period).filter(({ to }) => Temporal.PlainDate.compare(to, today) < 0);
  const lastWeek = weeks.at(-1)?.to ?? period.to;
  const last = Temporal.PlainDate.compare(lastWeek, period.to) > 0 ? lastWeek : period.to;
  const until = (Temporal.PlainDate.compare(last, today) < 0 ? last : today).toString();
  const all = await store.patrols.of(
    stations.map(({ station }) => station.id),
    period.from.toString(),
    until,
  );
  const byStation = Map.groupBy(all, ({ stationId }) => stationId);
  const plan = office.pack.settings.patrols;
  const rows: StationPatrols[] = [];
  for (const of of stations) {
    const own = byStation.get(of.station.id) ?? [];
    const counts = weeks.map((week) => {
      const owed = owedIn(week, of.since, plan, office.calendar);
      return { owed, missed: Math.max(0, owed - daysWithin(own, week)) };
    });
    const patrols: PatrolWithIssue[] = [];
    for (const one of own.filter(({ date }) => date <= period.to.toString()))
      patrols.push({ ...one, issue: one.issueId === null ? null : await store.issues.byId(one.issueId) });
    const finds = patrols.filter(({ outcome }) => outcome === "found");
    rows.push({
      ...{ of, patrols, days: daysWithin(own, period) },
      owed: counts.reduce((sum, { owed }) => sum + owed, 0),
      missed: counts.reduce((sum, { missed }) => sum + missed, 0),
      finds: finds.length,
      closed: finds.filter(({ issue }) => issue !== null && isEnd(issue.state)).length,
    });
  }
  return rows;
}

const daysWithin = (patrols: readonly Patrol[], { from, to }: Span): number =>
  new Set(patrols.flatMap(({ date }) => (date >= from.toString() && date <= to.toString() ? [date] : [])))
    .size;
