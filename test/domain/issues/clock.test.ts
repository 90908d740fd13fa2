import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  again,
  CLOCK_KINDS,
  type ClockRule,
  clockOf,
  isReminder,
  ladderOf,
  officeTime,
} from "../../../src/domain/issues/clock.ts";
import { LADDERS, remindedOn, rungOn } from "../../../src/domain/issues/ladders.ts";
import { isEnd, STATES, type State } from "../../../src/domain/issues/states.ts";
import type { IssueStanding } from "../../../src/domain/issues/step-rule.ts";
import { officeHours } from "../../issues/loop/days.ts";
import { at, calendar, clockRules, shown, standing } from "./standing.ts";

const clock = (differs: Partial<IssueStanding>, now: string) =>
  clockOf(standing(differs), at(now), clockRules).map((entry) => `${entry.kind} ${shown(entry.at)}`);

describe("an issue that waits to be acknowledged", () => {
  test("reminds at half of the 48 hours, climbs from there on, and has its deadline's entries as well", () => {
    expect(clock({}, "2020-06-15T10:00")).toEqual([
      "ack-half 2020-06-16T09:00",
      "ack-1 2020-06-17T09:00",
      "ack-2 2020-06-18T09:00",
      "ack-3 2020-06-22T09:00",
      // Three days before 30 June are the holidays of 端午.
      "due-3 2020-06-24T09:00",
      "due-1 2020-06-29T09:00",
      "due-0 2020-06-30T09:00",
      "overdue 2020-07-01T09:00",
      "overdue-1 2020-07-01T09:00",
      "overdue-2 2020-07-03T09:00",
      "overdue-3 2020-07-07T09:00",
      "propose-supervision 2020-07-14T09:00",
    ]);
  });

  test("given out on the eve of 端午 climbs after it, on the Sunday that is worked, a day between the rungs", () => {
    const acks = clock({ assignedAt: at("2020-06-24T15:00") }, "2020-06-24T15:00").filter((e) =>
      e.startsWith("ack"),
    );
    expect(acks).toEqual([
      // Nine hours pass on the eve, the rest on the Sunday that is worked and the Monday.
      "ack-half 2020-06-28T15:00",
      "ack-1 2020-06-29T15:00",
      "ack-2 2020-06-30T15:00",
      "ack-3 2020-07-02T15:00",
    ]);
  });

  test("within office hours keeps its hour, before and after them waits for the morning", () => {
    const first = (assignedAt: string) =>
      clock({ level: "较大", assignedAt: at(assignedAt) }, assignedAt).find((e) => e.startsWith("ack-1"));
    expect(first("2020-06-15T17:59")).toBe("ack-1 2020-06-16T17:59");
    expect(first("2020-06-15T18:00")).toBe("ack-1 2020-06-17T09:00");
    // The reminder waits for the morning, too, and is given four hours.
    expect(first("2020-06-15T07:30")).toBe("ack-1 2020-06-16T13:00");
    expect(first("2020-06-18T21:00")).toBe("ack-1 2020-06-22T09:00");
  });

  test("重大 knows neither nights nor holidays", () => {
    const grave = { level: "重大", assignedAt: at("2020-06-24T23:00"), due: "2020-06-27" };
    expect(clock(grave, "2020-06-24T23:00")).toEqual([
      "ack-half 2020-06-24T23:30",
      "ack-1 2020-06-25T00:00",
      "ack-2 2020-06-25T01:00",
      "ack-3 2020-06-25T03:00",
      "due-1 2020-06-26T09:00",
      "due-0 2020-06-27T09:00",
      "overdue 2020-06-28T09:00",
      "overdue-1 2020-06-28T09:00",
      "overdue-2 2020-06-30T09:00",
      "overdue-3 2020-07-02T09:00",
      "propose-supervision 2020-07-07T09:00",
    ]);
  });
});

