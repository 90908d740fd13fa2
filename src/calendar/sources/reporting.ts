import { says } from "../../chat/says.ts";
import { holdsRole } from "../../domain/posts.ts";
import { eventSource } from "../event.ts";

const toReport = says("填报");

/** The working day of each month by which last month's figures are to be reported: for who reports, and for the office. */
export default eventSource({
  id: "reporting",
  async events({ from, to, person }, { office }) {
    if (!holdsRole(person, "office", "county-lead", "county-liaison", "department-liaison")) return [];
    const { dueWorkingDay } = office.pack.settings.reporting;
    const events = [];
    for (
      let month = from.toPlainYearMonth();
      Temporal.PlainYearMonth.compare(month, to.toPlainYearMonth()) <= 0;
      month = month.add({ months: 1 })
    ) {
      const day = office.calendar.nthWorkingDayOfMonth(month, dueWorkingDay);
      if (Temporal.PlainDate.compare(day, from) < 0 || Temporal.PlainDate.compare(day, to) > 0) continue;
      events.push({
        key: month.toString(),
        from: day,
        to: day,
        time: null,
        title: `${month.subtract({ months: 1 }).month}月进度填报截止`,
        words: `${month.month}月第${dueWorkingDay}个工作日`,
        standing: "coming" as const,
        say: toReport("").say,
      });
    }
    return events;
  },
});
