import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

const module = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
/** Counts what the modules of a folder ask of Node's own resolution by a relative path. */
const counting = (folder: string) =>
  module(`
import { registerHooks } from "node:module";
globalThis.asked = 0;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith(".") && context.parentURL?.includes("${folder}")) globalThis.asked += 1;
    return next(specifier, context);
  },
});`);

/** What a process finds that runs `code`, a value of its own, after these files. */
function child(code: string, ...preloaded: string[]) {
  const args = preloaded.flatMap((file) => ["--import", file]);
  const printing = `const found = await (async () => { ${code} })();
    console.log(JSON.stringify({ asked: globalThis.asked, ...found }));`;
  const ran = spawnSync(process.execPath, [...args, "--input-type=module", "--eval", printing], {
    cwd: root,
  });
  return JSON.parse(ran.stdout.toString());
}
const ours = "./src/require-node.mjs";

test("drizzle's modules find one another without its package.json being parsed for each", () => {
  const importing = `const loaded = await import("drizzle-orm/better-sqlite3");
    const { eq } = await import("drizzle-orm");
    return { works: typeof loaded.drizzle, eq: typeof eq };`;
  const drizzles = counting("/node_modules/drizzle-orm/");
  expect(child(importing, drizzles).asked).toBeGreaterThan(100);
  expect(child(importing, drizzles, ours)).toEqual({ asked: 0, works: "function", eq: "function" });
});

test("our own modules find one another without the disk being asked", () => {
  const importing = `const { recognise } = await import("./src/chat/recognise.ts"); return { is: typeof recognise };`;
  expect(child(importing, counting("/src/")).asked).toBeGreaterThan(3);
  expect(child(importing, counting("/src/chat/"), ours)).toEqual({ asked: 0, is: "function" });
});

test("zod says what is wrong as ever, without its messages in fifty languages", () => {
  const importing = `const { z } = await import("zod");
    const { error } = z.object({ a: z.string().min(3) }).safeParse({ a: 1, b: 2 });
    return { says: error.issues, languages: Object.keys(z.locales).length };`;
  const [plain, started] = [child(importing, counting("/zod/")), child(importing, counting("/zod/"), ours)];
  expect(plain.languages).toBeGreaterThan(40);
  expect(started).toEqual({ asked: 0, says: plain.says, languages: 1 });
});

test("the tests' own workers start as our processes do", () => {
  expect(process.execArgv.join(" ")).toContain("require-node.mjs");
});

test("npm install says what went wrong and nothing else: Node 20 is enough to run npm", () => {
  const { npm_config_loglevel: _, ...environment } = process.env;
  const asked = spawnSync("npm", ["config", "get", "loglevel"], { cwd: root, env: environment });
  expect(asked.stdout.toString().trim()).toBe("error");
});
