import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AnyCommand } from "../src/chat/command.ts";
import { anOffice } from "./support/office.ts";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the README's whole example of a command is a command that answers", async () => {
  const example = readme.match(/```ts\n([\s\S]*?)```/)?.[1] ?? "";
  expect(example).toContain("export default command(");
  const folder = join(root, "test-output");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "readme-example.ts");
  writeFileSync(file, example);
  try {
    const stations = ((await import(file)) as { default: AnyCommand }).default;
    const office = await anOffice();
    office.bot.registry = { ...office.bot.registry, commands: [...office.bot.registry.commands, stations] };
    const answer = await office.says("海安联络员", "站点");
    expect(answer).toMatchObject({ command: "stations", card: { title: "监测站点（4个）" } });
    office.close();
  } finally {
    rmSync(file);
  }
});

test("every phrase that the README says to try is understood", async () => {
  const office = await anOffice();
  const said = [...readme.matchAll(/\| (市办|海安联络员) \| `([^`]+)`/g)].map((m) => [m[1], m[2]] as const);
  expect(said.length).toBeGreaterThanOrEqual(4);
  for (const [who, text] of said)
    expect(await office.says(who as string, text as string), text).toMatchObject({ code: null });
  office.close();
});

test("every npm script that the README names exists", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const named = new Set([...readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map((m) => m[1] as string));
  expect([...named].filter((name) => scripts[name] === undefined)).toEqual([]);
});
