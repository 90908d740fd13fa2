import type { EChartsOption } from "echarts";
import type { IsoDate } from "../../domain/air/day.ts";
import { INK } from "../canvas.ts";
import { BAR, CHART, type ChartFrame, type ChartKind, LEAST_TEXT, type Panel, roundScale } from "./panel.ts";
import { type Tile, tilesPanel } from "./tiles.ts";

/** 趋势: a figure day by day, with the lines that it is held against. A day without a valid value is a gap, never zero. */
export type TrendSpec = ChartFrame & {
  kind: "trend";
  /** PM2.5, AQI. */
  metric: string;
  /** µg/m³; empty for an index. */
  unit: string;
  decimals: 0 | 1;
  /** Every day of the period up to which there can be values. */
  days: readonly { date: IsoDate; value: number | null }[];
  /** Two at most, the first is the one that a day exceeds: 日均限值 75. */
  lines: readonly { label: string; value: number }[];
  /** The period in figures: mean, valid days. */
  tiles: readonly Tile[];
};

const HEIGHT = 380;
const GAP = "#e3e8ee";
const OVER = "#b3261e";
/** Below so many days each has a sign of its own. */
const MOST_SIGNS = 62;

export const trendLine: ChartKind<TrendSpec> = {
  panels: (spec, measure) => {
    const hasValue = spec.days.some(({ value }) => value !== null);
    return [
      tilesPanel(spec.tiles, measure),
      hasValue ? { height: HEIGHT, option: optionOf(spec) } : nothing(),
      ...(spec.days.some(({ value }) => value === null) && hasValue ? [gapKey()] : []),
    ];
  },
  figures: (spec) => [
    ...spec.tiles.map(({ label, value, unit }) => ({
      of: spec.title,
      figure: label,
      value: `${value}${unit}`,
    })),
    ...spec.lines.map((line) => ({ of: spec.title, figure: line.label, value: String(line.value) })),
    ...extremes(spec).map(({ day, value }) => ({
      of: day,
      figure: spec.metric,
      value: value.toFixed(spec.decimals),
    })),
  ],
};

const lineText = ({ label, value }: TrendSpec["lines"][number]) => `${label}${value}`;
const dayText = (date: IsoDate) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

/** The highest and the lowest day, the first of equals; among the many days of a year the lowest has no room. */
function extremes({ days }: TrendSpec) {
  const valid = days.flatMap(({ value }, at) => (value === null ? [] : [{ at, value }]));
  const [first] = valid;
  if (first === undefined) return [];
  const high = valid.reduce((best, day) => (day.value > best.value ? day : best), first);
  const low = valid.reduce((best, day) => (day.value < best.value ? day : best), first);
  return [high, ...(low.value < high.value && days.length <= MOST_SIGNS ? [low] : [])].map((day, i) => ({
    ...day,
    isHigh: i === 0,
    day: dayText(days[day.at]?.date ?? ""),
  }));
}

