import { z } from "zod";
import { chartPaper } from "../../air/charts/chart-paper.ts";
import { METRICS } from "../../air/ranking.ts";
import { type Refusal, refuse } from "../../chat/refusal.ts";
import { figure, longDate, shortDate } from "../../chat/wording.ts";
import { changeWords } from "../../domain/air/change.ts";
import { periodOf } from "../../domain/period.ts";
import type { ChartFrame } from "../../output/charts/panel.ts";
import type { RankingSpec } from "../../output/charts/ranking-bars.ts";
import type { Tile } from "../../output/charts/tiles.ts";
import type { WeekBulletinSpec } from "../../output/charts/week-bulletin.ts";
import { type FrozenPart, type FrozenRow, type WeekFacts, weekFacts } from "./week-facts.ts";
import { aimText, CITY, issueWords, scantWords, shortDistance, targetRest } from "./week-words.ts";
import type { WeekYear, YearStanding } from "./week-year.ts";

/** 战报: the week that the weekly notice tells of, on one screen of a phone. */
export const bulletinChart = chartPaper({
  name: "chart.week",
  params: z.object({ from: z.string(), to: z.string() }),
  async spec({ params: { from, to } }, context): Promise<WeekBulletinSpec | Refusal> {
    const period = periodOf(Temporal.PlainDate.from(from), Temporal.PlainDate.from(to));
    const facts = await weekFacts(period, context);
    if (facts.parts[0]?.city == null)
      return refuse("no-data", `${period.label}没有可用的监测数据。`, ["战报 上周"]);
    return bulletinOf(facts, period.label, { date: longDate(context.today), marks: [] });
  },
});

/** What a picture has of the paper that it belongs to. */
type Stamped = Pick<ChartFrame, "date" | "marks">;

/** The bulletin of a week's facts. Where there are no data it says so. */
export function bulletinOf(
  { parts: [part], year, issues, lag }: WeekFacts,
  label: string,
  stamped: Stamped,
): WeekBulletinSpec {
  const city = part?.city ?? null;
  return {
    kind: "week-bulletin",
    title: "空气质量战报",
    subtitle: part?.label ?? label,
    ...frameOf(part, stamped),
    notes: [
      "位次按PM2.5均值公布值排列，同比为上年相同日期",
      ...(part === undefined || part.isWhole ? [] : [`只含${part.rules}下的日子`]),
    ],
    tiles: [...(city === null ? [] : tilesOf(city)), ...yearTiles(year)],
    ranking: rankingOf(part),
    primary: { name: CITY, validDays: city?.validDays ?? 0, days: city?.primary ?? NONE },
    lines: [
      { label: "问题", text: issueWords(issues) },
      { label: "滞后", text: lag.words },
    ],
  };
}
const NONE = { "PM2.5": 0, PM10: 0, O3_8h: 0, NO2: 0, SO2: 0, CO: 0 };

/** The counties' bars alone, as they stand in the paper's document. */
export const weekRankingOf = (part: FrozenPart, stamped: Stamped): RankingSpec => ({
  kind: "ranking",
  title: "各县（市、区）PM2.5均值",
  subtitle: part.label,
  ...frameOf(part, stamped),
  notes: [],
  ...rankingOf(part),
  values: "level",
});

const frameOf = (part: FrozenPart | undefined, stamped: Stamped) => ({
  source: "自动监测日均值",
  dataStatus: part?.dataWords ?? "",
  ...stamped,
});

const tile = (label: string, value: string | null, unit: string, below: readonly string[]): Tile => ({
  ...{ label, value: value ?? "不予统计", unit: value === null ? "" : unit, below },
});
const { unit: UNIT } = METRICS["PM2.5"];
const whole = (value: number | null) => (value === null ? null : figure(value));
const rateOf = (value: number | null) => (value === null ? null : figure(value, 1));

function tilesOf(city: FrozenRow): Tile[] {
  const days = `${city.goodDays}/${city.validDays}天`;
  return [
    tile("PM2.5均值", whole(city.pm25), UNIT, [`同比${changeWords(city.yearOnYearPct)}`]),
    tile("O₃第90百分位数", whole(city.o3), UNIT, [`同比${changeWords(city.o3YearOnYearPct)}`]),
    tile("优良天数比率", rateOf(city.attainmentRatePct), "%", [
      `${days}，同比${changeWords(city.rateYearOnYearPoints, "个百分点")}`,
    ]),
  ];
}

/** The city's year to date, with what binds it. */
function yearTiles(year: WeekYear | null): Tile[] {
  const city = year?.places.find(({ isCity }) => isCity);
  if (year === null || city === undefined || city.validDays === 0) return [];
  const aim = (indicator: YearStanding["indicator"]) =>
    city.aims.find((one) => one.indicator === indicator && one.kind === "constraint");
  const [mean, rate] = [aim("pm25-mean"), aim("attainment-rate")];
  const against = (one: YearStanding | undefined) =>
    one === undefined ? [] : [`目标${aimText(one)}，${shortDistance(one)}`];
  // The distance is of the figure with one decimal, which stands beside it so that a reader can reckon.
  const againstMean =
    mean === undefined ? [] : [`目标${aimText(mean)}`, `${figure(mean.toDate, 1)}，${shortDistance(mean)}`];
  const rest = [mean, rate].flatMap((one) => (one === undefined ? [] : targetRest(one) || []));
  const since = year.from.endsWith("-01-01") ? "今年" : `${shortDate(year.from)}以来`;
  return [
    tile(`${since}PM2.5`, whole(city.pm25), UNIT, [`同比${changeWords(city.pm25ChangePct)}`, ...againstMean]),
    tile(`${since}优良率`, rateOf(city.attainmentRatePct), "%", [
      `同比${changeWords(city.attainmentChangePoints, "个百分点")}`,
      ...against(rate),
    ]),
    ...(rest.length === 0 || mean === undefined
      ? []
      : [
          tile(
            "今年还剩",
            String(mean.remainingDays),
            "天",
            rest.map((text) => text.replace(/^剩余\d+天/, "")),
          ),
        ]),
  ];
}

function rankingOf(part: FrozenPart | undefined): WeekBulletinSpec["ranking"] {
  const { rows, days } = part ?? { rows: [], days: 0 };
  const { title, unit, decimals } = METRICS["PM2.5"];
  return {
    ...{ metric: title, unit, decimals },
    rows: rows.flatMap(({ county, rank, tied, pm25, yearOnYearPct }) =>
      rank === null || pm25 === null
        ? []
        : [{ rank, tied, name: county, value: pm25, changePct: yearOnYearPct }],
    ),
    unranked: rows.flatMap((row) =>
      row.rank === null ? [{ name: row.county, reason: scantWords(row, days) }] : [],
    ),
  };
}
