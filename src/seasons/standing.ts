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

/** What runs on a day in a region: the how-manieth day of how many, and how it stands; null without any data. */
export type RunningGuarantee = { name: string; day: number; of: number; standing: GuaranteeStanding | null };

export async function runningGuarantees(region: Region, around: Around): Promise<RunningGuarantee[]> {
  const { today } = around;
  const running: RunningGuarantee[] = [];
  for (const guarantee of runningOn(await guaranteesIn(around), today.toString())) {
    const { from, to } = guaranteePeriod(guarantee);
    const nth = (date: Temporal.PlainDate) => from.until(date, { largestUnit: "days" }).days + 1;
    const standing = await guaranteeStanding(guarantee, region, around);
    running.push({
      ...{ name: guarantee.name, day: nth(today), of: nth(to) },
      standing: isRefusal(standing) ? null : standing,
    });
  }
  return running;
}

/** Its line on a status card: 保障·进博会 第3天（共11天），PM2.5 38（≤40 …），优良率100.0%. */
export function guaranteeItem({ name, day, of, standing }: RunningGuarantee): Item {
  const begun = `第${day}天（共${of}天）`;
  const isLost = standing?.aims.some(({ met }) => met === false) === true;
  return {
    label: `保障·${name}`,
    value:
      standing === null
        ? `${begun}，还没有数据`
        : `${begun}，PM2.5 ${reachedWords(standing, "pm25-mean")}，优良率${reachedWords(standing, "attainment-rate")}`,
    ...(isLost ? { tone: "notice" as const } : {}),
  };
}

export const runningGuaranteeFacts = ({ name, day, of, standing }: RunningGuarantee) => ({
  ...{ name, day, of },
  pm25: standing?.pm25 ?? null,
  attainmentRatePct: standing?.rate ?? null,
  targets: (standing?.aims ?? []).map(({ metric, value, met, rest }) => ({
    metric,
    value: Number(value),
    met,
    rest,
  })),
});