describe("the time to acknowledge", () => {
  const printed = parse(readFileSync("test/cases/figures.yaml", "utf8")).acknowledge as {
    givenOut?: string;
    level?: string;
    reminder: string;
    lead: string;
    office?: string;
  }[];
  test.each(printed.filter(({ givenOut }) => givenOut !== undefined))(
    "$level of an order of $givenOut passes on working days alone",
    ({ givenOut = "", level = "一般", reminder, lead, office }) => {
      const entries = clock({ level, assignedAt: at(givenOut) }, givenOut);
      const of = (kind: string) => entries.find((entry) => entry.startsWith(kind))?.slice(kind.length + 1);
      expect([of("ack-half"), of("ack-1")]).toEqual([reminder, lead]);
      if (office !== undefined) expect(of("ack-2")).toBe(office);
    },
  );

  test("of an order given out on a day off begins with the next working day", () => {
    const entries = clock({ assignedAt: at("2020-06-13T10:00") }, "2020-06-13T10:00");
    expect(entries.slice(0, 2)).toEqual(["ack-half 2020-06-16T09:00", "ack-1 2020-06-17T09:00"]);
  });
});

describe("the deadline", () => {
  const reminded = { mendRemindedAt: at("2020-01-02T09:00") };
  const due = (day: string, now: string, differs: Partial<IssueStanding> = {}) =>
    clock({ state: "rectifying", due: day, supervisedAt: 1, ...reminded, ...differs }, now);

  test.each([
    // due, and the three reminders; what would lie on a day off is said on the last day of work before
    ["2020-06-18", "due-3 2020-06-15T09:00", "due-1 2020-06-17T09:00", "due-0 2020-06-18T09:00"],
    ["2020-06-22", "due-3 2020-06-19T09:00", "due-1 2020-06-19T09:00", "due-0 2020-06-22T09:00"],
    ["2020-06-21", "due-3 2020-06-18T09:00", "due-1 2020-06-19T09:00", undefined],
    ["2020-06-26", "due-3 2020-06-23T09:00", "due-1 2020-06-24T09:00", undefined],
    ["2020-06-28", "due-3 2020-06-24T09:00", "due-1 2020-06-24T09:00", "due-0 2020-06-28T09:00"],
  ])("%s is reminded of", (day, ...reminders) => {
    const entries = due(day, "2020-06-12T10:00").filter((e) => e.startsWith("due"));
    expect(entries).toEqual(reminders.filter((r) => r !== undefined));
  });

  test.each([
    ["2020-06-19", "2020-06-22", "2020-06-22", "2020-06-24", "2020-06-29"],
    ["2020-06-24", "2020-06-28", "2020-06-28", "2020-06-30", "2020-07-02"],
    ["2020-01-22", "2020-01-23", "2020-01-23", "2020-02-04", "2020-02-06"],
  ])("%s is overdue on working days alone: daily from %s, rungs on %s, %s, %s", (day, daily, ...rungs) => {
    const late = due(day, `${day}T18:30`);
    expect(late).toEqual([
      `overdue ${daily}T09:00`,
      ...rungs.map((rung, i) => `overdue-${i + 1} ${rung}T09:00`),
    ]);
  });

  test.each([
    // first due, now, and when it comes again: the 2nd and 4th working day, then once a week
    ["2020-07-01T09:00", "2020-07-01T09:00", "一般", "2020-07-02T09:00"],
    ["2020-07-01T09:00", "2020-07-02T09:00", "一般", "2020-07-06T09:00"],
    ["2020-07-01T09:00", "2020-07-06T09:00", "一般", "2020-07-13T09:00"],
    ["2020-07-01T09:00", "2020-07-13T09:00", "一般", "2020-07-20T09:00"],
    // The bot was away: the days of those that it missed stay what they were.
    ["2020-07-01T09:00", "2020-07-15T11:30", "一般", "2020-07-20T09:00"],
    // 1 and 8 October are off: both weeks' reminders are the 9th's.
    ["2020-09-21T09:00", "2020-09-24T09:00", "一般", "2020-10-09T09:00"],
    ["2020-09-21T09:00", "2020-10-09T09:00", "一般", "2020-10-15T09:00"],
    ["2020-07-01T09:00", "2020-07-02T09:00", "重大", "2020-07-04T09:00"],
    ["2020-07-01T09:00", "2020-07-04T09:00", "重大", "2020-07-11T09:00"],
  ])("reminded of first at %s comes at %s again, %s, at %s", (first, now, level, next) => {
    expect(shown(again({ at: at(first) }, at(now), level, clockRules))).toBe(next);
  });

  test("of which nobody was reminded is reported four office hours after the reminder", () => {
    const entries = due("2020-06-19", "2020-06-19T18:30", { mendRemindedAt: null });
    expect(entries.slice(0, 2)).toEqual(["overdue 2020-06-22T09:00", "overdue-1 2020-06-22T13:00"]);
  });

  test("long past: a rung is due at once, a reminder when it comes again, nothing is told twice", () => {
    expect(due("2020-06-19", "2020-07-10T12:00")).toEqual([
      "overdue-1 2020-07-10T12:00",
      "overdue-2 2020-07-10T12:00",
      "overdue-3 2020-07-10T12:00",
      "overdue 2020-07-13T09:00",
    ]);
    expect(due("2020-06-19", "2020-07-10T12:00", { mendRung: 2 })).toEqual([
      "overdue-3 2020-07-10T12:00",
      "overdue 2020-07-13T09:00",
    ]);
    expect(due("2020-06-19", "2020-07-10T12:00", { mendRung: 3 })).toEqual(["overdue 2020-07-13T09:00"]);
  });

  test("ten days past is proposed for 挂牌督办, unless it has been decided", () => {
    expect(due("2020-06-19", "2020-06-22T09:00", { mendRung: 3, supervisedAt: null })).toEqual([
      "overdue 2020-06-23T09:00",
      "propose-supervision 2020-07-06T09:00",
    ]);
  });

  test("goes on while an extension is decided, and whoever decides is reminded", () => {
    const asked = { extensionDue: "2020-06-30", extensionBy: 1 };
    expect(due("2020-06-22", "2020-06-18T16:00", asked).slice(0, 4)).toEqual([
      "due-3 2020-06-19T09:00",
      "due-1 2020-06-19T09:00",
      "extension 2020-06-19T09:00",
      "due-0 2020-06-22T09:00",
    ]);
  });
});

