import { expect, test } from "vitest";
import type { LabelledHour } from "../../../src/domain/air/hours.ts";
import { outlookOfDay } from "../../../src/domain/air/outlook.ts";

const hour = (label: number, over: Partial<LabelledHour> = {}): LabelledHour => ({
  ...{ label, "PM2.5": 60, PM10: 100, O3: 40, NO2: 20, SO2: 8, CO: 6 },
  ...over,
});
const morning = (over: (label: number) => Partial<LabelledHour>) =>
  Array.from({ length: 12 }, (_, i) => hour(i + 1, over(i + 1)));

test("the rest of the day stays at the newest hour's level", () => {
  // 60 until eleven, then 120: (11 × 60 + 13 × 120) / 24.
  const day = outlookOfDay(
    morning((label) => ({ "PM2.5": label === 12 ? 120 : 60 })),
    12,
  );
  expect(day).toMatchObject({ "PM2.5": 92, PM10: 100, CO: 6 });
});

test("ozone is the largest eight hours that would be", () => {
  expect(
    outlookOfDay(
      morning((label) => ({ O3: label === 12 ? 190 : 60 })),
      12,
    ).O3_8h,
  ).toBe(190);
});

test("hours after the one that is over count for nothing, and their order makes no difference", () => {
  const hours = [...morning(() => ({})), hour(13, { "PM2.5": 900 })].reverse();
  expect(outlookOfDay(hours, 12)["PM2.5"]).toBe(60);
});

test("a value of two hours ago is the level, one of three isn't, and then too little is known", () => {
  const silentAfter = (last: number) =>
    outlookOfDay(
      morning((label) => (label > last ? { "PM2.5": null } : {})),
      12,
    )["PM2.5"];
  expect(silentAfter(10)).toBe(60);
  expect(silentAfter(9)).toBeNull();
});
