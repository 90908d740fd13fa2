import { describe, expect, test } from "vitest";
import { officeCalendar } from "../../src/domain/calendar.ts";
import { digestFor, hasRoomAnyway, needsDigest } from "../../src/domain/digest.ts";

// Thursday to Saturday, 25 to 27 June, were off; Sunday the 28th was worked.
const calendar = officeCalendar([
  {
    year: 2020,
    source: "test",
    off: ["2020-06-25", "2020-06-26", "2020-06-27"],
    work: ["2020-06-28"],
  },
]);
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai");

describe("what comes about goes out with the digest", () => {
  test.each<[came: string, hour: number, last: string | null, goes: string]>([
    ["2020-06-15T08:59:59", 9, null, "2020-06-15T09:00"],
    ["2020-06-15T09:00:03", 9, null, "2020-06-15T09:00"],
    ["2020-06-15T10:00:00", 9, null, "2020-06-16T09:00"],
    ["2020-06-15T09:00:03", 9, "2020-06-14T09:00", "2020-06-15T09:00"],
    ["2020-06-15T09:20:00", 9, "2020-06-15T09:00", "2020-06-16T09:00"],
    ["2020-06-15T23:59:59", 0, null, "2020-06-16T00:00"],
  ])("of %s at %i, the last at %s: %s", (came, hour, last, goes) => {
    const found = digestFor(at(came), { hour, workingDaysOnly: false }, calendar, last ? at(last) : null);
    expect(found.toPlainDateTime().toString({ smallestUnit: "minute" })).toBe(goes);
  });

  test("of a working day where it only comes on those", () => {
    const rule = { hour: 16, workingDaysOnly: true };
    expect(digestFor(at("2020-06-24T17:00"), rule, calendar).toPlainDate().toString()).toBe("2020-06-28");
  });
});

describe("more than a week's share leaves room for a digest on each working day that is left", () => {
  test.each<[day: string, counted: number, isNeeded: boolean]>([
    // Monday: five working days are to come, this one among them.
    ["2020-06-15", 4, false],
    ["2020-06-15", 5, true],
    ["2020-06-19", 8, false],
    ["2020-06-19", 9, true],
    // Sunday the 28th is worked and ends its week; Saturday has one to come.
    ["2020-06-27", 8, false],
    ["2020-06-27", 9, true],
    ["2020-06-20", 9, false],
    ["2020-06-20", 10, true],
  ])("on %s after %i of ten: %s", (day, counted, isNeeded) => {
    const rule = { workingDaysOnly: true };
    expect(needsDigest(counted, 10, Temporal.PlainDate.from(day), rule, calendar)).toBe(isNeeded);
  });

  test("a weekend's included where somebody has theirs every day", () => {
    const on = (day: string, counted: number) =>
      needsDigest(counted, 10, Temporal.PlainDate.from(day), { workingDaysOnly: false }, calendar);
    expect([on("2020-06-15", 2), on("2020-06-15", 3)]).toEqual([false, true]);
    expect([on("2020-06-20", 7), on("2020-06-20", 8)]).toEqual([false, true]);
  });

  test.each<[day: string, most: number]>([
    ["2020-06-15", 2],
    ["2020-06-19", 6],
    ["2020-06-21", 8],
  ])("on %s up to %i of ten leave room whichever days are worked", (day, most) => {
    const hasRoom = (counted: number) => hasRoomAnyway(counted, 10, Temporal.PlainDate.from(day));
    expect([hasRoom(most), hasRoom(most + 1)]).toEqual([true, false]);
  });
});
