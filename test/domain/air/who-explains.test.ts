import { expect, test } from "vitest";
import { whoExplains } from "../../../src/domain/air/who-explains.ts";

const day = (key: string, pm25: number | null, control: number | null, exceeds = false) => ({
  key,
  pm25,
  control,
  exceeds,
});
const named = (...args: Parameters<typeof whoExplains<string>>) =>
  whoExplains(...args).map(({ key, reasons }) => `${key} ${reasons.join("+")}`);

test("whoever exceeded explains, and whoever lies furthest above its own control value", () => {
  const days = [day("甲", 44, 40), day("乙", 60, 50), day("丙", 90, 60, true), day("丁", 20, 40)];
  expect(named(days, { badDay: true, worst: 1 })).toEqual(["丙 bad-day+worst-against-control"]);
  expect(named(days, { badDay: true, worst: 2 })).toEqual([
    "乙 worst-against-control",
    "丙 bad-day+worst-against-control",
  ]);
});

test.each([
  [
    "everybody who shares the last place is among them",
    [day("甲", 44, 40), day("乙", 55, 50), day("丙", 42, 40)],
    1,
    ["甲", "乙"],
  ],
  [
    "nobody within the control value is, be there none above it",
    [day("甲", 40, 40), day("乙", 30, 50)],
    1,
    [],
  ],
  [
    "nobody without a figure or a control value is",
    [day("甲", null, 40), day("乙", 80, null), day("丙", 41, 40)],
    3,
    ["丙"],
  ],
  ["nobody is where the pack asks for none", [day("甲", 80, 40)], 0, []],
] as const)("%s", (_, days, worst, expected) => {
  expect(whoExplains([...days], { badDay: true, worst }).map(({ key }) => key)).toEqual(expected);
});

test("a pack may ask nobody for a day above 100", () => {
  expect(named([day("甲", 80, null, true)], { badDay: false, worst: 1 })).toEqual([]);
});
