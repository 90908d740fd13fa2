import { changeWords } from "../../domain/air/change.ts";
import { INK, type TextMeasure } from "../canvas.ts";
import { wrapped } from "../text-lines.ts";
import {
  BAR,
  CHART,
  type ChartFigure,
  type ChartFrame,
  type ChartKind,
  LEAST_TEXT,
  type Panel,
} from "./panel.ts";

/** One that is ranked; `tied` shares its rank with another. */
export type RankedBar = {
  rank: number;
  tied: boolean;
  name: string;
  value: number;
  changePct?: number | null;
  changePoints?: number | null;
};
/** Why somebody has no rank. */
export type UnrankedBar = { name: string; reason: string };
type Bars = {
  /** PM2.5均值 */
  metric: string;
  /** Empty for an index. */
  unit: string;
  decimals: 0 | 1 | 2;
  /** `change`: the value is a change in percent, a fall is negative. */
  values: "level" | "change";
  rows: readonly RankedBar[];
  unranked: readonly UnrankedBar[];
};

/** 排名: bars, best first, equals sharing a rank; who has none stands below with the reason. */
export type RankingSpec = ChartFrame & Bars & { kind: "ranking" };

const RANK = 34;
const NAME = 130;
const CHANGE = 108;
const TEXT = { size: 16 };

export const rankingBars: ChartKind<RankingSpec> = {
  panels: (spec, measure) => barsPanels(spec, measure, 40),
  figures: (spec) => barsFigures(spec),
};

const hasChange = ({ rows }: Bars) =>
  rows.some(({ changePct, changePoints }) => changePct !== undefined || changePoints !== undefined);
const valueText = ({ values, decimals }: Bars, value: number) =>
  values === "change" ? changeWords(value) : value.toFixed(decimals);
const changeText = ({ changePct, changePoints }: RankedBar) =>
  changePoints === undefined ? changeWords(changePct ?? null) : changeWords(changePoints, "个百分点");
const rankText = ({ rank, tied }: RankedBar) => `${rank}${tied ? "并列" : ""}`;

export function barsFigures(spec: Bars): ChartFigure[] {
  return spec.rows.flatMap((row) => [
    { of: row.name, figure: "位次", value: rankText(row) },
    { of: row.name, figure: spec.metric, value: valueText(spec, row.value) },
    ...(hasChange(spec) ? [{ of: row.name, figure: "同比", value: changeText(row) }] : []),
  ]);
}

/** The bars in rows of a height, between rank and name on the left and the change on the right. */
export function barsPanels(spec: Bars, measure: TextMeasure, row: number): Panel[] {
  const lines = (text: string, width: number) => wrapped(measure, text, { width, lines: 2, look: TEXT });
  const names = spec.rows.map(({ name }) => lines(name, NAME));
  const isTied = spec.rows.some(({ tied }) => tied);
  const rank = isTied ? RANK + 32 : RANK;
  const change = hasChange(spec)
    ? CHANGE + (spec.rows.some((r) => r.changePoints !== undefined) ? 46 : 0)
    : 0;
  const reasons = spec.unranked.flatMap(({ name, reason }) =>
    wrapped(measure, `${name}：${reason}`, { width: CHART.room - 10, lines: 3, look: { size: LEAST_TEXT } }),
  );
  const height = Math.max(row, ...names.map((name) => name.length * 20 + 6));
  const [low, high] = [
    Math.min(0, ...spec.rows.map((r) => r.value)),
    Math.max(0, ...spec.rows.map((r) => r.value)),
  ];
  const isMixed = spec.values === "change";
  // Room beside the bars for what is written there.
  const label =
    Math.max(0, ...spec.rows.map((r) => measure(valueText(spec, r.value), { size: 16, bold: true }))) + 10;
  const panels: Panel[] =
    spec.rows.length === 0
      ? [nobody()]
      : [
          {
            height: 28,
            draw({ write }, top) {
              const look = { size: LEAST_TEXT, color: INK.soft };
              write("位次", CHART.pad, top + 12, look);
              write("地区", CHART.pad + rank + 6, top + 12, look);
              write(
                `${spec.metric}${spec.unit === "" ? "" : `（${spec.unit}）`}`,
                CHART.pad + rank + NAME + 16,
                top + 12,
                look,
              );
              if (change > 0) write("同比", CHART.pad + CHART.room, top + 12, { ...look, align: "right" });
            },
          },
          {
            height: spec.rows.length * height,
            option: {
              grid: {
                left: rank + NAME + 14 + (isMixed && low < 0 ? label : 0),
                right: change + (isMixed && high <= 0 ? 4 : label),
                top: 0,
                bottom: 0,
              },
              xAxis: { type: "value", show: false, min: low, max: high || (low < 0 ? 0 : 1) },
              yAxis: {
                type: "category",
                inverse: true,
                data: spec.rows.map((_, at) => String(at)),
                axisLine: { show: true, onZero: true, lineStyle: { color: INK.soft } },
                axisTick: { show: false },
                axisLabel: { show: false },
              },
              series: [
                {
                  type: "bar",
                  barWidth: Math.round(height * 0.55),
                  data: spec.rows.map(({ value }) => ({
                    value,
                    label: {
                      // Where all have fallen there is no room on the right, not even for 持平.
                      position: value < 0 || (high <= 0 && low < 0) ? ("left" as const) : ("right" as const),
                    },
                  })),
                  itemStyle: { color: BAR },
                  label: {
                    show: true,
                    color: INK.text,
                    fontSize: 16,
                    fontWeight: "bold",
                    formatter: ({ dataIndex }) => valueText(spec, spec.rows[dataIndex]?.value ?? 0),
                  },
                },
              ],
            },
            draw({ write }, top) {
              for (const [at, bar] of spec.rows.entries()) {
                const y = top + (at + 0.5) * height;
                write(String(bar.rank), CHART.pad + 4, y, { size: 18, bold: true });
                if (bar.tied) write("并列", CHART.pad + RANK - 4, y, { size: LEAST_TEXT, color: INK.soft });
                const name = names[at] ?? [];
                for (const [i, line] of name.entries())
                  write(line, CHART.pad + rank + 6, y + (i - (name.length - 1) / 2) * 20, TEXT);
                if (change > 0)
                  write(changeText(bar), CHART.pad + CHART.room, y, { size: LEAST_TEXT, align: "right" });
              }
            },
          },
        ];
  if (reasons.length > 0)
    panels.push({
      height: reasons.length * 21 + 36,
      draw({ write }, top) {
        write("不参与排名", CHART.pad, top + 20, { size: LEAST_TEXT, bold: true });
        for (const [i, line] of reasons.entries())
          write(line, CHART.pad + 10, top + 42 + i * 21, { size: LEAST_TEXT, color: INK.soft });
      },
    });
  return panels;
}

const nobody = (): Panel => ({
  height: 60,
  draw: ({ write }, top) => write("没有可以排名的地区", CHART.pad, top + 30, { size: 18, color: INK.soft }),
});
