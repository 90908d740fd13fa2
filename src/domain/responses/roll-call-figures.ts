import type { EpochMs } from "../ids.ts";
import { halfEvenRatio } from "../rounding.ts";

/** How a roll-call was answered. Rates are percents of those that were asked, one decimal; null where nobody was. */
export type RollCallFigures = {
  asked: number;
  acknowledged: number;
  inTime: number;
  inTimePct: number | null;
  executed: number;
  executedPct: number | null;
  /** Mean time to the acknowledgement of those who have, in whole minutes. */
  meanMinutes: number | null;
};

const MINUTE_MS = 60_000;

/** @param at when the roll-call began; @param hours its term. Whoever was told later than that has the term from then on. */
export function rollCallFigures(
  orders: readonly {
    exempt: string | null;
    toldAt: EpochMs | null;
    acknowledgedAt: EpochMs | null;
    executedAt: EpochMs | null;
  }[],
  at: EpochMs,
  hours: number,
): RollCallFigures {
  const asked = orders.filter(({ exempt }) => exempt === null);
  const took = asked.flatMap(({ toldAt, acknowledgedAt }) =>
    acknowledgedAt === null ? [] : [Math.max(0, acknowledgedAt - (toldAt ?? at))],
  );
  const inTime = took.filter((ms) => ms <= hours * 60 * MINUTE_MS).length;
  const executed = asked.filter(({ executedAt }) => executedAt !== null).length;
  const pct = (n: number) => (asked.length === 0 ? null : halfEvenRatio(n * 100, asked.length, 1));
  return {
    asked: asked.length,
    acknowledged: took.length,
    ...{ inTime, inTimePct: pct(inTime) },
    ...{ executed, executedPct: pct(executed) },
    meanMinutes:
      took.length === 0
        ? null
        : halfEvenRatio(
            took.reduce((sum, ms) => sum + ms, 0),
            took.length * MINUTE_MS,
            0,
          ),
  };
}
