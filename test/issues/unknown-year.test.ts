import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { officeCalendar, unknownYears } from "../../src/domain/calendar.ts";
import { readDeadline } from "../../src/domain/deadline-words.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const { calendars } = await loadPlanPack("seeds/nantong-2020");
const date = (text: string) => Temporal.PlainDate.from(text);

describe("a term that ends in a year whose days off nobody has entered is counted by weekends, and says so", () => {
  const until2021 = officeCalendar(calendars.filter(({ year }) => year <= 2021));
  test.each([
    { assigned: "2026-09-29", term: "3个工作日", due: "2026-10-02", warning: 2026, shipped: "2026-10-09" },
    { assigned: "2022-01-28", term: "5个工作日", due: "2022-02-04", warning: 2022, shipped: "2022-02-09" },
    { assigned: "2023-04-28", term: "2个工作日", due: "2023-05-02", warning: 2023, shipped: "2023-05-05" },
    { assigned: "2021-12-30", term: "3个工作日", due: "2022-01-04", warning: 2022, shipped: "2022-01-05" },
    { assigned: "2020-12-30", term: "2个工作日", due: "2021-01-04", warning: null, shipped: "2021-01-04" },
  ])(
    "$term from $assigned: $due, $shipped by the calendar that is shipped",
    ({ assigned, term, due, warning, shipped }) => {
      const by = (calendar: typeof until2021) =>
        readDeadline(term, { today: date(assigned), calendar, atOnce: 3 }) as { date: Temporal.PlainDate };
      const { date: found } = by(until2021);
      expect(found.toString()).toBe(due);
      expect(unknownYears(until2021, [found])).toBe(
        warning === null ? null : `未录入${warning}年放假安排，按周末推算`,
      );
      const calendar = officeCalendar(calendars);
      expect(by(calendar).date.toString()).toBe(shipped);
      expect(unknownYears(calendar, [by(calendar).date])).toBeNull();
    },
  );
});

describe("at the turn of 2026, when nobody has entered 2027", () => {
  const warning = "未录入2027年放假安排，按周末推算";
  let office: AnOffice;
  beforeAll(async () => {
    office = await anOffice({ at: "2026-12-30T09:00" });
    await office.says("市办", "交办 海安 “料堆未苫盖” 5个工作日");
    await office.advanceTo("2026-12-30T17:00");
  });
  afterAll(() => office.close());

  test("the office works on: an order gets its date, and the notice of the next Monday goes out", async () => {
    const [issue] = (await office.says("市办", "问题 海安 “料堆”")).facts.rows;
    expect(issue.due).toBe("2027-01-06");
    await office.advanceTo("2027-01-04T09:01");
    const told = await office.bot.store.read((r) => r.outbox.after(0));
    expect(told.some(({ row }) => row.card.includes("空气质量周通报（2026年12月28日至2027年1月3日）"))).toBe(
      true,
    );
  });

  test.each([
    ["海安联络员", "今日"],
    ["海安联络员", "问题"],
    ["市办", "问题 海安 “料堆”"],
  ])("%s asks %s and is told", async (who, asked) => {
    expect((await office.says(who, asked)).text).toContain(warning);
  });

  test("once it is entered nobody is told any more", async () => {
    await office.bot.store.write(({ holidays }) =>
      holidays.put({ date: "2027-01-01", kind: "off", name: "元旦" }),
    );
    expect((await office.says("海安联络员", "今日")).text).not.toContain("未录入");
  });
});
