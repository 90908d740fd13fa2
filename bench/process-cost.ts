import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: { say: string; play: string };
};
/** Node's options of the npm script that runs a file of ours; of `npm run say` for what none runs. */
const asNpm = (file: string | undefined): string[] =>
  (scripts.play.endsWith(` ${file}`) ? scripts.play : scripts.say).split(" ").slice(1, -1);

/**
 * Says at the end what the process has cost; on a descriptor of its own, so that no output is in the way. Its peak is that of its
 * own memory: the maximum that the system counts for a process begins with what its parent held,
 * and stands in only where there is no /proc.
 */
const telling = `
import { existsSync, readFileSync, writeSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const own = "/proc/self/status";
  const peakKiB = existsSync(own) ? /VmHWM:\\s+(\\d+)/.exec(readFileSync(own, "utf8"))[1] : maxRSS;
  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: Number(peakKiB) / 1024 }));
});`;

/** What a process costs from its start to its end: its CPU, the kernel's share included, and the most memory it held. */
export type Cost = { cpuMs: number; peakMiB: number };

/** Runs a script as npm runs ours, on one database. @throws Error with what it complained of. */
export function cost(args: readonly string[], database?: string): Cost {
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(telling)}`, ...asNpm(args[0]), ...args],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        ...(database === undefined ? {} : { DATABASE_URL: `file:${database}` }),
      },
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    },
  );
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  return JSON.parse(output[3] ?? "") as Cost;
}
