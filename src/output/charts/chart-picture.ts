import { join } from "node:path";
import { inThread } from "../in-thread.ts";
import type { ChartSpec } from "./kinds.ts";

/** A chart as a PNG, 1080 pixels wide: a pure function of its spec. What draws it is loaded by the thread alone. */
export const chartPicture = inThread<[spec: ChartSpec]>(
  join(import.meta.dirname, "draw-chart.ts"),
  "drawChart",
);
