import { scopeName } from "../src/chat/access.ts";
import type { Card } from "../src/chat/card.ts";
import type { SlotDelivery } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { schedule } from "../src/chat/schedule.ts";
import { shortDate } from "../src/chat/wording.ts";
import { sheetPaper } from "../src/plan/report-sheet.ts";
import { owesReport } from "../src/plan/reporting.ts";
import { type Task, tasksOf } from "../src/plan/tasks.ts";

const toReport = says("填报");

/** Working days before the reporting day on which people are reminded first. */
const AHEAD = 3;

/**
 * 填报提醒：some days before the reporting day, on it and on the day after, to whoever still owes last month's figures; with
 * the sheet filled in but for those; standing duties are asked for once, by a job of their own. The plan pack sets the day, so
 * every working day is looked at.
 */
export default schedule({
  name: "report-reminder",
  title: "填报提醒",
  when: { workingDay: "every", at: "09:00" },
  catchUp: "latest-within-1-days",
  audience: ["county-lead", "county-liaison", "department-liaison"],

  async deliver(_slot, { store, office, today }) {
    const { dueWorkingDay } = office.pack.settings.reporting;
    const month = today.toPlainYearMonth();
    const nth = (n: number) => office.calendar.nthWorkingDayOfMonth(month, Math.max(1, n));
    const due = nth(dueWorkingDay);
    const days = [nth(dueWorkingDay - AHEAD), due, nth(dueWorkingDay + 1)];
    if (!days.some((day) => day.equals(today))) return [];
    // What would be unreported once the reporting day is over.
    const owed = (await tasksOf(store, office, due.add({ days: 1 }))).filter(
      ({ duty, standing }) => duty === null && standing.level === "灰",
    );
    const isOver = Temporal.PlainDate.compare(today, due) > 0;
    const when = isOver ? `应于${shortDate(due)}前报，现已逾期` : `请在${shortDate(due)}前报`;
    const deliveries: SlotDelivery[] = [];
    const roles = ["county-lead", "county-liaison", "department-liaison"] as const;
    for (const person of await store.people.withRoles(roles)) {
      const mine = owed.filter((task) => owesReport(person, task, office, today));
      if (mine.length === 0) continue;
      const title = `填报提醒 ${scopeName(person, office, today)}：${month.subtract({ months: 1 }).month}月进度${mine.length}项未报`;
      const asked = { department: person.departmentId ?? "", measure: "" };
      const sheet = sheetPaper.file(asked, { name: `填报表-${today}.xlsx` });
      const card = { ...reminder(title, when, mine), tone: isOver ? ("bad" as const) : ("notice" as const) };
      deliveries.push({
        to: { person },
        card: { ...card, files: [sheet] },
        class: "card",
      });
    }
    return deliveries;
  },
});

function reminder(title: string, when: string, tasks: readonly Task[]): Card {
  const named = tasks.slice(0, 5).map(({ indicator }) => indicator.name);
  return {
    title,
    blocks: [
      { kind: "text", text: `${when}：${named.join("、")}${tasks.length > named.length ? "等" : ""}。` },
      { kind: "note", text: "填好“完成值”把表发回给我即可导入，也可以逐项填报" },
    ],
    buttons: [toReport("填报")],
    facts: { unreported: tasks.map(({ indicator }) => indicator.id) },
  };
}
