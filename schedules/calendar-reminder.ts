import type { Card } from "../src/chat/card.ts";
import { says } from "../src/chat/says.ts";
import { schedule } from "../src/chat/schedule.ts";

const toHolidays = says("放假");

/**
 * 放假安排提醒：asks the office for the State Council's notice of next year as long as no day of it is known: from the first
 * working day of November, about when it comes out, twice a month to the year's end.
 */
export default schedule({
  name: "calendar-reminder",
  title: "放假安排提醒",
  when: { cron: "0 9 1,15 11,12 *", dayRule: "next-working-day" },
  catchUp: "latest-within-7-days",
  audience: ["office"],

  async deliver({ at }, { store, office }) {
    const year = at.year + 1;
    if (office.calendar.knows(year)) return [];
    const people = await store.people.withRoles(["office"]);
    return people.map((person) => ({ to: { person }, card: reminder(year), class: "card" as const }));
  },
});

const reminder = (year: number): Card => ({
  title: `请导入${year}年放假安排`,
  tone: "notice",
  blocks: [
    {
      kind: "text",
      text: `国务院办公厅${year}年放假通知一般在11月前后发布。请把通知做成表格（日期、类型、名称，类型填“休”或“班”，例如“${year}-01-01，休，元旦”）发给我，即可导入。`,
    },
    { kind: "note", text: `导入前，${year}年的工作日和期限按周末推算；已经下达的期限导入后不会自动改变` },
  ],
  buttons: [toHolidays(`看${year}年放假`, String(year))],
  facts: { year },
});
