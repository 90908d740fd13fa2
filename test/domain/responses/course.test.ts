import { describe, expect, test } from "vitest";
import {
  levelChangeOf,
  orderFault,
  type ResponseStanding,
  shownJustNow,
  startOf,
  type Wanted,
} from "../../../src/domain/responses/course.ts";

const standing = (id: number, over: Partial<ResponseStanding> = {}): ResponseStanding => ({
  ...{ id, kind: "alert", drill: false, level: "orange", documentNo: `${id}号` },
  ...over,
});
const orange = standing(1);
const shaving = standing(2, { kind: "peak-shaving", level: null });
const drill = standing(3, { drill: true });
const otherDrill = standing(4, { drill: true, level: "red" });
/** An alert that somebody entered without its level. */
const unlevelled = standing(5, { level: null });

const wanted = (over: Partial<Wanted> = {}): Wanted => {
  const { id: _id, ...rest } = standing(9, over);
  return rest;
};
const yellow = wanted({ level: "yellow" });
const shave = wanted({ kind: "peak-shaving", level: null });
const rehearse = wanted({ drill: true });

describe("which response may start beside those that run", () => {
  test.each<[string, Wanted, ResponseStanding[], ResponseStanding[]]>([
    ["an alert where nothing runs", wanted(), [], []],
    ["an alert ends 削峰", wanted(), [shaving], [shaving]],
    ["and every rehearsal", wanted(), [drill, shaving, otherDrill], [drill, otherDrill, shaving]],
    ["削峰 where nothing runs", shave, [], []],
    ["削峰 ends a rehearsal", shave, [drill], [drill]],
    ["a rehearsal where nothing runs", rehearse, [], []],
  ])("%s", (_, response, running, ends) => {
    expect(startOf(response, running, null)).toEqual({ ends });
  });

  test.each<[string, Wanted, ResponseStanding[], string, ResponseStanding]>([
    ["a lower alert beside a higher one", yellow, [orange], "lower", orange],
    ["a higher one", wanted({ level: "red" }), [shaving, orange], "higher", orange],
    ["one of the same level", wanted(), [orange], "same-level", orange],
    ["削峰 beside an alert", shave, [orange], "alert-runs", orange],
    ["an alert beside one whose level nobody knows", wanted(), [unlevelled], "alert-runs", unlevelled],
    ["削峰 beside 削峰", shave, [drill, shaving], "shaving-runs", shaving],
    ["a rehearsal beside an alert", rehearse, [drill, orange], "alert-runs", orange],
    ["a rehearsal beside 削峰", rehearse, [shaving], "shaving-runs", shaving],
    ["a rehearsal beside another", rehearse, [drill], "drill-runs", drill],
  ])("not %s", (_, response, running, why, of) => {
    expect(startOf(response, running, null)).toEqual({ why, of });
  });

  test("an order that was entered before starts nothing, even where nothing runs any more", () => {
    expect(startOf(wanted(), [], orange)).toEqual({ why: "entered", of: orange });
  });
});

type Response = Parameters<typeof levelChangeOf>[0];
const running: Response = { level: "orange", round: 2, endedAt: null };

test.each<[string, Response, Parameters<typeof levelChangeOf>[1], ReturnType<typeof levelChangeOf>]>([
  ["up", running, { level: "red", round: 2 }, "up"],
  ["down", running, { level: "yellow", round: 2 }, "down"],
  ["to where it is", running, { level: "orange", round: 2 }, "same"],
  // Pressed twice, or by two: what was wanted is so, whichever round they saw.
  ["to where it is since the round before", running, { level: "orange", round: 1 }, "same"],
  ["by whoever saw the round before", running, { level: "red", round: 1 }, "outdated"],
  ["of one without levels", { ...running, level: null }, { level: "red", round: 2 }, "no-level"],
  ["after its end", { ...running, endedAt: 0 }, { level: "red", round: 2 }, "over"],
])("a change of level %s", (_, response, to, becomes) => {
  expect(levelChangeOf(response, to)).toBe(becomes);
});

test.each([
  ["its own, in its round", { round: 2, exempt: null }, null, null],
  ["of the round before", { round: 1, exempt: null }, null, "outdated"],
  ["whoever is exempt", { round: 2, exempt: "民生保障" }, null, "exempt"],
  ["after the end", { round: 2, exempt: "民生保障" }, 0, "over"],
] as const)("a unit acts on an order: %s", (_, order, endedAt, fault) => {
  expect(orderFault(order, { round: 2, endedAt })).toBe(fault);
});

const MINUTE = 60_000;
const read = { at: 0, reading: 12850.5, text: null };
const said = { at: 5 * MINUTE, reading: null, text: "已停产" };

test.each([
  ["the same at once", { ...read, at: 0 }, read],
  ["the same in the 29th minute", { ...read, at: 29 * MINUTE }, read],
  // A machine that stands still shows the same reading each time that it is looked at.
  ["the same after half an hour", { ...read, at: 30 * MINUTE }, undefined],
  ["another reading", { ...read, at: MINUTE, reading: 12851 }, undefined],
  ["the same reading with words", { ...read, at: MINUTE, text: "已停产" }, undefined],
  ["the same words", { ...said, at: 34 * MINUTE }, said],
])("a unit shows %s", (_, shown, expected) => {
  expect(shownJustNow(shown, [read, said])).toBe(expected);
});
