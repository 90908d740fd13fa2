import { expect, test } from "vitest";
import { dateOfDay, dayNumber, daysInMonth } from "../../../src/domain/air/calendar-days.ts";

test("counts every day from 2013 to 2032 one after another", () => {
  let date = Temporal.PlainDate.from("2013-01-01");
  let expected = date.since("1970-01-01").days;
  while (date.year < 2033) {
    expect(dayNumber(date.toString())).toBe(expected);
    expect(dateOfDay(expected)).toBe(date.toString());
    expect(daysInMonth(date.year, date.month)).toBe(date.daysInMonth);
    date = date.add({ days: 1 });
    expected++;
  }
});

test.each(["0000-01-01", "1582-10-15", "1969-12-31", "1970-01-01", "9999-12-31"])(
  "%s is a day and its date",
  (date) => {
    expect(dateOfDay(dayNumber(date))).toBe(date);
  },
);

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
