import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { newFile, seeded } from "./office.ts";
import { cost } from "./process-cost.ts";
import { type Finding, median, type Size, sized, takingTurns } from "./side-by-side.ts";

const START_AIM = 1.5;
const MEMORY_AIM = 1.4;

/**
 * From the start of a process to the first answer printed: on a database that is there, beside a process that only loads
 * the packages that such a bot is made of; and on no database yet. CPU, since a busy machine makes time longer, not that.
 */
export async function firstAnswer(size: Size): Promise<Finding[]> {
  const there = newFile();
  copyFileSync(await seeded("2020-06-15T08:30"), there);
  const bare = join(import.meta.dirname, "bare-start.mjs");
  // Before the clock counts each has run once: compiled code is kept from one start to the next.
  const rounds = sized(size, { warmUp: 1, rounds: 5 }, { warmUp: 0, rounds: 1 });
  const existing = await takingTurns(
    async () => say(there),
    async () => cost([bare]),
    rounds,
  );
  const fresh = Array.from({ length: rounds.rounds }, () => say(newFile()));
  const of = (side: "ours" | "reference", what: "cpuMs" | "peakMiB") =>
    median(existing[side].map((found) => found[what]));
  return [
    {
      name: "start to first answer, CPU / loading the packages alone",
      unit: "ms",
      aim: START_AIM,
      ours: of("ours", "cpuMs"),
      reference: of("reference", "cpuMs"),
    },
    {
      name: "start to first answer, memory / loading them alone",
      unit: "MiB",
      aim: MEMORY_AIM,
      ours: of("ours", "peakMiB"),
      reference: of("reference", "peakMiB"),
    },
    {
      name: "start to first answer, CPU, new demonstration database",
      unit: "ms",
      ours: median(fresh.map(({ cpuMs }) => cpuMs)),
    },
  ];
}

const say = (file: string) => cost(["src/ops/say.ts", "--as", "海安联络员", "--json", "海安"], file);
