import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { backup } from "../../src/ops/backup.ts";
import { doctor } from "../../src/ops/doctor.ts";
import { importTable } from "../../src/ops/import.ts";
import { play } from "../../src/ops/play.ts";
import { restore } from "../../src/ops/restore.ts";
import { sayPhrase } from "../../src/ops/say.ts";
import type { Script } from "../../src/ops/script.ts";
import { startOffice } from "../../src/ops/start.ts";
import { OWN_START } from "./child.ts";

const root = join(import.meta.dirname, "../..");
const bodies = { say: sayPhrase, play, import: importTable, doctor, backup, restore } satisfies Record<
  string,
  Script
>;
const scripts = {
  say: "src/ops/say.ts",
  play: "src/ops/play.ts",
  import: "src/ops/import.ts",
  start: "src/main.ts",
  doctor: "src/ops/doctor.ts",
  backup: "src/ops/backup.ts",
  restore: "src/ops/restore.ts",
} as const;

/** All that a script gets of the tests' own environment. */
const { PATH, TZ, NODE_COMPILE_CACHE } = process.env;

export type Ran = { status: number | null; stdout: string; stderr: string };
export type Running = {
  stdout: () => string;
  stderr: () => string;
  /** What it prints, as soon as that matches; a fault when it ends before. */
  said(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Asks it to end. */
  stop(): Promise<Ran>;
  /** Ends it as a power cut would. */
  kill(): Promise<Ran>;
  ended: Promise<Ran>;
};

/**
 * Starts a script of package.json as a user would, on one database and with no setting of this machine's own.
 * LANTIAN_DEMO and its like are given in `env`; `folder` is another copy of the project.
 */
export function start(
  script: keyof typeof scripts,
  args: readonly string[],
  database: string,
  env: Readonly<Record<string, string>> = {},
  folder = root,
): Running {
  const child = spawn(process.execPath, [...OWN_START, scripts[script], ...args], {
    cwd: folder,
    env: { PATH, TZ, NODE_COMPILE_CACHE, DATABASE_URL: `file:${database}`, ...env },
  });
  const heard = listener();
  child.stdout.setEncoding("utf8").on("data", heard.io.out);
  child.stderr.setEncoding("utf8").on("data", heard.io.err);
  const running = heard.until(
    new Promise<number | null>((resolve) => child.on("close", (status) => resolve(status))),
  );
  const end = (signal: "SIGTERM" | "SIGKILL") => {
    child.kill(signal);
    return running.ended;
  };
  return { ...running, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Starts the bot in this process: what it does and prints is the same, without the start of a process. Only a process can be killed. */
export function startHere(
  args: readonly string[],
  database: string,
  env: Readonly<Record<string, string>> = {},
): Omit<Running, "kill"> {
  const { promise, resolve: stop } = Promise.withResolvers<void>();
  const heard = listener();
  const body = startOffice({ told: () => promise, tell: stop });
  const running = heard.until(body(args, { DATABASE_URL: `file:${database}`, ...env }, heard.io));
  const end = () => {
    stop();
    return running.ended;
  };
  onTestFinished(async () => void (await end()));
  return { ...running, stop: end };
}

/** Gathers what somebody prints until they end. */
function listener() {
  let [stdout, stderr] = ["", ""];
  const looks = new Set<() => void>();
  return {
    io: {
      out(text: string) {
        stdout += text;
        for (const look of looks) look();
      },
      err(text: string) {
        stderr += text;
      },
    },
    until(end: Promise<number | null>): Omit<Running, "stop" | "kill"> {
      const ended = end.then((status) => ({ status, stdout, stderr }));
      const said = (pattern: RegExp) => {
        const printed = new Promise<RegExpMatchArray>((resolve) => {
          const look = () => {
            const match = stdout.match(pattern);
            if (match === null) return;
            looks.delete(look);
            resolve(match);
          };
          looks.add(look);
          look();
        });
        const over = ended.then(() => {
          throw new Error(`it ended before it said ${pattern}: ${stderr}`);
        });
        return Promise.race([printed, over]);
      };
      return { stdout: () => stdout, stderr: () => stderr, ended, said };
    },
  };
}

/** Runs a script to its end in a process of its own. */
export function runProcess(...how: Parameters<typeof start>): Promise<Ran> {
  return start(...how).ended;
}

/** Runs a script to its end in this process: what it does and prints is the same, without the start of a process. */
export async function run(
  script: keyof typeof bodies,
  args: readonly string[],
  database: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const { io, until } = listener();
  return until(bodies[script](args, { DATABASE_URL: `file:${database}`, ...env }, io)).ended;
}

/** Runs a script that prints one JSON document, and nothing besides, on standard output. */
// biome-ignore lint/suspicious/noExplicitAny: read the way a script reads it, as plain JSON
export async function runJson(...how: Parameters<typeof run>): Promise<Ran & { json: any }> {
  const [script, args, ...rest] = how;
  const ran = await run(script, [...args, "--json"], ...rest);
  return { ...ran, json: JSON.parse(ran.stdout) };
}
