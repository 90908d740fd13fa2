import type { Calendar } from "../calendar.ts";
import { isUnitsTurn, type Relation, type State } from "./states.ts";
import { ALL_STEPS, type Earlier, STEPS, type Step } from "./steps.ts";

/**
 * What the loop needs to know of an issue. Dates are ISO text of the office's calendar, instants (`…At`) ms UTC, people
 * ids. `version` grows with every step.
 */
export type Standing = {
  state: State;
  version: number;
  level: string;
  /** When it came, or came back, to the unit to be acknowledged. */
  assignedAt: number;
  due: string;
  firstDue: string;
  termFrom: string;
  submittedAt: number | null;
  submittedBy: number | null;
  confirmedAt: number | null;
  confirmedBy: number | null;
  returns: number;
  rejections: number;
  reopenings: number;
  extensions: number;
  extensionDue: string | null;
  extensionBy: number | null;
  resumeState: State | null;
  suspendedOn: string | null;
  suspendedUntil: string | null;
  escalation: number;
  supervisedAt: number | null;
  proposedBy: number | null;
};

/** One step that somebody wants to take. */
export type Attempt = {
  step: Step;
  by: { id: number | null; relation: Relation };
  /** Version that they saw. */
  seen: number;
  text?: string | undefined;
  due?: string | undefined;
  /** Photos kept of the issue so far. */
  photos?: { before: number; after: number };
  /** Nobody but the office can confirm at county level: the lead has submitted it, or there is no lead. */
  officeConfirms?: boolean;
};

export type Moment = { at: number; today: string };
export type LoopRules = {
  calendar: Calendar;
  /** Photos that a submission needs. */
  photos: { before: number; after: number };
};

/** Extensions that one issue may be granted in a term. */
export const MOST_EXTENSIONS = 2;
/** The highest rung of the ladder: 市攻坚办. */
export const TOP_RUNG = 3;

export type Verdict =
  /** What changes of the standing; `version` is left to the store's compare-and-set. */
  { kind: "moves"; to: State; change: Partial<Standing> } | Obstacle;
export type Obstacle =
  /** The relation never allows this step. */
  | { kind: "forbidden" }
  /** They took the step that this one judges. */
  | { kind: "same-person"; as: Earlier }
  /** The step has been taken already. */
  | { kind: "already-done" }
  /** The issue stands somewhere from which the step doesn't lead on, or has changed since it was seen. */
  | { kind: "stale" }
  | { kind: "needs-text" }
  | { kind: "needs-due" }
  /** `not-yours`: the unit's own lead sends it back, and can't put off the deadline with that. */
  | { kind: "bad-due"; why: "past" | "not-later" | "too-long" | "not-yours" }
  | { kind: "needs-photos"; before: number; after: number }
  /** Returning later than one working day, asking for an extension after the deadline. */
  | { kind: "too-late" }
  /** A second return, a third extension, 挂牌督办 twice, a rung that is reached already. */
  | { kind: "used-up" }
  /** An extension is still being decided. */
  | { kind: "undecided" }
  | { kind: "nothing-asked" };

/** Steps that a person of this relation may be offered now, in order. What only a form can tell hides none. */
export function stepsFor(
  standing: Standing,
  by: Attempt["by"],
  { today, calendar, officeConfirms }: { today: string; calendar: Calendar; officeConfirms: boolean },
): readonly Step[] {
  return ALL_STEPS.filter((step) => {
    const { from, notBy } = STEPS[step];
    if (by.relation === "clock" || !from.includes(standing.state)) return false;
    if (!isEntitled({ step, by, officeConfirms }, standing)) return false;
    if (notBy.some((earlier) => standing[earlier] !== null && standing[earlier] === by.id)) return false;
    return spent(step, standing) === null && tooLate(step, standing, today, calendar) === null;
  });
}

