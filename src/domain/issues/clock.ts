import type { Calendar } from "../calendar.ts";
import type { EpochMs } from "../ids.ts";
import { own } from "../own.ts";
import { isTakenOn, isUnitsTurn } from "./states.ts";
import type { IssueStanding } from "./step-rule.ts";

/**
 * What falls due for an issue by itself. Reminders go to whoever has to act and are put off to office hours; rungs go one
 * step up the ladder 联络员 → 县区领导 → 市办 → 市攻坚办 and are never left out, only late.
 */
export const CLOCK_KINDS = {
  /** Half of the time to acknowledge has passed. */
  "ack-half": { class: "reminder", to: "unit", says: "待签收提醒" },
  "ack-1": { class: "rung", rung: 1, says: "逾期未签收" },
  "ack-2": { class: "rung", rung: 2, says: "逾期未签收" },
  "ack-3": { class: "rung", rung: 3, says: "逾期未签收" },
  "due-3": { class: "reminder", to: "unit", says: "整改期限提醒" },
  "due-1": { class: "reminder", to: "unit", says: "整改期限提醒" },
  "due-0": { class: "reminder", to: "unit", says: "今日到期提醒" },
  overdue: { class: "reminder", to: "unit", says: "整改超期提醒", repeats: true },
  /** Of units that help, each by its own deadline. */
  "help-1": { class: "reminder", to: "helpers", says: "协办期限提醒" },
  "help-overdue": { class: "reminder", to: "helpers", says: "协办超期提醒" },
  "overdue-1": { class: "rung", rung: 1, says: "整改超期" },
  "overdue-2": { class: "rung", rung: 2, says: "整改超期" },
  "overdue-3": { class: "rung", rung: 3, says: "整改超期" },
  /** Not one of the plan's rungs: the office's head is offered 挂牌督办. */
  "propose-supervision": { class: "proposal", to: "city-lead", says: "建议挂牌督办" },
  draft: { class: "reminder", to: "drafter", says: "待交办提醒", repeats: true },
  confirm: { class: "reminder", to: "county-lead", says: "待县级确认提醒", repeats: true },
  "confirm-2": { class: "rung", rung: 2, says: "县级确认超时" },
  verify: { class: "reminder", to: "office", says: "待复核提醒", repeats: true },
  "verify-3": { class: "rung", rung: 3, says: "复核超时" },
  /** The public has had its days to object. */
  displayed: { class: "reminder", to: "office", says: "公示期满待销号提醒", repeats: true },
  "displayed-3": { class: "rung", rung: 3, says: "公示期满未销号" },
  returned: { class: "reminder", to: "office", says: "退回待处理提醒", repeats: true },
  extension: { class: "reminder", to: "office", says: "延期申请待审批提醒", repeats: true },
  "cancel-asked": { class: "reminder", to: "consenter", says: "作废待同意提醒", repeats: true },
  resume: { class: "step", step: "resume", says: "中止期满" },
  transfer: { class: "reminder", to: "city-lead", says: "移送待审批提醒", repeats: true },
  /** A look on the spot at a closed issue. */
  "spot-check": { class: "reminder", to: "checker", says: "抽查任务提醒", repeats: true },
} as const satisfies Record<string, ClockRule>;

export type ClockRule =
  | {
      class: "reminder";
      to: "unit" | "helpers" | "drafter" | "county-lead" | "office" | "city-lead" | "consenter" | "checker";
      says: string;
      repeats?: true;
    }
  | { class: "rung"; rung: 1 | 2 | 3; says: string }
  | { class: "proposal"; to: "city-lead"; says: string }
  /** A step that the clock takes by itself, by its id. */
  | { class: "step"; step: string; says: string };
export type ClockKind = keyof typeof CLOCK_KINDS;

/** One entry: what, and when (ms UTC). */
export type ClockEntry = { kind: ClockKind; at: EpochMs };

/** Numbers that the plan pack sets; days are working days unless named otherwise. */
export type ClockRules = {
  calendar: Calendar;
  timeZone: string;
  /** Hour of the day at which reminders go out, and until which others may. */
  hours: { from: number; to: number };
  /** Levels whose clock knows neither nights nor holidays. */
  urgent: readonly string[];
  /** Hours within which an issue of each level is to be acknowledged. */
  acknowledgeHours: Readonly<Record<string, number>>;
  /** Days after the deadline at which lead, office and 市攻坚办 hear of it. */
  overdueRungs: readonly [number, number, number];
  superviseAfter: number;
  /** Days for the office's own decisions. */
  decide: {
    draft: number;
    confirm: number;
    confirmRung: number;
    verify: number;
    verifyRung: number;
    returned: number;
    extension: number;
    transfer: number;
  };
};

/**
 * The entries that an issue's standing calls for, soonest first. Reminders that lie before `now` have lost their sense and
 * are left out; a rung that lies before it and isn't reached yet is due at once. A repeating reminder is named once: the
 * next one is asked for with {@link again}. `helpDues`: deadlines of units that help, ISO dates.
 */
