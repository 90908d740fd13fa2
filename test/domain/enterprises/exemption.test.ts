import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type ExemptionTerm,
  exemptionAmong,
  exemptionStateWords,
  holdsAt,
  isRemindedOn,
} from "../../../src/domain/enterprises/exemption.ts";

const [SIGNED, REVOKED] = [1000, 2000];
const term = (over: Partial<ExemptionTerm> = {}): ExemptionTerm => ({
  ...{ state: "listed", from: "2020-06-01", to: "2020-12-31" },
  ...{ decidedAt: SIGNED, revokedAt: null },
  ...over,
});

test.each([
  ["between its days, signed", term(), 1500, "2020-06-15", true],
  ["on its first day", term(), 1500, "2020-06-01", true],
  ["on its last day", term(), 1500, "2020-12-31", true],
  ["the day before", term(), 1500, "2020-05-31", false],
  ["expired the day after", term(), 1500, "2021-01-01", false],
  ["before the second signature", term(), 999, "2020-06-15", false],
  ["listed without a second signature", term({ decidedAt: null }), 1500, "2020-06-15", false],
  ["at the second signature", term(), SIGNED, "2020-06-15", true],
  ["only proposed", term({ state: "proposed", decidedAt: null }), 1500, "2020-06-15", false],
  ["refused", term({ state: "refused" }), 1500, "2020-06-15", false],
  ["revoked, before that", term({ state: "revoked", revokedAt: REVOKED }), 1999, "2020-06-15", true],
  ["at its revocation", term({ state: "revoked", revokedAt: REVOKED }), REVOKED, "2020-06-15", false],
  ["after its revocation", term({ state: "revoked", revokedAt: REVOKED }), 9999, "2020-06-15", false],
] as const)("an entry holds, or not: %s", (_when, one, at, day, holds) => {
  expect(holdsAt(one, at, day)).toBe(holds);
});

test("whoever has several entries is exempt by the one that holds", () => {
  const old = term({ to: "2020-06-10" });
  const next = term({ from: "2020-06-11" });
  expect(exemptionAmong([old, next], 1500, "2020-06-10")).toBe(old);
  expect(exemptionAmong([old, next], 1500, "2020-06-11")).toBe(next);
  expect(exemptionAmong([old], 1500, "2020-06-11")).toBeNull();
});

test.each([
  [term(), "2020-06-15", "有效"],
  [term(), "2020-06-01", "有效"],
  [term(), "2020-12-31", "有效"],
  [term(), "2020-05-31", "未生效"],
  [term(), "2021-01-01", "已到期"],
  [term({ state: "revoked", revokedAt: 1 }), "2020-06-15", "已取消"],
  [term({ state: "proposed" }), "2020-06-15", "待同意"],
] as const)("%j on %s is called %s", (one, day, words) => {
  expect(exemptionStateWords(one, day)).toBe(words);
});

test("each end is told twice, 30 and 7 days before, and on the next working day where that is a day off", () => {
  const date = fc
    .integer({ min: 0, max: 400 })
    .map((days) => Temporal.PlainDate.from("2020-01-01").add({ days }));
  const isOff = (day: Temporal.PlainDate) => day.dayOfWeek >= 6;
  fc.assert(
    fc.property(date, (end) => {
      const told: number[] = [];
      let before = end.subtract({ days: 60 });
      while (isOff(before)) before = before.subtract({ days: 1 });
      for (
        let day = before.add({ days: 1 });
        Temporal.PlainDate.compare(day, end) <= 0;
        day = day.add({ days: 1 })
      ) {
        if (isOff(day)) continue;
        if (isRemindedOn({ to: end.toString() }, day, before)) told.push(day.until(end).days);
        before = day;
      }
      expect(told).toHaveLength(2);
      expect(told[0]).toBeGreaterThanOrEqual(28);
      expect(told[0]).toBeLessThanOrEqual(30);
      expect(told[1]).toBeGreaterThanOrEqual(5);
      expect(told[1]).toBeLessThanOrEqual(7);
    }),
  );
});