/** Judges one step, and says what it changes. Pure: the same question has the same answer. */
export function judge(attempt: Attempt, standing: Standing, moment: Moment, rules: LoopRules): Verdict {
  const { step, by, seen } = attempt;
  const rule = STEPS[step];
  if (!isEntitled(attempt, standing)) return { kind: "forbidden" };
  if (!rule.from.includes(standing.state))
    return { kind: hasPassed(standing.state, step) ? "already-done" : "stale" };
  if (seen !== standing.version) return { kind: "stale" };
  const same = rule.notBy.find((earlier) => standing[earlier] !== null && standing[earlier] === by.id);
  if (same !== undefined) return { kind: "same-person", as: same };
  const obstacle =
    spent(step, standing) ??
    tooLate(step, standing, moment.today, rules.calendar) ??
    textMissing(attempt) ??
    dueWrong(attempt, standing, moment) ??
    photosMissing(attempt, rules);
  if (obstacle !== null) return obstacle;
  const to =
    rule.to === "stay" ? standing.state : rule.to === "back" ? (standing.resumeState ?? "assigned") : rule.to;
  return { kind: "moves", to, change: { state: to, ...changeOf(attempt, standing, moment, rules) } };
}

/** Whether the relation has a right to the step at all, whoever holds it. */
function isEntitled(
  { step, by, officeConfirms }: Pick<Attempt, "step" | "by" | "officeConfirms">,
  { state }: Standing,
): boolean {
  if (!STEPS[step].by.includes(by.relation)) return false;
  if (step === "confirm" && by.relation === "office") return officeConfirms === true;
  // Once the county has confirmed, the review is the city's: the county doesn't take its word back.
  return !(step === "reject" && by.relation === "lead" && state === "reviewing");
}

/** The main line of the loop, on which a later state means that the step was taken. */
const LINE: readonly State[] = [
  "draft",
  "assigned",
  "acknowledged",
  "rectifying",
  "submitted",
  "reviewing",
  "closed",
];
const onLine = new Set<Step>(["assign", "acknowledge", "start", "submit", "confirm", "verify"]);

function hasPassed(state: State, step: Step): boolean {
  const { to } = STEPS[step];
  if (state === to) return true;
  const [here, there] = [LINE.indexOf(state), LINE.indexOf(to as State)];
  return onLine.has(step) && here >= 0 && here >= there;
}

function spent(step: Step, s: Standing): Obstacle | null {
  switch (step) {
    case "return":
      return s.returns > 0 ? { kind: "used-up" } : null;
    case "request-extension":
      if (s.extensionDue !== null) return { kind: "undecided" };
      return s.extensions >= MOST_EXTENSIONS ? { kind: "used-up" } : null;
    case "grant-extension":
    case "refuse-extension":
      return s.extensionDue === null ? { kind: "nothing-asked" } : null;
    case "supervise":
      return s.supervisedAt !== null ? { kind: "used-up" } : null;
    case "escalate":
      return s.escalation >= TOP_RUNG ? { kind: "used-up" } : null;
    default:
      return null;
  }
}

function tooLate(step: Step, s: Standing, today: string, calendar: Calendar): Obstacle | null {
  if (step === "request-extension" && today > s.due) return { kind: "too-late" };
  // Within one working day of assignment; the day of assignment isn't counted.
  const last = () => calendar.addWorkingDays(Temporal.PlainDate.from(s.termFrom), 1).toString();
  return step === "return" && today > last() ? { kind: "too-late" } : null;
}

function textMissing({ step, text }: Attempt): Obstacle | null {
  return STEPS[step].text === "required" && !text?.trim() ? { kind: "needs-text" } : null;
}

function dueWrong({ step, by, due }: Attempt, s: Standing, { today }: Moment): Obstacle | null {
  const { due: needed } = STEPS[step];
  if (needed === "none") return null;
  // The responsible unit asks for more time, it never gives itself any.
  if (step === "reject" && by.relation === "lead")
    return due === undefined ? null : { kind: "bad-due", why: "not-yours" };
  if (due === undefined) return needed === "required" || s.due < today ? { kind: "needs-due" } : null;
  if (due < today) return { kind: "bad-due", why: "past" };
  if (step === "suspend" && due <= today) return { kind: "bad-due", why: "past" };
  if (step !== "request-extension") return null;
  if (due <= s.due) return { kind: "bad-due", why: "not-later" };
  // All extensions together may not exceed the term as it was first given.
  return daysBetween(s.firstDue, due) > Math.max(1, daysBetween(s.termFrom, s.firstDue))
    ? { kind: "bad-due", why: "too-long" }
    : null;
}

