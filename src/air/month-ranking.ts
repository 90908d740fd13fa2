import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { IsoDate } from "../domain/air/day.ts";
import { hasComposite, type RuleSetId } from "../domain/air/rules.ts";
import { monthOfDay } from "../domain/months.ts";
import { type Period, periodOf } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { dustfallLimit, dustfallRanking } from "./dustfall.ts";
import { isInUse } from "./in-use.ts";
import { type Air, presentAirOf, type Ruled, ruledParts } from "./period-air.ts";
import { changeOf, countyRanking, type Metric } from "./ranking.ts";

/** A line of the newspaper's table. A place that can't be ranked has a reason instead of a rank, the city neither. */
export type MonthRow = {
  county: string;
  rank: number | null;
  tied: boolean;
  /** The month's PM2.5 mean with one decimal, as the city's bulletins print it, and the rate of good days from January on. */
  pm25UgM3: number | null;
  attainmentRatePct: number | null;
  /** t/(km²·30 d); null where the month has no valid sample. */
  dustfall: number | null;
  reason: string | null;
};

/** A place in one of the two lists behind the table. */
type RankedRow = { county: string; rank: number; tied: boolean; value: number; yearOnYearPct: number | null };
export type MonthList = {
  metric: Metric;
  rows: readonly RankedRow[];
  unranked: readonly { county: string; reason: string }[];
};

/** All that the public ranking of a month, or of half a month, prints: of audited days alone. */
export type MonthRanking = {
  label: string;
  from: IsoDate;
  to: IsoDate;
  ruleSet: RuleSetId;
  /** The days that the rate of good days is of. */
  cumulated: string;
  /** Stations that the city's row rests on; 0 where nobody has entered which are national. */
  nationalStations: number;
  /** What the plan allows each county a month; null where it sets nothing or the month isn't whole, and the table has no such column. */
  dustfallLimit: number | null;
  /** As the newspaper calls it: 南通市. */
  cityName: string;
  city: MonthRow;
  rows: readonly MonthRow[];
  /** By index (by PM2.5 where there is none), and by improvement. */
  lists: readonly MonthList[];
};

/**
 * The counties of a month, or of a part of one, as the newspaper prints them. Refuses, with the list of what is lacking, days that
 * nobody has audited, places without any data, and a month without dustfall where the plan limits it.
 */
export async function monthRanking(
  store: Reader,
  office: Office,
  period: Period,
): Promise<MonthRanking | Refusal> {
  const on = period.to.add({ days: 1 });
  const parts = ruledParts(period, on);
  if (isRefusal(parts)) return parts;
  const [ruled, ...earlier] = parts;
  if (earlier.length > 0)
    return refuse("bad-period", `${period.label}的评价标准有变更，前后不合并计算，不能排名。`);
  const regions = office.regionsOf(period, on);
  const limit = isWholeMonth(period) ? dustfallLimit(office) : null;
  const gaps = await gapsOf(store, office, { places: [office.city, ...regions], limit }, period);
  if (gaps.length > 0)
    return refuse("no-data", `${period.label}还不能公开排名：${gaps.map((gap) => gap.words).join("；")}。`, [
      ...new Set(gaps.flatMap(({ say }) => say ?? [])),
    ]);

  const metric: Metric = hasComposite(ruled.ruleSet, period.to.toString()) ? "composite" : "PM2.5";
  const [first, improved] = [
    await listOf(store, regions, ruled, on, metric),
    await listOf(store, regions, ruled, on, "improvement"),
  ];
  if (isRefusal(first)) return first;
  if (isRefusal(improved)) return improved;
  const sinceJanuary = periodOf(period.from.with({ month: 1 }), period.to);
  const dust = await dustfallRanking(store, office, regions, period.from.toPlainYearMonth().toString());
  const row = async (region: Region): Promise<MonthRow> => {
    const air = await presentAirOf(store, region, ruled, on);
    const found = first.rows.find(({ county }) => county === region.short);
    const why = first.unranked.find(({ county }) => county === region.short);
    return {
      county: region.short,
      ...{ rank: found?.rank ?? null, tied: found?.tied ?? false },
      pm25UgM3: isRefusal(air) ? null : air.now.pollutants["PM2.5"].oneDecimal,
      attainmentRatePct: await rateOf(store, region, sinceJanuary, on),
      dustfall: limit === null ? null : (dust.figures.get(region.id)?.value ?? null),
      reason: why?.reason ?? null,
    };
  };
  const rows: MonthRow[] = [];
  for (const region of regions) rows.push(await row(region));
  const order = [...first.rows, ...first.unranked].map(({ county }) => county);
  const stations = await store.air.stations();
  return {
    ...{ label: period.label, from: period.from.toString(), to: period.to.toString() },
    ruleSet: ruled.ruleSet.id,
    cumulated: sinceJanuary.label,
    nationalStations: stations.filter((s) => s.national && isInUse(s, `${period.from}`, `${period.to}`))
      .length,
    dustfallLimit: limit === null ? null : Number(limit),
    cityName: office.city.name,
    city: await row(office.city),
    rows: rows.toSorted((a, b) => order.indexOf(a.county) - order.indexOf(b.county)),
    lists: [first, improved],
  };
}

