import type { Calendar } from "../calendar.ts";
import type { TermGiven } from "../deadline-words.ts";
import type { EpochMs, PersonId } from "../ids.ts";
import { bothOf } from "../posts.ts";
import { isUnitsTurn, type State } from "./states.ts";
import {
  type Deputies,
  EARLIER_STEPS,
  type Earlier,
  type IssueStanding,
  type StepRule,
  type Taker,
} from "./step-rule.ts";

/** One step that somebody wants to take. */
export type StepAttempt = {
  step: StepRule;
  by: Omit<Taker, keyof Deputies>;
  /** Version that they saw. */
  seen: number;
  text?: string | undefined;
  due?: string | undefined;
  /** The term that its date was said as. */
  term?: TermGiven | undefined;
  /** The level that the form names. */
  level?: string | undefined;
  /** Photos kept of the issue so far: before of all rounds, after of the present one. */
  photos?: { before: number; after: number };
  /** By whose code alone the account has been made from which they speak: that may be who they are. */
  madeBy?: readonly PersonId[];
} & Partial<Deputies>;

export type StepMoment = { at: EpochMs; today: string };
export type LoopRules = {
  calendar: Calendar;
  /** Photos that a submission needs. */
  photos: { before: number; after: number };
  /** Levels of which an issue is made public before it is closed. */
  displayedLevels: readonly string[];
};

export type Verdict =
  /** What changes of the standing; `version` is left to the store's compare-and-set. */
  { kind: "moves"; to: State; change: Partial<IssueStanding> } | Obstacle;
export type Obstacle =
  /** The relation never allows this step. */
  | { kind: "forbidden" }
  /** They took the step that this one judges. */
  | { kind: "same-person"; as: Earlier }
  /** Whoever took the step that this one judges has made the account from which this one is taken. */
  | { kind: "own-code"; as: Earlier }
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
  /** A second return, a third extension, 挂牌督办 twice, 作废 while it is asked for, a rung that is reached already. */
  | { kind: "used-up" }
  /** An extension is still being decided. */
  | { kind: "undecided" }
  | { kind: "nothing-asked" }
  /** The public has to see it first, or may still object. */
  | { kind: "not-displayed" }
  | { kind: "on-display" };

/** Of the steps those that a person may be offered now, in one of their posts. What only a form can tell hides none. */
export function stepsFor<S extends StepRule>(
  steps: readonly S[],
  standing: IssueStanding,
  inPosts: StepAttempt["by"] | readonly StepAttempt["by"][],
  { officeConfirms = false, headDecides = false, ...around }: Around & Partial<Deputies>,
): S[] {
  const may = (step: S, by: StepAttempt["by"]) =>
    by.relation !== "clock" &&
    isEntitled(step, { ...by, officeConfirms, headDecides }, standing) &&
    (step.offered?.({ ...by, officeConfirms, headDecides }) ?? true) &&
    tookBefore(step, bothOf(by), standing) === undefined;
  return steps.filter(
    (step) =>
      step.from.includes(standing.state) &&
      [inPosts].flat().some((by) => may(step, by)) &&
      hindrance(step, standing, around) === null,
  );
}

/** Judges one step, and says what it changes. Pure: the same question has the same answer. */
export function judge(
  attempt: StepAttempt,
  standing: IssueStanding,
  moment: StepMoment,
  rules: LoopRules,
): Verdict {
  const { step, by } = attempt;
  const { today } = moment;
  const { calendar, displayedLevels } = rules;
  const obstacle =
    barrier(attempt, standing) ??
    hindrance(step, standing, { today, calendar, displayedLevels }) ??
    textMissing(attempt) ??
    dueWrong(attempt, standing, today) ??
    photosMissing(attempt, rules);
  if (obstacle !== null) return obstacle;
  const to =
    step.to === "stay" ? standing.state : step.to === "back" ? (standing.resumeState ?? "assigned") : step.to;
  const { due, term, level } = attempt;
  const taken = { by: by.id, at: moment.at, today, due, term, level, calendar };
  const round = step.newRound ? { round: standing.round + 1 } : {};
  const change = { state: to, ...round, ...step.changes?.(standing, taken) };
  return { kind: "moves", to, change: { ...change, ...behalfAfter(standing, change, by) } };
}

/** What stands against a step before anybody looks at its form: whose it is, and when. */
export function barrier(
  {
    step,
    by,
    seen,
    madeBy = [],
    ...deputies
  }: Pick<StepAttempt, "step" | "by" | "seen" | "madeBy"> & Partial<Deputies>,
  standing: IssueStanding,
): Obstacle | null {
  if (!isEntitled(step, { ...by, ...deputies }, standing)) return { kind: "forbidden" };
  if (!step.from.includes(standing.state))
    return { kind: hasPassed(standing.state, step) ? "already-done" : "stale" };
  if (seen !== standing.version) return { kind: "stale" };
  const same = tookBefore(step, bothOf(by), standing);
  if (same !== undefined) return { kind: "same-person", as: same };
  const made = tookBefore(step, madeBy, standing);
  return made === undefined ? null : { kind: "own-code", as: made };
}

