import { expect, test } from "vitest";
import { changePct, changePoints, changeWords, samePeriodLastYear } from "../../../src/domain/air/change.ts";

test.each([
  [34, 37, -8.1, "下降8.1%"],
  [37, 37, 0, "持平"],
  [40, 37, 8.1, "上升8.1%"],
  [1.1, 1.2, -8.3, "下降8.3%"],
  [4.07, 4.2, -3.1, "下降3.1%"],
  [33.6, 32, 5, "上升5.0%"],
  [40.1, 40, 0.2, "上升0.2%"],
  [30, 0, null, "无法比较"],
  [30, null, null, "无法比较"],
  [null, 30, null, "无法比较"],
  [0, 30, -100, "下降100.0%"],
])("%d against %d is %d %%: %s", (now, then, pct, words) => {
  expect(changePct(now, then)).toBe(pct);
  expect(changeWords(pct)).toBe(words);
});

test("rates differ by percentage points", () => {
  expect(changePoints(84, 80.8)).toBe(3.2);
  expect(changeWords(changePoints(84, 80.8), "个百分点")).toBe("上升3.2个百分点");
  expect(changePoints(80.8, 80.8)).toBe(0);
  expect(changePoints(null, 80.8)).toBeNull();
});

test.each([
  ["2020-05-04", "2020-05-10", "2019-05-04", "2019-05-10"],
  ["2020-01-01", "2020-02-29", "2019-01-01", "2019-02-28"],
  ["2020-02-29", "2020-02-29", "2019-02-28", "2019-02-28"],
  ["2020-02-01", "2020-02-29", "2019-02-01", "2019-02-28"],
  ["2021-02-01", "2021-02-28", "2020-02-01", "2020-02-29"],
  ["2021-01-01", "2021-02-28", "2020-01-01", "2020-02-29"],
  ["2021-01-02", "2021-02-28", "2020-01-02", "2020-02-28"],
  ["2021-01-02", "2021-02-28", "2020-01-02", "2020-02-28"],
  ["2021-02-22", "2021-02-28", "2020-02-22", "2020-02-28"],
  ["2020-02-01", "2020-02-28", "2019-02-01", "2019-02-28"],
  ["2019-12-30", "2020-01-05", "2018-12-30", "2019-01-05"],
  ["2020-01-01", "2020-12-31", "2019-01-01", "2019-12-31"],
])("%s..%s is compared with %s..%s", (from, to, fromThen, toThen) => {
  expect(samePeriodLastYear(from, to)).toEqual({ from: fromThen, to: toThen });
});
