import { isRefusal } from "../chat/refusal.ts";
import { figure, longDate } from "../chat/wording.ts";
import { changePct, changeWords } from "../domain/air/change.ts";
import { type PeriodDataState, togetherDataState } from "../domain/air/data-state.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { RegionId } from "../domain/ids.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import { daysIn, type Period, periodOf } from "../domain/period.ts";
import type { Region } from "../domain/plan/pack.ts";
import type { Role } from "../domain/roles.ts";
import type { Office } from "../office/office.ts";
import type { Reader } from "../store/store.ts";
import { dataStateFacts, dataStateWords } from "./data-state-words.ts";
import { type Air, airOf, type Ruled, recomputed, ruledParts, yearOnYear } from "./period-air.ts";
import { countyRanking, METRICS } from "./ranking.ts";

/** 周通报 as the ledger and its deliveries know it, and who is sent it: they may read it again. */
export const WEEKLY_NOTICE = "weekly-notice";
export const WEEKLY_READERS = [
  "office",
  "city-lead",
  "supervision",
  "county-lead",
  "county-liaison",
  "department-liaison",
] as const satisfies readonly Role[];

/** All that a notice prints of a week, the part under the present rules first; no part where there were no rules then. */
export type WeekFacts = { parts: readonly FrozenPart[] };

/** A part of the week as JSON: its figures, and the words that hang on more than those. */
export type FrozenPart = {
  from: IsoDate;
  to: IsoDate;
  label: string;
  days: number;
  ruleSet: string;
  isWhole: boolean;
  /** The city in a sentence, and the small print. */
  city: string;
  note: string;
  cityPrinted: readonly PrintedFigure[];
  data: ReturnType<typeof dataStateFacts>;
  rows: readonly FrozenRow[];
};
type FrozenRow = Omit<WeekRow, "region"> & { regionId: RegionId; county: string };

/** What a notice about a week says by the data of this moment. */
export async function weekFacts(
  store: Reader,
  office: Office,
  week: Period,
  today: Temporal.PlainDate,
): Promise<WeekFacts> {
  return { parts: (await weekReport(store, office, week, today)).map(frozen) };
}

function frozen(part: WeekPart): FrozenPart {
  const { ruled, isWhole, rows, data } = part;
  const { period, ruleSet } = ruled;
  const days = daysIn(period);
  return {
    ...{ from: period.from.toString(), to: period.to.toString(), label: period.label, days },
    ...{ ruleSet: ruleSet.id, isWhole },
    city: cityWords(part, days),
    note: `按PM2.5均值公布值排列，并列者按行政区划次序；有效天数不足的不予统计，不参与排名；${isWhole ? "环比为上一周，" : ""}同比为上年相同日期；${rulesWords(part)}${dataStateWords(data)}`,
    cityPrinted: cityFigures(part),
    data: dataStateFacts(data),
    rows: rows.map(({ region, ...row }) => ({ regionId: region.id, county: region.short, ...row })),
  };
}

/** A week, or the part of one that has rules of its own: the city in a sentence, the counties in rows, with what they rest on. */
export type WeekPart = {
  ruled: Ruled;
  /** It stands for a whole week, and not for a part of one in which the rules have changed. */
  isWhole: boolean;
  city: Air | null;
  rows: readonly WeekRow[];
  data: PeriodDataState;
};

/** What a county's cards publish of these days; null where they publish nothing. */
type WeekRow = {
  region: Region;
  rank: number | null;
  tied: boolean;
  pm25: number | null;
  attainmentRatePct: number | null;
  weekOnWeekPct: number | null;
  yearOnYearPct: number | null;
  validDays: number;
};

/** A week by county as published, the part under the present rules first; empty when there were no rules then. */
export async function weekReport(
  store: Reader,
  office: Office,
  week: Period,
  today: Temporal.PlainDate,
): Promise<readonly WeekPart[]> {
  const parts = ruledParts(week, today);
  if (isRefusal(parts)) return [];
  const regions = office.regionsOf(week, today);
  return Promise.all(
    parts.map(async (ruled) => {
      const ranked = await countyRanking(store, regions, ruled, today, "PM2.5");
      const city = await airOf(store, office.city, ruled, today);
      const isWhole = parts.length === 1;
      const before = isWhole ? await weekBefore(store, regions, ruled, today) : new Map<string, Air>();
      if (isRefusal(ranked)) return { ruled, isWhole, city: null, rows: [], data: togetherDataState([]) };
      const { ranking, airs } = ranked;
      const row = (region: Region, rank: number | null, tied: boolean): WeekRow => {
        const air = airs.get(region.id);
        const pm25 = air?.now.pollutants["PM2.5"].value ?? null;
        return {
          region,
          rank,
          tied,
          pm25,
          attainmentRatePct: air?.now.attainmentRatePct ?? null,
          weekOnWeekPct: changePct(pm25, before.get(region.id)?.now.pollutants["PM2.5"].value ?? null),
          yearOnYearPct: air === undefined ? null : yearOnYear(air)["PM2.5"],
          validDays: air?.now.days.valid ?? 0,
        };
      };
      return {
        ruled,
        isWhole,
        city: isRefusal(city) ? null : city,
        data: togetherDataState(
          [...(isRefusal(city) ? [] : [city]), ...airs.values()].map(({ data }) => data),
        ),
        rows: [
          ...ranking.ranked.map(({ key, rank, tied }) => row(key, rank, tied)),
          ...ranking.unranked.map(({ key }) => row(key, null, false)),
        ],
      };
    }),
  );
}