/** Whether the relation has a right to the step at all, whoever holds it. */
const isEntitled = (
  step: StepRule,
  { id, relation, officeConfirms = false, headDecides = false }: StepAttempt["by"] & Partial<Deputies>,
  standing: IssueStanding,
): boolean =>
  step.by.includes(relation) &&
  (step.entitled?.({ id, relation, officeConfirms, headDecides }, standing) ?? true);

/** Which of the steps that this one judges one of some people has taken, or had taken for them by a stand-in. */
function tookBefore(
  { notBy = [] }: StepRule,
  people: readonly (PersonId | null)[],
  standing: IssueStanding,
): Earlier | undefined {
  return notBy.find((earlier) => {
    const taken = [standing[earlier], standing.behalf?.[earlier]];
    return taken.some((id) => id !== null && id !== undefined && people.includes(id));
  });
}

/** For whom the earlier steps were taken, once this one has set or cleared who took them. */
function behalfAfter(
  { behalf }: IssueStanding,
  change: Partial<IssueStanding>,
  by: StepAttempt["by"],
): Pick<IssueStanding, "behalf"> | null {
  const touched = EARLIER_STEPS.filter((earlier) => change[earlier] !== undefined);
  if (touched.length === 0 || (!behalf && !by.behalf)) return null;
  const kept = Object.entries(behalf ?? {}).filter(([earlier]) => !touched.includes(earlier as Earlier));
  const taken = touched.flatMap((earlier) =>
    by.behalf && change[earlier] === by.id ? [[earlier, by.behalf.id] as const] : [],
  );
  const after = Object.fromEntries([...kept, ...taken]);
  return { behalf: Object.keys(after).length > 0 ? after : null };
}

/** The main line of the loop, on which a later state means that the step was taken. */
const LINE: readonly State[] = [
  "draft",
  "assigned",
  "acknowledged",
  "rectifying",
  "submitted",
  "reviewing",
  "displayed",
  "closed",
];

function hasPassed(state: State, { from, to }: StepRule): boolean {
  if (state === to) return true;
  const [here, there] = [LINE.indexOf(state), LINE.indexOf(to as State)];
  const isOnLine = from.every((before) => LINE.includes(before) && LINE.indexOf(before) < there);
  return isOnLine && here >= there;
}

type Around = { today: string; calendar: Calendar; displayedLevels: readonly string[] };

/** What stands against a step whatever its form says. */
export function hindrance(
  { needs, usedUp, tooLate }: StepRule,
  standing: IssueStanding,
  around: Around,
): Obstacle | null {
  const isAsked = standing.extensionDue !== null;
  if (needs?.extension === "none" && isAsked) return { kind: "undecided" };
  if (needs?.extension === "asked" && !isAsked) return { kind: "nothing-asked" };
  if (needs?.cancel === "asked" && standing.cancelBy === null) return { kind: "nothing-asked" };
  if (needs?.displayed && asksDisplay(standing, around)) return { kind: "not-displayed" };
  if (needs?.displayed && isOnDisplay(standing, around.today)) return { kind: "on-display" };
  if (usedUp?.(standing, around)) return { kind: "used-up" };
  return tooLate?.(standing, around) ? { kind: "too-late" } : null;
}

/** Whether an issue that the review has found good has to be made public first. */
export const asksDisplay = (
  { state, level }: Pick<IssueStanding, "state" | "level">,
  { displayedLevels }: Pick<Around, "displayedLevels">,
): boolean => state === "reviewing" && displayedLevels.includes(level);

const isOnDisplay = ({ state, displayedUntil }: IssueStanding, today: string): boolean =>
  state === "displayed" && displayedUntil !== null && today <= displayedUntil;

function textMissing({ step, text }: StepAttempt): Obstacle | null {
  return step.needs?.text !== undefined && !text?.trim() ? { kind: "needs-text" } : null;
}

function dueWrong({ step, by, due }: StepAttempt, standing: IssueStanding, today: string): Obstacle | null {
  const needed = step.needs?.due;
  if (needed === undefined) return null;
  if (step.dueBy !== undefined && !step.dueBy.includes(by.relation))
    return due === undefined ? null : { kind: "bad-due", why: "not-yours" };
  if (due === undefined) {
    const mayStay = needed === "if-changed" || (needed === "if-past" && standing.due >= today);
    return mayStay ? null : { kind: "needs-due" };
  }
  // The last day of a suspension that ends today would suspend nothing.
  if (due < today || (needed === "last-day" && due === today)) return { kind: "bad-due", why: "past" };
  const why = step.wrongDue?.(due, standing) ?? null;
  return why === null ? null : { kind: "bad-due", why };
}

function photosMissing(
  { step, photos = { before: 0, after: 0 } }: StepAttempt,
  rules: LoopRules,
): Obstacle | null {
  if (!step.needs?.photos) return null;
  const before = Math.max(0, rules.photos.before - photos.before);
  const after = Math.max(0, rules.photos.after - photos.after);
  return before + after > 0 ? { kind: "needs-photos", before, after } : null;
}

/** An issue is late when its deadline has passed while the responsible unit still has to act. Dates are ISO, office calendar. */
export function isOverdue(state: State, due: string, today: string): boolean {
  return isUnitsTurn(state) && due < today;
}
