import { expect, test } from "vitest";
import { hourSaid } from "../../src/domain/hour-words.ts";
import { hourNamed, withinHours } from "../../src/domain/time-of-day.ts";

test.each([
  [22, 7, [22, 23, 0, 6], [21, 7, 12]],
  [12, 14, [12, 13], [11, 14, 0]],
  [22, 0, [22, 23], [21, 0]],
  [0, 6, [0, 5], [6, 23]],
  [9, 9, [], [8, 9, 10]],
] as const)("from %i to %i it is quiet at %j, not at %j", (from, to, quiet, loud) => {
  expect([...quiet, ...loud].filter((hour) => withinHours(hour, from, to))).toEqual(quiet);
});

test.each([
  ["", 9, 9],
  ["凌晨", 2, 2],
  ["上午", 11, 11],
  ["中午", 11, 11],
  ["中午", 12, 12],
  ["中午", 1, 13],
  ["下午", 3, 15],
  ["下午", 12, 12],
  ["下午", 15, 15],
  ["傍晚", 6, 18],
  ["晚上", 10, 22],
  ["晚上", 22, 22],
] as const)("%s%i点 is %i o'clock", (part, hour, of24) => {
  expect(hourNamed(part, hour)).toBe(of24);
});

test.each([
  ["17", 17],
  ["１７：００", 17],
  ["17 时", 17],
  ["下午五点钟", 17],
  ["零点", 0],
  ["24点", null],
  ["17:30", null],
  ["五点半", null],
  ["", null],
] as const)("“%s” as a whole hour is %s", (said, hour) => {
  expect(hourSaid(said)).toBe(hour);
});
