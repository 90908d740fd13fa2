import { z } from "zod";
import { anyone } from "../../chat/access.ts";
import type { Context } from "../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../chat/refusal.ts";
import { daysIn, type Period, periodOf } from "../../domain/period.ts";
import type { Region } from "../../domain/plan/pack.ts";
import type { Place } from "../../office/office.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { type Air, airOf, regionFor, ruledParts } from "../period-air.ts";

/** Days that one picture holds: a leap year. */
export const MOST_CHART_DAYS = 366;

/** Of which region and days a chart is, as a file's parameters hold it. */
export const regionAndDays = z.object({ region: z.string(), from: z.string(), to: z.string() });

/** The region that a chart is of: the one that a name meant then, the city where none was said. */
export const chartedRegion = (
  place: Place | undefined,
  period: Period,
  { office, today }: Context<Reader>,
): Region | Refusal => (place === undefined ? office.city : regionFor(place, period, today));

/**
 * The air that a chart shows, by the rights of whoever asks; of two rule sets the part under the present one. `partial`
 * says in small print that the rest is left out.
 */
export async function chartedAir(
  { region: id, from, to }: z.output<typeof regionAndDays>,
  person: Person,
  context: Context<Reader>,
): Promise<{ air: Air; partial: string[] } | Refusal> {
  const { store, office, today } = context;
  const region = office.region(id);
  const args = region.kind === "city" ? {} : { county: { short: region.short, regions: [region] } };
  const forbidden = anyone.withinScope("county").check({ person, args, office, today });
  if (forbidden !== null) return forbidden;
  const asked = periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));
  if (daysIn(asked) > MOST_CHART_DAYS)
    return refuse("bad-period", `一张图最多看一年，“${asked.label}”请缩短，例如“今年”“5月”。`);
  const parts = ruledParts(asked, today);
  if (isRefusal(parts)) return parts;
  const [ruled, ...before] = parts;
  const air = await airOf(store, region, ruled, today);
  if (isRefusal(air)) return air;
  return { air, partial: before.length === 0 ? [] : [`只含${ruled.period.label}，此前按另一标准评价`] };
}
