import { SCALE } from "../canvas.ts";
import { printWidth } from "../print-width.ts";
import { framed } from "./frame.ts";
import type { ChartFrame, ChartKind } from "./panel.ts";

/**
 * How large the picture of a chart is, in pixels, told without drawing it: texts are measured by the width of print. It is handed
 * its kind, since all the others come with a look-up by name.
 */
export function chartSize<Spec extends ChartFrame>(
  kind: ChartKind<Spec>,
  spec: Spec,
): { width: number; height: number } {
  const { width, height } = framed(spec, kind.panels(spec, printWidth), printWidth, () => {});
  return { width: Math.round(width * SCALE), height: Math.round(height * SCALE) };
}
