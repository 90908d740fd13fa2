import type { ClockKind, ClockRule } from "../../domain/issues/clock.ts";
import type { Owner, Relation } from "../../domain/issues/states.ts";
import type { Earlier, StepRule } from "../../domain/issues/step-rule.ts";
import type { Office } from "../../office/office.ts";
import type { Audience } from "../audience.ts";

// The words of docs/issues.md for what the code names in short.

export const RELATION_WORDS = {
  liaison: "county liaison 县区联络员",
  lead: "county lead 县区领导",
  department: "department liaison 部门联络员",
  helper: "helping unit 协办单位",
  office: "office 市办",
  supervision: "supervision 督查",
  "city-lead": "city lead 市领导",
  "station-chief": "station chief 点位长",
  stranger: "anybody",
  clock: "the clock",
} as const satisfies Record<Relation, string>;

/** Who sets a deadline, or doesn't. */
export const SETTERS: Readonly<Record<Relation, string>> = { ...RELATION_WORDS, lead: "the county's lead" };

export const DUES = {
  deadline: "deadline",
  "last-day": "last day",
  "if-past": "new deadline if the old one has passed",
  "if-changed": "deadline only if it changes",
} as const satisfies Record<NonNullable<NonNullable<StepRule["needs"]>["due"]>, string>;

export const OWNERS = {
  drafter: "whoever wrote it down, and the office 市办",
  unit: "the responsible unit 责任单位",
  "county-lead": "the county's lead 县区领导",
  office: "the office 市办",
  "city-lead": "the city's lead 市领导",
} as const satisfies Record<Owner, string>;

export const AUDIENCES = {
  unit: "unit 责任单位",
  lead: "county lead 县区领导",
  helpers: "helping units 协办单位",
  office: "office 市办",
  supervision: "supervision 督查",
  "city-lead": "city lead 市领导",
  assigner: "who gave it out 交办人",
  drafter: "who wrote it down 登记人",
  deciders: "who may decide 待决定的人",
} as const satisfies Record<Audience, string>;

export const RECIPIENTS = {
  unit: "unit 责任单位",
  drafter: "who wrote it down, office 市办",
  deciders:
    "who may decide: county leads 县区领导, in review office 市办 and supervision 督查, none who took an earlier step",
  office: "office 市办",
  "city-lead": "city lead 市领导",
  helpers: "helping units 协办单位",
  consenter: "who may consent: county lead 县区领导, department 责任部门, city lead 市领导",
  checker: "the checker 抽查人",
} as const satisfies Record<Extract<ClockRule, { to: string }>["to"], string>;

export const EARLIER = {
  submittedBy: "submitted it",
  confirmedBy: "confirmed it",
  extensionBy: "asked for it",
  proposedBy: "proposed it",
  cancelBy: "asked for it",
} as const satisfies Record<Earlier, string>;

/** When each entry falls due. Days are working days, for urgent levels calendar days; mornings those of office hours. */
export function whenOf({
  acknowledgeHours,
  overdueRungs: [first, second, third],
  superviseAfter,
  decide,
}: Office["pack"]["settings"]["issues"]): Readonly<Record<ClockKind, string>> {
  const limits = Object.entries(acknowledgeHours)
    .map(([level, hours]) => `${level} ${hours} h`)
    .join(", ");
  return {
    "ack-half": "half of the time to acknowledge has passed",
    "ack-1": `the time to acknowledge has passed (${limits})`,
    "ack-2": "a working day later; an urgent one as many hours later again",
    "ack-3": "three working days later; an urgent one three times as many hours later",
    "due-3": "three calendar days before the deadline, or the last day of work before",
    "due-1": "the day before the deadline, or the last day of work before",
    "due-0": "on the day of the deadline, if it is one of work",
    overdue: "the first day after the deadline",
    "help-1": "the day before a helping unit's deadline, or the last day of work before",
    "help-overdue": "the first day after a helping unit's deadline",
    "overdue-1": days(first, "after the deadline"),
    "overdue-2": days(second, "after the deadline"),
    "overdue-3": days(third, "after the deadline"),
    "propose-supervision": `${days(superviseAfter, "after the deadline")}, unless it is supervised already`,
    draft: days(decide.draft, "after it was written down"),
    confirm: days(decide.confirm, "after it was submitted"),
    "confirm-2": days(decide.confirmRung, "after it was submitted"),
    verify: days(decide.verify, "after it was confirmed"),
    "verify-3": days(decide.verifyRung, "after it was confirmed"),
    displayed: "the first day after the last day of 公示",
    "displayed-3": days(decide.verify, "after the last day of 公示"),
    returned: days(decide.returned, "after it was returned"),
    extension: days(decide.extension, "after it was asked for"),
    "cancel-asked": days(decide.extension, "after it was asked for"),
    resume: "the day after the last day of suspension",
    transfer: days(decide.transfer, "after it was proposed"),
    "spot-check": days(decide.spotCheck, "after it was drawn"),
  };
}

const days = (n: number, after: string) => `${n} ${n === 1 ? "day" : "days"} ${after}`;
