import fc from "fast-check";
import { expect, test } from "vitest";
import { coursesOf, type JudgedHour } from "../../../src/domain/alerts/course.ts";
import type { Rung } from "../../../src/domain/alerts/readings.ts";

const RULES = { firstHours: 2, clearHours: 2 };

/** `1`, `2`, `3`: an hour of that class; `.`: a normal one; `-`: none. */
const hours = (course: string): JudgedHour[] =>
  [...course].map((sign, hour) => {
    const rung = sign === "-" ? null : sign === "." ? 0 : (Number(sign) as Rung);
    return { hour, rung, value: rung === null ? null : rung * 100 };
  });
const told = (course: string) =>
  coursesOf(hours(course), RULES).map(({ first, last, rung, peak, state }) => [
    `${first}-${last}`,
    `${rung}/${peak}`,
    state,
  ]);

test.each<[string, string, [string, string, string][]]>([
  ["one hour of the first class is none", "..1..", []],
  ["nor are two with one between", ".1.1.", []],
  ["nor two with an hour that didn't come between", ".1-1.", []],
  ["the second in a row makes it one, from the first on", ".11", [["1-2", "1/1", "on"]]],
  ["中度 begins at once", ".2", [["1-1", "2/2", "on"]]],
  ["it rises and falls in one", "1123.1", [["0-5", "1/3", "on"]]],
  ["one normal hour doesn't end it", "11.1.", [["0-3", "1/1", "on"]]],
  ["two in a row do", "11..", [["0-1", "1/1", "over"]]],
  [
    "an hour that didn't come stands for neither",
    "11.-.11",
    [
      ["0-1", "1/1", "over"],
      ["5-6", "1/1", "on"],
    ],
  ],
  ["a day of silence ends what nobody can follow", `11${"-".repeat(24)}`, [["0-1", "1/1", "lapsed"]]],
  ["one hour less doesn't", `11${"-".repeat(23)}1`, [["0-25", "1/1", "on"]]],
  [
    "what comes after its end is another",
    "11..11..",
    [
      ["0-1", "1/1", "over"],
      ["4-5", "1/1", "over"],
    ],
  ],
])("%s", (_rule, course, expected) => {
  expect(told(course)).toEqual(expected);
});

test("the highest value of all its hours stands beside the last", () => {
  const [one] = coursesOf(hours("1321"), RULES);
  expect(one).toMatchObject({ value: 100, peakValue: 300, rung: 1, peak: 3 });
});

test("what has no value, such as data that lack, has no highest one until an hour has one", () => {
  const [one] = coursesOf(
    hours("2222").map((hour, i) => ({ ...hour, value: i === 2 ? -5 : null })),
    RULES,
  );
  expect(one).toMatchObject({ value: null, peakValue: -5 });
});

test("courses never overlap, begin and end in hours that break the rule, and all but the last have ended", () => {
  const sign = fc.constantFrom(".", ".", "1", "1", "2", "3", "-");
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 80 }), (signs) => {
      const readings = hours(signs.join(""));
      const found = coursesOf(readings, RULES);
      for (const [i, { first, last, peak, state }] of found.entries()) {
        expect(readings[first]?.rung).toBeGreaterThan(0);
        expect(readings[last]?.rung).toBeGreaterThan(0);
        expect(peak).toBe(Math.max(...readings.slice(first, last + 1).map(({ rung }) => rung ?? 0)));
        expect(found[i + 1]?.first ?? Number.POSITIVE_INFINITY).toBeGreaterThan(last);
        if (i < found.length - 1) expect(state).not.toBe("on");
      }
    }),
    { numRuns: process.env.TEST_FULL ? 2000 : 100 },
  );
});

test("what goes on from where it stands written ends as if all its hours were read again", () => {
  const sign = fc.constantFrom(".", ".", "1", "1", "2", "3", "-");
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 60 }), fc.nat(59), (signs, cut) => {
      const readings = hours(signs.join(""));
      const whole = coursesOf(readings, RULES);
      const before = coursesOf(readings.slice(0, cut), RULES);
      const open = before.at(-1);
      if (open?.state !== "on") return;
      const after = coursesOf(readings.slice(open.last + 1), RULES, open);
      expect([...before.slice(0, -1), ...after]).toEqual(whole);
    }),
    { numRuns: process.env.TEST_FULL ? 2000 : 200, seed: 1 },
  );
});
