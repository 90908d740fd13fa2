import type { AqiCalendarSpec } from "../../../src/output/charts/aqi-calendar.ts";
import type { ChartSpec } from "../../../src/output/charts/kinds.ts";
import type { MonthPlanSpec } from "../../../src/output/charts/month-plan.ts";
import type { PaceSpec } from "../../../src/output/charts/pace-bullets.ts";
import type { ChartFrame } from "../../../src/output/charts/panel.ts";
import type { PrimarySpec } from "../../../src/output/charts/primary-bars.ts";
import type { RankingSpec } from "../../../src/output/charts/ranking-bars.ts";
import type { StationMapSpec } from "../../../src/output/charts/station-map.ts";
import type { TrendSpec } from "../../../src/output/charts/trend-line.ts";
import type { WeekBulletinSpec } from "../../../src/output/charts/week-bulletin.ts";

// Specs with a default for everything that a test doesn't speak of.

const frame: ChartFrame = {
  title: "海安市",
  subtitle: "2020年6月",
  notes: [],
  source: "空气自动监测日均值",
  dataStatus: "未经审核，仅供参考",
  date: "2020年7月1日",
  marks: ["演示数据，非真实监测结果"],
};
export const NAMES =
  "崇川区 港闸区 通州区 海门区 海安市 如皋市 如东县 启东市 通州湾示范区 市经济技术开发区 苏锡通科技产业园区 滨海园区 创新区".split(
    " ",
  );

/** The dates of a span. */
export const dates = (from: string, count: number) =>
  Array.from({ length: count }, (_, at) => Temporal.PlainDate.from(from).add({ days: at }).toString());

export const aTrend = (over: Partial<TrendSpec> = {}): TrendSpec => ({
  ...frame,
  kind: "trend",
  title: "海安市PM2.5日均值",
  metric: "PM2.5",
  unit: "µg/m³",
  decimals: 0,
  days: dates("2020-06-01", 30).map((date, at) => ({
    date,
    value: [6, 7, 15].includes(at) ? null : 20 + ((at * 37) % 71),
  })),
  lines: [
    { label: "日均限值", value: 75 },
    { label: "年目标", value: 36 },
  ],
  tiles: [
    { label: "均值", value: "41", unit: "µg/m³" },
    { label: "有效天数", value: "27/30", unit: "天" },
    { label: "超标", value: "3", unit: "天" },
  ],
  ...over,
});

export const aRanking = (over: Partial<RankingSpec> = {}): RankingSpec => ({
  ...frame,
  kind: "ranking",
  title: "2020年5月各县（市、区）PM2.5均值排名",
  metric: "PM2.5均值",
  unit: "µg/m³",
  decimals: 0,
  values: "level",
  rows: [
    { rank: 1, tied: false, name: "如东县", value: 27, changePct: -12.9 },
    { rank: 2, tied: true, name: "海安市", value: 31, changePct: 3.3 },
    { rank: 2, tied: true, name: "市经济技术开发区", value: 31, changePct: 0 },
    { rank: 4, tied: false, name: "启东市", value: 33, changePct: null },
  ],
  unranked: [{ name: "通州湾示范区", reason: "数据有效性不足：CO：有效天数不足（20/27天）" }],
  ...over,
});

/** As many as there are, with one value each. */
export const bars = (count: number, value: (at: number) => number = (at) => 25 + at) =>
  NAMES.slice(0, count).map((name, at) => ({ rank: at + 1, tied: false, name, value: value(at) }));

const CLASSES = [
  { aqi: 38, level: "优" },
  { aqi: 72, level: "良" },
  { aqi: 118, level: "轻度" },
  { aqi: 165, level: "中度" },
  { aqi: 240, level: "重度" },
  { aqi: 342, level: "严重" },
  { aqi: null, level: null },
] as const;
export const aCalendar = (over: Partial<AqiCalendarSpec> = {}): AqiCalendarSpec => ({
  ...frame,
  kind: "aqi-calendar",
  title: "海安市空气质量日历",
  months: ["2020-06"],
  days: dates("2020-06-01", 28).map((date, at) => ({
    date,
    ...(CLASSES[at % 7] ?? { aqi: null, level: null }),
  })),
  ...over,
});

