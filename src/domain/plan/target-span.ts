import { type BudgetLevel, budgetPeriods } from "../air/nested-budget.ts";
import { type Period, parsePeriod } from "../period.ts";
import { foldPeriodText } from "../period-words.ts";
import type { Read } from "../reading.ts";

/** The part of the plan's year that a target holds for: the year, a quarter of it (`q2`) or a month (`m06`). */
export type TargetSpan = "year" | `q${number}` | `m${string}`;

/** The span of a whole month, a whole quarter or the year that begins with `from`. */
export function targetSpan(level: BudgetLevel, from: Temporal.PlainDate): TargetSpan {
  if (level === "year") return "year";
  return level === "quarter" ? `q${Math.ceil(from.month / 3)}` : `m${String(from.month).padStart(2, "0")}`;
}

/** The days of a span in a year. */
export function periodOfTargetSpan(span: TargetSpan, year: number): Period {
  const month = span === "year" ? 1 : span.startsWith("q") ? 3 * Number(span[1]) - 2 : Number(span.slice(1));
  const levels = budgetPeriods(monthOf(year, month)) ?? [];
  const found = levels.find(({ level, period }) => targetSpan(level, period.from) === span);
  if (found === undefined) throw new RangeError(`no span ${span}`);
  return found.period;
}

/** The spans that a span is made of: a quarter of its months, the year of its quarters. */
export function partsOfTargetSpan(span: TargetSpan): readonly TargetSpan[] {
  if (span === "year") return ["q1", "q2", "q3", "q4"];
  if (!span.startsWith("q")) return [];
  const last = 3 * Number(span[1]);
  return [last - 2, last - 1, last].map((month): TargetSpan => `m${String(month).padStart(2, "0")}`);
}

const monthOf = (year: number, month: number) => {
  const from = Temporal.PlainDate.from({ year, month, day: 1 });
  return { from, to: from.with({ day: from.daysInMonth }) };
};

const HOW = "请写成 6月、二季度或全年";

/**
 * Reads for what a target holds: 6月, 2020-06, 二季度, 全年. A bare number is one of `unit`. Only what is written out counts: 本月
 * is another month when the file is brought in again. Refuses another year than the plan's, and what is none of the three.
 */
export function readTargetSpan(text: string, unit: "月" | "季度" | "", year: number): Read<TargetSpan> {
  const bare = /^[\d一二三四五六七八九十]{1,2}$/.test(text.trim().normalize("NFKC"));
  const folded = foldPeriodText(bare ? text + unit : text).replace(/^全年度?$|^年度$/, String(year));
  if (!/\d/.test(folded)) return { reason: `看不懂“${text.trim().slice(0, 20)}”，${HOW}` };
  const period = parsePeriod(folded, Temporal.PlainDate.from({ year, month: 1, day: 1 }));
  if (period === null) return { reason: `看不懂“${text.trim().slice(0, 20)}”，${HOW}` };
  if ("invalid" in period) return { reason: period.invalid.replace(/。$/, "") };
  // A workbook's month is the date of its first day.
  const { from, to } =
    period.from.equals(period.to) && period.from.day === 1
      ? monthOf(period.from.year, period.from.month)
      : period;
  const [nearest] = budgetPeriods({ from, to }) ?? [];
  if (nearest === undefined) return { reason: `“${period.label}”不是整月、整季或全年，${HOW}` };
  if (from.year !== year) return { reason: `计划是${year}年的，没有${from.year}年的目标，请核对年份` };
  return { value: targetSpan(nearest.level, from) };
}

/** Of spans said side by side (二季度 | 6月) the one that lies in all others; null where they lie apart. */
export function narrowestSpan(spans: readonly TargetSpan[], year: number): TargetSpan | null {
  const periods = spans.map((span) => ({ span, ...periodOfTargetSpan(span, year) }));
  const found = periods.find((one) =>
    periods.every(
      ({ from, to }) =>
        Temporal.PlainDate.compare(from, one.from) <= 0 && Temporal.PlainDate.compare(one.to, to) <= 0,
    ),
  );
  return found?.span ?? null;
}