function optionOf(spec: TrendSpec): EChartsOption {
  const { days, lines, decimals } = spec;
  const values = days.map(({ value }) => value);
  const scale = roundScale(
    [...values.flatMap((value) => value ?? []), ...lines.map(({ value }) => value)].map((v) => v * 1.08),
  );
  const limit = lines[0]?.value ?? Number.POSITIVE_INFINITY;
  const alone = (at: number) => (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
  const sign = (value: number, at: number) => {
    if (value > limit)
      return { symbol: "diamond", symbolSize: days.length > MOST_SIGNS ? 7 : 11, itemStyle: { color: OVER } };
    return { symbol: "circle", symbolSize: days.length <= MOST_SIGNS || alone(at) ? 6 : 0 };
  };
  return {
    grid: { left: 46, right: 10, top: 34, bottom: 32 },
    xAxis: {
      type: "category",
      data: days.map(({ date }) => date),
      axisTick: { alignWithLabel: true, interval: (at: number) => ticks(days)[at] !== undefined },
      axisLine: { lineStyle: { color: INK.soft } },
      axisLabel: {
        color: INK.soft,
        fontSize: LEAST_TEXT,
        interval: (at: number) => ticks(days)[at] !== undefined,
        formatter: (_: string, at: number) => ticks(days)[at] ?? "",
      },
    },
    yAxis: {
      type: "value",
      ...scale,
      name: spec.unit,
      nameLocation: "end",
      nameTextStyle: { color: INK.soft, fontSize: LEAST_TEXT, align: "left", padding: [0, 0, 0, -40] },
      splitLine: { lineStyle: { color: INK.line } },
      axisLabel: { color: INK.soft, fontSize: LEAST_TEXT },
    },
    series: [
      {
        type: "bar",
        data: values.map((value) => (value === null ? scale.max : null)),
        barCategoryGap: "0%",
        itemStyle: { color: GAP },
        silent: true,
        z: 0,
      },
      {
        type: "line",
        data: values.map((value, at) => (value === null ? { value: null } : { value, ...sign(value, at) })),
        connectNulls: false,
        // Otherwise only days with a date below them would have their sign.
        showAllSymbol: true,
        lineStyle: { color: BAR, width: 2 },
        itemStyle: { color: BAR },
        markPoint: {
          symbol: "circle",
          symbolSize: 1,
          data: extremes(spec).map(({ at, value, day, isHigh }) => ({
            coord: [at, value],
            label: {
              show: true,
              formatter: `${day} ${value.toFixed(decimals)}`,
              // Below a low one would be the axis.
              position: isHigh || value < scale.max * 0.12 ? "top" : "bottom",
              distance: 9,
              // A label at the edge would be cut.
              align: at < days.length * 0.12 ? "left" : at > days.length * 0.88 ? "right" : "center",
              color: INK.text,
              fontSize: LEAST_TEXT,
              fontWeight: "bold",
              textBorderColor: INK.paper,
              textBorderWidth: 3,
            },
          })),
        },
        markLine: {
          symbol: "none",
          data: lines.map((line, i) => ({
            yAxis: line.value,
            lineStyle: { color: i === 0 ? OVER : "#7a4b00", type: i === 0 ? "dashed" : "dotted", width: 2 },
            label: {
              formatter: lineText(line),
              position: freeSide(values, line.value, scale.max),
              color: i === 0 ? OVER : "#7a4b00",
              fontSize: LEAST_TEXT,
              textBorderColor: INK.paper,
              textBorderWidth: 3,
            },
          })),
        },
      },
    ],
  } as EChartsOption;
}

/** The end of a line above which fewer values would stand in its label's way. */
function freeSide(values: readonly (number | null)[], line: number, max: number) {
  const inTheWay = (part: typeof values) =>
    part.filter((value) => value !== null && value > line - max * 0.02 && value < line + max * 0.3).length;
  const third = Math.ceil(values.length / 3);
  return inTheWay(values.slice(0, third)) < inTheWay(values.slice(-third))
    ? "insideStartTop"
    : "insideEndTop";
}

/** What stands below which day: every few days within two months, months beyond. */
function ticks(days: TrendSpec["days"]): (string | undefined)[] {
  if (days.length <= MOST_SIGNS) {
    const step = Math.ceil(days.length / 6);
    return days.map(({ date }, at) => (at % step === 0 ? dayText(date) : undefined));
  }
  const months = new Set(days.map(({ date }) => date.slice(0, 7)));
  const step = Math.ceil(months.size / 12);
  return days.map(({ date }) =>
    date.endsWith("-01") && (Number(date.slice(5, 7)) - 1) % step === 0
      ? `${Number(date.slice(5, 7))}月`
      : undefined,
  );
}

const nothing = (): Panel => ({
  height: 120,
  draw: ({ write }, top) =>
    write("这一时段没有有效数据", CHART.width / 2, top + 60, { size: 18, color: INK.soft, align: "center" }),
});

const gapKey = (): Panel => ({
  height: 26,
  draw({ fill, write }, top) {
    fill(CHART.pad + 46, top + 5, 18, 16, GAP);
    write("灰底：当日无有效数据，不连线", CHART.pad + 72, top + 13, { size: LEAST_TEXT, color: INK.soft });
  },
});