export const aPace = (over: Partial<PaceSpec> = {}): PaceSpec => ({
  ...frame,
  kind: "pace",
  title: "2020年PM2.5达标进度",
  metric: "PM2.5均值",
  unit: "µg/m³",
  rows: [
    {
      name: "全市",
      toDate: 38.2,
      targets: [
        {
          kind: "constraint",
          value: 36,
          label: "约束性≤36",
          said: "略有滞后；剩余184天均值须≤33.9",
          tone: "notice",
        },
        {
          kind: "stretch",
          value: 35,
          label: "奋斗≤35",
          said: "明显滞后，难度很大；剩余184天均值须≤31.9",
          tone: "bad",
        },
      ],
    },
    { name: "海安市", toDate: 33, targets: [], without: "未分解" },
    { name: "通州湾示范区", toDate: null, targets: [], without: "未分解" },
  ],
  ...over,
});

const NONE = { "PM2.5": 0, PM10: 0, O3_8h: 0, NO2: 0, SO2: 0, CO: 0 };
export const aPrimary = (over: Partial<PrimarySpec> = {}): PrimarySpec => ({
  ...frame,
  kind: "primary",
  title: "海安市首要污染物",
  rows: Array.from({ length: 12 }, (_, at) => ({
    name: `${at + 1}月`,
    validDays: at === 10 ? 0 : 30,
    days: at >= 10 ? NONE : { ...NONE, "PM2.5": Math.max(18 - 2 * at, 0), O3_8h: at, PM10: at % 3, NO2: 1 },
  })),
  ...over,
});

export const aBulletin = (over: Partial<WeekBulletinSpec> = {}): WeekBulletinSpec => ({
  ...frame,
  kind: "week-bulletin",
  title: "空气质量周通报",
  subtitle: "2020年6月8日至14日",
  tiles: [
    { label: "PM2.5均值", value: "28", unit: "µg/m³", below: ["环比下降12.5%", "同比上升3.7%"] },
    { label: "O₃第90百分位", value: "168", unit: "µg/m³", below: ["环比上升5.0%", "同比下降1.2%"] },
    { label: "优良天数比率", value: "85.7", unit: "%", below: ["同比上升14.3个百分点"] },
  ],
  ranking: { metric: "PM2.5", unit: "µg/m³", decimals: 0, rows: aRanking().rows, unranked: [] },
  primary: { name: "全市", validDays: 7, days: { ...NONE, O3_8h: 5, "PM2.5": 1 } },
  lines: [
    { label: "问题", text: "未销号12件，其中超期3件" },
    { label: "滞后", text: "滞后任务4项，其中红色1项" },
  ],
  ...over,
});

export const aMonthPlan = (over: Partial<MonthPlanSpec> = {}): MonthPlanSpec => ({
  ...frame,
  kind: "month-plan",
  title: "2020年6月日程",
  dataStatus: "",
  source: "日程",
  month: "2020-06",
  today: "2020-06-15",
  days: [
    {
      date: "2020-06-01",
      items: [{ time: "09:00", title: "空气质量周通报", state: "已发出", tone: "good" }],
    },
    { date: "2020-06-25", off: "休", items: [] },
    {
      date: "2020-06-28",
      off: "班",
      items: [{ time: null, title: "任务滞后预警", state: "待运行", tone: "muted" }],
    },
  ],
  ...over,
});

export const aStationMap = (over: Partial<StationMapSpec> = {}): StationMapSpec => ({
  ...frame,
  kind: "station-map",
  item: "PM2.5",
  places: [
    { name: "海安", longitude: 120.46, latitude: 32.54, value: "35", level: "优" },
    { name: "启东", longitude: 121.65, latitude: 31.81, value: "118", level: "中度" },
    { name: "通州", longitude: 121.07, latitude: 32.07, value: "—", level: null },
  ],
  ...over,
});

/** One of each kind. */
export const oneOfEach: readonly ChartSpec[] = [
  aTrend(),
  aRanking(),
  aCalendar(),
  aCalendar({ months: Array.from({ length: 12 }, (_, at) => `2020-${String(at + 1).padStart(2, "0")}`) }),
  aPace(),
  aPrimary(),
  aBulletin(),
  aMonthPlan(),
  aStationMap(),
];
