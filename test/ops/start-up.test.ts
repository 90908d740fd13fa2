import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Counts what is asked of Node's own resolution from inside drizzle-orm: each costs a parse of its package.json. */
const counting = `
import { registerHooks } from "node:module";
globalThis.asked = 0;
registerHooks({
  resolve(specifier, context, next) {
    if (/node_modules.drizzle-orm/.test(context.parentURL ?? "") && specifier.startsWith(".")) globalThis.asked += 1;
    return next(specifier, context);
  },
});`;
const importing = `
const loaded = await import("drizzle-orm/better-sqlite3");
const { eq } = await import("drizzle-orm");
console.log(JSON.stringify({ asked: globalThis.asked, works: typeof loaded.drizzle, eq: typeof eq }));`;
const module = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

function child(...preloaded: string[]) {
  const args = preloaded.flatMap((file) => ["--import", file]);
  const ran = spawnSync(process.execPath, [...args, "--input-type=module", "--eval", importing], {
    cwd: root,
  });
  return JSON.parse(ran.stdout.toString());
}

test("drizzle's modules find one another without its package.json being parsed for each", () => {
  expect(child(module(counting)).asked).toBeGreaterThan(100);
  expect(child(module(counting), "./src/require-node.mjs")).toEqual({
    asked: 0,
    works: "function",
    eq: "function",
  });
});

test("the tests' own workers start as our processes do", () => {
  expect(process.execArgv.join(" ")).toContain("require-node.mjs");
});

test("npm install says what went wrong and nothing else: Node 20 is enough to run npm", () => {
  const { npm_config_loglevel: _, ...environment } = process.env;
  const asked = spawnSync("npm", ["config", "get", "loglevel"], { cwd: root, env: environment });
  expect(asked.stdout.toString().trim()).toBe("error");
});
