import fc from "fast-check";
import { expect, test } from "vitest";
import { officeCalendar } from "../../src/domain/calendar.ts";
import { endOf, readTerm } from "../../src/intake/term.ts";

const from = (today: Temporal.PlainDate) => ({ today, calendar: officeCalendar([]), atOnce: 3 });
const newYear = Temporal.PlainDate.from("2020-01-01");
const anyDay = fc.integer({ min: 0, max: 365 }).map((days) => newYear.add({ days }));
/** The days that a deadline in a ledger of that day means, or why it means none. */
const meaning = (text: string, today: Temporal.PlainDate) => {
  const read = readTerm(text, from(today));
  return "reason" in read ? read : endOf(read.value, from(today));
};

test("a day is the same day however it is written, and a month's end is its last day", () => {
  fc.assert(
    fc.property(anyDay, anyDay, (today, day) => {
      const { month: m, day: d, daysInMonth } = day;
      const forms = [
        `${m}月${d}日`,
        `${m}月${d}日前`,
        `2020年${m}月${d}日前完成整改`,
        `${m}/${d}`,
        `限${m}月${d}日`,
      ];
      // Shortly after it a day without a year may be the one of the year to come.
      const isOpen = (form: string) =>
        !form.startsWith("2020年") &&
        Temporal.PlainDate.compare(day, today) < 0 &&
        today.until(day.add({ years: 1 })).days <= 92;
      for (const form of [...forms, ...(d > 3 ? [`${m}.${d}`] : [])])
        expect({ form, on: meaning(form, today) }).toEqual({
          form,
          on: isOpen(form) ? { reason: expect.stringContaining("不能确定") } : { value: day },
        });
      for (const form of [`${m}月底前`, `2020年${m}月底`, `${m}月末`])
        expect({ form, on: meaning(form, today) }).toEqual({
          form,
          on: { value: day.with({ day: daysInMonth }) },
        });
    }),
  );
});

test("a number that may be two days is none of them, and one that can only be one is that", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 }), (m, d) => {
      const other = d * 10 <= Temporal.PlainYearMonth.from({ year: 2020, month: m }).daysInMonth;
      expect(meaning(`${m}.${d}`, newYear)).toEqual(
        other
          ? { reason: expect.stringContaining(`是${m}月${d}日还是${m}月${d}0日？`) }
          : { value: Temporal.PlainDate.from({ year: 2020, month: m, day: d }) },
      );
    }),
  );
});

test("whatever is read on one day has a meaning or a reason on any other", () => {
  const words = fc.constantFrom(
    "31日前",
    "月底前",
    "立行立改",
    "节前",
    "本周五",
    "15日",
    "5个工作日",
    "年底",
    "春节前",
  );
  fc.assert(
    fc.property(words, anyDay, anyDay, (text, read, used) => {
      const term = readTerm(text, from(read));
      if ("reason" in term) return;
      const end = endOf(term.value, from(used));
      if ("reason" in end) expect(end.reason).toMatch(/\p{Script=Han}/u);
      else expect(end.value).toBeInstanceOf(Temporal.PlainDate);
    }),
  );
});
