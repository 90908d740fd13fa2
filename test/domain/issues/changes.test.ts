import { describe, expect, test } from "vitest";
import { FOOT } from "../../../src/domain/issues/ladders.ts";
import { judge, type StepAttempt } from "../../../src/domain/issues/machine.ts";
import type { IssueStanding } from "../../../src/domain/issues/step-rule.ts";
import {
  ALL_STEPS,
  at,
  attempt,
  cancelAsked,
  complete,
  extensionAsked,
  HEAD,
  inState,
  LEAD,
  loopRules,
  MONDAY,
  OFFICE,
  SUPERVISION,
  standing,
} from "./standing.ts";

/** Steps that a helping unit takes on its own part. */
const OF_HELPERS = new Set(["acknowledge-part", "hand-in-part"]);

describe("what a step changes", () => {
  const FRESH = { ...FOOT, extensionDue: null, extensionBy: null };
  const TERM = {
    due: "2020-07-10",
    firstDue: "2020-07-10",
    termFrom: "2020-06-15",
    term: null,
    extensions: 0,
  };
  const late = {
    ackRung: 1,
    mendRung: 2,
    mendRemindedAt: 3,
    due: "2020-06-10",
    firstDue: "2020-06-10",
    termFrom: "2020-06-01",
  };
  const cases: [string, StepAttempt, IssueStanding, Partial<IssueStanding>][] = [
    [
      "assign: a term begins",
      complete("assign", { by: OFFICE }),
      standing({ state: "draft", assignedAt: 0 }),
      { state: "assigned", ...TERM, ...FRESH, assignedAt: MONDAY.at },
    ],
    [
      "assign: the deadline keeps the term that it was given as",
      complete("assign", { by: OFFICE, term: { n: 18, unit: "working" } }),
      standing({ state: "draft", assignedAt: 0 }),
      { state: "assigned", ...TERM, term: { n: 18, unit: "working" }, ...FRESH, assignedAt: MONDAY.at },
    ],
    [
      "acknowledge: down from its own ladder, the others and the deadline stay",
      attempt("acknowledge"),
      standing({ ackRung: 3, ackRemindedAt: 4, mendRung: 3 }),
      { state: "acknowledged", ackRung: 0, ackRemindedAt: null },
    ],
    [
      "start: nothing but the state",
      attempt("start"),
      inState("acknowledged", late),
      { state: "rectifying" },
    ],
    [
      "submit: an extension that nobody decided is none",
      attempt("submit"),
      inState("rectifying", { ...extensionAsked, confirmedBy: 8, confirmedAt: 5, mendRung: 2 }),
      {
        state: "submitted",
        ...FRESH,
        submittedAt: MONDAY.at,
        submittedBy: 1,
        confirmedAt: null,
        confirmedBy: null,
      },
    ],
    [
      "confirm",
      attempt("confirm", { by: LEAD }),
      inState("submitted"),
      { state: "reviewing", decideRung: 0, decideRemindedAt: null, confirmedAt: MONDAY.at, confirmedBy: 2 },
    ],
    [
      "verify",
      attempt("verify", { by: SUPERVISION }),
      inState("reviewing"),
      { state: "closed", decideRung: 0, decideRemindedAt: null },
    ],
    [
      "close-stage: what remains has a term of its own and asks for photos of its own",
      complete("close-stage", { by: OFFICE }),
      inState("reviewing", { ...late, stages: 1, round: 2 }),
      { state: "rectifying", ...TERM, ...FRESH, round: 3, stages: 2 },
    ],
    [
      "display: until when the public may object",
      complete("display", { by: OFFICE }),
      inState("reviewing", { decideRung: 3 }),
      { state: "displayed", decideRung: 0, decideRemindedAt: null, displayedUntil: "2020-07-10" },
    ],
    [
      "object: another round, and no longer on display",
      attempt("object", { by: OFFICE }),
      inState("displayed", { decideRung: 3 }),
      { state: "rectifying", ...FRESH, round: 2, displayedUntil: null },
    ],
    [
      "reject: within the term the deadline stays",
      attempt("reject", { by: LEAD }),
      inState("submitted", { rejections: 1 }),
      { state: "rectifying", ...FRESH, rejections: 2, round: 2 },
    ],
    [
      "reject: a new deadline begins a term with extensions of its own",
      attempt("reject", { by: OFFICE, due: "2020-07-10" }),
      inState("reviewing", { ...late, extensions: 2 }),
      { state: "rectifying", ...FRESH, ...TERM, rejections: 1, round: 2 },
    ],
    ["return", attempt("return"), standing(), { state: "returned", ...FOOT, returns: 1 }],
    [
      "uphold: the whole time to acknowledge, the same deadline",
      attempt("uphold", { by: OFFICE }),
      standing({ state: "returned", returns: 1, assignedAt: at("2020-06-08T09:00") }),
      { state: "assigned", ...FRESH, assignedAt: MONDAY.at },
    ],
    [
      "reassign: a 作废 that was asked of the other unit waits no more",
      complete("reassign", { by: OFFICE }),
      inState("rectifying", { ...late, ...cancelAsked }),
      { state: "assigned", ...TERM, ...FRESH, assignedAt: MONDAY.at, cancelBy: null },
    ],
    [
      "request-extension: the clock goes on",
      complete("request-extension"),
      inState("rectifying"),
      { state: "rectifying", extensionDue: "2020-07-10", extensionBy: 1 },
    ],
    [
      "grant-extension: the first deadline stays known",
      attempt("grant-extension", { by: OFFICE }),
      inState("rectifying", { ...extensionAsked, extensions: 1, mendRung: 1 }),
      { state: "rectifying", due: "2020-07-10", extensions: 2, ...FRESH },
    ],
    [
      "refuse-extension: it isn't counted as one",
      attempt("refuse-extension", { by: OFFICE }),
      inState("rectifying", { ...extensionAsked, extensions: 1, mendRung: 1 }),
      { state: "rectifying", extensionDue: null, extensionBy: null },
    ],
    [
      "suspend",
      complete("suspend", { by: OFFICE }),
      inState("acknowledged", { ...extensionAsked, mendRung: 1 }),
      {
        state: "suspended",
        ...FRESH,
        resumeState: "acknowledged",
        suspendedOn: "2020-06-15",
        suspendedUntil: "2020-07-10",
      },
    ],
    [
      "resume: the days of suspension are given back",
      attempt("resume", { by: { id: null, relation: "clock" } }),
      inState("suspended", {
        suspendedOn: "2020-06-08",
        termFrom: "2020-06-01",
        due: "2020-06-16",
        firstDue: "2020-06-12",
      }),
      {
        state: "rectifying",
        resumeState: null,
        suspendedOn: null,
        suspendedUntil: null,
        due: "2020-06-23",
        firstDue: "2020-06-19",
        termFrom: "2020-06-08",
      },
    ],
    [
      "resume: a deadline on a day off moves to the next working day",
      attempt("resume", { by: OFFICE }),
      inState("suspended", {
        suspendedOn: "2020-06-08",
        termFrom: "2020-06-01",
        due: "2020-06-18",
        firstDue: "2020-06-18",
      }),
      {
        state: "rectifying",
        resumeState: null,
        suspendedOn: null,
        suspendedUntil: null,
        due: "2020-06-28",
        firstDue: "2020-06-25",
        termFrom: "2020-06-08",
      },
    ],
    [
      "resume: of a term in working days the working days of the suspension are given back",
      attempt("resume", { by: OFFICE }),
      inState("suspended", {
        term: { n: 10, unit: "working" },
        suspendedOn: "2020-06-12",
        termFrom: "2020-06-08",
        due: "2020-06-22",
        firstDue: "2020-06-22",
      }),
      {
        state: "rectifying",
        resumeState: null,
        suspendedOn: null,
        suspendedUntil: null,
        due: "2020-06-23",
        firstDue: "2020-06-23",
        termFrom: "2020-06-09",
      },
    ],
    [
      "resume: a weekend of suspension took no working day, what nobody had acknowledged has its time anew",
      attempt("resume", { by: OFFICE }),
      inState("suspended", {
        resumeState: "assigned",
        term: { n: 5, unit: "working" },
        suspendedOn: "2020-06-13",
        termFrom: "2020-06-12",
        due: "2020-06-19",
        firstDue: "2020-06-19",
      }),
      {
        state: "assigned",
        resumeState: null,
        suspendedOn: null,
        suspendedUntil: null,
        due: "2020-06-19",
        firstDue: "2020-06-19",
        termFrom: "2020-06-12",
        assignedAt: MONDAY.at,
      },
    ],
    [
      "resume: on the same day nothing moves",
      attempt("resume", { by: OFFICE }),
      inState("suspended", { suspendedOn: "2020-06-15", due: "2020-06-27" }),
      { state: "rectifying", resumeState: null, suspendedOn: null, suspendedUntil: null },
    ],
    [
      "resume: what nobody had acknowledged has the whole time for it",
      attempt("resume", { by: OFFICE }),
      inState("suspended", {
        resumeState: "assigned",
        suspendedOn: "2020-06-08",
        termFrom: "2020-06-08",
        due: "2020-06-16",
        firstDue: "2020-06-16",
      }),
      {
        state: "assigned",
        resumeState: null,
        suspendedOn: null,
        suspendedUntil: null,
        due: "2020-06-23",
        firstDue: "2020-06-23",
        termFrom: "2020-06-15",
        assignedAt: MONDAY.at,
      },
    ],
    [
      "escalate: to the top of its ladder at once",
      attempt("escalate", { by: OFFICE }),
      inState("rectifying", { mendRung: 1 }),
      { state: "rectifying", mendRung: 3 },
    ],
    [
      "escalate: what isn't acknowledged is reported for that",
      attempt("escalate", { by: OFFICE }),
      standing({ ackRung: 1, mendRung: 3 }),
      { state: "assigned", ackRung: 3 },
    ],
    [
      "supplement: a helping unit's word changes nothing of the issue",
      attempt("supplement", { by: { id: 5, relation: "helper" } }),
      inState("rectifying", late),
      { state: "rectifying" },
    ],
    ...["acknowledge-part", "hand-in-part", "accept-part", "return-part", "hand-down"].map(
      (step): [string, StepAttempt, IssueStanding, Partial<IssueStanding>] => [
        `${step}: a part's course is no matter of the issue's own standing`,
        attempt(step, OF_HELPERS.has(step) ? { by: { id: 5, relation: "helper" } } : {}),
        inState("rectifying", late),
        { state: "rectifying" },
      ],
    ),
    [
      "set-helpers: who helps is no matter of the issue's own standing",
      attempt("set-helpers", { by: OFFICE }),
      inState("acknowledged", late),
      { state: "acknowledged" },
    ],
    [
      "hasten: once a day",
      attempt("hasten", { by: OFFICE }),
      inState("rectifying", { hastenedOn: "2020-06-14" }),
      { state: "rectifying", hastenedOn: MONDAY.today },
    ],
    [
      "supervise",
      attempt("supervise", { by: HEAD }),
      inState("submitted"),
      { state: "submitted", supervisedAt: MONDAY.at },
    ],
    [
      "investigate: what was found changes nothing of the issue's own standing",
      attempt("investigate", { by: OFFICE }),
      inState("reviewing", late),
      { state: "reviewing" },
    ],
    [
      "propose-transfer",
      attempt("propose-transfer", { by: OFFICE }),
      inState("reviewing"),
      { state: "transferring", resumeState: "reviewing", proposedBy: 4 },
    ],
    [
      "approve-transfer",
      attempt("approve-transfer", { by: HEAD }),
      inState("transferring"),
      { state: "transferred", resumeState: null },
    ],
    [
      "refuse-transfer: as if it had not been proposed",
      attempt("refuse-transfer", { by: HEAD }),
      inState("transferring", { resumeState: "submitted" }),
      { state: "submitted", resumeState: null, proposedBy: null },
    ],
    ["merge", attempt("merge", { by: OFFICE }), standing(), { state: "merged" }],
    ["cancel", attempt("cancel", { by: OFFICE }), standing({ state: "returned" }), { state: "cancelled" }],
    [
      "reopen: from the beginning, with what it was kept in mind",
      complete("reopen", { by: OFFICE }),
      inState("closed", { reopenings: 1, supervisedAt: 5, submittedBy: 1, confirmedBy: 2, rejections: 1 }),
      {
        state: "rectifying",
        ...TERM,
        ...FRESH,
        reopenings: 2,
        round: 2,
        displayedUntil: null,
        supervisedAt: null,
        submittedAt: null,
        submittedBy: null,
        confirmedAt: null,
        confirmedBy: null,
        cancelBy: null,
      },
    ],
    [
      "amend: another text leaves every clock as it is",
      attempt("amend", { by: OFFICE }),
      standing({ ...late, assignedAt: 0 }),
      { state: "assigned" },
    ],
    [
      "amend: with another deadline a term begins, and the time to acknowledge",
      attempt("amend", { by: OFFICE, due: "2020-07-10" }),
      standing({ ...late, assignedAt: 0, extensions: 1 }),
      { state: "assigned", ...TERM, ...FRESH, assignedAt: MONDAY.at },
    ],
    [
      "amend: with another level the time to acknowledge begins, the deadline stays",
      attempt("amend", { by: OFFICE, level: "重大" }),
      standing({ ...late, assignedAt: 0 }),
      { state: "assigned", level: "重大", ...FRESH, assignedAt: MONDAY.at },
    ],
    ["withdraw", attempt("withdraw", { by: OFFICE }), standing(late), { state: "withdrawn", ...FRESH }],
    [
      "propose-cancel: where it stood, by whom",
      attempt("propose-cancel", { by: OFFICE }),
      inState("reviewing", { decideRung: 3 }),
      { state: "reviewing", cancelBy: 4 },
    ],
    [
      "approve-cancel",
      attempt("approve-cancel", { by: LEAD }),
      inState("suspended", cancelAsked),
      { state: "cancelled", ...FRESH, cancelBy: null, resumeState: null },
    ],
    [
      "refuse-cancel: as if nobody had asked",
      attempt("refuse-cancel", { by: HEAD }),
      inState("submitted", cancelAsked),
      { state: "submitted", cancelBy: null },
    ],
  ];
  test.each(cases)("%s", (_, of, on, change) => {
    const verdict = judge(of, on, MONDAY, loopRules);
    expect(verdict).toEqual({ kind: "moves", to: change.state, change });
  });

  test("every step has its case", () => {
    expect(new Set(cases.map(([, { step }]) => step.id))).toEqual(new Set(ALL_STEPS));
  });
});
