import { asOf, type Pm25Figure, pm25Figures, ruledParts } from "../air/period-air.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import { type PeriodDataState, periodDataState, togetherDataState } from "../domain/air/data-state.ts";
import type { IsoDate } from "../domain/air/day.ts";
import { rankBy } from "../domain/air/ranking.ts";
import type { RuleSetId } from "../domain/air/rules.ts";
import type { Period } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Subunit } from "../domain/plan/subunits.ts";
import { townsRankedFrom } from "../domain/towns/ranked-from.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";

/** A town in the ranking of a period; `rank` among all that are ranked, `countyRank` among those of its county. */
export type TownRow = {
  town: string;
  county: string;
  rank: number | null;
  tied: boolean;
  countyRank: number | null;
  countyTied: boolean;
  /** Published value, µg/m³; null without one, and where it isn't the reader's to know. */
  pm25: number | null;
  validDays: number | null;
  /** Why it has no rank. */
  reason: string | null;
};

export type TownRanking = {
  label: string;
  from: IsoDate;
  to: IsoDate;
  /** Last day counted; before `to` while the period runs. */
  asOf: IsoDate;
  days: number;
  ruleSet: RuleSetId;
  data: PeriodDataState;
  /** Counties that are ranked, in the order of the city's tables. */
  counties: readonly string[];
  /** Counties whose towns are not ranked yet, and from when on they are. */
  later: readonly { county: string; from: IsoDate | null }[];
  /** By rank, then those without one. */
  rows: readonly TownRow[];
};

/** A county's towns that exist on a date, in the plan's order. */
export const townsOf = (office: Office, county: Pick<Region, "id">, date: Temporal.PlainDate): Subunit[] =>
  office.subunitsOf(county.id, date).filter(({ kind }) => kind === "town");

/**
 * The towns of a period by PM2.5, of the counties whose towns the plan ranks by its last day counted: each by its own stations' days, with the
 * validity that a county's mean needs. A town without a published value has no rank and a reason. Only the days under the
 * present rules are ranked, as counties are. Refuses a period that hasn't begun.
 */
export async function townRanking(
  store: Reader,
  office: Office,
  period: Period,
  today: Temporal.PlainDate,
): Promise<TownRanking | Refusal> {
  const parts = ruledParts(period, today);
  if (isRefusal(parts)) return parts;
  const [ruled] = parts;
  const to = ruled.period.to;
  const end = asOf(ruled.period, today);
  const all = office
    .regionsOf(period, today)
    .map((county) => ({ county, from: townsRankedFrom(office.pack.mechanisms, county) }));
  const ranked = all.filter(({ from }) => from !== null && from <= end.toString());
  const places = ranked.flatMap(({ county }) =>
    townsOf(office, county, end).map((town) => ({ id: town.id, town, county })),
  );
  const figures = await pm25Figures(store, places, ruled.period, today);
  const found = places.map((place, i) => ({ ...place, ...(figures[i] as Pm25Figure) }));
  const inOrder = found.map((one, order) => ({
    key: one,
    value: one.value,
    order,
    reason: one.reason ?? "",
  }));
  const cityRanks = rankBy(inOrder, "ascending");
  const ranksOf = new Map(
    ranked.map(({ county }) => [
      county.id,
      rankBy(
        inOrder.filter(({ key }) => key.county === county),
        "ascending",
      ),
    ]),
  );
  const rowOf = (one: (typeof found)[number]): TownRow => {
    const city = cityRanks.ranked.find(({ key }) => key === one);
    const own = ranksOf.get(one.county.id)?.ranked.find(({ key }) => key === one);
    return {
      ...{ town: one.town.short, county: one.county.short },
      ...{ rank: city?.rank ?? null, tied: city?.tied ?? false },
      ...{ countyRank: own?.rank ?? null, countyTied: own?.tied ?? false },
      ...{ pm25: one.value, validDays: one.valid, reason: one.reason },
    };
  };
  const { from } = ruled.period;
  const states = await Promise.all(
    places.map(({ town }) => stateOf(store, town, from.toString(), end.toString())),
  );
  return {
    ...{ label: ruled.period.label, from: from.toString(), to: to.toString(), asOf: end.toString() },
    days: from.until(end).days + 1,
    ruleSet: ruled.ruleSet.id,
    data: togetherDataState(states.flatMap((state) => state ?? [])),
    counties: ranked.map(({ county }) => county.short),
    later: all
      .filter((one) => !ranked.includes(one))
      .map((one) => ({ county: one.county.short, from: one.from })),
    rows: [...cityRanks.ranked, ...cityRanks.unranked].map(({ key }) => rowOf(key)),
  };
}

/** Whether the days of a place within [from, to] are audited; null where there are none. */
async function stateOf(
  store: Reader,
  { id }: Pick<Subunit, "id">,
  from: IsoDate,
  to: IsoDate,
): Promise<PeriodDataState | null> {
  const days = await store.air.days(id, from, to);
  return days.length === 0 ? null : periodDataState(days, await store.air.unaudited(id, from, to));
}

/** The same as somebody of some counties reads it: their own towns in full, of all others the rank alone. Null: everybody's in full. */
export function rankingFor(ranking: TownRanking, own: readonly string[] | null): TownRanking {
  if (own === null) return ranking;
  return {
    ...ranking,
    rows: ranking.rows.map((row) =>
      own.includes(row.county) ? row : { ...row, pm25: null, validDays: null },
    ),
  };
}

/** Why a county's towns are not ranked for a period; null where they are. */
export function notRankedYet(ranking: TownRanking, county: string): Refusal | null {
  if (ranking.counties.includes(county)) return null;
  const from = ranking.later.find((one) => one.county === county)?.from;
  return refuse(
    "no-data",
    from
      ? `${county}的镇街排名自${longDate(Temporal.PlainDate.from(from))}起实施。`
      : `${county}没有镇街排名安排。`,
  );
}
