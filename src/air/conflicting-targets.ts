import { Decimal } from "decimal.js";
import { type TargetConflict, type TargetScale, targetConflicts } from "../domain/plan/target-conflicts.ts";
import { periodOfTargetSpan, type TargetSpan } from "../domain/plan/target-span.ts";
import { type Aim, KIND_WORDS } from "./targets.ts";

const SCALES: Readonly<Record<Aim["indicator"], TargetScale>> = {
  "pm25-mean": { direction: "at-most", least: 0, most: 200 },
  "attainment-rate": { direction: "at-least", least: 0, most: 100 },
};
const SPANS: readonly TargetSpan[] = [
  "year",
  ...[1, 2, 3, 4].map((n) => `q${n}` as const),
  ...Array.from({ length: 12 }, (_, i) => `m${String(i + 1).padStart(2, "0")}` as const),
];

export type AirTargetConflict = TargetConflict & Pick<Aim, "indicator" | "kind"> & { words: string };

/** Which of a region's entered targets of the air can't all be kept, and what that means, in Chinese. */
export function airTargetConflicts(
  entered: (span: TargetSpan) => readonly Aim[],
  year: number,
): AirTargetConflict[] {
  const enteredValue = (span: TargetSpan, { indicator, kind }: Pick<Aim, "indicator" | "kind">) =>
    entered(span).find((aim) => aim.indicator === indicator && aim.kind === kind)?.value;
  return (["pm25-mean", "attainment-rate"] as const).flatMap((indicator) =>
    (["constraint", "stretch"] as const).flatMap((kind) => {
      const said = SPANS.flatMap((span) => {
        const value = enteredValue(span, { indicator, kind });
        return value === undefined ? [] : [[span, new Decimal(value)] as const];
      });
      const targets = new Map(said);
      const named = (span: TargetSpan) => `${spanWords(span, year)}${targets.get(span)}`;
      return targetConflicts(targets, SCALES[indicator], year).map(({ whole, parts }) => ({
        ...{ indicator, kind, whole, parts },
        words: `${indicator === "pm25-mean" ? "PM2.5" : "优良率"}${KIND_WORDS[kind]}目标${named(whole)}与${parts.map(named).join("、")}不能同时完成，预算按更严的控制，请核对`,
      }));
    }),
  );
}

/** 6月, 二季度, 全年 */
const spanWords = (span: TargetSpan, year: number): string =>
  span === "year" ? "全年" : periodOfTargetSpan(span, year).label.replace(/^\d+年/, "");
