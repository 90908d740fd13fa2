import {
  dayOf,
  HOUR,
  inHours,
  isWorked,
  morning,
  nextMorning,
  plusDays,
  plusOfficeHours,
  plusWorked,
  plusWorkingTime,
  worked,
} from "../loop/days.ts";
import { type Hand, placeOn, type Staff } from "./staff.ts";

// What is due about an issue, when, and to whom, by the office's rules alone: the three ladders, their reminders, who hears.
// Nothing of the bot's own rules is used here.

type Ladder = "ack" | "mend" | "decide";
const LADDER_NAMES: readonly Ladder[] = ["ack", "mend", "decide"];

export type Matter = {
  /** Its number within the course, which its title bears. */
  n: number;
  id: number;
  no: string;
  level: string;
  county: string;
  giver: string;
  state: "assigned" | "acknowledged" | "rectifying" | "submitted" | "reviewing" | "closed";
  version: number;
  assignedAt: number;
  /** From when a term is counted, and the deadline it began with. */
  termFrom: string;
  firstDue: string;
  due: string;
  extensions: number;
  isSupervised: boolean;
  submittedAt: number;
  confirmedAt: number;
  submittedBy: string | null;
  confirmedBy: string | null;
  reported: Record<Ladder, number>;
  reminded: Record<Ladder, number | null>;
  coming: Entry[];
};
type Entry = {
  at: number;
  ladder: Ladder;
  says: string;
  /** A step up; without one it is a reminder, or (`proposes`) a proposal. */
  rung?: 1 | 2 | 3;
  proposes?: true;
  /** A reminder that comes again, and when it was due for the first time. */
  first?: number;
};

/** What one person is to be told about one issue at one time. */
export type Told = { at: number; to: string; n: number; words: readonly string[] };

const ACKNOWLEDGE: Readonly<Record<string, number>> = { 一般: 48, 较大: 24, 重大: 1 };
const REPORTED = { 1: "报县区领导", 2: "报市办", 3: "报市攻坚办" };
export const OFFICE = "市办";
export const SUPERVISION = "督查";
export const HEAD = "市领导";

const isUrgent = ({ level }: Matter) => level === "重大";
const isUnits = ({ state }: Matter) => ["assigned", "acknowledged", "rectifying"].includes(state);
/** Days that count for a level. */
const counts = (of: Matter, day: string) => isUrgent(of) || isWorked(day);
const later = (of: Matter, day: string, n: number) => (isUrgent(of) ? plusDays(day, n) : plusWorked(day, n));
const after = (of: Matter, day: string, n: number) => morning(later(of, day, n));
const before = (of: Matter, day: string, n: number) => {
  let found = plusDays(day, -n);
  while (!counts(of, found)) found = plusDays(found, -1);
  return morning(found);
};
const passed = (of: Matter, since: number, ms: number) =>
  isUrgent(of) ? since + ms : plusWorkingTime(since, ms);
const within = (of: Matter, at: number) => (isUrgent(of) ? at : inHours(at));
/** A lead hears of it four office hours after the unit was reminded; of what is grave at once. */
const reportable = (of: Matter, reminded: number) => (isUrgent(of) ? reminded : plusOfficeHours(reminded, 4));

/** The 2nd and the 4th working day, then once a week. */
function again(of: Matter, first: number, now: number): number {
  const day = dayOf(first);
  const second = after(of, day, 1);
  if (second > now) return second;
  const fourth = later(of, day, 3);
  for (let weeks = 0; ; weeks++) {
    const on = plusDays(fourth, weeks * 7);
    const next = morning(isUrgent(of) ? on : worked(on));
    if (next > now) return next;
  }
}

/** What is to come from how an issue stands; said anew with each step. */
export function planned(of: Matter, now: number): Entry[] {
  const coming: Entry[] = [];
  const remind = (ladder: Ladder, says: string, at: number, isLasting = false) => {
    const first = isLasting ? { first: at } : {};
    if (at > now) coming.push({ at, ladder, says, ...first });
    else if (isLasting && of.reminded[ladder] !== null)
      coming.push({ at: again(of, at, now), ladder, says, ...first });
    else if (isLasting && of.reminded[ladder] === null) {
      const next = isUrgent(of) ? morning(plusDays(dayOf(now), 1)) : nextMorning(now);
      coming.push({ at: next, ladder, says, ...first });
    }
  };
  const from = (ladder: Ladder) => {
    const own = coming.filter((one) => one.ladder === ladder && one.rung === undefined).map(({ at }) => at);
    return reportable(of, of.reminded[ladder] ?? Math.min(...own));
  };
  const report = (ladder: Ladder, rung: 1 | 2 | 3, says: string, at: number) => {
    if (rung > of.reported[ladder])
      coming.push({
        at: Math.max(at, now, from(ladder)),
        ladder,
        rung,
        says: `${says}（${REPORTED[rung]}）`,
      });
  };
  if (of.state === "assigned") {
    const term = (ACKNOWLEDGE[of.level] as number) * HOUR;
    remind("ack", "待签收提醒", within(of, passed(of, of.assignedAt, term / 2)));
    const over = Math.max(passed(of, of.assignedAt, term), from("ack"));
    const step = isUrgent(of) ? term : 24 * HOUR;
    report("ack", 1, "逾期未签收", within(of, over));
    report("ack", 2, "逾期未签收", within(of, passed(of, over, step)));
    report("ack", 3, "逾期未签收", within(of, passed(of, over, 3 * step)));
  }
  if (isUnits(of)) {
    remind("mend", "整改期限提醒", before(of, of.due, 3));
    remind("mend", "整改期限提醒", before(of, of.due, 1));
    if (counts(of, of.due)) remind("mend", "今日到期提醒", morning(of.due));
    remind("mend", "整改超期提醒", after(of, of.due, 1), true);
    for (const [rung, days] of [
      [1, 1],
      [2, 3],
      [3, 5],
    ] as const)
      report("mend", rung, "整改超期", after(of, of.due, days));
    const at = Math.max(after(of, of.due, 10), now, from("mend"));
    if (!of.isSupervised) coming.push({ at, ladder: "mend", says: "建议挂牌督办", proposes: true });
  }
  if (of.state === "submitted") {
    remind("decide", "待县级确认提醒", after(of, dayOf(of.submittedAt), 3), true);
    report("decide", 2, "县级确认超时", after(of, dayOf(of.submittedAt), 5));
  }
  if (of.state === "reviewing") {
    remind("decide", "待复核提醒", after(of, dayOf(of.confirmedAt), 5), true);
    report("decide", 3, "复核超时", after(of, dayOf(of.confirmedAt), 8));
  }
  return coming;
}

