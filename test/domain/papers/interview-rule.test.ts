import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Standing } from "../../../src/domain/air/provincial-rank.ts";
import { interviewCount, type MonthStanding } from "../../../src/domain/papers/interview-rule.ts";

const MEANING: Record<string, Standing> = { x: "in", "-": "out", "?": "undecided" };
/** Months from January 2020 on: x among the last, - not, ? without a list. */
const course = (text: string): MonthStanding[] =>
  [...text]
    .map((sign, i) => ({
      month: `2020-${String(i + 1).padStart(2, "0")}`,
      standing: MEANING[sign] as Standing,
    }))
    .reverse();

describe("three months in a row among the last call a county in, two warn it", () => {
  test.each([
    ["", "clear", 0],
    ["x-", "clear", 0],
    ["-x", "watched", 1],
    ["xx", "warned", 2],
    ["xxx", "due", 3],
    ["xxxx", "due", 4],
    ["xx-x", "watched", 1],
    ["xx-xxx", "due", 3],
  ])("%s: %s", (text, stage, months) => {
    const counted = interviewCount(course(text), 3);
    expect(counted.stage).toBe(stage);
    expect(counted.months).toHaveLength(months);
  });
});

describe("a month without a list neither counts nor breaks, and is asked for", () => {
  test.each([
    ["xx?", "warned", ["2020-03"]],
    ["x?x", "warned", ["2020-02"]],
    ["x?xx", "due", ["2020-02"]],
    ["-?xx", "warned", ["2020-02"]],
    ["?-xx", "warned", []],
  ])("%s: %s", (text, stage, missing) => {
    expect(interviewCount(course(text), 3)).toMatchObject({ stage, missing });
  });
});

describe("after a 约谈 the row goes on, and three more months make the next one due", () => {
  test.each([
    ["xxx", "clear", 3],
    ["xxxx", "watched", 4],
    ["xxxxx", "warned", 5],
    ["xxxxxx", "due", 6],
    ["xxx-xx", "warned", 2],
    ["xxx-xxx", "due", 3],
  ])("%s after one on the first three: %s", (text, stage, inARow) => {
    expect(interviewCount(course(text), 3, "2020-03")).toMatchObject({ stage, inARow });
  });
});

test("whatever stands before a month that broke the row changes nothing", () => {
  const signs = fc.array(fc.constantFrom("x", "-", "?"), { maxLength: 5 }).map((all) => all.join(""));
  fc.assert(
    fc.property(signs, signs, (before, after) => {
      const shifted = course(`${before}-${after}`);
      const alone = interviewCount(shifted.slice(0, after.length), 3);
      expect(interviewCount(shifted, 3)).toEqual(alone);
    }),
  );
});

test("where one month is enough nobody is warned before", () => {
  expect(interviewCount(course("-x"), 1).stage).toBe("due");
  expect(interviewCount(course("x-"), 1).stage).toBe("clear");
});