/** The same counties a week earlier, judged by the same rules: only so can the two weeks be compared. */
async function weekBefore(
  store: Reader,
  regions: readonly Region[],
  { period, ruleSet }: Ruled,
  today: Temporal.PlainDate,
): Promise<ReadonlyMap<string, Air>> {
  const before = periodOf(period.from.subtract({ days: 7 }), period.to.subtract({ days: 7 }));
  const ranked = await countyRanking(store, regions, { period: before, ruleSet }, today, "PM2.5");
  return isRefusal(ranked) ? new Map() : ranked.airs;
}

/** A part of the report on a card: the city, the reader's own county, the table, and by which rules. */
export function weekBlocks({ days, isWhole, city, note, rows }: FrozenPart, ownId: RegionId | null) {
  const mine = rows.find(({ regionId }) => regionId === ownId);
  return [
    { kind: "text" as const, text: city },
    ...(mine ? [{ kind: "text" as const, text: ownWords(mine, days, isWhole) }] : []),
    {
      kind: "table" as const,
      columns: [
        { title: "位次" },
        { title: "地区" },
        { title: `PM2.5（${METRICS["PM2.5"].unit}）`, align: "end" as const },
        { title: "优良率（%）", align: "end" as const },
        ...(isWhole ? [{ title: "环比", align: "end" as const }] : []),
        { title: "同比", align: "end" as const },
        { title: "有效天", align: "end" as const },
      ],
      rows: rows.map((row) => [
        row.rank === null ? "—" : rankWords(row),
        row.county,
        figure(row.pm25),
        figure(row.attainmentRatePct, 1),
        ...(isWhole ? [changeWords(row.weekOnWeekPct)] : []),
        changeWords(row.yearOnYearPct),
        `${row.validDays}/${days}`,
      ]),
    },
    { kind: "note" as const, text: note },
  ];
}

/** What the notice prints of a week, figure by figure, as its table and its sentence do. */
export function weekPrinted({ parts }: WeekFacts): PrintedFigure[] {
  return parts.flatMap(({ label, isWhole, cityPrinted, rows }) => {
    const named = (of: string, figures: Record<string, string>): PrintedFigure[] =>
      Object.entries(figures).map(([name, value]) => ({
        ...{ of, value },
        figure: isWhole ? name : `${name}（${label}）`,
      }));
    return [
      ...cityPrinted,
      ...rows.flatMap((row) =>
        named(row.county, {
          "PM2.5": figure(row.pm25),
          优良率: figure(row.attainmentRatePct, 1, "%"),
          ...(isWhole ? { 环比: changeWords(row.weekOnWeekPct) } : {}),
          同比: changeWords(row.yearOnYearPct),
          有效天: String(row.validDays),
        }),
      ),
      // A place changes with somebody else's figure, so that places come last.
      ...rows.flatMap((row) => named(row.county, { 位次: row.rank === null ? "—" : rankWords(row) })),
    ];
  });
}

function cityFigures({ ruled: { period }, isWhole, city }: WeekPart): PrintedFigure[] {
  if (city === null) return [];
  const figures = {
    "PM2.5": figure(city.now.pollutants["PM2.5"].value),
    优良率: figure(city.now.attainmentRatePct, 1, "%"),
    优良率同比: changeWords(yearOnYear(city).attainmentRatePoints, "个百分点"),
  };
  return Object.entries(figures).map(([name, value]) => ({
    ...{ of: "全市", value },
    figure: isWhole ? name : `${name}（${period.label}）`,
  }));
}

const rankWords = ({ rank, tied }: Pick<WeekRow, "rank" | "tied">) => `${rank}${tied ? "（并列）" : ""}`;

function rulesWords({ ruled: { period, ruleSet }, isWhole, city }: WeekPart): string {
  const by = isWhole ? "" : `${longDate(period.from)}至${longDate(period.to)}单独统计，`;
  const anew = city !== null && recomputed(city) ? "，上年同期按同一标准重新计算" : "";
  return isWhole && ruleSet.id === "cn-2012" ? "" : `${by}按${ruleSet.name}评价${anew}；`;
}

function cityWords({ ruled: { period }, isWhole, city }: WeekPart, days: number): string {
  const when = isWhole ? `上周（${period.label}）` : period.label;
  if (city === null) return `${when}全市没有有效监测数据。`;
  const { now } = city;
  const { value } = now.pollutants["PM2.5"];
  if (value === null && now.attainmentRatePct === null)
    return `${when}全市有效天数不足（${now.days.valid}/${days}天），不予统计。`;
  const mean = value === null ? "PM2.5不予统计" : `PM2.5均值${value}微克/立方米`;
  const rate =
    now.attainmentRatePct === null
      ? "优良天数比率不予统计"
      : `优良天数比率${figure(now.attainmentRatePct, 1, "%")}，同比${changeWords(yearOnYear(city).attainmentRatePoints, "个百分点")}`;
  return `${when}全市${mean}，${rate}。`;
}

function ownWords(row: FrozenRow, days: number, isWhole: boolean): string {
  const { county, pm25, attainmentRatePct, weekOnWeekPct, yearOnYearPct, validDays } = row;
  if (pm25 === null && attainmentRatePct === null)
    return `${county}：有效天数不足（${validDays}/${days}天），不予统计，不参与排名。`;
  const mean = pm25 === null ? "PM2.5不予统计" : `PM2.5 ${pm25}微克/立方米`;
  const rate = attainmentRatePct === null ? "优良率不予统计" : `优良率${attainmentRatePct.toFixed(1)}%`;
  const rank = row.rank === null ? "不参与排名" : `位次${rankWords(row)}`;
  const changes = `${isWhole ? `环比${changeWords(weekOnWeekPct)}，` : ""}同比${changeWords(yearOnYearPct)}`;
  return `${county}：${mean}，${rate}，${rank}，${changes}。`;
}
