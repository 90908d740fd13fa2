import { statSync } from "node:fs";
import { newFile } from "./office.ts";
import { cost } from "./process-cost.ts";
import { type Finding, median, type Size, sized } from "./side-by-side.ts";

/** A year without pictures has to fit in this, MiB. */
const MOST_MIB = 300;

/** `play` over 2020 on a new database, and how large that is then: every slot worked off, every delivery put into its conversation and printed. */
export async function yearOfPlay(size: Size): Promise<Finding[]> {
  const to = sized(size, "2020-12-31", "2020-01-31");
  const runs = Array.from({ length: sized(size, 5, 1) }, () => {
    const file = newFile();
    const spent = cost(["src/ops/play.ts", "--from", "2020-01-01", "--to", to, "--json"], file);
    return { ...spent, fileMiB: statSync(file).size / 1024 ** 2 };
  });
  const name = `play, ${sized(size, "the whole of 2020", "January 2020")}`;
  return [
    { name: `${name}, CPU`, unit: "s", ours: median(runs.map(({ cpuMs }) => cpuMs / 1000)) },
    { name: `${name}, memory`, unit: "MiB", ours: median(runs.map(({ peakMiB }) => peakMiB)) },
    {
      name: `${name}, database`,
      unit: "MiB",
      ours: median(runs.map(({ fileMiB }) => fileMiB)),
      aim: MOST_MIB,
    },
  ];
}
