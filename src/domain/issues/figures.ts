import { halfEvenRatio } from "../rounding.ts";
import type { Count } from "./past.ts";

/** A share in percent with what it rests on: `pct` is null where nothing is to be counted, never 0. */
export type Share = { pct: number | null; met: number; of: number };

export type LoopFigures = {
  /** 交办数: given out within the period; what was given out anew within it counts once, where it was given out last. */
  assigned: number;
  /** 撤回: taken back before it was acknowledged. In none of the other figures. */
  withdrawn: number;
  /** 阶段性办结: stages closed within the period. No 销号, and in none of the other figures. */
  staged: number;
  /** 签收率: acknowledged in time ÷ terms to acknowledge that ended within the period. */
  acknowledged: Share;
  /** 按期整改率: handed in by the deadline ÷ deadlines that passed within the period, each as it was in force on its very day. */
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
 * The loop's figures of what was counted of issues over a period (`countsOf`). Rates and days have one decimal, half to
 * even, rounded once (GB/T 8170).
 * Source: common office practice, domain document 9 (“Denominators stated; issues not yet due aren't in the rate”).
 */
export function loopFigures(counts: readonly Count[]): LoopFigures {
  const of = (kind: Count["kind"]) => counts.filter((count) => count.kind === kind);
  const spent = counts.flatMap((count) => (count.kind === "relapsed" ? (count.spent ?? []) : []));
  return {
    assigned: sumOf(of("assigned").map(timesOf)),
    withdrawn: sumOf(of("withdrawn").map(timesOf)),
    staged: sumOf(of("staged").map(timesOf)),
    acknowledged: shareOf(of("acknowledged")),
    onTime: shareOf(of("onTime")),
    closed: shareOf(of("closed")),
    meanDays: {
      days: spent.length === 0 ? null : halfEvenRatio(sumOf(spent), spent.length * DAY_MS, 1),
      n: spent.length,
    },
    relapsed: shareOf(of("relapsed")),
  };
}

const DAY_MS = 86_400_000;

const timesOf = ({ times = 1 }: Count) => times;
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

function shareOf(counts: readonly Count[]): Share {
  const of = sumOf(counts.map(timesOf));
  const met = sumOf(counts.filter((count) => count.met).map(timesOf));
  return { pct: of === 0 ? null : halfEvenRatio(met * 100, of, 1), met, of };
}
