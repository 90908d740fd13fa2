import { halfEvenRatio } from "../rounding.ts";
import type { State } from "./states.ts";

/** What the figures need of one issue. Instants are ms UTC, dates ISO text of the office's calendar. */
export type Counted = {
  state: State;
  /** When it was given out, last; and every time that its history tells of, in order. */
  assignedAt: number;
  givenAt: readonly number[];
  acknowledgedAt: number | null;
  /** End of the time to acknowledge. */
  acknowledgeBy: number;
  due: string;
  /** The day on which it was handed in as mended; null while it isn't, or once it was sent back. */
  submittedOn: string | null;
  /** Since when no time runs against the unit: returned to the office, or suspended. */
  held: { at: number; on: string } | null;
  /** Every closing and every time it came back, each in order. */
  closings: readonly number[];
  relapses: readonly number[];
};

/** A period. `until` is its last instant, or now while it runs; `dueBy` the last day whose deadlines have passed by then. */
export type CountingPeriod = { from: number; until: number; fromDate: string; dueBy: string };

/** A share in percent with what it rests on: `pct` is null where nothing is to be counted, never 0. */
export type Share = { pct: number | null; met: number; of: number };

export type LoopFigures = {
  /** 交办数: given out within the period; what was given out anew counts where it was given out last. */
  assigned: number;
  /** 签收率: acknowledged in time ÷ those whose time to acknowledge ended within the period while it ran. */
  acknowledged: Share;
  /**
   * 按期整改率: handed in by the deadline, and not sent back since ÷ those whose deadline, as it now is, passed within the
   * period while it ran.
   */
  onTime: Share;
  /** 销号率: closed at the end of the period ÷ open at its beginning or given out within it. */
  closed: Share;
  /**
   * 平均用时: calendar days to closing, each from when the unit last got it before; one decimal. Of the `n` closings within the
   * period that have such a beginning.
   */
  meanDays: { days: number | null; n: number };
  /** 反弹率: closings within the period that the problem came back after, by its end ÷ closings within it. */
  relapsed: Share;
};

/**
 * The loop's figures of a set of issues over a period. What was merged or cancelled isn't counted, nor is a draft: nobody
 * had to mend it. Rates and days have one decimal, half to even, rounded once (GB/T 8170).
 * Source: common office practice, domain document 9 (“Denominators stated; issues not yet due aren't in the rate”).
 */
export function loopFigures(issues: readonly Counted[], period: CountingPeriod): LoopFigures {
  const { from, until, fromDate, dueBy } = period;
  const within = (at: number) => from <= at && at <= until;
  const real = issues.filter((i) => !UNCOUNTED.includes(i.state) && i.assignedAt <= until);
  const closings = real.flatMap((issue) => issue.closings.filter(within).map((at) => ({ issue, at })));
  const spent = closings.flatMap(({ issue, at }) => timeSpent(issue, at) ?? []);
  return {
    assigned: real.filter((i) => within(i.assignedAt)).length,
    acknowledged: shareOf(
      real.filter((i) => within(i.acknowledgeBy) && (isAcknowledged(i) || !isHeldBy(i, i.acknowledgeBy))),
      isAcknowledged,
    ),
    onTime: shareOf(
      real.filter((i) => fromDate <= i.due && i.due <= dueBy && !(i.held !== null && i.held.on <= i.due)),
      (i) => i.submittedOn !== null && i.submittedOn <= i.due,
    ),
    closed: shareOf(
      real.filter((i) => i.assignedAt >= from || !isClosedAt(i, from - 1)),
      (i) => isClosedAt(i, until),
    ),
    meanDays: {
      days: spent.length === 0 ? null : halfEvenRatio(sumOf(spent), spent.length * DAY_MS, 1),
      n: spent.length,
    },
    relapsed: shareOf(closings, ({ issue, at }) =>
      issue.relapses.some((back) => at <= back && back <= until),
    ),
  };
}

const DAY_MS = 86_400_000;
const UNCOUNTED: readonly State[] = ["draft", "merged", "cancelled"];

const isAcknowledged = ({ acknowledgedAt, acknowledgeBy }: Counted) =>
  acknowledgedAt !== null && acknowledgedAt <= acknowledgeBy;

const isHeldBy = ({ held }: Counted, at: number) => held !== null && held.at <= at;

/**
 * How long the unit had an issue before a closing: since it was given out or came back, whichever was last. Closed, it was
 * nobody's to mend; and what was given out after the closing tells nothing of it. null where its history tells of neither.
 */
function timeSpent({ assignedAt, givenAt, relapses }: Counted, closing: number): number | null {
  const begins = [assignedAt, ...givenAt].filter((at) => at <= closing);
  const since = Math.max(...begins, ...relapses.filter((at) => at < closing));
  return Number.isFinite(since) ? closing - since : null;
}

/** Whether an issue was closed at an instant: its last closing by then wasn't followed by a relapse. */
function isClosedAt({ closings, relapses }: Counted, at: number): boolean {
  const last = closings.findLast((closing) => closing <= at);
  return last !== undefined && !relapses.some((back) => last <= back && back <= at);
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

function shareOf<T>(all: readonly T[], isMet: (one: T) => boolean): Share {
  const met = all.filter(isMet).length;
  return { pct: all.length === 0 ? null : halfEvenRatio(met * 100, all.length, 1), met, of: all.length };
}
