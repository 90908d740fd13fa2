import { describe, expect, test } from "vitest";
import { judge, type StepAttempt, type Verdict } from "../../../src/domain/issues/machine.ts";
import type { State } from "../../../src/domain/issues/states.ts";
import type { IssueStanding } from "../../../src/domain/issues/step-rule.ts";
import { stepOf } from "../../../src/issues/loop.ts";
import { NEEDS_DUE, NEEDS_TEXT } from "../../issues/loop/rules.ts";
import {
  ALL_STEPS,
  at,
  attempt,
  cancelAsked,
  complete,
  DISPLAYED,
  extensionAsked,
  HEAD,
  inState,
  LEAD,
  loopRules,
  MONDAY,
  OFFICE,
  SUPERVISION,
  standing,
  waitingFor,
} from "./standing.ts";

type Case = [what: string, of: StepAttempt, on: IssueStanding, verdict: Verdict | "moves"];

describe("what stands in the way", () => {
  const cases: Case[] = [
    ["text: none", attempt("return", { text: undefined }), standing(), { kind: "needs-text" }],
    ["text: blanks alone", attempt("return", { text: " \n　" }), standing(), { kind: "needs-text" }],
    ["text: opinion may be left out", attempt("acknowledge", { text: undefined }), standing(), "moves"],
    [
      "due: none to give out",
      attempt("assign", { by: OFFICE }),
      standing({ state: "draft" }),
      { kind: "needs-due" },
    ],
    [
      "due: yesterday",
      attempt("assign", { by: OFFICE, due: "2020-06-14" }),
      standing({ state: "draft" }),
      { kind: "bad-due", why: "past" },
    ],
    [
      "due: today will do",
      attempt("assign", { by: OFFICE, due: "2020-06-15" }),
      standing({ state: "draft" }),
      "moves",
    ],
    [
      "due: a day off will do, the officer is told",
      attempt("assign", { by: OFFICE, due: "2020-06-25" }),
      standing({ state: "draft" }),
      "moves",
    ],
    [
      "due: a suspension that ends today is none",
      attempt("suspend", { by: OFFICE, due: "2020-06-15" }),
      standing(),
      { kind: "bad-due", why: "past" },
    ],
    [
      "due: the old one has passed, the reviewer names a new one",
      attempt("reject", { by: SUPERVISION }),
      inState("reviewing", { due: "2020-06-14" }),
      { kind: "needs-due" },
    ],
    [
      "due: the old one is today",
      attempt("reject", { by: SUPERVISION }),
      inState("reviewing", { due: "2020-06-15" }),
      "moves",
    ],
    [
      "due: upheld after the old one has passed",
      attempt("uphold", { by: OFFICE }),
      standing({ state: "returned", due: "2020-06-14" }),
      { kind: "needs-due" },
    ],
    [
      "due: the county's lead gives the unit no more time",
      attempt("reject", { by: LEAD, due: "2020-12-31" }),
      inState("submitted", { due: "2020-06-14" }),
      { kind: "bad-due", why: "not-yours" },
    ],
    [
      "due: the county's lead sends it back to a unit that is late already",
      attempt("reject", { by: LEAD }),
      inState("submitted", { due: "2020-06-14" }),
      "moves",
    ],
    [
      "extension: not later than what there is",
      attempt("request-extension", { due: "2020-06-30" }),
      inState("rectifying"),
      { kind: "bad-due", why: "not-later" },
    ],
    [
      "extension: a day later",
      attempt("request-extension", { due: "2020-07-01" }),
      inState("rectifying"),
      "moves",
    ],
    [
      "extension: the term of 15 days once more",
      attempt("request-extension", { due: "2020-07-15" }),
      inState("rectifying"),
      "moves",
    ],
    [
      "extension: and a day",
      attempt("request-extension", { due: "2020-07-16" }),
      inState("rectifying"),
      { kind: "bad-due", why: "too-long" },
    ],
    [
      "extension: the second counts from the first deadline too",
      attempt("request-extension", { due: "2020-07-16" }),
      inState("rectifying", { extensions: 1, due: "2020-07-10" }),
      { kind: "bad-due", why: "too-long" },
    ],
    [
      "extension: a term of no days may be doubled to one",
      attempt("request-extension", { due: "2020-06-16" }),
      inState("rectifying", { due: "2020-06-15", firstDue: "2020-06-15" }),
      "moves",
    ],
    [
      "extension: asked on the last day",
      attempt("request-extension", { due: "2020-06-20" }),
      inState("rectifying", { termFrom: "2020-06-01", due: "2020-06-15", firstDue: "2020-06-15" }),
      "moves",
    ],
    [
      "extension: asked the day after",
      attempt("request-extension", { due: "2020-06-20" }),
      inState("rectifying", { termFrom: "2020-06-01", due: "2020-06-14", firstDue: "2020-06-14" }),
      { kind: "too-late" },
    ],
    [
      "extension: one is being decided",
      attempt("request-extension", { due: "2020-07-01" }),
      inState("rectifying", extensionAsked),
      { kind: "undecided" },
    ],
    [
      "extension: a third",
      attempt("request-extension", { due: "2020-07-01" }),
      inState("rectifying", { extensions: 2 }),
      { kind: "used-up" },
    ],
    [
      "extension: nobody has asked",
      attempt("grant-extension", { by: OFFICE }),
      inState("rectifying"),
      { kind: "nothing-asked" },
    ],
    [
      "extension: nobody has asked for what is refused",
      attempt("refuse-extension", { by: OFFICE }),
      inState("rectifying"),
      { kind: "nothing-asked" },
    ],
    ["return: on the day", attempt("return"), standing(), "moves"],
    [
      "return: on the next working day",
      attempt("return"),
      standing({ termFrom: "2020-06-12", assignedAt: at("2020-06-12T09:00") }),
      "moves",
    ],
    [
      "return: a working day later",
      attempt("return"),
      standing({ termFrom: "2020-06-11" }),
      { kind: "too-late" },
    ],
    ["return: a second time", attempt("return"), standing({ returns: 1 }), { kind: "used-up" }],
    [
      "挂牌督办 twice",
      attempt("supervise", { by: HEAD }),
      inState("rectifying", { supervisedAt: MONDAY.at }),
      { kind: "used-up" },
    ],
    [
      "催办 twice a day",
      attempt("hasten", { by: OFFICE }),
      inState("rectifying", { hastenedOn: MONDAY.today }),
      { kind: "used-up" },
    ],
    [
      "催办 on the next day",
      attempt("hasten", { by: OFFICE }),
      standing({ hastenedOn: "2020-06-14" }),
      "moves",
    ],
    [
      "市攻坚办 has heard of it",
      attempt("escalate", { by: OFFICE }),
      inState("rectifying", { mendRung: 3 }),
      { kind: "used-up" },
    ],
    [
      "photos: none",
      attempt("submit", { photos: { before: 0, after: 0 } }),
      inState("rectifying"),
      { kind: "needs-photos", before: 1, after: 1 },
    ],
    [
      "photos: none of afterwards",
      attempt("submit", { photos: { before: 3, after: 0 } }),
      inState("rectifying"),
      { kind: "needs-photos", before: 0, after: 1 },
    ],
    ["photos: one of each", attempt("submit"), inState("rectifying"), "moves"],
    [
      "same person: the lead who has submitted",
      attempt("confirm", { by: LEAD }),
      inState("submitted", { submittedBy: 2 }),
      { kind: "same-person", as: "submittedBy" },
    ],
    [
      "same person: who has submitted and works for the office now",
      attempt("verify", { by: OFFICE }),
      inState("reviewing", { submittedBy: 4 }),
      { kind: "same-person", as: "submittedBy" },
    ],
    [
      "same person: who has confirmed",
      attempt("verify", { by: OFFICE }),
      inState("reviewing", { confirmedBy: 4 }),
      { kind: "same-person", as: "confirmedBy" },
    ],
    [
      "same person: rejects what they have submitted",
      attempt("reject", { by: LEAD }),
      inState("submitted", { submittedBy: 2 }),
      { kind: "same-person", as: "submittedBy" },
    ],
    [
      "same person: grants what they have asked for",
      attempt("grant-extension", { by: OFFICE }),
      inState("rectifying", { ...extensionAsked, extensionBy: 4 }),
      { kind: "same-person", as: "extensionBy" },
    ],
    [
      "same person: approves what they have proposed",
      attempt("approve-transfer", { by: HEAD }),
      inState("transferring", { proposedBy: 6 }),
      { kind: "same-person", as: "proposedBy" },
    ],
    [
      "a correction: no deadline leaves the one that has passed",
      attempt("amend", { by: OFFICE }),
      standing({ due: "2020-06-12" }),
      "moves",
    ],
    [
      "a correction to a day that has passed",
      attempt("amend", { by: OFFICE, due: "2020-06-14" }),
      standing(),
      { kind: "bad-due", why: "past" },
    ],
    ...["amend", "withdraw"].flatMap((step): Case[] => [
      [
        `${step}: another's order`,
        attempt(step, { by: SUPERVISION }),
        standing({ assignedBy: 4 }),
        { kind: "forbidden" },
      ],
      [
        `${step}: one's own`,
        attempt(step, { by: SUPERVISION }),
        standing({ assignedBy: SUPERVISION.id }),
        "moves",
      ],
      [
        `${step}: once it is acknowledged`,
        attempt(step, { by: OFFICE }),
        inState("acknowledged"),
        { kind: "stale" },
      ],
      [
        `${step}: who gave it out and has left the office for the unit`,
        attempt(step, { by: { id: 4, relation: "liaison" } }),
        standing({ assignedBy: 4 }),
        { kind: "forbidden" },
      ],
    ]),
    [
      "作废 while it is asked for",
      attempt("propose-cancel", { by: OFFICE }),
      inState("rectifying", cancelAsked),
      { kind: "used-up" },
    ],
    ...["approve-cancel", "refuse-cancel"].flatMap((step): Case[] => [
      [
        `${step}: nobody asked`,
        attempt(step, { by: HEAD }),
        inState("rectifying"),
        { kind: "nothing-asked" },
      ],
      [
        `${step}: by who asked, whatever post they hold by now`,
        attempt(step, { by: { id: 7, relation: "lead" } }),
        inState("rectifying", cancelAsked),
        { kind: "same-person", as: "cancelBy" },
      ],
    ]),
    [
      "公示: what has to be seen first can't be closed",
      attempt("verify", { by: OFFICE }),
      inState("reviewing", { level: DISPLAYED }),
      { kind: "not-displayed" },
    ],
    [
      "公示: its last day isn't over",
      attempt("verify", { by: OFFICE }),
      inState("displayed", { displayedUntil: "2020-06-15" }),
      { kind: "on-display" },
    ],
    [
      "公示: the day after",
      attempt("verify", { by: OFFICE }),
      inState("displayed", { level: DISPLAYED }),
      "moves",
    ],
    [
      "公示: of today alone is none",
      attempt("display", { by: OFFICE, due: "2020-06-15" }),
      inState("reviewing"),
      { kind: "bad-due", why: "past" },
    ],
    [
      "公示: who confirmed doesn't display",
      attempt("display", { by: { ...OFFICE, id: 8 } }),
      inState("reviewing"),
      { kind: "same-person", as: "confirmedBy" },
    ],
    ["an older version", attempt("acknowledge", { seen: 1 }), standing({ version: 2 }), { kind: "stale" }],
    [
      "an older version doesn't hide that there was never a right",
      attempt("acknowledge", { seen: 1, by: OFFICE }),
      standing({ version: 2 }),
      { kind: "forbidden" },
    ],
  ];
  test.each(cases)("%s", (_, of, on, expected) => {
    const verdict = judge(of, on, MONDAY, loopRules);
    if (expected === "moves") expect(verdict.kind).toBe("moves");
    else expect(verdict).toEqual(expected);
  });

  test.each(ALL_STEPS)("%s asks for a reason and a date exactly where the rules do", (step) => {
    const state = stepOf(step).from[0] as State;
    const relation = stepOf(step).by[0] as StepAttempt["by"]["relation"];
    const without = (differs: Partial<StepAttempt>) =>
      judge(
        complete(step, { by: { id: 1, relation }, officeConfirms: true, ...differs }),
        inState(state, waitingFor(step)),
        MONDAY,
        loopRules,
      ).kind;
    expect(without({ text: undefined })).toBe(NEEDS_TEXT.has(step) ? "needs-text" : "moves");
    expect(without({ due: undefined })).toBe(NEEDS_DUE.has(step) ? "needs-due" : "moves");
  });
});
