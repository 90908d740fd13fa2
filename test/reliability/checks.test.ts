import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKS, PROMISES } from "./checks.ts";
import { printed, type Ran, reliabilityDocument, resultsOf, wordsOf } from "./document.ts";

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

test("what didn't hold is said as loudly as what did, in print and in the document", () => {
  const results = resultsOf([ran("a", "passed"), { ...ran("b", "failed"), file: "store/audit.test.ts" }]);
  const lines = printed(results).split("\n");
  expect(lines).toHaveLength(1 + CHECKS.length);
  expect(lines.find((line) => line.startsWith("R5 "))).toMatch(/ \| passed \(1 test, 2 s\)$/);
  expect(lines.find((line) => line.startsWith("R35 "))).toMatch(/ \| FAILED: b$/);
  expect(lines.find((line) => line.startsWith("R1 "))).toMatch(/ \| not run$/);
  const drawn = reliabilityDocument(results, "2020-06-15");
  expect(drawn).toContain("last on 2020-06-15");
  // Held by what passed alone; the rest stands there struck out.
  expect(drawn.match(/^\| \*\*P5\*\* .*$/m)?.[0]).toMatch(/ \| R5, ~~R8~~, ~~R25~~ \|$/);
});

test("docs/reliability.md has these promises and checks: npm run docs:reliability draws it anew", () => {
  const rows = (text: string) =>
    text
      .split("\n")
      .filter((line) => /^\| (R\d|\*\*P)/.test(line))
      .map((line) => line.split(" | ").slice(0, line.startsWith("| R") ? 3 : 2));
  expect(rows(read("docs/reliability.md"))).toEqual(rows(reliabilityDocument(resultsOf([]), "")));
});