async function listOf(
  store: Reader,
  regions: readonly Region[],
  ruled: Ruled,
  on: Temporal.PlainDate,
  metric: Metric,
): Promise<MonthList | Refusal> {
  const found = await countyRanking(store, regions, ruled, on, metric);
  if (isRefusal(found)) return found;
  const { ranking, airs } = found;
  return {
    metric,
    rows: ranking.ranked.map(({ rank, tied, key, value }) => ({
      ...{ county: key.short, rank, tied, value },
      yearOnYearPct: changeOf(airs.get(key.id) as Air, metric),
    })),
    unranked: ranking.unranked.map(({ key, reason }) => ({ county: key.short, reason })),
  };
}

async function rateOf(store: Reader, region: Region, period: Period, on: Temporal.PlainDate) {
  const parts = ruledParts(period, on);
  const air = isRefusal(parts) ? parts : await presentAirOf(store, region, parts[0], on);
  return isRefusal(air) ? null : air.now.attainmentRatePct;
}

/** What a month lacks before it may be published, and what somebody has to say to mend it. */
type Gap = { words: string; say?: string };

async function gapsOf(
  store: Reader,
  office: Office,
  { places, limit }: { places: readonly Region[]; limit: string | null },
  { from, to, label }: Period,
): Promise<Gap[]> {
  const gaps: Gap[] = [];
  const empty: string[] = [];
  for (const { id, short } of places)
    if ((await store.air.days(id, from.toString(), to.toString())).length === 0) empty.push(short);
  if (empty.length > 0) gaps.push({ words: `${empty.join("、")}没有${label}的数据，请导入日均值` });
  // The rate of good days is of all days from January on.
  for (let month = from.with({ month: 1, day: 1 }); Temporal.PlainDate.compare(month, to) <= 0; ) {
    const last = month.with({ day: month.daysInMonth });
    const end = Temporal.PlainDate.compare(last, to) < 0 ? last : to;
    gaps.push(...(await unauditedIn(store, places, periodOf(month, end))));
    month = last.add({ days: 1 });
  }
  if (limit !== null) {
    const month = from.toPlainYearMonth().toString();
    const regions = places.filter(({ kind }) => kind !== "city");
    const { figures } = await dustfallRanking(store, office, regions, month);
    if (figures.size === 0) gaps.push({ words: `没有${label}的降尘数据，请导入`, say: `降尘 ${month}` });
  }
  return gaps;
}

/** Whether a period is one whole calendar month. */
export const isWholeMonth = ({ from, to }: Pick<Period, "from" | "to">): boolean =>
  from.day === 1 && to.equals(from.with({ day: from.daysInMonth }));

/** Days that wait for their audit: of whom, and which imports brought them. A month is audited when it is over, earlier days by their file. */
async function unauditedIn(store: Reader, places: readonly Region[], period: Period): Promise<Gap[]> {
  const { from, to, label } = period;
  const span = [from.toString(), to.toString()] as const;
  const waiting: string[] = [];
  let days = 0;
  for (const { id, short } of places) {
    const found = await store.air.unaudited(id, ...span);
    if (found.days > 0) waiting.push(short);
    days += found.days;
  }
  if (days === 0) return [];
  const batches = await store.air.batchesOf([span]);
  const of = waiting.length === places.length ? "" : `（${waiting.join("、")}）`;
  const brought = batches.length === 0 ? "" : `，涉及导入第${batches.join("、")}号`;
  const what = `${label}数据有${days}个未审核${of}${brought}`;
  if (!isWholeMonth(period)) return [{ words: `${what}，请导入数据状态为审核后的日均值` }];
  const said = `审定 ${monthOfDay(from).label}`;
  return [{ words: `${what}，请市办核对后发送“${said}”`, say: said }];
}