describe("what waits for others has a deadline too", () => {
  test.each<[State, Partial<IssueStanding>, string, string[]]>([
    ["draft", { assignedAt: at("2020-06-24T16:00") }, "2020-06-24T16:00", ["draft 2020-06-29T09:00"]],
    // Three working days from the eve of the Spring Festival of 2020.
    [
      "submitted",
      { submittedAt: at("2020-01-22T10:00") },
      "2020-01-22T10:00",
      ["confirm 2020-02-04T09:00", "confirm-2 2020-02-06T09:00"],
    ],
    [
      "reviewing",
      { confirmedAt: at("2020-06-15T10:00") },
      "2020-06-15T10:00",
      ["verify 2020-06-22T09:00", "verify-3 2020-06-28T09:00"],
    ],
    ["returned", {}, "2020-06-19T10:00", ["returned 2020-06-22T09:00"]],
    ["transferring", {}, "2020-06-15T10:00", ["transfer 2020-06-17T09:00"]],
    ["suspended", { suspendedUntil: "2020-06-18" }, "2020-06-15T10:00", ["resume 2020-06-19T09:00"]],
    // Never before its last day is over.
    ["suspended", { suspendedUntil: "2020-06-20" }, "2020-06-15T10:00", ["resume 2020-06-22T09:00"]],
    ["suspended", { suspendedUntil: "2020-06-24" }, "2020-06-15T10:00", ["resume 2020-06-28T09:00"]],
    [
      "suspended",
      { suspendedUntil: "2020-06-24", level: "重大" },
      "2020-06-15T10:00",
      ["resume 2020-06-25T09:00"],
    ],
    // Late already: the rung and the end of the suspension at once, the reminder when it comes again.
    [
      "submitted",
      { submittedAt: at("2020-06-01T10:00"), decideRemindedAt: at("2020-06-04T09:00") },
      "2020-06-15T10:00",
      ["confirm-2 2020-06-15T10:00", "confirm 2020-06-16T09:00"],
    ],
    // Nobody was reminded: that first, the rung four hours later.
    [
      "submitted",
      { submittedAt: at("2020-06-01T10:00") },
      "2020-06-15T10:00",
      ["confirm 2020-06-16T09:00", "confirm-2 2020-06-16T13:00"],
    ],
    ["suspended", { suspendedUntil: "2020-06-05" }, "2020-06-15T10:00", ["resume 2020-06-15T10:00"]],
  ])("%s %j", (state, differs, now, entries) => {
    expect(clock({ state, ...differs }, now)).toEqual(entries);
  });

  test.each(STATES.filter(isEnd))("%s waits for nothing", (state) => {
    expect(clock({ state, extensionDue: "2020-07-01" }, "2020-06-15T10:00")).toEqual([]);
  });
});

