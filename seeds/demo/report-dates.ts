import type { PlanPack } from "../../src/domain/plan/pack.ts";

/**
 * Report dates from February to December of the plan's year: `day` of each month, moved on to the next working day,
 * and the month's last day.
 */
export function reportDates(pack: PlanPack, day: number): string[] {
  const calendar = pack.calendars.find((candidate) => candidate.year === pack.year);
  if (!calendar) throw new Error(`方案包没有${pack.year}年的工作日历，不能排报送日期。`);
  const off = new Set(calendar.off);
  const work = new Set(calendar.work);
  const isWorking = (date: Temporal.PlainDate) =>
    work.has(date.toString()) || (date.dayOfWeek <= 5 && !off.has(date.toString()));
  return Array.from({ length: 11 }, (_, i) => i + 2).flatMap((month) => {
    let report = Temporal.PlainDate.from({ year: pack.year, month, day });
    while (!isWorking(report)) report = report.add({ days: 1 });
    const end = report.with({ day: report.daysInMonth });
    return [report.toString(), end.toString()];
  });
}
