import { Cron } from "croner";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slotsBetween } from "../../src/runs/slots.ts";
import { stateOf } from "../../src/scheduler/reconcile.ts";

const ZONE = "Asia/Shanghai";
const ms = (local: string, zone = ZONE) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
const slots = (cron: string, after: string, until: string, zone = ZONE) =>
  slotsBetween(cron, zone, ms(after, zone), ms(until, zone)).map((slot) =>
    Temporal.Instant.fromEpochMilliseconds(slot)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString()
      .slice(0, 16),
  );

const MONDAYS = "0 9 * * 1";
const FIRST_AND_16TH = "0 9 1,16 * *";

describe("slots within (after, until]", () => {
  test.each([
    ["a week has one Monday", MONDAYS, "2020-06-08T09:00", "2020-06-15T09:00", ["2020-06-15T09:00"]],
    ["the start is left out", MONDAYS, "2020-06-15T09:00", "2020-06-15T12:00", []],
    ["the end is included", MONDAYS, "2020-06-15T08:59:59", "2020-06-15T09:00", ["2020-06-15T09:00"]],
    ["a second before the end isn't there yet", MONDAYS, "2020-06-14T09:00", "2020-06-15T08:59:59", []],
    [
      "the 1st and the 16th of each month",
      FIRST_AND_16TH,
      "2020-01-31T00:00",
      "2020-03-02T00:00",
      ["2020-02-01T09:00", "2020-02-16T09:00", "2020-03-01T09:00"],
    ],
    [
      "29 February in a leap year",
      "0 9 29 2 *",
      "2019-01-01T00:00",
      "2021-12-31T00:00",
      ["2020-02-29T09:00"],
    ],
    [
      "day of month and day of week are both to hold: a Monday that is a 1st",
      "0 9 1 * 1",
      "2020-01-01T00:00",
      "2020-12-31T00:00",
      ["2020-06-01T09:00"],
    ],
    ["nothing between two equal instants", MONDAYS, "2020-06-15T09:00", "2020-06-15T09:00", []],
    ["nothing when the clock was set back", MONDAYS, "2020-06-15T09:00", "2020-05-15T09:00", []],
  ])("%s", (_rule, cron, after, until, expected) => {
    expect(slots(cron, after, until)).toEqual(expected);
  });

  test("2020 has 52 Mondays and 24 firsts and sixteenths", () => {
    expect(slots(MONDAYS, "2019-12-31T23:59", "2020-12-31T23:59")).toHaveLength(52);
    expect(slots(FIRST_AND_16TH, "2019-12-31T23:59", "2020-12-31T23:59")).toHaveLength(24);
  });

  test("nine o'clock is the office's, not the machine's", () => {
    const [slot] = slotsBetween(MONDAYS, ZONE, ms("2020-06-14T00:00"), ms("2020-06-16T00:00"));
    expect(new Date(slot as number).toISOString()).toBe("2020-06-15T01:00:00.000Z");
  });

  test("where clocks change, nine o'clock stays nine o'clock", () => {
    const berlin = slots("0 9 * * *", "2020-03-28T00:00", "2020-03-31T00:00", "Europe/Berlin");
    expect(berlin).toEqual(["2020-03-28T09:00", "2020-03-29T09:00", "2020-03-30T09:00"]);
  });

  test("a span cut in two has the same slots", () => {
    const start = ms("2020-01-01T00:00");
    const hour = fc.integer({ min: 0, max: 366 * 24 });
    fc.assert(
      fc.property(hour, hour, hour, (a, b, c) => {
        const [from, cut, to] = [a, b, c].toSorted((x, y) => x - y).map((h) => start + h * 3_600_000) as [
          number,
          number,
          number,
        ];
        const whole = slotsBetween(MONDAYS, ZONE, from, to);
        expect([...slotsBetween(MONDAYS, ZONE, from, cut), ...slotsBetween(MONDAYS, ZONE, cut, to)]).toEqual(
          whole,
        );
      }),
      { numRuns: 50 },
    );
  });
});

