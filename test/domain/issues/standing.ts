import { officeCalendar } from "../../../src/domain/calendar.ts";
import type { ClockRules } from "../../../src/domain/issues/clock.ts";
import type { LoopRules, StepAttempt, StepMoment } from "../../../src/domain/issues/machine.ts";
import type { State } from "../../../src/domain/issues/states.ts";
import type { IssueStanding } from "../../../src/domain/issues/step-rule.ts";
import { exampleStanding } from "../../../src/issues/document/loop-effects.ts";
import { STEPS, stepOf } from "../../../src/issues/loop.ts";
import { OFF_2020, WORKED_2020 } from "../../support/days-of-2020.ts";

/** Ids of the declared steps. */
export const ALL_STEPS: readonly string[] = STEPS.map(({ id }) => id);

export const calendar = officeCalendar([
  { year: 2020, source: "test", off: [...OFF_2020], work: [...WORKED_2020] },
]);

/** An office time as ms UTC: the office has kept +08:00 all through since 1991. */
export const at = (local: string): number => Date.parse(`${local}:00+08:00`);
/** An instant as the office's clocks show it. */
export const shown = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);

/** A level of which issues are made public before they are closed. */
export const DISPLAYED = "较大";
export const loopRules: LoopRules = {
  calendar,
  photos: { before: 1, after: 1 },
  displayedLevels: [DISPLAYED],
};
export const clockRules: ClockRules = {
  calendar,
  timeZone: "Asia/Shanghai",
  hours: { from: 9, to: 18 },
  urgent: ["重大"],
  acknowledgeHours: { 一般: 48, 较大: 24, 重大: 1 },
  overdueRungs: [1, 3, 5],
  superviseAfter: 10,
  decide: {
    draft: 2,
    confirm: 3,
    confirmRung: 5,
    verify: 5,
    verifyRung: 8,
    returned: 1,
    extension: 1,
    transfer: 2,
  },
};

/** Monday, 15 June 2020, ten o'clock. */
export const MONDAY: StepMoment = { at: at("2020-06-15T10:00"), today: "2020-06-15" };

/** An issue given out that Monday at nine, to be mended by 30 June; a case names what differs. */
export function standing(differs: Partial<IssueStanding> = {}): IssueStanding {
  return exampleStanding({ state: "assigned", ...differs });
}

/** An attempt at the newest version with everything that a form can hold; a case names what differs. */
export function attempt(step: string, differs: Partial<StepAttempt> = {}): StepAttempt {
  return {
    step: stepOf(step),
    by: { id: 1, relation: "liaison" },
    seen: 1,
    text: "情况属实",
    photos: { before: 1, after: 1 },
    officeConfirms: false,
    ...differs,
  };
}

/** Dates that a complete form holds. */
const FORM_DUE: Partial<Record<string, string>> = {
  assign: "2020-07-10",
  reassign: "2020-07-10",
  "request-extension": "2020-07-10",
  suspend: "2020-07-10",
  reopen: "2020-07-10",
  display: "2020-07-10",
  "close-stage": "2020-07-10",
};
/** An issue in a state, with everything that the state takes for granted; other people than number 1 took the steps. */
export const PAST: Partial<Record<State, Partial<IssueStanding>>> = {
  submitted: { submittedAt: at("2020-06-15T09:30"), submittedBy: 7 },
  reviewing: { submittedAt: at("2020-06-15T09:30"), submittedBy: 7, confirmedAt: MONDAY.at, confirmedBy: 8 },
  displayed: {
    submittedAt: at("2020-06-15T09:30"),
    submittedBy: 7,
    confirmedAt: MONDAY.at,
    confirmedBy: 8,
    displayedUntil: "2020-06-14",
  },
  suspended: { resumeState: "rectifying", suspendedOn: "2020-06-15", suspendedUntil: "2020-06-30" },
  transferring: { resumeState: "rectifying", proposedBy: 9 },
};
export const inState = (state: State, differs: Partial<IssueStanding> = {}) =>
  standing({ state, ...PAST[state], ...differs });
export const extensionAsked = { extensionDue: "2020-07-10", extensionBy: 7 };

export const cancelAsked = { cancelBy: 7 };
/** What has to be asked for before a step can decide about it. */
export function waitingFor(step: string): Partial<IssueStanding> {
  if (step === "grant-extension" || step === "refuse-extension") return extensionAsked;
  return step === "approve-cancel" || step === "refuse-cancel" ? cancelAsked : {};
}

export const complete = (step: string, differs: Partial<StepAttempt> = {}) =>
  attempt(step, { ...(FORM_DUE[step] ? { due: FORM_DUE[step] } : {}), ...differs });

export const LEAD = { id: 2, relation: "lead" } as const;
export const OFFICE = { id: 4, relation: "office" } as const;
export const SUPERVISION = { id: 5, relation: "supervision" } as const;
export const HEAD = { id: 6, relation: "city-lead" } as const;
