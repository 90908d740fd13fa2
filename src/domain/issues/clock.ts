import type { EpochMs } from "../ids.ts";
import { own } from "../own.ts";
import { type Ladder, remindedOn, rungOn } from "./ladders.ts";
import { HOUR_MS, type HoursRules, timesOf } from "./office-hours.ts";
import { isTakenOn, isUnitsTurn } from "./states.ts";
import type { IssueStanding } from "./step-rule.ts";

/**
 * What falls due for an issue by itself. Reminders go to whoever has to act; rungs report it one step up a ladder 县区领导 →
 * 市办 → 市攻坚办, each for its own matter, at least four office hours after the reminder of that matter was given.
 */
export const CLOCK_KINDS = {
  /** Half of the time to acknowledge has passed. */
  "ack-half": { class: "reminder", ladder: "ack", to: "unit", says: "待签收提醒", always: true },
  "ack-1": { class: "rung", ladder: "ack", rung: 1, says: "逾期未签收" },
  "ack-2": { class: "rung", ladder: "ack", rung: 2, says: "逾期未签收" },
  "ack-3": { class: "rung", ladder: "ack", rung: 3, says: "逾期未签收" },
  "due-3": { class: "reminder", ladder: "mend", to: "unit", says: "整改期限提醒" },
  "due-1": { class: "reminder", ladder: "mend", to: "unit", says: "整改期限提醒" },
  "due-0": { class: "reminder", ladder: "mend", to: "unit", says: "今日到期提醒" },
  overdue: { class: "reminder", ladder: "mend", to: "unit", says: "整改超期提醒", repeats: true },
  /** Of units with a part of their own, each by its own deadline. */
  "help-1": { class: "reminder", to: "helpers", says: "办理期限提醒" },
  "help-overdue": { class: "reminder", to: "helpers", says: "办理超期提醒" },
  "overdue-1": { class: "rung", ladder: "mend", rung: 1, says: "整改超期" },
  "overdue-2": { class: "rung", ladder: "mend", rung: 2, says: "整改超期" },
  "overdue-3": { class: "rung", ladder: "mend", rung: 3, says: "整改超期" },
  /** Not one of the plan's rungs: the office's head is offered 挂牌督办. */
  "propose-supervision": { class: "proposal", ladder: "mend", to: "city-lead", says: "建议挂牌督办" },
  draft: { class: "reminder", to: "drafter", says: "待交办提醒", repeats: true },
  confirm: { class: "reminder", ladder: "decide", to: "deciders", says: "待县级确认提醒", repeats: true },
  "confirm-2": { class: "rung", ladder: "decide", rung: 2, says: "县级确认超时" },
  verify: { class: "reminder", ladder: "decide", to: "deciders", says: "待复核提醒", repeats: true },
  "verify-3": { class: "rung", ladder: "decide", rung: 3, says: "复核超时" },
  /** The public has had its days to object. */
  displayed: {
    class: "reminder",
    ladder: "decide",
    to: "deciders",
    says: "公示期满待销号提醒",
    repeats: true,
  },
  "displayed-3": { class: "rung", ladder: "decide", rung: 3, says: "公示期满未销号" },
  returned: { class: "reminder", to: "office", says: "退回待处理提醒", repeats: true, keeps: true },
  extension: { class: "reminder", to: "office", says: "延期申请待审批提醒", repeats: true, keeps: true },
  "cancel-asked": { class: "reminder", to: "consenter", says: "作废待同意提醒", repeats: true, keeps: true },
  resume: { class: "step", step: "resume", says: "中止期满" },
  transfer: { class: "reminder", to: "city-lead", says: "移送待审批提醒", repeats: true, keeps: true },
  /** A look on the spot at a closed issue. */
  "spot-check": { class: "reminder", to: "checker", says: "抽查任务提醒", repeats: true },
} as const satisfies Record<string, ClockRule>;

export type ClockRule =
  | {
      class: "reminder";
      /** Of which ladder's matter it reminds. */
      ladder?: Ladder;
      to: "unit" | "helpers" | "drafter" | "deciders" | "office" | "city-lead" | "consenter" | "checker";
      says: string;
      /** It comes again: the 2nd and 4th working day, then once a week. */
      repeats?: true;
      /** Late, it is given all the same: there is no other of its matter. */
      always?: true;
      /** It was asked for: its time stays, whatever else is done meanwhile. */
      keeps?: true;
    }
  | { class: "rung"; ladder: Ladder; rung: 1 | 2 | 3; says: string }
  | { class: "proposal"; ladder: Ladder; to: "city-lead"; says: string }
  /** A step that the clock takes by itself, by its id. */
  | { class: "step"; step: string; says: string };
