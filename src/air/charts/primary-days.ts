import { isRefusal, type Refusal } from "../../chat/refusal.ts";
import { shortDate } from "../../chat/wording.ts";
import { periodStatistics } from "../../domain/air/statistics.ts";
import type { PrimaryRow, PrimarySpec } from "../../output/charts/primary-bars.ts";
import type { Air } from "../period-air.ts";
import { airChartFrame, chartPaper } from "./chart-paper.ts";
import { chartedAir, regionAndDays } from "./of-region.ts";

/** 首要污染物图: on how many days each pollutant was the primary one, month by month where there are several. */
export const primaryChart = chartPaper({
  name: "chart.primary",
  params: regionAndDays,
  async spec({ params, person }, context): Promise<PrimarySpec | Refusal> {
    const found = await chartedAir(params, person, context);
    if (isRefusal(found)) return found;
    const { air, partial } = found;
    const { now, region, period } = air;
    return {
      kind: "primary",
      title: `${region.name}首要污染物天数`,
      subtitle: `${period.label}${now.complete ? "" : `，截至${shortDate(now.asOf)}`}，有效${now.days.valid}天`,
      ...airChartFrame(air.data, context.today),
      notes: ["AQI大于50的日子才有首要污染物；一天有几项的，各计一天", ...partial],
      rows: rowsOf(air),
    };
  },
});

/** The months as far as they have come, each by the rules of a period of its own. */
function rowsOf({ now, days, ruleSet, period }: Air): PrimaryRow[] {
  const months = [...monthsBetween(now.from, now.asOf)];
  if (months.length < 2) return [{ name: period.label, validDays: now.days.valid, days: now.primary }];
  return months.map(({ from, to }) => {
    const within = days.filter(({ date }) => from <= date && date <= to);
    const { days: counted, primary } = periodStatistics(within, { from, to, asOf: to }, ruleSet);
    const year = now.from.slice(0, 4) === now.asOf.slice(0, 4) ? "" : `${from.slice(2, 4)}年`;
    return { name: `${year}${Number(from.slice(5, 7))}月`, validDays: counted.valid, days: primary };
  });
}

function* monthsBetween(from: string, to: string) {
  for (let start = from; start <= to; ) {
    const first = Temporal.PlainDate.from(start);
    const last = first.with({ day: first.daysInMonth }).toString();
    yield { from: start, to: last < to ? last : to };
    start = first.with({ day: 1 }).add({ months: 1 }).toString();
  }
}
