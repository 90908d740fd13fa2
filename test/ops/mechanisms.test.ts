import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  mechanismsDocument,
  mechanismsInShort,
  type RunBy,
  runByNothing,
  runByOf,
  SHORT_CHINESE,
  SHORT_ENGLISH,
  withMechanisms,
} from "../../src/ops/mechanisms-document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
let all: RunBy[];
beforeAll(async () => {
  office = await anOffice();
  all = runByOf(office.bot.registry, office.bot.office);
});
afterAll(() => office.close());

const read = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");

test("every mechanism of the plan is run by something, and nothing says that it runs another", () => {
  expect(runByNothing(all)).toEqual([]);
  const { commands, schedules, officialPapers } = office.bot.registry;
  const { mechanisms, duties, records } = office.bot.office.pack;
  const known = mechanisms.map(({ id }) => id);
  const said = [...commands, ...schedules, ...officialPapers, ...duties, ...records].flatMap(
    (one) => one.mechanism ?? [],
  );
  expect(said.filter((id) => !known.includes(id))).toEqual([]);
});

test("docs/mechanisms.md has each of mechanisms.yaml: npm run docs:mechanisms brings it up to date", () => {
  const drawn = mechanismsDocument(all, office.bot.office);
  expect(read("docs/mechanisms.md")).toBe(drawn);
  const ids = [...read("seeds/nantong-2020/mechanisms.yaml").matchAll(/^- id: (\S+)/gm)].map(([, id]) => id);
  expect([...drawn.matchAll(/^\| `([\w-]+)`/gm)].map(([, id]) => id)).toEqual(ids);
  expect(drawn).not.toMatch(/undefined|null|NaN|\[object/);
});

test.each([
  ["README.md", SHORT_ENGLISH],
  ["README.zh-CN.md", SHORT_CHINESE],
])("%s has the short table", (file, words) => {
  const [readme, table] = [read(file), mechanismsInShort(all, words)];
  expect(readme.includes(table), "npm run docs:mechanisms").toBe(true);
  expect(withMechanisms(readme, table)).toBe(readme);
});
