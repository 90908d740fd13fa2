import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { officeCalendar } from "../../src/domain/calendar.ts";
import { dueOn, plannedBy, type When } from "../../src/domain/day-rule.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";

const calendar = officeCalendar((await loadPlanPack("seeds/nantong-2020")).calendars);
const day = (text: string) => Temporal.PlainDate.from(text);
const due = (when: When, planned: string) => dueOn(when, day(planned), calendar)?.toString() ?? null;
const by = (dayRule: "as-is" | "next-working-day" | "previous-working-day"): When => ({
  cron: "0 9 * * *",
  dayRule,
});

describe("a slot's day by the office's calendar", () => {
  test.each([
    ["as it is", by("as-is"), "2020-10-01", "2020-10-01"],
    ["National Day, moved behind", by("next-working-day"), "2020-10-01", "2020-10-09"],
    ["National Day, moved ahead", by("previous-working-day"), "2020-10-01", "2020-09-30"],
    ["a Sunday that is worked stays", by("next-working-day"), "2020-06-28", "2020-06-28"],
    ["a working day stays", by("previous-working-day"), "2020-06-15", "2020-06-15"],
    ["the extension of 2020 counts", by("next-working-day"), "2020-01-31", "2020-02-03"],
    ["5th working day of October", { workingDay: 5, of: "month", at: "09:00" }, "2020-10-01", "2020-10-14"],
    [
      "1st of a month that begins off",
      { workingDay: 1, of: "month", at: "09:00" },
      "2020-05-01",
      "2020-05-06",
    ],
    [
      "10th working day of a quarter",
      { workingDay: 10, of: "quarter", at: "09:00" },
      "2020-10-01",
      "2020-10-21",
    ],
    ["every working day: one", { workingDay: "every", at: "09:00" }, "2020-06-28", "2020-06-28"],
    ["every working day: none on a day off", { workingDay: "every", at: "09:00" }, "2020-06-25", null],
  ] as const)("%s", (_rule, when, planned, expected) => {
    expect(due(when, planned)).toBe(expected);
  });

  test("what is planned later is never due earlier, by no rule", () => {
    const rules: When[] = [by("as-is"), by("next-working-day"), by("previous-working-day")];
    const planned = fc.integer({ min: 0, max: 8 * 365 }).map((n) => day("2019-01-01").add({ days: n }));
    fc.assert(
      fc.property(fc.constantFrom(...rules), planned, planned, (rule, a, b) => {
        const order = Temporal.PlainDate.compare(a, b);
        const [of, than] = [a, b].map((one) => dueOn(rule, one, calendar)) as [
          Temporal.PlainDate,
          Temporal.PlainDate,
        ];
        return order * Temporal.PlainDate.compare(of, than) >= 0;
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  [{ workingDay: 5, of: "month", at: "09:30" }, "30 9 1 * *"],
  [{ workingDay: 5, of: "quarter", at: "09:00" }, "0 9 1 1,4,7,10 *"],
  [{ workingDay: "every", at: "08:15" }, "15 8 * * *"],
  [{ cron: "0 9 * * 1", dayRule: "as-is" }, "0 9 * * 1"],
] as const)("%j is planned by cron: %s", (when, cron) => {
  expect(plannedBy(when)).toBe(cron);
});
