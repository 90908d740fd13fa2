import { type Air, airOf, ruledParts, yearOnYear } from "../../air/period-air.ts";
import { type TargetStanding, targetStandings } from "../../air/targets.ts";
import type { Context } from "../../chat/command.ts";
import { isRefusal } from "../../chat/refusal.ts";
import type { IsoDate } from "../../domain/air/day.ts";
import type { RegionId } from "../../domain/ids.ts";
import { yearOfDay } from "../../domain/months.ts";
import type { Period } from "../../domain/period.ts";
import type { Region } from "../../domain/plan/pack.ts";
import type { Reader } from "../../store/store.ts";

/** The year to a week's end: of a year of two rule sets the part under the present ones, as 县区 has it first. */
export type WeekYear = {
  from: IsoDate;
  asOf: IsoDate;
  /** It is the plan's year, which has targets. */
  hasTargets: boolean;
  /** The city first. */
  places: readonly PlaceYear[];
};

/** A place's figures as its card has them. `aims` is empty where the office has entered none: 未分解. */
export type PlaceYear = {
  regionId: RegionId;
  county: string;
  isCity: boolean;
  validDays: number;
  pm25: number | null;
  pm25ChangePct: number | null;
  attainmentRatePct: number | null;
  attainmentChangePoints: number | null;
  aims: readonly YearStanding[];
};
export type YearStanding = Pick<
  TargetStanding,
  "indicator" | "kind" | "target" | "toDate" | "remainingDays"
> & {
  /** What the mean of the days to come may be, or how many of them may exceed; null where none are. */
  rest: number | null;
};

export async function weekYear(
  week: Period,
  on: Temporal.PlainDate,
  { store, office }: Context<Reader>,
): Promise<WeekYear | null> {
  const year = yearOfDay(on.subtract({ days: 1 }));
  const parts = ruledParts(year, on);
  if (isRefusal(parts)) return null;
  const [ruled] = parts;
  const { pack } = office;
  const hasTargets = ruled.period.from.equals(year.from) && year.from.year === pack.year;
  const place = async (region: Region): Promise<PlaceYear> => {
    const air = await airOf(store, region, ruled, on);
    const known = isRefusal(air) ? null : air;
    const standings = known === null || !hasTargets ? [] : await targetStandings(store, office, known);
    return placeOf(region, known, standings);
  };
  return {
    from: ruled.period.from.toString(),
    asOf: on.subtract({ days: 1 }).toString(),
    hasTargets,
    places: await Promise.all([office.city, ...office.regionsOf(week, on)].map(place)),
  };
}

function placeOf(region: Region, air: Air | null, standings: readonly TargetStanding[]): PlaceYear {
  const change = air && yearOnYear(air);
  return {
    ...{ regionId: region.id, county: region.short, isCity: region.kind === "city" },
    validDays: air?.now.days.valid ?? 0,
    pm25: air?.now.pollutants["PM2.5"].value ?? null,
    pm25ChangePct: change?.["PM2.5"] ?? null,
    attainmentRatePct: air?.now.attainmentRatePct ?? null,
    attainmentChangePoints: change?.attainmentRatePoints ?? null,
    aims: standings.map(({ indicator, kind, target, toDate, remainingDays, ...more }) => ({
      ...{ indicator, kind, target, toDate, remainingDays },
      rest: more.remainingAllowableMean ?? more.badDaysLeft ?? null,
    })),
  };
}
