import type { EChartsOption } from "echarts";
import type { Brush, TextMeasure } from "../canvas.ts";

/** In points, two pixels each: a picture is 1080 pixels wide. */
export const CHART = { width: 540, pad: 20, room: 500 } as const;
/** On a phone the 540 points become 390: what is smaller than this could no longer be read there. */
export const LEAST_TEXT = 15;

/** What stands around every picture. All of it is plain data, so that a paper can freeze it. */
export type ChartFrame = {
  title: string;
  /** The period, as of which day, how many days are valid. */
  subtitle: string;
  /** Small print of its own. */
  notes: readonly string[];
  /** Where the figures come from: 空气自动监测日均值. */
  source: string;
  /** 审核后数据, 未经审核，仅供参考; empty where there are no data. */
  dataStatus: string;
  /** The day of the picture: 2020年6月15日. */
  date: string;
  /** 演示数据, where it is. */
  marks: readonly string[];
};

/** A figure as a picture prints it: of whom, which one, and what stands there. */
export type ChartFigure = { of: string; figure: string; value: string };

/** A strip of a picture, over its whole room: what ECharts draws of it, and what is written and drawn over that. */
export type Panel = {
  height: number;
  option?: EChartsOption;
  /** `top` is the panel's upper edge, x runs from `CHART.pad` for `CHART.room`. */
  draw?(brush: Brush, top: number): void;
};

/** A kind of picture: a pure function of its spec. */
export type ChartKind<Spec> = {
  panels(spec: Spec, measure: TextMeasure): readonly Panel[];
  /** Every figure that it prints, but for dates and the numbers of an axis. */
  figures(spec: Spec): readonly ChartFigure[];
};

/** How a judgement is drawn; never by its colour alone. */
export type ChartTone = "good" | "notice" | "bad" | "muted";
export const TONES: Readonly<Record<ChartTone, { color: string; sign: string }>> = {
  good: { color: "#1f7a3d", sign: "●" },
  notice: { color: "#9a6200", sign: "▲" },
  bad: { color: "#b3261e", sign: "■" },
  muted: { color: "#5f6b78", sign: "○" },
};
export const BAR = "#2f7dc4";

/** Black or white, whichever is read better on a colour (WCAG 2.2, relative luminance). */
export function inkOn(hex: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  // 0.179 has the same contrast to both.
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000000" : "#ffffff";
}

/** Whole steps of an axis from zero (or below) that hold all the values, at most six of them. */
export function roundScale(values: readonly number[]): { min: number; max: number; interval: number } {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = (high - low || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = power * ([1, 2, 5].find((step) => step * power >= rough) ?? 10);
  return {
    min: Math.floor(low / interval) * interval,
    max: Math.ceil(high / interval) * interval || interval,
    interval,
  };
}
