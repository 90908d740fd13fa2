import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { newFile, seeded } from "./office.ts";
import { type Finding, median, type Size, sized, timed } from "./side-by-side.ts";

const root = join(import.meta.dirname, "..");

/** From the start of a process to the first answer printed: on a database that is there, and on none yet. */
export async function firstAnswer(size: Size): Promise<Finding[]> {
  const template = await seeded("2020-06-15T08:30");
  const there = newFile();
  copyFileSync(template, there);
  const [existing, fresh]: [number[], number[]] = [[], []];
  for (let round = 0; round < sized(size, 5, 1); round++) {
    existing.push(await timed(() => say(there)));
    fresh.push(await timed(() => say(newFile())));
  }
  return [
    { name: "start to first answer, existing database", unit: "ms", ours: median(existing) },
    { name: "start to first answer, new demonstration database", unit: "ms", ours: median(fresh) },
  ];
}

function say(file: string): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "./src/require-node.mjs", "src/ops/say.ts", "--as", "海安联络员", "--json", "海安"],
    { cwd: root, env: { PATH: process.env.PATH, DATABASE_URL: `file:${file}` }, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`say failed: ${stderr}`);
}
