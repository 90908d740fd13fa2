import { expect, test } from "vitest";
import { nextReport, reportDue, rollCallDue } from "../../../src/domain/responses/terms.ts";
import type { TimeOfDay } from "../../../src/domain/time-of-day.ts";

const terms = { acknowledgeHours: 2, remindMinutes: 45, reportAt: [] };
const SAID = Temporal.Instant.from("2020-12-12T22:30:00+08:00").epochMilliseconds;
const minutesAfter = (due: readonly { kind: string; at: number }[]) =>
  due.map(({ kind, at }) => [kind, (at - SAID) / 60_000]);

test("who is silent is reminded after the pack's minutes, and its hours are the term, by night too", () => {
  expect(minutesAfter(rollCallDue(SAID, terms))).toEqual([
    ["remind", 45],
    ["escalate", 120],
  ]);
  expect(minutesAfter(reportDue(SAID, terms))).toEqual([
    ["report-remind", 45],
    ["report-escalate", 120],
  ]);
});

test.each<[string, TimeOfDay[], string | null]>([
  // The pack may list them in any order.
  ["2020-12-12T08:00", ["16:00", "09:00"], "2020-12-12T09:00"],
  ["2020-12-12T08:59", ["09:00"], "2020-12-12T09:00"],
  ["2020-12-12T09:00", ["09:00", "16:00"], "2020-12-12T16:00"],
  ["2020-12-12T09:00", ["09:00"], "2020-12-13T09:00"],
  ["2020-12-31T23:59", ["16:00", "00:00"], "2021-01-01T00:00"],
  ["2020-12-12T08:00", [], null],
])("counties report after %s at %j: %s", (after, reportAt, next) => {
  const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Asia/Shanghai]`);
  const found = nextReport(at(after), { reportAt });
  expect(found?.toString() ?? null).toBe(next && at(next).toString());
});
