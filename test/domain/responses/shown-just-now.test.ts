import { expect, test } from "vitest";
import { shownJustNow } from "../../../src/domain/responses/course.ts";

const MINUTE = 60_000;
const first = { at: 0, reading: 12850.5, text: null };
const second = { at: 5 * MINUTE, reading: null, text: "已停产" };

test.each([
  ["the same at once", { ...first, at: 0 }, first],
  ["the same in the 29th minute", { ...first, at: 29 * MINUTE }, first],
  // A machine that stands still shows the same reading each time that it is looked at.
  ["the same after half an hour", { ...first, at: 30 * MINUTE }, undefined],
  ["another reading", { ...first, at: MINUTE, reading: 12851 }, undefined],
  ["the same reading with words", { ...first, at: MINUTE, text: "已停产" }, undefined],
  ["the same words", { ...second, at: 34 * MINUTE }, second],
])("%s", (_, shown, expected) => {
  expect(shownJustNow(shown, [first, second])).toBe(expected);
});
