import { isInUse } from "../air/in-use.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { Region } from "../domain/plan/pack.ts";
import { halfEvenRatio } from "../domain/rounding.ts";
import { townsRankedFrom } from "../domain/towns/ranked-from.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { townsOf } from "./ranking.ts";

/** How far a county has come with the stations of its towns. */
export type Readiness = {
  county: string;
  /** From when on its towns are ranked; null where the plan doesn't say. */
  from: IsoDate | null;
  /** Stations that the office plans, and those in use. */
  planned: number;
  built: number;
  /** Towns that the plan's list has, and those of them that have no station yet. */
  towns: number;
  without: readonly string[];
  /** Valid station-days of the last thirty days, in percent of those since each station's first; null without a station. */
  completePct: number | null;
};

const LOOKED_BACK_DAYS = 30;

/** How far some counties have come on a day: the figures are those up to the day before. */
export async function readinessOf(
  store: Reader,
  office: Office,
  counties: readonly Region[],
  today: Temporal.PlainDate,
): Promise<Readiness[]> {
  const yesterday = today.subtract({ days: 1 });
  const stations = (await store.air.stations()).filter((one) => isInUse(one, yesterday.toString()));
  const rows: Readiness[] = [];
  for (const county of counties) {
    const towns = townsOf(office, county, yesterday);
    const own = stations.flatMap((station) => {
      const unit = office.subunitOn(station.regionId, yesterday);
      return unit !== undefined && towns.includes(unit) ? [{ station, unit }] : [];
    });
    let [valid, due] = [0, 0];
    for (const { station } of own) {
      const first = [yesterday.subtract({ days: LOOKED_BACK_DAYS - 1 }).toString(), station.validFrom ?? ""];
      const from = first.toSorted().at(-1) as IsoDate;
      valid += await store.air.validDays(station.id, from, yesterday.toString());
      due += Temporal.PlainDate.from(from).until(yesterday).days + 1;
    }
    rows.push({
      county: county.short,
      from: townsRankedFrom(office.pack.mechanisms, county),
      planned: office
        .lineage(county.id)
        .reduce((sum, id) => sum + (office.pack.settings.townStations[id] ?? 0), 0),
      built: own.length,
      towns: towns.length,
      without: towns.filter((town) => !own.some(({ unit }) => unit === town)).map(({ short }) => short),
      completePct: due === 0 ? null : halfEvenRatio(valid * 100, due, 1),
    });
  }
  return rows;
}
