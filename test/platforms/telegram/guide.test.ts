import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRegistry } from "../../../src/bot/registry.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const guide = read("docs/telegram.md");

test("the guide explains every setting of Telegram that there is, and no other", () => {
  const settings = (text: string) => [...new Set(text.match(/\bTELEGRAM_[A-Z_]+/g))].toSorted();
  expect(settings(guide)).toEqual(settings(read(".env.example")));
  for (const name of settings(guide)) expect(guide).toContain(`| \`${name}\` |`);
});

test("the guide names scripts and commands that exist", async () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...guide.matchAll(/npm run ([\w:]+)/g)].map((m) => m[1]);
  expect(named).toEqual(expect.arrayContaining(["try:telegram", "doctor"]));
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  const { commands } = await loadRegistry();
  const said = [...guide.matchAll(/`\/(county|here|link)\b/g)].map((m) => m[1]);
  expect(new Set(said)).toEqual(new Set(["county", "here", "link"]));
  expect(commands.map((c) => c.name)).toEqual(expect.arrayContaining(said));
  const words = commands.flatMap((c) => c.words);
  expect(words).toEqual(expect.arrayContaining(["帮助", "邀请", "我的设置", "投递"]));
});

test("what the guide says that people read is what they read", () => {
  const sources = globSync("src/**/*.ts", { cwd: root }).map(read).join("\n");
  const quoted = [...guide.matchAll(/“([^”]+)”/g)].map((m) => m[1] as string);
  expect(quoted.length).toBeGreaterThan(4);
  expect(quoted.filter((words) => !sources.includes(words))).toEqual([]);
});
