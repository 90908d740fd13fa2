import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const scripts = {
  say: "src/ops/say.ts",
  play: "src/ops/play.ts",
  import: "src/ops/import.ts",
  start: "src/main.ts",
  doctor: "src/ops/doctor.ts",
  backup: "src/ops/backup.ts",
  restore: "src/ops/restore.ts",
} as const;

/** Far from the office's time zone, so that a confusion of the two shows; compiled code is kept to save a third of the start. */
const surroundings = {
  PATH: process.env.PATH,
  TZ: "America/New_York",
  NODE_COMPILE_CACHE: join(tmpdir(), "lantian-compile-cache"),
};

export type Ran = { status: number | null; stdout: string; stderr: string };
export type Running = {
  stdout: () => string;
  stderr: () => string;
  /** Asks it to end. */
  stop(): Promise<Ran>;
  /** Ends it as a power cut would. */
  kill(): Promise<Ran>;
  ended: Promise<Ran>;
};

/**
 * Starts a script of package.json as a user would, on one database and with no setting of this machine's own.
 * LANTIAN_DEMO and its like are given in `env`.
 */
export function start(
  script: keyof typeof scripts,
  args: readonly string[],
  database: string,
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--import", "./src/require-node.mjs", scripts[script], ...args],
    {
      cwd: root,
      env: { ...surroundings, DATABASE_URL: `file:${database}`, ...env },
    },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ran>((resolve) =>
    child.on("close", (status) => resolve({ status, stdout, stderr })),
  );
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    kill() {
      child.kill("SIGKILL");
      return ended;
    },
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Runs a script to its end. */
export function run(...how: Parameters<typeof start>): Promise<Ran> {
  return start(...how).ended;
}

/** Runs a script that prints one JSON document, and nothing besides, on standard output. */
// biome-ignore lint/suspicious/noExplicitAny: read the way a script reads it, as plain JSON
export async function runJson(...how: Parameters<typeof start>): Promise<Ran & { json: any }> {
  const [script, args, ...rest] = how;
  const ran = await run(script, [...args, "--json"], ...rest);
  return { ...ran, json: JSON.parse(ran.stdout) };
}
