import { expect, test } from "vitest";
import { rollCallFigures } from "../../../src/domain/responses/roll-call-figures.ts";

const MINUTE = 60_000;
const order = (
  acknowledged: number | null,
  over: { exempt?: string; told?: number; executed?: true } = {},
) => ({
  exempt: over.exempt ?? null,
  toldAt: over.told === undefined ? null : over.told * MINUTE,
  acknowledgedAt: acknowledged === null ? null : acknowledged * MINUTE,
  executedAt: over.executed ? MINUTE : null,
});

test("a roll-call's rates are of those who were asked, its term runs from when each was told", () => {
  const orders = [order(120, { executed: true }), order(121), order(null), order(200, { told: 100 })];
  expect(rollCallFigures([...orders, order(null, { exempt: "民生保障" })], 0, 2)).toEqual({
    ...{ asked: 4, acknowledged: 3, inTime: 2, inTimePct: 50, executed: 1, executedPct: 25 },
    // (120 + 121 + 100) ÷ 3 = 113.67
    meanMinutes: 114,
  });
});

test("where nobody was asked there is no rate, and of who is silent no time", () => {
  expect(rollCallFigures([], 0, 2)).toMatchObject({ inTimePct: null, executedPct: null, meanMinutes: null });
  expect(rollCallFigures([order(null)], 0, 2)).toMatchObject({ inTimePct: 0, meanMinutes: null });
  // 1 of 16 is 6.25: half to even.
  const sixteen = [order(5), ...Array.from({ length: 15 }, () => order(null))];
  expect(rollCallFigures(sixteen, 0, 2)).toMatchObject({ inTimePct: 6.2, meanMinutes: 5 });
});