export function clockOf(
  standing: IssueStanding,
  now: EpochMs,
  rules: ClockRules,
  helpDues: readonly string[] = [],
): ClockEntry[] {
  const entries: ClockEntry[] = [];
  const clock = timesOf(standing.level, rules);
  const add = (kind: ClockKind, at: EpochMs) => {
    const rule: ClockRule = CLOCK_KINDS[kind];
    if (rule.class === "rung" && rule.rung <= standing.escalation) return;
    if (at > now) entries.push({ kind, at });
    else if (rule.class !== "reminder") entries.push({ kind, at: now });
    else if (rule.repeats) entries.push({ kind, at: clock.nextMorning(now) });
  };
  const due = Temporal.PlainDate.from(standing.due);
  const { decide } = rules;

  if (standing.state === "assigned") {
    const hours = own(rules.acknowledgeHours, standing.level) ?? rules.acknowledgeHours.一般 ?? 48;
    const limit = clock.officeTime(standing.assignedAt + hours * HOUR_MS);
    add("ack-half", clock.officeTime(standing.assignedAt + (hours * HOUR_MS) / 2));
    add("ack-1", limit);
    add("ack-2", clock.urgent ? limit + hours * HOUR_MS : clock.mornings(limit, 1));
    add("ack-3", clock.urgent ? limit + 3 * hours * HOUR_MS : clock.mornings(limit, 3));
  }
  if (isUnitsTurn(standing.state)) {
    add("due-3", clock.before(due, 3));
    add("due-1", clock.before(due, 1));
    // On a day off nobody is there to be told “today”: the last day of work before it has its reminder.
    if (clock.works(due)) add("due-0", clock.before(due, 0));
    add("overdue", clock.after(due, 1));
    for (const day of [...new Set(helpDues)].map((date) => Temporal.PlainDate.from(date))) {
      add("help-1", clock.before(day, 1));
      add("help-overdue", clock.after(day, 1));
    }
    for (const rung of [1, 2, 3] as const)
      add(`overdue-${rung}`, clock.after(due, rules.overdueRungs[rung - 1] ?? rung));
    if (standing.supervisedAt === null) add("propose-supervision", clock.after(due, rules.superviseAfter));
    if (standing.extensionDue !== null) add("extension", clock.mornings(now, decide.extension));
  }
  if (standing.cancelBy !== null && isTakenOn(standing.state))
    add("cancel-asked", clock.mornings(now, decide.extension));
  switch (standing.state) {
    case "draft":
      add("draft", clock.mornings(standing.assignedAt, decide.draft));
      break;
    case "submitted":
      add("confirm", clock.mornings(standing.submittedAt ?? now, decide.confirm));
      add("confirm-2", clock.mornings(standing.submittedAt ?? now, decide.confirmRung));
      break;
    case "reviewing":
      add("verify", clock.mornings(standing.confirmedAt ?? now, decide.verify));
      add("verify-3", clock.mornings(standing.confirmedAt ?? now, decide.verifyRung));
      break;
    case "displayed": {
      const last = Temporal.PlainDate.from(standing.displayedUntil ?? standing.due);
      add("displayed", clock.after(last, 1));
      add("displayed-3", clock.after(last, decide.verify));
      break;
    }
    case "returned":
      add("returned", clock.mornings(now, decide.returned));
      break;
    case "suspended":
      add("resume", clock.after(Temporal.PlainDate.from(standing.suspendedUntil ?? standing.due), 1));
      break;
    case "transferring":
      add("transfer", clock.mornings(now, decide.transfer));
      break;
    default:
      break;
  }
  return entries.sort((a, b) => a.at - b.at);
}

/** When a repeating reminder that fell due at `at` comes again: the next morning of work, for urgent levels of any day. */
export function again(at: EpochMs, level: string, rules: ClockRules): EpochMs {
  return timesOf(level, rules).nextMorning(at);
}

/** When a unit that helps is reminded of its deadline. */
export function helpReminderAt(due: string, level: string, rules: ClockRules): number {
  return timesOf(level, rules).before(Temporal.PlainDate.from(due), 1);
}

/** The instant itself if something of this level may go out then, otherwise the next morning of work. */
export function officeTime(at: EpochMs, level: string, rules: ClockRules): EpochMs {
  return timesOf(level, rules).officeTime(at);
}

const HOUR_MS = 3_600_000;

/** Office hours of a level: an urgent one knows neither nights nor holidays. */
function timesOf(level: string, { calendar, timeZone, hours, urgent: levels }: ClockRules) {
  const urgent = levels.includes(level);
  const works = (day: Temporal.PlainDate) => urgent || calendar.isWorkingDay(day);
  const local = (at: EpochMs) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const morningOf = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hours.from) }).epochMilliseconds;
  const seek = (day: Temporal.PlainDate, step: 1 | -1): Temporal.PlainDate =>
    works(day) ? day : seek(day.add({ days: step }), step);
  const later = (day: Temporal.PlainDate, n: number) =>
    urgent ? day.add({ days: n }) : calendar.addWorkingDays(day, n);
  return {
    urgent,
    works,
    /** The morning `n` calendar days before a day, on a day of work. */
    before: (day: Temporal.PlainDate, n: number) => morningOf(seek(day.subtract({ days: n }), -1)),
    after: (day: Temporal.PlainDate, n: number) => morningOf(later(day, n)),
    /** The morning of the `n`-th day of work after an instant. */
    mornings: (at: EpochMs, n: number) => morningOf(later(local(at).toPlainDate(), n)),
    nextMorning: (at: EpochMs) => morningOf(seek(local(at).toPlainDate().add({ days: 1 }), 1)),
    /** The instant itself within office hours, otherwise the next morning of work. */
    officeTime(at: EpochMs): EpochMs {
      if (urgent) return at;
      const then = local(at);
      const day = then.toPlainDate();
      if (!works(day)) return morningOf(seek(day, 1));
      if (then.hour < hours.from) return morningOf(day);
      return then.hour >= hours.to ? morningOf(seek(day.add({ days: 1 }), 1)) : at;
    },
  };
}
