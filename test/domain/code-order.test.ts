import { expect, test } from "vitest";
import { codeOrder } from "../../src/domain/code-order.ts";

test("ids and dates stand in the order of their characters, the shorter of two that begin alike first", () => {
  const ids = ["haimen-city", "haimen", "haian", "a9", "a-9", "2020-10-31", "2020-10-01", "haian"];
  expect(ids.toSorted(codeOrder)).toEqual([
    "2020-10-01",
    "2020-10-31",
    "a-9",
    "a9",
    "haian",
    "haian",
    "haimen",
    "haimen-city",
  ]);
  expect(codeOrder("haian", "haian")).toBe(0);
});
