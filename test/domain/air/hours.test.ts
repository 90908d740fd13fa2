import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hourLabel, hourNumber, hoursOfDay } from "../../../src/domain/air/hour-number.ts";
import { DAY_TELLS, dayFromHours, HOURLY_ITEMS, type LabelledHour } from "../../../src/domain/air/hours.ts";

const MISSING = { "PM2.5": null, PM10: null, O3: null, NO2: null, SO2: null, CO: null };
/** Hours 1, 2, 3 … of a day, of one item. */
const hoursOf = (item: (typeof HOURLY_ITEMS)[number], values: readonly (number | null)[]): LabelledHour[] =>
  values.map((value, i) => ({ ...MISSING, [item]: value, label: i + 1 }));
const times = (n: number, value: number | null) => Array.from({ length: n }, () => value);
const pm25 = (values: readonly (number | null)[]) => dayFromHours(hoursOf("PM2.5", values))["PM2.5"];
const mda8 = (values: readonly (number | null)[]) => dayFromHours(hoursOf("O3", values)).O3_8h;

describe("a 24 h mean needs 20 hours, and is rounded once, half to even", () => {
  test.each([
    ["24 hours", times(24, 30), 30],
    ["20 hours", [...times(20, 30), ...times(4, null)], 30],
    ["19 hours", [...times(19, 30), ...times(5, null)], null],
    ["half to the even below", [...times(12, 30), ...times(12, 31)], 30],
    ["half to the even above", [...times(12, 31), ...times(12, 32)], 32],
    ["no hour at all", [], null],
  ])("%s", (_, values, mean) => {
    expect(pm25(values)).toBe(mean);
  });

  test("23 hours from 21 to 44 without one average 32.8, which is 33", () => {
    const values = Array.from({ length: 24 }, (_, i) => (i === 4 ? null : 21 + i));
    expect(pm25(values)).toBe(33);
  });
});

describe("MDA8", () => {
  test("is the largest of the 8 h means that end at 08:00 … 24:00", () => {
    const rising = Array.from({ length: 24 }, (_, i) => (i === 4 ? null : 63 + 3 * i));
    // Hours 17 to 24: 111 … 132 average 121.5, half to even 122.
    expect(mda8(rising)).toBe(122);
    // Nothing of the day before: the first window is 01:00 … 08:00.
    expect(mda8([...times(8, 90), ...times(16, 10)])).toBe(90);
  });

  test.each([
    ["eight hours", times(24, 100), 100],
    ["of a window six are enough", [null, null, ...times(22, 100)], 100],
    ["14 windows are enough", [...times(21, 100), ...times(3, null)], 100],
    ["14 windows, the last two with six hours each", [...times(19, 100), ...times(5, null)], 100],
    ["13 windows aren't", [...times(18, 100), ...times(6, null)], null],
    ["13 windows are where the largest exceeds 160", [...times(18, 161), ...times(6, null)], 161],
    ["but not where it is 160", [...times(18, 160), ...times(6, null)], null],
    ["and 160.5 is 160, half to even", Array.from({ length: 18 }, (_, i) => 161 - (i % 2)), null],
    ["no hour", [], null],
    ["five hours of a window say nothing", [...times(5, 300), ...times(19, null)], null],
  ])("%s", (_, values, value) => {
    expect(mda8(values)).toBe(value);
  });
});

test("an hour that a day hasn't, or has twice, is refused", () => {
  for (const label of [0, 25, 1.5]) expect(() => dayFromHours([{ ...MISSING, label }])).toThrow(RangeError);
  expect(() =>
    dayFromHours([
      { ...MISSING, label: 3 },
      { ...MISSING, label: 3 },
    ]),
  ).toThrow(RangeError);
});

const value = fc.option(fc.integer({ min: 0, max: 600 }), { nil: null });
const hour = fc.record({ "PM2.5": value, PM10: value, O3: value, NO2: value, SO2: value, CO: value });
const aDay = fc
  .array(hour, { maxLength: 24 })
  .map((hours) => hours.map((one, i) => ({ ...one, label: i + 1 })));

test("hours in any order give the same day", () => {
  fc.assert(
    fc.property(
      aDay.chain((hours) =>
        fc.tuple(fc.constant(hours), fc.shuffledSubarray(hours, { minLength: hours.length })),
      ),
      ([hours, shuffled]) => {
        expect(dayFromHours(shuffled)).toEqual(dayFromHours(hours));
      },
    ),
  );
});

test("a figure lies between the least and the most of its hours, and a missing hour is as good as none", () => {
  fc.assert(
    fc.property(aDay, (hours) => {
      const day = dayFromHours(hours);
      for (const item of HOURLY_ITEMS) {
        const found = day[item === "O3" ? "O3_8h" : item];
        const values = hours.flatMap((one) => one[item] ?? []);
        if (found === null) continue;
        expect(found).toBeGreaterThanOrEqual(Math.min(...values));
        expect(found).toBeLessThanOrEqual(Math.max(...values));
      }
      const filled = hours.filter((one) => HOURLY_ITEMS.some((item) => one[item] !== null));
      expect(dayFromHours(filled)).toEqual(day);
    }),
  );
});

describe("an hour's number", () => {
  test.each([
    ["2020-06-01", 1, "2020-06-01", 1],
    ["2020-06-01", 24, "2020-06-01", 24],
    ["2020-06-02", 0, "2020-06-01", 24],
    ["2020-03-01", 0, "2020-02-29", 24],
    ["1969-12-31", 24, "1969-12-31", 24],
  ])("%s %i:00 is hour %s %i", (date, label, of, there) => {
    expect(hourLabel(hourNumber(date, label))).toEqual({ date: of, label: there });
  });

  test("24:00 of a day is 00:00 of the next, and a day has 24 hours", () => {
    expect(hourNumber("2020-06-01", 24)).toBe(hourNumber("2020-06-02", 0));
    const { first, last } = hoursOfDay("2020-06-01");
    expect([last - first, hourLabel(first).label, hourLabel(last).date]).toEqual([23, 1, "2020-06-01"]);
    expect(() => hourNumber("2020-06-01", 25)).toThrow(RangeError);
  });
});

test("what hours must have for their day to tell anything: a late one or much ozone, and no less is enough", () => {
  const { label, ozoneAbove } = DAY_TELLS;
  const value = fc.integer({ min: 1, max: ozoneAbove });
  const early = fc.record({ "PM2.5": value, PM10: value, O3: value, NO2: value, SO2: value, CO: value });
  fc.assert(
    fc.property(fc.array(early, { maxLength: label - 1 }), (hours) => {
      const day = dayFromHours(hours.map((hour, i) => ({ ...hour, label: i + 1 })));
      expect(Object.values(day).filter((value) => value !== null)).toEqual([]);
    }),
    { seed: 1 },
  );
  expect(mda8(times(label, 100))).toBe(100);
  expect(mda8([null, null, ...times(6, ozoneAbove + 1)])).toBe(ozoneAbove + 1);
});
