import { expect, test } from "vitest";
import { dayNumber, daysInMonth } from "../../../src/domain/air/calendar-days.ts";

test("counts every day from 2013 to 2032 one after another", () => {
  let date = Temporal.PlainDate.from("2013-01-01");
  let expected = date.since("1970-01-01").days;
  while (date.year < 2033) {
    expect(dayNumber(date.toString())).toBe(expected);
    expect(daysInMonth(date.year, date.month)).toBe(date.daysInMonth);
    date = date.add({ days: 1 });
    expected++;
  }
});

test.each([
  "2019-02-29",
  "2020-13-01",
  "2020-00-10",
  "2020-04-31",
  "2020-4-01",
  "2020/04/01",
  "2020-04-01T00",
  "",
  "２０２０-04-01",
])("“%s” is no date", (text) => {
  expect(() => dayNumber(text)).toThrow(RangeError);
});
