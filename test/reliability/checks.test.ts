import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKS, PROMISES } from "./checks.ts";
import { type Ran, resultsOf, wordsOf } from "./document.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

test("the bar has all of its forty checks, in order, and each promise is held by some", () => {
  expect(CHECKS.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, i) => `R${i + 1}`));
  expect(new Set(CHECKS.flatMap(({ holds }) => holds))).toEqual(new Set(Object.keys(PROMISES)));
});

test.each(CHECKS)("$id names tests that there are", ({ tests }) => {
  for (const [file, beginnings] of Object.entries(tests)) {
    const text = read(`test/${file}`);
    for (const beginning of beginnings)
      expect([file, new RegExp(`\\("${beginning}|\\(\\s*["\`]${beginning}`).test(text)]).toEqual([
        file,
        true,
      ]);
  }
});

const ran = (name: string, state: Ran["state"]): Ran => ({
  file: "delivery/model.test.ts",
  name,
  state,
  ms: 2000,
  figures: [],
});

test("a check holds where all of its tests that ran have passed, and none of it where none ran", () => {
  const wordsFor = (...all: Ran[]) => {
    const found = resultsOf(all).find(({ check }) => check.id === "R5");
    if (found === undefined) throw new Error("no R5");
    return wordsOf(found);
  };
  expect(wordsFor()).toBe("not run");
  expect(wordsFor(ran("a", "skipped"))).toBe("not run");
  expect(wordsFor(ran("a", "passed"), { ...ran("b", "passed"), figures: ["60 kills"] })).toBe(
    "passed (2 tests, 4 s); 60 kills",
  );
  expect(wordsFor(ran("a", "passed"), ran("b", "failed"))).toBe("FAILED: b");
});
