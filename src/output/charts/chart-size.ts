import { SCALE } from "../canvas.ts";
import { printWidth } from "../print-width.ts";
import { framed } from "./frame.ts";
import { type ChartSpec, chartKindOf } from "./kinds.ts";

/** How large the picture of a chart is, in pixels, told without drawing it: texts are measured by the width of print. */
export function chartSize(spec: ChartSpec): { width: number; height: number } {
  const { width, height } = framed(spec, chartKindOf(spec).panels(spec, printWidth), printWidth, () => {});
  return { width: Math.round(width * SCALE), height: Math.round(height * SCALE) };
}
