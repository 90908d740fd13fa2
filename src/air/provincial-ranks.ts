import { isAmongLast, monthsAmongLast, type ProvincialPlace } from "../domain/air/provincial-rank.ts";
import type { MonthStanding } from "../domain/papers/interview-rule.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { ProvincialRank } from "../store/provincial-ranks.ts";
import type { Reader } from "../store/store.ts";

/** When the plan calls a county in: so many months in a row among so many of the last. Null where it has no such rule. */
export type InterviewRule = { months: number; bottom: number };

export function interviewRule(office: Office): InterviewRule | null {
  const rule = office.pack.mechanisms.find(({ id }) => id === "interview")?.parameters;
  const [months, bottom] = [rule?.months, rule?.bottomRanks];
  return typeof months === "number" && typeof bottom === "number" ? { months, bottom } : null;
}

/** A county's month in the province's ranking. */
export type ProvincialMonth = ProvincialPlace & {
  month: string;
  /** µg/m³. */
  pm25: number | null;
  amongLast: boolean;
  /** Months in a row among the last, this one included. */
  streak: number;
};

/** Further back than anybody counts. */
const LOOKED_BACK_MONTHS = 36;

/** A county's standing in each calendar month, newest first, and what is known of its place in some of them, oldest first. */
export type ProvincialCourse = {
  months: readonly ProvincialMonth[];
  standings: readonly MonthStanding[];
};

/**
 * Counties' months in the province's ranking up to `to` (`YYYY-MM`), back to the first that any list is known of; each with how
 * long the county has been among the last by then. A month counts as published as soon as any county's place of it is known.
 */
export async function provincialCourses(
  store: Reader,
  office: Office,
  regions: readonly Region[],
  { to }: { to: string },
): Promise<ReadonlyMap<string, ProvincialCourse>> {
  const back = Temporal.PlainYearMonth.from(to).subtract({ months: LOOKED_BACK_MONTHS });
  const rows = await store.provincialRanks.between(back.toString(), to);
  const published = Map.groupBy(rows, ({ month }) => month);
  const first = rows[0]?.month;
  const bottom = interviewRule(office)?.bottom ?? 0;
  const looked: string[] = [];
  for (let month = first; month !== undefined && month <= to; month = monthAfter(month)) looked.push(month);
  return new Map(
    regions.map((region) => {
      const own = rankedAs(office, region);
      const months: ProvincialMonth[] = [];
      const standings: MonthStanding[] = [];
      for (const month of looked) {
        const all = published.get(month);
        const place = all?.find(({ regionId }) => own.includes(regionId));
        const known = place && withTies(place, all ?? []);
        const amongLast = known !== undefined && isAmongLast(known, bottom);
        standings.unshift({ month, standing: all === undefined ? "undecided" : amongLast ? "in" : "out" });
        if (known === undefined) continue;
        const pm25 = known.pm25 === null ? null : known.pm25 / 10;
        const streak = amongLast ? monthsAmongLast(standings.map(({ standing }) => standing)) : 0;
        months.push({ ...known, month, pm25, amongLast, streak });
      }
      return [region.id, { months, standings }];
    }),
  );
}

/** Counties' months in the province's ranking from `from` to `to` (`YYYY-MM`), oldest first. */
export async function provincialMonths(
  store: Reader,
  office: Office,
  regions: readonly Region[],
  { from, to }: { from: string; to: string },
): Promise<ReadonlyMap<string, readonly ProvincialMonth[]>> {
  const courses = await provincialCourses(store, office, regions, { to });
  return new Map([...courses].map(([id, { months }]) => [id, months.filter(({ month }) => month >= from)]));
}

const monthAfter = (month: string) => Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();

/** A region that only changed its name keeps its places; of merged ones the new region has none before it began. */
export function rankedAs(office: Office, region: Region): readonly string[] {
  const lineage = office.lineage(region.id);
  return lineage.length === 2 ? lineage : [region.id];
}

/** Counties of ours that share a rank are tied, whether the table says so or not. */
function withTies(place: ProvincialRank, all: readonly ProvincialRank[]): ProvincialRank {
  const sharing = all.filter(({ rank }) => rank !== null && rank === place.rank).length;
  return { ...place, tied: Math.max(place.tied, sharing) };
}