export type ClockKind = keyof typeof CLOCK_KINDS;

/** One entry: what, and when (ms UTC). `firstAt`: when a reminder that comes again was first due, where that was before. */
export type ClockEntry = { kind: ClockKind; at: EpochMs; firstAt?: EpochMs | null };

/** Numbers that the plan pack sets; days are working days unless named otherwise. */
export type ClockRules = HoursRules & {
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
 * The entries that an issue's standing calls for, soonest first. Single reminders that lie before `now` have lost their sense
 * and are left out; a rung that lies before it and isn't reached yet is due as soon as it may be. A reminder that comes again
 * is named once: the next one is asked for with {@link again}. `helpDues`: deadlines of units that help, ISO dates.
 */
export function clockOf(
  standing: IssueStanding,
  now: EpochMs,
  rules: ClockRules,
  helpDues: readonly string[] = [],
): ClockEntry[] {
  const entries: ClockEntry[] = [];
  const clock = timesOf(standing.level, rules);
  const due = Temporal.PlainDate.from(standing.due);
  const { decide } = rules;

  const remind = (kind: ClockKind, at: EpochMs) => {
    const rule: ClockRule = CLOCK_KINDS[kind];
    if (at > now) entries.push({ kind, at });
    else if (rule.class === "reminder" && (rule.repeats || rule.always)) {
      // Whoever has just got it is reminded of what is late with the morning; who was reminded before, when it comes again.
      const isFirst = rule.ladder !== undefined && remindedOn(standing, rule.ladder) === null;
      if (isFirst)
        entries.push({ kind, at: clock.nextMorning(now), ...(rule.repeats ? { firstAt: at } : {}) });
      else if (rule.repeats)
        entries.push({ kind, at: again({ at, firstAt: at }, now, standing.level, rules), firstAt: at });
    }
  };
  /** When a matter may be reported, soonest: its own reminder is planned, or was given. */
  const mayReport = (ladder: Ladder): EpochMs => {
    const planned = entries.find(({ kind }) => ladderOf(kind) === ladder)?.at ?? now;
    return reportsFrom(remindedOn(standing, ladder) ?? planned, standing.level, rules);
  };
  const report = (kind: ClockKind, ladder: Ladder, at: EpochMs) => {
    const rule: ClockRule = CLOCK_KINDS[kind];
    if (rule.class === "rung" && rule.rung <= rungOn(standing, ladder)) return;
    entries.push({ kind, at: Math.max(at, now, mayReport(ladder)) });
  };

  if (standing.state === "assigned") {
    const hours = acknowledgeHours(standing.level, rules);
    remind("ack-half", clock.officeTime(clock.workingTime(standing.assignedAt, (hours * HOUR_MS) / 2)));
    const limit = Math.max(clock.workingTime(standing.assignedAt, hours * HOUR_MS), mayReport("ack"));
    const step = clock.urgent ? hours * HOUR_MS : 24 * HOUR_MS;
    report("ack-1", "ack", clock.officeTime(limit));
    report("ack-2", "ack", clock.officeTime(clock.workingTime(limit, step)));
    report("ack-3", "ack", clock.officeTime(clock.workingTime(limit, 3 * step)));
  }
  if (isUnitsTurn(standing.state)) {
    remind("due-3", clock.before(due, 3));
    remind("due-1", clock.before(due, 1));
    // On a day off nobody is there to be told “today”: the last day of work before it has its reminder.
    if (clock.works(due)) remind("due-0", clock.before(due, 0));
    remind("overdue", clock.after(due, 1));
    for (const rung of [1, 2, 3] as const)
      report(`overdue-${rung}`, "mend", clock.after(due, rules.overdueRungs[rung - 1] ?? rung));
    if (standing.supervisedAt === null)
      report("propose-supervision", "mend", clock.after(due, rules.superviseAfter));
    for (const day of [...new Set(helpDues)].map((date) => Temporal.PlainDate.from(date))) {
      remind("help-1", clock.before(day, 1));
      remind("help-overdue", clock.after(day, 1));
    }
    if (standing.extensionDue !== null) remind("extension", clock.mornings(now, decide.extension));
  }
  if (standing.cancelBy !== null && isTakenOn(standing.state))
    remind("cancel-asked", clock.mornings(now, decide.extension));
  switch (standing.state) {
    case "draft":
      remind("draft", clock.mornings(standing.assignedAt, decide.draft));
      break;
    case "submitted":
      remind("confirm", clock.mornings(standing.submittedAt ?? now, decide.confirm));
      report("confirm-2", "decide", clock.mornings(standing.submittedAt ?? now, decide.confirmRung));
      break;
    case "reviewing":
      remind("verify", clock.mornings(standing.confirmedAt ?? now, decide.verify));
      report("verify-3", "decide", clock.mornings(standing.confirmedAt ?? now, decide.verifyRung));
      break;
    case "displayed": {
      const last = Temporal.PlainDate.from(standing.displayedUntil ?? standing.due);
      remind("displayed", clock.after(last, 1));
      report("displayed-3", "decide", clock.after(last, decide.verify));
      break;
    }
    case "returned":
      remind("returned", clock.mornings(now, decide.returned));
      break;
    case "suspended":
      entries.push({
        kind: "resume",
        at: Math.max(now, clock.after(Temporal.PlainDate.from(standing.suspendedUntil ?? standing.due), 1)),
      });
      break;
    case "transferring":
      remind("transfer", clock.mornings(now, decide.transfer));
      break;
    default:
      break;
  }
  return entries.sort((a, b) => a.at - b.at);
}

export const isReminder = (kind: ClockKind): boolean => CLOCK_KINDS[kind].class === "reminder";

/** The kinds of reminders of one matter: a newer one says all that an older one has said. */
export function sameMatter(kind: ClockKind): readonly ClockKind[] {
  const ladder = ladderOf(kind);
  return ladder === null ? [kind] : REMINDERS.filter((other) => ladderOf(other) === ladder);
}

/** The matter of an entry: one of the three ladders', or none. */
export function ladderOf(kind: ClockKind): Ladder | null {
  const rule: ClockRule = CLOCK_KINDS[kind];
  return "ladder" in rule ? (rule.ladder ?? null) : null;
}

/** Office hours that lie between the reminder and the report. */
const BEFORE_REPORTING = 4;

/** From when a matter may be reported whose own reminder was given at `reminded`. Of urgent levels at once. */
export function reportsFrom(reminded: EpochMs, level: string, rules: HoursRules): EpochMs {
  const clock = timesOf(level, rules);
  return clock.urgent ? reminded : clock.officeHours(reminded, BEFORE_REPORTING);
}

/**
 * When a reminder that comes again and fell due at `at`, for the first time at `firstAt`, does so after `now`: on the 2nd and
 * the 4th working day, counting the first, then once a week; for urgent levels on days of any kind.
 */
export function again(
  { at, firstAt }: { at: EpochMs; firstAt?: EpochMs | null },
  now: EpochMs,
  level: string,
  rules: HoursRules,
): EpochMs {
  const clock = timesOf(level, rules);
  const first = firstAt ?? at;
  const second = clock.mornings(first, 1);
  if (second > now) return second;
  const fourth = clock.later(first, 3);
  const over = now - clock.weekly(fourth, 0);
  for (let weeks = Math.max(0, Math.floor(over / WEEK_MS)); ; weeks++) {
    const next = clock.weekly(fourth, weeks);
    if (next > now) return next;
  }
}

const WEEK_MS = 7 * 24 * HOUR_MS;

/** When a unit that helps is reminded of its deadline. */
export function helpReminderAt(due: string, level: string, rules: HoursRules): number {
  return timesOf(level, rules).before(Temporal.PlainDate.from(due), 1);
}

/** The instant itself if something of this level may go out then, otherwise the next morning of work. */
export function officeTime(at: EpochMs, level: string, rules: HoursRules): EpochMs {
  return timesOf(level, rules).officeTime(at);
}

/** Hours within which an issue of a level is to be acknowledged; a level that the pack doesn't name counts as 一般. */
export const acknowledgeHours = (
  level: string,
  { acknowledgeHours: of }: Pick<ClockRules, "acknowledgeHours">,
) => own(of, level) ?? of.一般 ?? 48;

/** When the time to acknowledge an issue that came at `since` is over: it passes on working days alone, of urgent levels on any. */
export function acknowledgeUntil(since: EpochMs, level: string, rules: ClockRules): EpochMs {
  return timesOf(level, rules).workingTime(since, acknowledgeHours(level, rules) * HOUR_MS);
}

const REMINDERS = (Object.keys(CLOCK_KINDS) as ClockKind[]).filter(isReminder);
