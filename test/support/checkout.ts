import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { aFolder } from "./folder.ts";

const root = join(import.meta.dirname, "../..");
const PARTS = ["src", "commands", "schedules", "seeds", "drizzle", "docs", "package.json"];

/**
 * The program as somebody has checked it out, with some files more: what a contributor does. Its scripts are processes of
 * their own, on the database `lantian.db` in its folder.
 */
export function aCheckout(more: Readonly<Record<string, string>>) {
  const folder = aFolder();
  for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [path, text] of Object.entries(more)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = (path: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawnSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "--import", "./src/require-node.mjs", path, ...args],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, DATABASE_URL: `file:${join(folder, "lantian.db")}`, ...env },
        encoding: "utf8",
      },
    );
  return {
    folder,
    run,
    /** What a script prints; it must end well and complain of nothing. */
    script(path: string, ...args: string[]): string {
      const ran = run(path, args);
      if (ran.stderr !== "") throw new Error(ran.stderr);
      return ran.stdout;
    },
  };
}