test.each([
  ["2020-06-15T08:59", "一般", "2020-06-15T09:00"],
  ["2020-06-15T09:00", "一般", "2020-06-15T09:00"],
  ["2020-06-15T17:59", "一般", "2020-06-15T17:59"],
  ["2020-06-15T18:00", "一般", "2020-06-16T09:00"],
  ["2020-06-25T10:00", "较大", "2020-06-28T09:00"],
  ["2020-06-28T10:00", "较大", "2020-06-28T10:00"],
  ["2020-06-25T03:00", "重大", "2020-06-25T03:00"],
])("something that is late at %s goes out, %s, at %s", (now, level, time) => {
  expect(shown(officeTime(at(now), level, clockRules))).toBe(time);
});

const SECOND = 1000;
const instant = fc
  .integer({ min: at("2020-01-02T00:00") / SECOND, max: at("2020-11-30T00:00") / SECOND })
  .map((s) => s * SECOND);
const day = instant.map((ms) => shown(ms).slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const anyStanding = fc
  .record({
    state: fc.constantFrom(...STATES),
    level: fc.constantFrom("一般", "较大", "重大", "县级自定"),
    assignedAt: instant,
    due: day,
    ackRung: fc.nat({ max: 3 }),
    mendRung: fc.nat({ max: 3 }),
    decideRung: fc.nat({ max: 3 }),
    ackRemindedAt: maybe(instant),
    mendRemindedAt: maybe(instant),
    decideRemindedAt: maybe(instant),
    submittedAt: maybe(instant),
    confirmedAt: maybe(instant),
    supervisedAt: maybe(instant),
    suspendedUntil: maybe(day),
    extensionDue: maybe(day),
  })
  .map(standing);
const settings = { seed: 20200615, numRuns: 3000 };

test("no issue is ever without either a deadline or an end", () => {
  fc.assert(
    fc.property(anyStanding, instant, (on, now) => {
      expect(clockOf(on, now, clockRules).length === 0).toBe(isEnd(on.state));
    }),
    settings,
  );
});

test("entries are in order, none before now, no reminder before the next minute of work, no kind twice, no rung again", () => {
  fc.assert(
    fc.property(anyStanding, instant, (on, now) => {
      const entries = clockOf(on, now, clockRules);
      expect(entries.map((e) => e.at)).toEqual(entries.map((e) => e.at).toSorted((a, b) => a - b));
      expect(new Set(entries.map((e) => e.kind)).size).toBe(entries.length);
      for (const entry of entries) {
        const rule: ClockRule = CLOCK_KINDS[entry.kind];
        expect(entry.at).toBeGreaterThanOrEqual(now);
        if (rule.class === "reminder") expect(entry.at).toBeGreaterThan(now);
        if (rule.class === "rung") expect(rule.rung).toBeGreaterThan(rungOn(on, rule.ladder));
      }
    }),
    settings,
  );
});

test("what isn't grave falls due in office hours of working days, unless it is late already", () => {
  fc.assert(
    fc.property(anyStanding, instant, (on, now) => {
      if (on.level === "重大") return;
      for (const entry of clockOf(on, now, clockRules)) {
        if (entry.at === now) continue;
        const [date = "", time = ""] = shown(entry.at).split("T");
        expect(calendar.isWorkingDay(Temporal.PlainDate.from(date)), date).toBe(true);
        expect(time >= "09:00" && time < "18:00", time).toBe(true);
      }
    }),
    settings,
  );
});

test("no matter is reported before its own reminder is planned or was given, nor within four office hours of it", () => {
  fc.assert(
    fc.property(anyStanding, instant, (on, now) => {
      const entries = clockOf(on, now, clockRules);
      for (const ladder of LADDERS) {
        const reports = entries.filter(({ kind }) => ladderOf(kind) === ladder && !isReminder(kind));
        const reminded =
          remindedOn(on, ladder) ??
          entries.find(({ kind }) => ladderOf(kind) === ladder && isReminder(kind))?.at;
        for (const { at } of reports) {
          expect(reminded, ladder).toBeDefined();
          if (on.level !== "重大" && reminded !== undefined)
            expect(officeHours(reminded, at)).toBeGreaterThanOrEqual(4);
        }
      }
    }),
    { ...settings, numRuns: 500 },
  );
});
