import { newFile } from "./office.ts";
import { cost } from "./process-cost.ts";
import { type Finding, median, type Size, sized } from "./side-by-side.ts";

/** `play` over 2020 on a new database: every slot worked off, every delivery put into its conversation and printed. */
export async function yearOfPlay(size: Size): Promise<Finding[]> {
  const to = sized(size, "2020-12-31", "2020-01-31");
  const runs = Array.from({ length: sized(size, 5, 1) }, () =>
    cost(["src/ops/play.ts", "--from", "2020-01-01", "--to", to, "--json"], newFile()),
  );
  const name = `play, ${sized(size, "the whole of 2020", "January 2020")}`;
  return [
    { name: `${name}, CPU`, unit: "s", ours: median(runs.map(({ cpuMs }) => cpuMs / 1000)) },
    { name: `${name}, memory`, unit: "MiB", ours: median(runs.map(({ peakMiB }) => peakMiB)) },
  ];
}
