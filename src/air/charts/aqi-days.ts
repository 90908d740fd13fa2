import { isRefusal, type Refusal } from "../../chat/refusal.ts";
import { shortDate } from "../../chat/wording.ts";
import { dayAqi } from "../../domain/air/aqi.ts";
import type { AqiCalendarDay, AqiCalendarSpec } from "../../output/charts/aqi-calendar.ts";
import type { Air } from "../period-air.ts";
import { airChartFrame, chartPaper } from "./chart-paper.ts";
import { chartedAir, regionAndDays } from "./of-region.ts";

/** 日历图: each day's AQI and class. */
export const calendarChart = chartPaper({
  name: "chart.calendar",
  params: regionAndDays,
  async spec({ params, person }, context): Promise<AqiCalendarSpec | Refusal> {
    const found = await chartedAir(params, person, context);
    if (isRefusal(found)) return found;
    const { air, partial } = found;
    const months = monthsOf(air);
    const { now, region, period } = air;
    return {
      kind: "aqi-calendar",
      title: `${region.name}空气质量日历`,
      subtitle: `${period.label}${now.complete ? "" : `，截至${shortDate(now.asOf)}`}`,
      ...airChartFrame(air.data, context.today),
      notes: [
        ...(months.length > 1 ? ["格内数字为级别，每行周一至周日"] : []),
        ...(days(air).some(({ atLeast }) => atLeast) ? ["≥：有监测项目缺失，按已有项目至少为此级"] : []),
        ...partial,
      ],
      months,
      days: days(air),
    };
  },
});

function monthsOf({ now }: Air): string[] {
  const first = Temporal.PlainYearMonth.from(now.from.slice(0, 7));
  const last = Temporal.PlainYearMonth.from(now.to.slice(0, 7));
  return Array.from({ length: first.until(last, { largestUnit: "months" }).months + 1 }, (_, at) =>
    first.add({ months: at }).toString(),
  );
}

function days({ now, days: known, ruleSet }: Air): AqiCalendarDay[] {
  const byDate = new Map(known.map((day) => [day.date, day]));
  const first = Temporal.PlainDate.from(now.from);
  return Array.from({ length: now.days.calendar }, (_, at) => {
    const date = first.add({ days: at }).toString();
    const day = byDate.get(date);
    if (day === undefined) return { date, aqi: null, level: null };
    const { aqi, level, complete } = dayAqi(ruleSet, day);
    return {
      date,
      aqi,
      level: level?.name ?? null,
      ...(level !== null && !complete ? { atLeast: true as const } : {}),
    };
  });
}
