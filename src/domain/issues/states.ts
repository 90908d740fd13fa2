/** Where an issue can stand, in the order of the loop; the last seven stand beside it. */
export const STATES = [
  "draft",
  "assigned",
  "acknowledged",
  "rectifying",
  "submitted",
  "reviewing",
  "displayed",
  "closed",
  "returned",
  "suspended",
  "transferring",
  "transferred",
  "merged",
  "cancelled",
  "withdrawn",
] as const;
export type State = (typeof STATES)[number];

export const stateNames: Readonly<Record<State, string>> = {
  draft: "待交办",
  assigned: "待签收",
  acknowledged: "已签收",
  rectifying: "整改中",
  submitted: "已反馈（待县级确认）",
  reviewing: "待市级复核",
  displayed: "公示中",
  closed: "已销号",
  returned: "已退回（待市办处理）",
  suspended: "依法中止",
  transferring: "移送待审批",
  transferred: "已移送",
  merged: "已并案",
  cancelled: "已作废",
  withdrawn: "已撤回",
};

/** States in which the responsible unit has to act, and can miss the deadline. */
export const UNIT_ACTS = ["assigned", "acknowledged", "rectifying"] as const satisfies readonly State[];

/** The unit has handed it in, and others judge what was mended. */
const HANDED_IN: readonly State[] = ["submitted", "reviewing", "displayed"];

/** Ends: nobody has to act any more. A closed issue may still be reopened. */
export const ENDS = [
  "closed",
  "transferred",
  "merged",
  "cancelled",
  "withdrawn",
] as const satisfies readonly State[];

/** Ends after which nobody had it to mend: shown when they are asked for, and no part of the figures. */
export const SET_ASIDE = ["merged", "cancelled", "withdrawn"] as const satisfies readonly State[];

/** States from which 作废 needs somebody's consent: the unit has taken the order on, and it isn't decided. */
export const TAKEN_ON = [
  "acknowledged",
  "rectifying",
  "submitted",
  "reviewing",
  "displayed",
  "suspended",
] as const satisfies readonly State[];

export const isUnitsTurn = (state: State): boolean => (UNIT_ACTS as readonly State[]).includes(state);
export const isHandedIn = (state: State): boolean => HANDED_IN.includes(state);
export const isTakenOn = (state: State): boolean => (TAKEN_ON as readonly State[]).includes(state);
export const isEnd = (state: State): boolean => (ENDS as readonly State[]).includes(state);

/** How a person stands to an issue: the role, if the issue lies within its scope. */
export const RELATIONS = [
  /** Liaison of the responsible region. */
  "liaison",
  /** Lead of the responsible region. */
  "lead",
  /** Liaison of the responsible department. */
  "department",
  /** Of a unit that helps: sees it, and adds to it. */
  "helper",
  "office",
  "supervision",
  "city-lead",
  /** Station chief of the responsible region: sees it. */
  "station-chief",
  "stranger",
  /** The office's clock, for what happens by itself. */
  "clock",
] as const;
export type Relation = (typeof RELATIONS)[number];

/** The unit that has to mend it, whoever of it acts; and those who give problems out and judge what was mended. */
export const UNIT = ["liaison", "lead", "department"] as const satisfies readonly Relation[];
export const ASSIGNERS = ["office", "supervision"] as const satisfies readonly Relation[];

/** Whom an issue waits for; an end waits for nobody. */
export type Owner = "drafter" | "unit" | "county-lead" | "office" | "city-lead";
export function ownerOf(state: State): Owner | null {
  switch (state) {
    case "draft":
      return "drafter";
    case "assigned":
    case "acknowledged":
    case "rectifying":
      return "unit";
    case "submitted":
      return "county-lead";
    case "reviewing":
    case "displayed":
    case "returned":
    case "suspended":
      return "office";
    case "transferring":
      return "city-lead";
    case "closed":
    case "transferred":
    case "merged":
    case "cancelled":
    case "withdrawn":
      return null;
    default:
      return state satisfies never;
  }
}
