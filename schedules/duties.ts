import { scopeName } from "../src/chat/access.ts";
import type { SlotDelivery } from "../src/chat/command.ts";
import { says } from "../src/chat/says.ts";
import { schedule } from "../src/chat/schedule.ts";
import { shortDate } from "../src/chat/wording.ts";
import { sheetPaper } from "../src/plan/report-sheet.ts";
import { owesReport } from "../src/plan/reporting.ts";
import { indicatorWords, tasksOf } from "../src/plan/tasks.ts";

const toReport = says("填报");
const toRecord = says("记录");

/**
 * 经常性工作填报：on the first working day of a month, to whoever has to report a standing duty of the month, quarter or season
 * that is over, once and in one sheet that is filled in but for the figures. What was recorded or reported already isn't asked,
 * nobody is asked again, and who misses it is told by the lag warning that goes out anyway.
 */
export default schedule({
  name: "duties",
  title: "经常性工作填报",
  mechanism: ["vehicle-checks", "vehicle-blacklist", "machine-checks"],
  when: { workingDay: 1, of: "month", at: "09:00" },
  catchUp: "latest-within-3-days",
  audience: ["county-liaison", "department-liaison"],

  async deliver(_slot, { store, office, today }) {
    const { dueWorkingDay } = office.pack.settings.reporting;
    const due = office.calendar.nthWorkingDayOfMonth(today.toPlainYearMonth(), dueWorkingDay);
    const owed = (await tasksOf(store, office, due.add({ days: 1 }))).filter(
      ({ duty, standing }) => duty !== null && standing.level === "灰",
    );
    const deliveries: SlotDelivery[] = [];
    for (const person of await store.people.withRoles(["county-liaison", "department-liaison"])) {
      const mine = owed.filter((task) => owesReport(person, task, office, today));
      if (mine.length === 0) continue;
      const asked = { department: person.departmentId ?? "", measure: "" };
      const card = {
        title: `${scopeName(person, office, today)}经常性工作填报：${mine.length}项`,
        tone: "notice" as const,
        blocks: [
          { kind: "text" as const, text: `请在${shortDate(due)}前报一次，做过并已用“记录”记下的不用再报。` },
          {
            kind: "table" as const,
            columns: [{ title: "工作" }, { title: "哪一期" }, { title: "目标" }],
            rows: mine.map(({ indicator, duty }) => [
              indicator.name,
              duty?.cycle.label ?? "",
              indicatorWords(indicator),
            ]),
          },
          { kind: "note" as const, text: "填好“完成值”把表发回给我即可导入，也可以逐项填报" },
        ],
        buttons: [toReport("填报"), toRecord("记录")],
        files: [sheetPaper.file(asked, { name: `填报表-${today}.xlsx` })],
        facts: { duties: mine.map(({ indicator }) => indicator.id) },
      };
      deliveries.push({ to: { person }, card, class: "card" });
    }
    return deliveries;
  },
});
