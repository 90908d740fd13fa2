import type { EChartsOption } from "echarts";
import { POLLUTANTS, type Pollutant, pollutantLabel } from "../../domain/air/day.ts";
import { INK, type TextMeasure } from "../canvas.ts";
import { fitted } from "../text-lines.ts";
import {
  CHART,
  type ChartFigure,
  type ChartFrame,
  type ChartKind,
  inkOn,
  LEAST_TEXT,
  type Panel,
} from "./panel.ts";

/** 首要污染物: on how many days each pollutant was the primary one, by month or by place. */
export type PrimarySpec = ChartFrame & { kind: "primary"; rows: readonly PrimaryRow[] };
export type PrimaryRow = {
  /** 5月, or a place. */
  name: string;
  validDays: number;
  /** Days as primary pollutant; a day may have several. */
  days: Readonly<Record<Pollutant, number>>;
};

/** Light and dark by turns, so that neighbours are told apart without colour. */
const COLORS: Readonly<Record<Pollutant, string>> = {
  "PM2.5": "#2b4a78",
  PM10: "#d9b36c",
  O3_8h: "#3a8fb7",
  NO2: "#f0c6b4",
  SO2: "#6b5b2e",
  CO: "#c9ced6",
};
const ROW = 38;
const NAME = 70;
const VALID = 64;

export const primaryBars: ChartKind<PrimarySpec> = {
  panels: ({ rows }, measure) => {
    const [only] = rows;
    if (only === undefined || named(rows).length === 0) return [totals(rows)];
    return rows.length === 1 ? [byPollutant(only)] : [totals(rows), stacked(rows, measure)];
  },
  figures: ({ title, rows }) => [
    ...named(rows).map((p) => ({ of: title, figure: pollutantLabel(p), value: `${total(rows, p)}天` })),
    ...(rows.length === 1 ? [] : rows.flatMap(primaryFigures)),
  ],
};

/** What a row prints. */
export function primaryFigures({ name, days, validDays }: PrimaryRow): ChartFigure[] {
  const shown = POLLUTANTS.filter((p) => days[p] > 0);
  return [
    { of: name, figure: "有效天", value: `${validDays}天` },
    ...shown.map((p) => ({ of: name, figure: pollutantLabel(p), value: String(days[p]) })),
  ];
}

const total = (rows: readonly PrimaryRow[], p: Pollutant) => rows.reduce((sum, { days }) => sum + days[p], 0);
/** The pollutants that there are. */
const named = (rows: readonly PrimaryRow[]) => POLLUTANTS.filter((p) => total(rows, p) > 0);

/** Each pollutant with its days: the key to the bars. */
export function totals(rows: readonly PrimaryRow[]): Panel {
  const shown = named(rows);
  const width = CHART.room / 3;
  return {
    height: Math.max(1, Math.ceil(shown.length / 3)) * 30 + 6,
    draw({ fill, write }, top) {
      if (shown.length === 0) write(noneText(rows), CHART.pad, top + 14, { size: 17, color: INK.soft });
      for (const [at, p] of shown.entries()) {
        const [x, y] = [CHART.pad + (at % 3) * width, top + Math.floor(at / 3) * 30];
        fill(x, y + 4, 20, 18, COLORS[p]);
        write(`${pollutantLabel(p)} ${total(rows, p)}天`, x + 27, y + 13, { size: 17, bold: true });
      }
    },
  };
}

const noneText = (rows: readonly PrimaryRow[]) =>
  rows.every(({ validDays }) => validDays === 0) ? "没有有效数据" : "没有首要污染物（各日均为优）";

/** Bars of several rows, the pollutants one behind another, each with its days. */
function stacked(rows: readonly PrimaryRow[], measure: TextMeasure): Panel {
  const sums = rows.map(({ days }) => POLLUTANTS.reduce((sum, p) => sum + days[p], 0));
  const most = Math.max(1, ...sums);
  const perDay = (CHART.room - NAME - VALID) / most;
  return {
    height: rows.length * ROW + 28,
    option: {
      grid: { left: NAME, right: VALID, top: 28, bottom: 0 },
      xAxis: { type: "value", show: false, min: 0, max: most },
      yAxis: categories(rows.map(({ name }) => name)),
      series: named(rows).map((p) => ({
        type: "bar",
        stack: "days",
        barWidth: ROW - 12,
        itemStyle: { color: COLORS[p], borderColor: INK.paper, borderWidth: 1 },
        data: rows.map(({ days }) => days[p] || null),
        label: {
          show: true,
          position: "inside",
          color: inkOn(COLORS[p]),
          fontSize: LEAST_TEXT,
          formatter: ({ value }: { value: unknown }) => {
            const long = `${pollutantLabel(p)} ${value}`;
            return measure(long, { size: LEAST_TEXT }) + 8 < Number(value) * perDay ? long : String(value);
          },
        },
      })),
    } as EChartsOption,
    draw({ write }, top) {
      write("有效天数", CHART.pad + CHART.room, top + 13, {
        size: LEAST_TEXT,
        color: INK.soft,
        align: "right",
      });
      for (const [at, { name, validDays }] of rows.entries()) {
        const y = top + 28 + (at + 0.5) * ROW;
        write(fitted(measure, name, NAME - 6, { size: LEAST_TEXT }), CHART.pad, y, { size: LEAST_TEXT });
        write(`${validDays}天`, CHART.pad + CHART.room, y, {
          size: LEAST_TEXT,
          color: INK.soft,
          align: "right",
        });
        if (sums[at] === 0)
          write(validDays === 0 ? "无有效数据" : "均为优", CHART.pad + NAME + 8, y, {
            size: LEAST_TEXT,
            color: INK.soft,
          });
      }
    },
  };
}

/** One row: a bar for each pollutant. */
function byPollutant(row: PrimaryRow): Panel {
  const shown = named([row]);
  return {
    height: shown.length * ROW,
    option: {
      grid: { left: NAME, right: 60, top: 0, bottom: 0 },
      xAxis: { type: "value", show: false, min: 0, max: Math.max(...shown.map((p) => row.days[p])) },
      yAxis: categories(shown),
      series: [
        {
          type: "bar",
          barWidth: ROW - 14,
          data: shown.map((p) => ({ value: row.days[p], itemStyle: { color: COLORS[p] } })),
          label: {
            show: true,
            position: "right",
            color: INK.text,
            fontSize: 16,
            fontWeight: "bold",
            formatter: "{c}天",
          },
        },
      ],
    },
    draw({ write }, top) {
      for (const [at, p] of shown.entries())
        write(pollutantLabel(p), CHART.pad, top + (at + 0.5) * ROW, { size: 16 });
    },
  };
}

const categories = (names: readonly string[]) => ({
  type: "category" as const,
  inverse: true,
  data: [...names],
  axisLabel: { show: false },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: INK.soft } },
});
