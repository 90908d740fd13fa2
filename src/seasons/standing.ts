import { Decimal } from "decimal.js";
import { type PresentAir, presentAirOf, ruledParts } from "../air/period-air.ts";
import type { Tone } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal } from "../chat/refusal.ts";
import { figure, plain } from "../chat/wording.ts";
import { badDayBudget, remainingAllowableMean } from "../domain/air/budget.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { GuaranteeTarget } from "../domain/plan/pack-guarantees.ts";
import { type Guarantee, runningOn, targetsFor } from "../domain/seasons/guarantee.ts";
import type { Reader } from "../store/store.ts";
import { guaranteePeriod, guaranteesIn } from "./guarantees.ts";

/** A target and what is reached of it; `rest`: what the days that remain may average, or how many of them may exceed. */
export type GuaranteeAim = GuaranteeTarget & { met: boolean | null; rest: number | null };
/** How a region stands in an event or a season, to yesterday or its end. */
export type GuaranteeStanding = {
  region: Region;
  air: PresentAir;
  pm25: number | null;
  rate: number | null;
  badDays: number;
  aims: readonly GuaranteeAim[];
};

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** A region's air over the days of an event so far, against its targets; of two rule sets the present one's days. */
export async function guaranteeStanding(
  guarantee: Guarantee,
  region: Region,
  { store, office, today }: Around,
): Promise<GuaranteeStanding | Refusal> {
  const period = guaranteePeriod(guarantee);
  const parts = ruledParts(period, today);
  if (isRefusal(parts)) return parts;
  const air = await presentAirOf(store, region, parts[0], today);
  if (isRefusal(air)) return air;
  const { attainmentRatePct: rate, days, pollutants } = air.now;
  const targets = targetsFor(guarantee, region.kind === "city" ? null : office.lineage(region.id));
  const badDays = days.valid - days.good;
  return {
    ...{ region, air, pm25: pollutants["PM2.5"].value, rate, badDays },
    aims: targets.map((target) => ({ ...target, ...judged(target, air, badDays) })),
  };
}

/** Rounded first to the target's decimals, then compared (GB/T 8170, 4.3). What the rest may be goes by exact sums. */
function judged(
  { metric, value }: GuaranteeTarget,
  { now, days }: PresentAir,
  badDays: number,
): Pick<GuaranteeAim, "met" | "rest"> {
  const target = new Decimal(value);
  const left = Temporal.PlainDate.from(now.asOf).until(now.to, { largestUnit: "days" }).days;
  if (metric === "attainment-rate") {
    const reached = now.attainmentRatePct;
    const rest = left === 0 ? null : badDayBudget(target, now.days.valid + left) - badDays;
    return { met: reached === null ? null : target.lte(reached), rest };
  }
  const { value: whole, oneDecimal } = now.pollutants["PM2.5"];
  const reached = target.isInteger() ? whole : oneDecimal;
  const values = days.flatMap((day) => day["PM2.5"] ?? []);
  const sum = Decimal.sum(0, ...values);
  const rest = remainingAllowableMean(target, sum, values.length, left)?.toNumber() ?? null;
  return { met: reached === null ? null : target.gte(reached), rest };
}

/** ≤60, 余下日均可至63.2 */
export function aimWords({ metric, value, rest }: GuaranteeAim): string {
  const target = `${metric === "pm25-mean" ? "≤" : "≥"}${plain(value)}${metric === "pm25-mean" ? "" : "%"}`;
  if (rest === null) return target;
  if (metric === "pm25-mean") return rest > 0 ? `${target}，余下日均可至${rest}` : `${target}，已不可能`;
  return rest >= 0 ? `${target}，还可超标${rest}天` : `${target}，已不可能`;
}

/** A figure with its target behind it: 38（≤40，余下日均可至42.3）. */
export function reachedWords(
  { aims, pm25, rate }: GuaranteeStanding,
  metric: GuaranteeAim["metric"],
): string {
  const aim = aims.find((one) => one.metric === metric);
  const reached = metric === "pm25-mean" ? figure(pm25, 0) : figure(rate, 1, "%");
  return aim === undefined ? reached : `${reached}（${aimWords(aim)}）`;
}

type Item = { label: string; value: string; tone?: Tone };

/** The lines that a region's status card has of what runs: 保障·进博会 第3天（共11天），PM2.5 38（≤40 …），优良率100.0%. */
export async function guaranteeItems(region: Region, around: Around): Promise<Item[]> {
  const day = around.today.toString();
  const items: Item[] = [];
  for (const guarantee of runningOn(await guaranteesIn(around), day)) {
    const { from, to } = guaranteePeriod(guarantee);
    const nth = (date: Temporal.PlainDate) => from.until(date, { largestUnit: "days" }).days + 1;
    const standing = await guaranteeStanding(guarantee, region, around);
    const begun = `第${nth(around.today)}天（共${nth(to)}天）`;
    const isLost = !isRefusal(standing) && standing.aims.some(({ met }) => met === false);
    items.push({
      label: `保障·${guarantee.name}`,
      value: isRefusal(standing)
        ? `${begun}，还没有数据`
        : `${begun}，PM2.5 ${reachedWords(standing, "pm25-mean")}，优良率${reachedWords(standing, "attainment-rate")}`,
      ...(isLost ? { tone: "notice" as const } : {}),
    });
  }
  return items;
}