/** All that is due by `now`, as somebody hears of it who looks at this very time. @returns what is told. */
export function fallsDue(of: Matter, now: number, staff: Staff): Told[] {
  const due = of.coming.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
  const rest = of.coming.filter(({ at }) => at > now);
  if (due.length === 0) return [];
  const time = within(of, now);
  if (time > now) {
    // In the order in which it fell due, which is the order in which it is spoken of.
    of.coming = [...due.map((one) => ({ ...one, at: time })), ...rest];
    return [];
  }
  const telling = new Map<string, { reports: string[]; reminders: string[] }>();
  const tell = (people: readonly string[], kind: "reports" | "reminders", words: string) => {
    for (const name of people) {
      const own = telling.get(name) ?? { reports: [], reminders: [] };
      own[kind].push(words);
      telling.set(name, own);
    }
  };
  const reminders = due.filter((one) => one.rung === undefined && !one.proposes);
  const newest = reminders.at(-1);
  if (newest !== undefined) tell(remindedOf(newest, of, staff, now), "reminders", newest.says);
  for (const { ladder, says, first } of reminders) {
    of.reminded[ladder] ??= now;
    if (first !== undefined) rest.push({ at: again(of, first, now), ladder, says, first });
  }
  const reports = due.filter((one) => one.rung !== undefined || one.proposes);
  for (const ladder of LADDER_NAMES) {
    const own = reports.filter((one) => one.ladder === ladder);
    const from = reportable(of, of.reminded[ladder] ?? now);
    if (from > now) {
      rest.push(...own.map((one) => ({ ...one, at: from })));
      continue;
    }
    const highest = own.reduce<Entry | null>(
      (a, b) => ((b.rung ?? 0) > (a?.rung ?? of.reported[ladder]) ? b : a),
      null,
    );
    if (highest?.rung !== undefined) {
      of.reported[ladder] = highest.rung;
      tell(rungHears(highest.rung, of, staff, now), "reports", highest.says);
    }
    for (const { says } of own.filter(({ proposes }) => proposes)) tell([HEAD, OFFICE], "reports", says);
  }
  of.coming = rest;
  return [...telling].map(([to, { reports, reminders }]) => ({
    at: now,
    to,
    n: of.n,
    words: [...new Set(reports.length > 0 ? reports : reminders)].toSorted(),
  }));
}

const names = (hands: readonly Hand[]) => [...new Set(hands.map(({ name }) => name))];

function rungHears(rung: 1 | 2 | 3, of: Matter, staff: Staff, at: number): string[] {
  const day = dayOf(at);
  if (rung === 1) return names(staff.handsOf("lead", placeOn(of.county, day), day));
  return [...new Set(rung === 2 ? [OFFICE, of.giver] : [SUPERVISION, OFFICE])];
}

function remindedOf({ ladder }: Entry, of: Matter, staff: Staff, at: number): string[] {
  const day = dayOf(at);
  if (ladder === "decide") return names(decidersOn(of, staff, day));
  const county = placeOn(of.county, day);
  const liaisons = staff.handsOf("liaison", county, day);
  const leads = liaisons.length === 0 || isUrgent(of) ? staff.handsOf("lead", county, day) : [];
  return names([...liaisons, ...leads]);
}

/** Who is asked to decide: none who has taken the step before, nor who stands in for them. */
export function decidersOn(of: Matter, staff: Staff, day: string): Hand[] {
  const took = of.state === "submitted" ? [of.submittedBy] : [of.submittedBy, of.confirmedBy];
  const isFree = ({ name, behalf }: Hand) => ![name, behalf].some((one) => one && took.includes(one));
  const leads =
    of.state === "submitted" ? staff.handsOf("lead", placeOn(of.county, day), day).filter(isFree) : [];
  if (leads.length > 0) return leads;
  const judges = (of.state === "submitted" ? [OFFICE] : [OFFICE, SUPERVISION]).map((name) => ({ name }));
  const left = judges.filter(isFree);
  return left.length > 0 ? left : [{ name: HEAD }].filter(isFree);
}
