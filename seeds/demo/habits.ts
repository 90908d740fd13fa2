import type { Indicator } from "../../src/domain/plan/pack.ts";
import { randomStream } from "./random.ts";

/** How an indicator's reports run through the year. */
export interface Habit {
  /** Reached so far in percent of the straight line to the deadline, given the elapsed share of time (0..1). */
  pacePct: (elapsed: number) => number;
  /** Rounded down, and short of a level's target. */
  behind: boolean;
  /** Day of the month of the early report; otherwise drawn from 2 to 7. */
  reportDay?: number;
  /** Last day with a report. */
  silentAfter?: string;
  /** For checks: the day it is done; absent, it never is. */
  doneOn?: string;
  /** For checks that hold at all times: the month ("2020-04") in which one didn't. */
  brokenIn?: string;
  note?: (date: string) => string | null;
}

/** On the line, never ahead or behind. */
export const never: Pick<Habit, "pacePct" | "behind"> = { pacePct: () => 100, behind: false };

/** Nine tenths of the line until autumn, then it catches up: yellow for most of the year. */
export const yellow: Habit = {
  pacePct: (elapsed) => (elapsed < 0.75 ? 91 : 91 + 36 * (elapsed - 0.75)),
  behind: true,
  reportDay: 8,
};

/** 60 % of the line in February, 80 % in December: red all year. */
export const red: Habit = {
  pacePct: (elapsed) => 58 + 22 * elapsed,
  behind: true,
  note: (date) =>
    /-(03-31|06-30|09-30)$/.test(date) ? "演示：受复工时间影响，进度滞后，正在倒排工期。" : null,
};

/** Reports until the end of March, then nothing. */
export const silentFrom = (year: number): Habit => ({ ...never, silentAfter: `${year}-03-31` });

/** The story's habit, or one drawn for this indicator and place: most are on pace. */
export function habitOf(
  indicator: Indicator,
  place: string | null,
  seed: number,
  stories: ReadonlyMap<string, Habit>,
): Habit {
  const story = stories.get(indicator.id);
  if (story) return story;
  const random = randomStream(seed, `habit ${indicator.id} ${place}`);
  const draw = random.uniform();
  // Half a month passes between two reports: who is on pace keeps a little ahead of the line.
  const ahead = random.integer(104, 112);
  const steady: Habit = { pacePct: () => ahead, behind: false };
  if (draw < 0.04)
    return {
      ...silentFrom(Number(indicator.deadline.slice(0, 4))),
      ...doneBefore(indicator, random.uniform()),
    };
  if (indicator.kind === "check") {
    return draw < 0.14
      ? { ...never, behind: true }
      : { ...never, ...doneBefore(indicator, random.uniform()) };
  }
  if (draw > 0.12) return steady;
  // Below about forty a single item is a large step: nine tenths could not be told from far behind.
  const fine = indicator.kind !== "count" || Number(indicator.value) >= 40;
  return draw < 0.08 && fine ? yellow : red;
}

/** A day between mid-February and eight days before the deadline. */
function doneBefore(indicator: Indicator, share: number): { doneOn: string } {
  const first = Temporal.PlainDate.from({ year: Number(indicator.deadline.slice(0, 4)), month: 2, day: 15 });
  const span = first.until(indicator.deadline, { largestUnit: "days" }).days - 8;
  return { doneOn: first.add({ days: Math.floor(share * span) }).toString() };
}
