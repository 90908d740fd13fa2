import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loopFigures } from "../../../src/domain/issues/figures.ts";
import { countsOf, type Past, type PastLine } from "../../../src/domain/issues/past.ts";
import { STATES, type State } from "../../../src/domain/issues/states.ts";

const at = (local: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").epochMilliseconds;
/** The week of 8 to 14 June 2020. */
const week = {
  from: at("2020-06-08T00:00"),
  until: at("2020-06-15T00:00") - 1,
  fromDate: "2020-06-08",
  dueBy: "2020-06-14",
};

/** A term of so many hours. */
const within = (hours: number) => (since: number) => since + hours * 3_600_000;

type Step = [when: string, state: State, differs?: Partial<PastLine>];

/** An issue that was given out on Monday at nine, due on the 23rd unless said otherwise, with 48 hours to acknowledge. */
function issue(steps: readonly Step[] = [], { from = "2020-06-08T09:00", due = "2020-06-23" } = {}): Past {
  const lines: PastLine[] = [];
  for (const [when, state, differs] of [[from, "assigned", { gives: true }] as Step, ...steps]) {
    const before = lines.at(-1);
    lines.push({
      at: at(when),
      on: when.slice(0, 10),
      from: before?.state ?? null,
      state,
      regionId: before?.regionId ?? "haian",
      due: before?.due ?? due,
      gives: false,
      restarts: false,
      closesStage: false,
      acknowledgeBy: before?.acknowledgeBy ?? within(48),
      ...differs,
    });
  }
  return { lines, createdAt: at(from) };
}
const figuresOf = (...issues: Past[]) => loopFigures(issues.flatMap((one) => countsOf(one, week)));

test("nothing gives no rate at all, not zero", () => {
  expect(figuresOf()).toEqual({
    assigned: 0,
    withdrawn: 0,
    staged: 0,
    acknowledged: { pct: null, met: 0, of: 0 },
    onTime: { pct: null, met: 0, of: 0 },
    closed: { pct: null, met: 0, of: 0 },
    meanDays: { days: null, n: 0 },
    relapsed: { pct: null, met: 0, of: 0 },
  });
});

describe("签收率", () => {
  test.each<[string, Step[], string, number | null]>([
    ["in time", [["2020-06-10T09:00", "acknowledged"]], "2020-06-08T09:00", 100],
    ["a minute late", [["2020-06-10T09:01", "acknowledged"]], "2020-06-08T09:00", 0],
    ["not at all", [], "2020-06-08T09:00", 0],
    ["its time not yet over", [["2020-06-14T09:00", "acknowledged"]], "2020-06-13T09:00", null],
    ["its time over before", [], "2020-06-05T09:00", null],
    ["begun before, over within", [["2020-06-07T10:00", "acknowledged"]], "2020-06-06T09:00", 100],
    ["returned before its time was over", [["2020-06-09T09:00", "returned"]], "2020-06-08T09:00", null],
    ["returned only then", [["2020-06-10T09:01", "returned"]], "2020-06-08T09:00", 0],
    [
      "in time, and suspended since",
      [
        ["2020-06-09T08:00", "acknowledged"],
        ["2020-06-09T09:00", "suspended"],
      ],
      "2020-06-08T09:00",
      100,
    ],
    [
      "given to another unit before its time was over",
      [["2020-06-09T09:00", "assigned", { gives: true }]],
      "2020-06-08T09:00",
      0,
    ],
  ])("%s", (_what, steps, from, pct) => {
    expect(figuresOf(issue(steps, { from })).acknowledged.pct).toBe(pct);
  });

  test.each<[string, string, number | null]>([
    ["its new time not yet over", "2020-06-13T09:00", null],
    ["its new time over", "2020-06-09T09:00", 0],
  ])("corrected before its time was over, %s", (_what, when, pct) => {
    const corrected: Step = [when, "assigned", { restarts: true }];
    const from = when === "2020-06-13T09:00" ? "2020-06-12T09:00" : "2020-06-08T09:00";
    expect(figuresOf(issue([corrected], { from })).acknowledged.pct).toBe(pct);
  });

  test("each term has the hours of the level that the order had in it", () => {
    const grave = { restarts: true, acknowledgeBy: within(1) };
    const steps: Step[] = [
      ["2020-06-09T09:00", "assigned", grave],
      ["2020-06-09T10:01", "acknowledged"],
    ];
    expect(figuresOf(issue(steps)).acknowledged).toMatchObject({ met: 0, of: 1 });
    // Of another level only after its time was over: what it had by then stands.
    const later: Step = ["2020-06-11T09:00", "assigned", { restarts: true, acknowledgeBy: within(400) }];
    expect(figuresOf(issue([later])).acknowledged).toMatchObject({ met: 0, of: 1 });
  });

  test("given to another unit after its time was over, both count, each for its region", () => {
    const counts = countsOf(
      issue([
        ["2020-06-11T09:00", "assigned", { gives: true, regionId: "rudong" }],
        ["2020-06-11T10:00", "acknowledged"],
      ]),
      week,
    ).filter(({ kind }) => kind === "acknowledged");
    expect(counts.map(({ regionId, met }) => [regionId, met])).toEqual([
      ["haian", false],
      ["rudong", true],
    ]);
  });
});

test("阶段性办结 counts in its own period, and nothing of it as closed", () => {
  const staged = issue([
    ["2020-06-09T09:00", "acknowledged"],
    ["2020-06-10T09:00", "reviewing"],
    ["2020-06-11T09:00", "rectifying", { closesStage: true, due: "2020-09-30" }],
  ]);
  expect(figuresOf(staged)).toMatchObject({ staged: 1, closed: { met: 0, of: 1 }, meanDays: { n: 0 } });
  const before = issue([["2020-06-05T09:00", "rectifying", { closesStage: true }]], {
    from: "2020-06-04T09:00",
  });
  expect(figuresOf(before).staged).toBe(0);
});

describe("撤回", () => {
  const withdrawn = (when: string) => issue([[when, "withdrawn"]], { due: "2020-06-10" });

  test("is counted where it was withdrawn, and nowhere else", () => {
    expect(figuresOf(withdrawn("2020-06-12T09:00"))).toEqual({ ...figuresOf(), withdrawn: 1 });
    expect(figuresOf(withdrawn("2020-06-15T09:00"))).toMatchObject({ withdrawn: 0, assigned: 1 });
    const before = issue([["2020-06-05T09:00", "withdrawn"]], { from: "2020-06-04T09:00" });
    expect(figuresOf(before)).toEqual(figuresOf());
  });
});

describe("按期整改率", () => {
  const early = { from: "2020-06-01T09:00" };
  test.each<[string, string, Step[], number | null]>([
    ["handed in on the last day", "2020-06-12", [["2020-06-12T23:59", "submitted"]], 100],
    ["handed in a day late", "2020-06-12", [["2020-06-13T00:00", "submitted"]], 0],
    ["not handed in", "2020-06-14", [], 0],
    ["not yet due isn't in the rate", "2020-06-15", [], null],
    ["held on the last day isn't in it", "2020-06-12", [["2020-06-12T15:00", "suspended"]], null],
    ["held too late is", "2020-06-12", [["2020-06-13T09:00", "suspended"]], 0],
    ["due before the period isn't either", "2020-06-07", [], null],
    [
      "sent back before the last day was over",
      "2020-06-12",
      [
        ["2020-06-10T09:00", "submitted"],
        ["2020-06-11T09:00", "rectifying"],
        ["2020-06-11T10:00", "transferring"],
      ],
      0,
    ],
    [
      "sent back afterwards, with a new deadline",
      "2020-06-12",
      [
        ["2020-06-10T09:00", "submitted"],
        ["2020-06-13T09:00", "rectifying", { due: "2020-06-30" }],
      ],
      100,
    ],
    [
      "put off before its day",
      "2020-06-12",
      [["2020-06-11T09:00", "acknowledged", { due: "2020-06-20" }]],
      null,
    ],
    ["put off after its day", "2020-06-12", [["2020-06-13T09:00", "assigned", { due: "2020-06-20" }]], 0],
  ])("%s", (_what, due, steps, pct) => {
    expect(figuresOf(issue(steps, { ...early, due })).onTime.pct).toBe(pct);
  });
});

const CLOSED: Step[] = [["2020-06-10T09:00", "closed"]];
const AND_BACK: Step[] = [...CLOSED, ["2020-06-11T09:00", "rectifying"]];

test("销号率 counts what was open or came in, closed at the end", () => {
  const before = { from: "2020-05-01T09:00" };
  const figures = figuresOf(
    issue([], before),
    issue([["2020-06-07T12:00", "closed"]], before),
    issue([["2020-06-12T09:00", "closed"]]),
    issue(AND_BACK),
    issue([["2020-06-20T09:00", "closed"]]),
  );
  expect(figures.closed).toEqual({ pct: 25, met: 1, of: 4 });
});

test("平均用时 and 反弹率 rest on the closings of the period", () => {
  const figures = figuresOf(
    issue(AND_BACK),
    issue([["2020-06-11T21:00", "closed"]]),
    issue([
      ["2020-06-09T09:00", "closed"],
      ["2020-06-16T09:00", "rectifying"],
    ]),
  );
  // (2 + 3.5 + 1) / 3 = 2.1666…
  expect(figures.meanDays).toEqual({ days: 2.2, n: 3 });
  expect(figures.relapsed).toEqual({ pct: 33.3, met: 1, of: 3 });
});

describe("平均用时 of a closing counts from", () => {
  test.each<[string, Step[], number]>([
    ["when it was given out", [], 4],
    ["when it was given to another unit", [["2020-06-10T09:00", "assigned", { gives: true }]], 2],
    ["when it came back, not from when it was first given", AND_BACK, 1],
  ])("%s", (_what, steps, days) => {
    const closing: Step = ["2020-06-12T09:00", "closed"];
    const counts = countsOf(issue([...steps, closing]), week);
    const { spent } = counts.findLast((count) => count.kind === "relapsed") as { spent: number };
    expect(spent / 86_400_000).toBe(days);
  });

  test("nothing, when its history tells of no beginning", () => {
    const unknown = issue(CLOSED);
    const lines = unknown.lines.map((line) => ({ ...line, gives: false }));
    expect(figuresOf({ ...unknown, lines }).meanDays).toEqual({ days: null, n: 0 });
  });

  test("halves go to the even tenth", () => {
    // 0.25 and 0.35 days: 6 h and 8 h 24 min.
    expect(figuresOf(issue([["2020-06-08T15:00", "closed"]])).meanDays.days).toBe(0.2);
    expect(figuresOf(issue([["2020-06-08T17:24", "closed"]])).meanDays.days).toBe(0.4);
  });
});

test("what nobody has to mend isn't counted", () => {
  for (const state of ["draft", "merged", "cancelled"] as const)
    expect(figuresOf(issue([["2020-06-09T09:00", state]], { due: "2020-06-10" }))).toEqual(figuresOf());
});

const anyWhen = fc
  .integer({ min: 0, max: 30 * 24 })
  .map((hours) => Temporal.PlainDateTime.from("2020-06-01T00:00").add({ hours }).toString().slice(0, 16));
const anyDue = fc.integer({ min: 1, max: 30 }).map((day) => `2020-06-${String(day).padStart(2, "0")}`);
const anyStep = fc.tuple(
  anyWhen,
  fc.constantFrom(...STATES),
  fc.record({ due: anyDue, gives: fc.boolean() }),
);
const anyIssue = fc.tuple(anyDue, fc.array(anyStep, { maxLength: 8 })).map(([due, steps]) =>
  issue(
    steps.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    { from: "2020-05-30T09:00", due },
  ),
);

describe("always", () => {
  test("shares lie between 0 and 100, and rest on what they say", () => {
    fc.assert(
      fc.property(fc.array(anyIssue), (issues) => {
        const { acknowledged, onTime, closed, relapsed, meanDays } = figuresOf(...issues);
        expect(meanDays.n).toBeLessThanOrEqual(relapsed.of);
        expect(meanDays.days === null).toBe(meanDays.n === 0);
        expect(meanDays.days ?? 0).toBeGreaterThanOrEqual(0);
        for (const { pct, met, of } of [acknowledged, onTime, closed, relapsed]) {
          expect(met).toBeLessThanOrEqual(of);
          expect(pct === null).toBe(of === 0);
          if (pct !== null) expect(pct >= 0 && pct <= 100).toBe(true);
        }
      }),
    );
  });

  test("the order doesn't matter, and no later line changes anything", () => {
    fc.assert(
      fc.property(fc.array(anyIssue), (issues) => {
        const cut = issues.map((one) => ({
          ...one,
          lines: one.lines.filter((line) => line.at <= week.until),
        }));
        expect(figuresOf(...cut.toReversed())).toEqual(figuresOf(...issues));
      }),
    );
  });
});