function photosMissing(
  { step, photos = { before: 0, after: 0 } }: Attempt,
  rules: LoopRules,
): Obstacle | null {
  if (!STEPS[step].evidence) return null;
  const before = Math.max(0, rules.photos.before - photos.before);
  const after = Math.max(0, rules.photos.after - photos.after);
  return before + after > 0 ? { kind: "needs-photos", before, after } : null;
}

const daysBetween = (from: string, to: string) => Temporal.PlainDate.from(from).until(to).days;

/** What a step changes beside the state. A new term begins with a new deadline; a new phase begins at the foot of the ladder. */
function changeOf(
  { step, by, due }: Attempt,
  s: Standing,
  { at, today }: Moment,
  { calendar }: LoopRules,
): Partial<Standing> {
  const term = due === undefined ? {} : { due, firstDue: due, termFrom: today, extensions: 0 };
  const afresh = { escalation: 0, extensionDue: null, extensionBy: null };
  switch (step) {
    case "assign":
    case "reassign":
    case "uphold":
      // Upheld too: while the office considered a return, nobody could acknowledge.
      return { ...term, ...afresh, assignedAt: at };
    case "acknowledge":
      return { escalation: 0 };
    case "start":
    case "merge":
    case "cancel":
      return {};
    case "submit":
      return { ...afresh, submittedAt: at, submittedBy: by.id, confirmedAt: null, confirmedBy: null };
    case "confirm":
      return { escalation: 0, confirmedAt: at, confirmedBy: by.id };
    case "verify":
      return { escalation: 0 };
    case "reject":
      return { ...term, ...afresh, rejections: s.rejections + 1 };
    case "return":
      return { escalation: 0, returns: s.returns + 1 };
    case "request-extension":
      return { extensionDue: due ?? null, extensionBy: by.id };
    case "grant-extension":
      return {
        due: s.extensionDue ?? s.due,
        extensions: s.extensions + 1,
        escalation: 0,
        extensionDue: null,
        extensionBy: null,
      };
    case "refuse-extension":
      return { extensionDue: null, extensionBy: null };
    case "suspend":
      return { ...afresh, resumeState: s.state, suspendedOn: today, suspendedUntil: due ?? null };
    case "resume": {
      const cleared = { resumeState: null, suspendedOn: null, suspendedUntil: null };
      const days = s.suspendedOn === null ? 0 : daysBetween(s.suspendedOn, today);
      if (days === 0) return cleared;
      // The days of suspension don't count; a deadline that comes to lie on a day off moves to the next working day.
      const later = (date: string) => Temporal.PlainDate.from(date).add({ days });
      return {
        ...cleared,
        due: calendar.dueAfterCalendarDays(later(s.due), 0).toString(),
        firstDue: later(s.firstDue).toString(),
        termFrom: later(s.termFrom).toString(),
        ...(s.resumeState === "assigned" ? { assignedAt: at } : {}),
      };
    }
    case "escalate":
      return { escalation: TOP_RUNG };
    case "supervise":
      return { supervisedAt: at };
    case "propose-transfer":
      return { resumeState: s.state, proposedBy: by.id };
    case "approve-transfer":
      return { resumeState: null };
    case "refuse-transfer":
      return { resumeState: null, proposedBy: null };
    case "reopen":
      return {
        ...term,
        ...afresh,
        reopenings: s.reopenings + 1,
        supervisedAt: null,
        submittedAt: null,
        submittedBy: null,
        confirmedAt: null,
        confirmedBy: null,
      };
    default:
      return step satisfies never;
  }
}

/** An issue is late when its deadline has passed while the responsible unit still has to act. Dates are ISO, office calendar. */
export function isOverdue(state: State, due: string, today: string): boolean {
  return isUnitsTurn(state) && due < today;
}
