import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { aFolder } from "../support/folder.ts";

const PATTERNS = ["通气办交〔{year}〕{n}号", "通气办督〔{year}〕{n}号"] as const;
const row = (pattern: string, year: number, subject: string) => ({
  ...{ kind: "order" as const, pattern, year, subject, title: "裸土", at: 1 as never },
});

/** Something that is numbered, or fails once it has its number, or is taken back. */
const deed = fc.record({
  what: fc.constantFrom("give", "fail", "cancel"),
  pattern: fc.constantFrom(...PATTERNS),
  year: fc.constantFrom(2020, 2021),
  of: fc.nat(20),
});

test("whatever is numbered, fails or is taken back, all at once: each pattern counts 1, 2, 3 in each year", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 25 }), async (deeds) => {
      const store = openStore(join(aFolder(), "numbers.db"));
      const given: { pattern: string; year: number; ordinal: number; no: string }[] = [];
      const done = deeds.map(({ what, pattern, year, of }, i) =>
        store
          .write(async (w) => {
            if (what === "cancel")
              return w.numbers.cancel(`issue:${of}`, "order", { at: 2 as never, why: "撤回" });
            const number = await w.numbers.give(row(pattern, year, `issue:${i}`));
            if (what === "fail") throw new Error("the paper came to nothing");
            given.push(number);
          })
          .catch((error: Error) => expect(error.message).toContain("came to nothing")),
      );
      await Promise.all(done);
      for (const pattern of PATTERNS)
        for (const year of [2020, 2021]) {
          const own = given.filter((number) => number.pattern === pattern && number.year === year);
          expect(own.map(({ ordinal }) => ordinal)).toEqual(own.map((_, i) => i + 1));
          for (const { no, ordinal } of own)
            expect(no).toBe(pattern.replace("{year}", `${year}`).replace("{n}", `${ordinal}`));
        }
      // A void one stays.
      const { total } = await store.read((r) => r.numbers.list({}, 100));
      expect(total).toBe(given.length);
      store.close();
    }),
    { numRuns: process.env.TEST_FULL ? 200 : 8 },
  );
});