test("whatever was asked before, a span has the slots that croner finds in it", () => {
  const start = ms("2020-01-01T00:00");
  const hour = fc.integer({ min: 0, max: 366 * 24 });
  const spans = fc.array(fc.tuple(hour, hour), { maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(MONDAYS, FIRST_AND_16TH), spans, (cron, asked) => {
      for (const [a, b] of asked) {
        const [after, until] = [start + a * 3_600_000, start + b * 3_600_000];
        const job = new Cron(cron, { timezone: ZONE, paused: true, domAndDow: true });
        const all = job.nextRuns(80, new Date(after)).map((run) => run.getTime());
        expect(slotsBetween(cron, ZONE, after, until)).toEqual(all.filter((slot) => slot <= until));
      }
    }),
    { numRuns: 50 },
  );
});

describe("through two years, where clocks change and where they don't, against a calendar of its own", () => {
  /** Every day's minute as the zone's own clocks show it: one that is left out comes as soon as they have moved on, one that comes twice is the first. */
  const reckoned = (zone: string, time: string, fits: (day: Temporal.PlainDate) => boolean) => {
    const days = Array.from({ length: 731 }, (_, i) =>
      Temporal.PlainDate.from("2019-01-01").add({ days: i }),
    );
    return days.filter(fits).map((day) => {
      const said = day.toPlainDateTime(time);
      const shown = said.toZonedDateTime(zone, { disambiguation: "compatible" });
      const isLeftOut = !shown.toPlainDateTime().equals(said);
      return (isLeftOut ? shown.getTimeZoneTransition("previous") : shown)?.epochMilliseconds;
    });
  };
  const isAny = () => true;
  test.each(["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe"])("%s", (zone) => {
    const [after, until] = [ms("2018-12-31T23:59", zone), ms("2020-12-31T23:59", zone)];
    for (const [cron, time, fits] of [
      ["0 9 * * *", "09:00", isAny],
      ["30 8 * * 1", "08:30", (day: Temporal.PlainDate) => day.dayOfWeek === 1],
      ["0 9 1,16 * *", "09:00", (day: Temporal.PlainDate) => day.day === 1 || day.day === 16],
      ["0 9 29 2 *", "09:00", (day: Temporal.PlainDate) => day.month === 2 && day.day === 29],
      ["0 0 1 1 *", "00:00", (day: Temporal.PlainDate) => day.dayOfYear === 1],
      ["0 9 31 * *", "09:00", (day: Temporal.PlainDate) => day.day === 31],
      // In the hours in which clocks change.
      ["45 1 * * *", "01:45", isAny],
      ["15 2 * * *", "02:15", isAny],
    ] as const)
      expect([cron, slotsBetween(cron, zone, after, until)]).toEqual([cron, reckoned(zone, time, fits)]);
  });
});

describe("what becomes of a slot under its policy", () => {
  const slot = ms("2020-06-15T09:00");
  const later = ms("2020-06-22T09:00");
  const DAY = 86_400_000;
  test.each([
    ["at its instant", "skip", slot, slot, "ran"],
    ["two minutes late is still on time", "skip", slot, slot + 120_000, "ran"],
    ["later, by skip", "skip", slot, slot + 120_001, "skipped"],
    ["later, by all", "all", slot, slot + 400 * DAY, "caught-up"],
    ["an older one, by all", "all", later, later + DAY, "caught-up"],
    ["the newest, within the days", "latest-within-3-days", slot, slot + 3 * DAY, "caught-up"],
    ["the newest, too old", "latest-within-3-days", slot, slot + 3 * DAY + 1, "skipped"],
    ["not the newest", "latest-within-3-days", later, slot + DAY, "skipped"],
    ["the newest, within seven days", "latest-within-7-days", slot, slot + 6 * DAY, "caught-up"],
    ["the newest, after seven days", "latest-within-7-days", slot, slot + 8 * DAY, "skipped"],
  ] as const)("%s", (_when, policy, newest, now, state) => {
    expect(stateOf(policy, slot, newest, now)).toBe(state);
  });
});
