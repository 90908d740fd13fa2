import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dependenciesDocument, dependenciesIn, isFree } from "../../src/ops/dependencies-document.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const lock: unknown = JSON.parse(read("package-lock.json"));
/** Sizes are of the machine that drew it. */
const withoutSizes = (text: string) => text.replaceAll(/\| (?:\d+|–) \|/g, "| n |");

test("docs/dependencies.md is what the lock file brings", () => {
  const drawn = dependenciesDocument(lock, () => 1);
  expect(withoutSizes(read("docs/dependencies.md"))).toBe(withoutSizes(drawn));
});

test("what an office runs on is free to use, as far as its packages say", () => {
  const production = dependenciesIn(lock, "production");
  expect(production.length).toBeGreaterThan(100);
  expect(production.filter(({ licence }) => !isFree(licence))).toEqual([]);
});

test.each([
  ["MIT", true],
  ["(MIT OR GPL-3.0)", true],
  ["Apache-2.0 AND LGPL-3.0-or-later AND MIT", true],
  ["GPL-3.0", false],
  ["MIT AND GPL-3.0", false],
  ["none said", false],
])("%s is free: %s", (licence, free) => {
  expect(isFree(licence)).toBe(free);
});

test("a package that is new among ours needs its purpose, one that others bring doesn't", () => {
  const made = (own: string) => ({
    packages: {
      "": { dependencies: { [own]: "1.0.0" } },
      "node_modules/zod": { version: "1.0.0", license: "MIT" },
      "node_modules/new": { version: "1.0.0", license: "MIT" },
      "node_modules/zod/node_modules/new": { version: "2.0.0", license: "MIT", dev: true },
    },
  });
  expect(dependenciesDocument(made("zod"), () => null)).toMatch(/\| new \| 1\.0\.0 \| MIT \| – \|\n/);
  expect(() => dependenciesDocument(made("new"), () => null)).toThrow("new has no purpose");
});
