import type { Standing } from "../air/provincial-rank.ts";

/** A month of a county in the province's ranking, `YYYY-MM`. */
export type MonthStanding = { month: string; standing: Standing };

/** clear: not among the last; watched: it was; warned: one month more and it is called in; due: it is to be called in. */
export type InterviewStage = "clear" | "watched" | "warned" | "due";

export type InterviewCount = {
  stage: InterviewStage;
  /** The months that count towards the next 约谈, oldest first. */
  months: readonly string[];
  /** All months in a row among the last, those of an earlier 约谈 too. */
  inARow: number;
  /** Months without a list since the row began, oldest first: each of them may end the row or lengthen it. */
  missing: readonly string[];
};

/**
 * How far a county is from being called in: `needed` months in a row among the province's last.
 * `newestFirst` holds one standing for each calendar month, back to the first that any list is known of. A month that isn't
 * published yet neither counts nor breaks. After a 约谈 that rested on months up to `last` the row goes on, and only later
 * months count towards the next one.
 * Source: the plan's rule of 约谈; unpublished months and what follows a 约谈 are our own.
 */
export function interviewCount(
  newestFirst: readonly MonthStanding[],
  needed: number,
  last: string | null = null,
): InterviewCount {
  const months: string[] = [];
  const missing: string[] = [];
  let inARow = 0;
  for (const { month, standing } of newestFirst) {
    if (standing === "out") break;
    if (standing === "undecided") {
      missing.unshift(month);
      continue;
    }
    inARow += 1;
    if (last === null || month > last) months.unshift(month);
  }
  return { stage: stageOf(months.length, needed), months, inARow, missing };
}

function stageOf(months: number, needed: number): InterviewStage {
  if (months >= needed) return "due";
  if (months === 0) return "clear";
  return months === needed - 1 ? "warned" : "watched";
}
