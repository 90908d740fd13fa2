import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { OWN_START } from "./child.ts";
import { aFolder } from "./folder.ts";
import type { Ran } from "./scripts.ts";

const root = join(import.meta.dirname, "../..");
const PARTS = [
  "src",
  "commands",
  "schedules",
  "seeds",
  "drizzle",
  "docs",
  "package.json",
  "test/support/script-runner.ts",
];
/** Compiled code is kept under paths that are relative to this folder: what one checkout has compiled is every other's, too. */
const COMPILED = ".compiled";

/**
 * The program as somebody has checked it out, with some files more: what a contributor does. Its scripts are processes of
 * their own, on the database `lantian.db` in its folder, with the settings of `env`.
 */
export function aCheckout(
  more: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
) {
  const folder = aFolder();
  for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const kept = join(process.env.NODE_COMPILE_CACHE ?? tmpdir(), "checkouts");
  mkdirSync(kept, { recursive: true });
  symlinkSync(kept, join(folder, COMPILED));
  for (const [path, text] of Object.entries(more)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const settings = {
    PATH: process.env.PATH ?? "",
    DATABASE_URL: `file:${join(folder, "lantian.db")}`,
    NODE_COMPILE_CACHE: join(folder, COMPILED),
    NODE_COMPILE_CACHE_PORTABLE: "1",
    ...env,
  };
  const run = (path: string, args: readonly string[], own: Readonly<Record<string, string>> = {}) =>
    spawnSync(process.execPath, [...OWN_START, path, ...args], {
      cwd: folder,
      env: { ...settings, ...own },
      encoding: "utf8",
    });
  return {
    folder,
    settings,
    run,
    /** Its scripts, as often as the test asks, in one process: what a start takes is taken once. */
    runner() {
      const child = spawn(process.execPath, [...OWN_START, "test/support/script-runner.ts"], {
        cwd: folder,
        env: settings,
        stdio: ["pipe", "pipe", "inherit"],
      });
      onTestFinished(() => void child.kill("SIGKILL"));
      const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return async (
        script: "say" | "play" | "import" | "doctor",
        args: readonly string[],
        own: Readonly<Record<string, string>> = {},
      ): Promise<Ran> => {
        child.stdin.write(`${JSON.stringify([script, args, own])}\n`);
        const { value, done } = await answers.next();
        if (done) throw new Error("it ended before it answered");
        return JSON.parse(value);
      };
    },
    /** What a script prints; it must end well and complain of nothing. */
    script(path: string, ...args: string[]): string {
      const ran = run(path, args);
      if (ran.stderr !== "") throw new Error(ran.stderr);
      return ran.stdout;
    },
  };
}
