import { expect, test } from "vitest";
import { answered, presenceOf, type RollCallRow, tally } from "../../../src/domain/meetings/roll-call.ts";

const silent: RollCallRow = { answer: null, reason: null, delegateId: null, round: null };
const on = { state: "called", round: 1, startsAt: 1000, now: 999 } as const;

test("a unit answers, changes its mind until the meeting begins, and says nothing twice", () => {
  const comes = answered(silent, { word: "attending" }, on);
  expect(comes).toEqual({ answer: "attending", reason: null, delegateId: null, round: 1 });
  expect(answered(comes as RollCallRow, { word: "attending" }, on)).toBe("same");
  expect(answered(comes as RollCallRow, { word: "excused", reason: "出差" }, on)).toMatchObject({
    answer: "excused",
    reason: "出差",
  });
  expect(answered(silent, { word: "attending" }, { ...on, now: 1000 })).toBe("begun");
  expect(answered(silent, { word: "attending" }, { ...on, state: "held" })).toBe("begun");
  expect(answered(silent, { word: "attending" }, { ...on, state: "cancelled" })).toBe("cancelled");
});

test("an answer holds for the time it was given for, 派员 while whom it names is a member", () => {
  const sends: RollCallRow = { answer: "delegated", reason: null, delegateId: 7, round: 1 };
  expect(presenceOf(sends, 1, () => true)).toBe("delegated");
  expect(presenceOf(sends, 1, (id) => id !== 7)).toBe("silent");
  expect(presenceOf(sends, 2, () => true)).toBe("silent");
  // The same answer given for another time is an answer.
  expect(answered(sends, { word: "delegated", delegateId: 7 }, { ...on, round: 2 })).toMatchObject({
    round: 2,
  });
});

test("the counts add up to all that are invited", () => {
  expect(tally(["attending", "attending", "excused", "silent", "delegated"])).toEqual({
    invited: 5,
    attending: 2,
    delegated: 1,
    excused: 1,
    silent: 1,
  });
});
