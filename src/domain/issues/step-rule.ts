import type { Calendar } from "../calendar.ts";
import type { TermGiven } from "../deadline-words.ts";
import type { EpochMs, PersonId } from "../ids.ts";
import type { Named } from "../posts.ts";
import type { Climbed } from "./ladders.ts";
import type { LineId } from "./line.ts";
import type { PartAct, PartState } from "./part.ts";
import type { Relation, State } from "./states.ts";

/**
 * What the loop needs to know of an issue. Dates are ISO text of the office's calendar, instants (`…At`) ms UTC, people
 * ids. `version` grows with every step.
 */
export type IssueStanding = Climbed & {
  state: State;
  version: number;
  level: string;
  assignedBy: number | null;
  /** When it came, or came back, to the unit to be acknowledged. */
  assignedAt: EpochMs;
  due: string;
  firstDue: string;
  termFrom: string;
  /** The term that `firstDue` was given as; none where a date was written. */
  term?: TermGiven | null;
  submittedAt: EpochMs | null;
  submittedBy: PersonId | null;
  confirmedAt: EpochMs | null;
  confirmedBy: PersonId | null;
  returns: number;
  rejections: number;
  reopenings: number;
  /** Which round of mending it is in, from 1: each asks for pictures of its own. */
  round: number;
  extensions: number;
  extensionDue: string | null;
  extensionBy: PersonId | null;
  resumeState: State | null;
  suspendedOn: string | null;
  suspendedUntil: string | null;
  /** The last day on which the public may object. */
  displayedUntil: string | null;
  /** Stages of it that have been closed. */
  stages: number;
  supervisedAt: EpochMs | null;
  /** The last day on which somebody reminded the unit by hand. */
  hastenedOn: string | null;
  proposedBy: PersonId | null;
  cancelBy: PersonId | null;
  /** For whom a stand-in took these earlier steps. */
  behalf?: Behalf | null;
};

/** Somebody who took an earlier step and therefore must not take one that judges it. */
export const EARLIER_STEPS = ["submittedBy", "confirmedBy", "extensionBy", "proposedBy", "cancelBy"] as const;
export type Earlier = (typeof EARLIER_STEPS)[number];

/** For whom a stand-in took earlier steps; both count as having taken them. */
export type Behalf = Partial<Record<Earlier, PersonId>>;

/** Who wants to take a step. */
export type Taker = {
  id: PersonId | null;
  /** Whom they stand in for. */
  behalf?: Named;
  relation: Relation;
  /** How far the parts have come that their own units have in it. */
  parts?: readonly PartState[];
  /** How many parts have been handed in and wait to be looked at. */
  handedIn?: number;
} & Deputies;

/** Who decides where those can't whose turn it is: they took an earlier step, or there is none. */
export type Deputies = {
  /** No lead of the county is left to confirm: the office does. */
  officeConfirms: boolean;
  /** Nobody of the office, nor in review of supervision, is left either: the city's lead decides. */
  headDecides: boolean;
};

/**
 * A step that is being taken: by whom (null: the office's clock), when (ms UTC, office date), with which date and level in
 * its form.
 */
export type Taken = {
  by: PersonId | null;
  at: EpochMs;
  today: string;
  due: string | undefined;
  /** The term that the date was said as. */
  term?: TermGiven | undefined;
  level: string | undefined;
  calendar: Calendar;
};

/**
 * One step of the loop, as the machine is handed it: all of it pure, each in its own file of `src/issues/steps`.
 * Source: the plan's closed loop (“落实整改反馈，实施闭环管理”); steps and words are common office practice, domain document 9.
 */
export type StepRule = {
  id: LineId;
  from: readonly State[];
  /** Where it leads; `stay`: where it stands; `back`: where it stood before it was suspended or proposed for transfer. */
  to: State | "stay" | "back";
  /** Another round of mending begins: what was handed in for the one before stays with it, and counts for this one no more. */
  newRound?: true;
  by: readonly Relation[];
  /** Where the relation alone doesn't give the right to it. */
  entitled?(taker: Taker, on: IssueStanding): boolean;
  /** It is shown only then; whoever takes it otherwise is told why it can't be. */
  offered?(taker: Taker): boolean;
  /** What it does about a unit's own part in the issue. */
  part?: PartAct;
  /** Never one person on both sides of a decision. */
  notBy?: readonly Earlier[];
  needs?: {
    /** What has to be written: the reason, or the measures taken. */
    text?: "reason" | "measures";
    /** A new deadline; the last day of a suspension; a new deadline once the present one has passed, or where it changes. */
    due?: "deadline" | "last-day" | "if-past" | "if-changed";
    /** Photos before and after, as many as the plan pack demands. */
    photos?: true;
    /** That an extension waits for a decision, or that none does. */
    extension?: "asked" | "none";
    /** That the public could object all the days that the pack asks for. */
    displayed?: true;
    /** That somebody has asked for 作废. */
    cancel?: "asked";
  };
  /** Who sets the date, where not all may who may take the step: the others leave it as it is. */
  dueBy?: readonly Relation[];
  /** It has been taken as often as it may be. */
  usedUp?(on: IssueStanding, around: { today: string }): boolean;
  tooLate?(on: IssueStanding, around: { today: string; calendar: Calendar }): boolean;
  /** Why its date doesn't suit, beside those that lie in the past. */
  wrongDue?(due: string, on: IssueStanding): "not-later" | "too-long" | null;
  /** What it changes beside the state. */
  changes?(on: IssueStanding, taken: Taken): Partial<IssueStanding>;
};
