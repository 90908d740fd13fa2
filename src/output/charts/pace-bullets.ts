import type { EChartsOption } from "echarts";
import { INK, type TextMeasure } from "../canvas.ts";
import { wrapped } from "../text-lines.ts";
import {
  BAR,
  CHART,
  type ChartFrame,
  type ChartKind,
  type ChartTone,
  LEAST_TEXT,
  type Panel,
  roundScale,
  TONES,
} from "./panel.ts";

/** 达标进度: for each place the figure to date as a bar, its targets as marks on it, and what the rest of the year may be. */
export type PaceSpec = ChartFrame & {
  kind: "pace";
  /** PM2.5均值 */
  metric: string;
  unit: string;
  rows: readonly PaceRow[];
};
export type PaceRow = {
  name: string;
  /** One decimal, as beside targets; null without a valid day. */
  toDate: number | null;
  targets: readonly PaceTarget[];
  /** Why there is no target. */
  without?: string;
};
export type PaceTarget = {
  kind: "constraint" | "stretch";
  value: number;
  /** 约束性≤36 */
  label: string;
  /** 符合进度；剩余200天均值须≤33.1 */
  said: string;
  tone: ChartTone;
};

const MARKS = { constraint: "#b3261e", stretch: "#7a4b00" } as const;
const NAME = 30;
const BAR_HEIGHT = 24;
const LINE = 22;
const AXIS = 30;

export const paceBullets: ChartKind<PaceSpec> = {
  panels: (spec, measure) => [key(spec), bullets(spec, measure)],
  figures: ({ rows, metric }) =>
    rows.flatMap(({ name, toDate, targets }) => [
      { of: name, figure: metric, value: toDateText(toDate) },
      ...targets.map(({ label, said }) => ({ of: name, figure: label, value: said })),
    ]),
};

const toDateText = (toDate: number | null) => (toDate === null ? "无有效数据" : toDate.toFixed(1));

function key({ metric, unit, rows }: PaceSpec): Panel {
  const has = (kind: PaceTarget["kind"]) => rows.some(({ targets }) => targets.some((t) => t.kind === kind));
  return {
    height: 30,
    draw({ fill, write, context }, top) {
      const look = { size: LEAST_TEXT };
      const y = top + 12;
      fill(CHART.pad, y - 6, 22, 12, BAR);
      write(`${metric}（${unit}，今年以来）`, CHART.pad + 28, y, look);
      if (has("constraint")) {
        fill(CHART.pad + 282, y - 11, 5, 22, MARKS.constraint);
        write("约束性目标", CHART.pad + 293, y, look);
      }
      if (!has("stretch")) return;
      context.fillStyle = MARKS.stretch;
      diamond(context, CHART.pad + 400, y, 8);
      write("奋斗目标", CHART.pad + 413, y, look);
    },
  };
}

function diamond(
  context: {
    beginPath(): void;
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    fill(): void;
  },
  x: number,
  y: number,
  r: number,
) {
  context.beginPath();
  context.moveTo(x, y - r);
  context.lineTo(x + r, y);
  context.lineTo(x, y + r);
  context.lineTo(x - r, y);
  context.fill();
}

function bullets({ rows, unit }: PaceSpec, measure: TextMeasure): Panel {
  const placed: { row: PaceRow; lines: { text: string; color: string }[]; y: number }[] = [];
  let y = 8;
  for (const row of rows) {
    const said = row.targets.map(({ label, said: words, tone }) => ({
      text: `${TONES[tone].sign} ${label}：${words}`,
      color: TONES[tone].color,
    }));
    const lines = said.flatMap(({ text, color }) =>
      wrapped(measure, text, { width: CHART.room - 4, lines: 3, look: { size: LEAST_TEXT } }).map((line) => ({
        text: line,
        color,
      })),
    );
    placed.push({ row, lines, y });
    y += NAME + BAR_HEIGHT + 8 + lines.length * LINE + 16;
  }
  const scale = roundScale(
    rows.flatMap(({ toDate, targets }) => [toDate ?? 0, ...targets.map((t) => t.value * 1.05)]),
  );
  if (unit === "%") scale.max = 100;
  return {
    height: y + AXIS,
    option: {
      grid: { left: 4, right: 14, top: 0, bottom: AXIS },
      xAxis: {
        type: "value",
        ...scale,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: INK.line } },
        axisLabel: { color: INK.soft, fontSize: LEAST_TEXT },
      },
      yAxis: { type: "value", show: false, inverse: true, min: 0, max: y },
      series: [
        {
          type: "custom",
          data: placed.map(({ row: { toDate }, y: top }) => [toDate ?? 0, top + NAME]),
          renderItem: ({ dataIndex }, api) => {
            const targets = placed[dataIndex]?.row.targets ?? [];
            const top = Number(api.value(1));
            const [left = 0, from = 0] = api.coord([scale.min, top]);
            const xOf = (value: number) => api.coord([value, top])[0] ?? 0;
            const rect = (x: number, dy: number, width: number, height: number, fill: string) => ({
              type: "rect" as const,
              shape: { x, y: from + dy, width, height },
              style: { fill },
            });
            return {
              type: "group",
              children: [
                rect(left, 0, xOf(scale.max) - left, BAR_HEIGHT, INK.head),
                rect(left, 5, xOf(Number(api.value(0))) - left, BAR_HEIGHT - 10, BAR),
                ...targets.map(({ kind, value }) =>
                  kind === "constraint"
                    ? rect(xOf(value) - 2.5, -3, 5, BAR_HEIGHT + 6, MARKS.constraint)
                    : {
                        type: "polygon" as const,
                        shape: {
                          points: [
                            [0, -9],
                            [9, 0],
                            [0, 9],
                            [-9, 0],
                          ].map(([dx = 0, dy = 0]) => [xOf(value) + dx, from + BAR_HEIGHT / 2 + dy]),
                        },
                        style: { fill: MARKS.stretch, stroke: INK.paper, lineWidth: 1.5 },
                      },
                ),
              ],
            };
          },
        },
      ],
    } as EChartsOption,
    draw({ write }, top) {
      for (const { row, lines, y: at } of placed) {
        const figure = { size: 18, bold: true };
        const name = { size: 17, bold: true };
        write(row.name, CHART.pad, top + at + 13, name);
        const beside = CHART.pad + measure(row.name, name) + 12;
        if (row.without !== undefined)
          write(row.without, beside, top + at + 13, { size: LEAST_TEXT, color: INK.soft });
        write(toDateText(row.toDate), CHART.pad + CHART.room - 4, top + at + 13, {
          ...figure,
          align: "right",
        });
        for (const [i, { text, color }] of lines.entries())
          write(text, CHART.pad + 2, top + at + NAME + BAR_HEIGHT + 8 + (i + 0.5) * LINE, {
            size: LEAST_TEXT,
            color,
          });
      }
    },
  };
}
