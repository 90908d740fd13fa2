import { type ChildProcessByStdio, spawn } from "node:child_process";

import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

const root = join(import.meta.dirname, "../..");

/** What our own processes start with; without it a start takes thrice the time. */
export const OWN_START = ["--disable-warning=ExperimentalWarning", "--import", "./src/require-node.mjs"];

/** Starts a script of the tests' own in a process, as `npm start` starts the bot; whoever has started it kills it. */
export function startChild(
  script: string,
  ...args: readonly string[]
): ChildProcessByStdio<Writable, Readable, null> {
  return spawn(process.execPath, [...OWN_START, script, ...args], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
}
