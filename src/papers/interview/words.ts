import { monthPeriod } from "../../domain/months.ts";
import type { InterviewState } from "../../domain/papers/interview-course.ts";
import type { CandidateStep } from "../../store/candidates.ts";
import type { RankedMonth } from "./standings.ts";

/** 4月、5月、6月; with its year where that isn't the first one's. */
export function monthsWords(months: readonly string[]): string {
  return months
    .map((month, i) => {
      const label = monthPeriod(month).label;
      const year = months[i - 1]?.slice(0, 4);
      return month.slice(0, 4) === year ? label.replace(/^\d+年/, "") : label;
    })
    .join("、");
}

/** 53/54（并列） */
export function placeWords({ rank, of, tied }: RankedMonth): string {
  return rank === null ? "未公布" : `${rank}/${of ?? "—"}${tied > 1 ? "（并列）" : ""}`;
}

/** Whole as the province prints it, or with the decimal that it was given with. */
export const meanWords = ({ pm25 }: Pick<RankedMonth, "pm25">): string =>
  pm25 === null ? "—" : pm25.toFixed(Number.isInteger(pm25) ? 0 : 1);

export const interviewStateWords = {
  "notice-due": "约谈通知待签发",
  called: "已通知，待约谈",
  held: "已约谈，待报整改方案",
  "plan-handed-in": "整改方案已报，待解除",
  released: "已解除",
} as const satisfies Record<InterviewState, string>;

/** What a step of an interview's course says, behind its day. */
export function stepWords({ step, detail }: Pick<CandidateStep, "step" | "detail">): string {
  switch (step) {
    case "attend":
      return `回复${detail.as}${detail.who ? `：${detail.who}` : ""}`;
    case "minutes":
      return `约谈记录：问题：${detail.problems}；表态：${detail.stance}；要求：${detail.demands}；整改方案${detail.due}前报`;
    case "plan":
      return `报整改方案：${detail.text}`;
    case "release":
      return `解除约谈：${detail.reason}`;
    case "doubt":
      return `所依据的位次有更正：${detail.why}`;
    default:
      return step;
  }
}
