import { describe, expect, test } from "vitest";
import { officeCalendar } from "../../src/domain/calendar.ts";
import { dueDate, dueText, readDeadline } from "../../src/domain/deadline-words.ts";
import { howItCameAbout, whatLiesBetween } from "../../src/domain/how-due.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";

const { calendars } = await loadPlanPack("seeds/nantong-2020");
const calendar = officeCalendar(calendars);
const date = (text: string) => Temporal.PlainDate.from(text);

/** A deadline as it is said on a day. */
function said(from: string, words: string, by = calendar) {
  const read = readDeadline(words, { today: date(from), calendar: by, atOnce: 3 });
  if (read === null || "invalid" in read) throw new Error(`${words} is no deadline`);
  return { term: read.term ?? null, from: date(from), due: read.date };
}
const how = (from: string, words: string, by = calendar) => {
  const given = said(from, words, by);
  return howItCameAbout({ ...given, present: given.due, extensions: [] }, by);
};

describe("a deadline says how it came about", () => {
  test.each([
    [
      "2020-06-24",
      "3个工作日",
      "3个工作日，6月24日起算（当天不计），6月25—27日端午节，6月28日上班，到6月30日。",
    ],
    ["2020-06-15", "3个工作日", "3个工作日，6月15日起算（当天不计），到6月18日。"],
    // In the midst of a holiday, the whole holiday is named.
    [
      "2020-06-26",
      "1个工作日",
      "1个工作日，6月26日起算（当天不计），6月25—27日端午节，6月28日上班，到6月28日。",
    ],
    [
      "2020-09-30",
      "2个工作日",
      "2个工作日，9月30日起算（当天不计），10月1—8日中秋节、国庆节，10月10日上班，到10月10日。",
    ],
    // 国办发明电〔2020〕1号: the holiday was longer, and the make-up day of 1 February fell away.
    ["2020-01-23", "2个工作日", "2个工作日，1月23日起算（当天不计），1月24日—2月2日春节，到2月4日。"],
    ["2020-01-17", "2个工作日", "2个工作日，1月17日起算（当天不计），1月19日上班，到1月20日。"],
    ["2020-12-30", "2个工作日", "2个工作日，12月30日起算（当天不计），2021年1月1—3日元旦，到2021年1月4日。"],
    ["2020-06-10", "15日", "15日，6月10日起算（当天不计），6月25日是端午节假期，顺延到6月28日。"],
    ["2020-06-10", "10天", "10日，6月10日起算（当天不计），6月20日是休息日，顺延到6月22日。"],
    ["2020-06-15", "15日", "15日，6月15日起算（当天不计），到6月30日。"],
    ["2020-06-24", "立行立改", "3日，6月24日起算（当天不计），6月27日是端午节假期，顺延到6月28日。"],
    ["2020-06-24", "6月30日前", "期限是写明的日期：6月30日。"],
    ["2020-06-24", "6月27日", "期限是写明的日期：6月27日。6月27日为休息日，写明的日期不顺延。"],
  ])("%s, %s: %s", (from, words, expected) => expect(how(from, words)).toBe(expected));

  test("in a year whose days off nobody has entered it is counted by weekends, and says so", () => {
    const until2020 = officeCalendar(calendars.filter(({ year }) => year <= 2020));
    expect(how("2020-12-30", "3个工作日", until2020)).toBe(
      "3个工作日，12月30日起算（当天不计），到2021年1月4日。未录入2021年放假安排，按周末推算。",
    );
    expect(how("2020-12-30", "2021年1月4日", until2020)).not.toContain("未录入");
  });

  test("more time that was granted stands beside the term", () => {
    const given = said("2020-06-15", "3个工作日");
    const until = (present: string, ...extensions: ReturnType<typeof said>[]) =>
      howItCameAbout({ ...given, present: date(present), extensions }, calendar);
    const written = (due: string) => ({ term: null, from: date("2020-06-18"), due: date(due) });
    expect(until("2020-06-24", written("2020-06-24"))).toMatch(/到6月18日。经同意延期，现到6月24日。$/);
    expect(until("2020-06-27", written("2020-06-27"))).toMatch(
      /现到6月27日。6月27日为休息日，写明的日期不顺延。$/,
    );
    // Each in the term that it was asked for as; given back after a suspension, the day is a later one.
    const [first, second] = [said("2020-06-24", "3个工作日"), said("2020-06-29", "2个工作日")];
    const both =
      "到6月18日。6月24日申请延期3个工作日，6月25—27日端午节，6月28日上班，经同意到6月30日。6月29日申请延期2个工作日，经同意";
    expect(until("2020-07-01", first, second)).toMatch(new RegExp(`${both}现到7月1日。$`));
    expect(until("2020-07-03", first, second)).toMatch(new RegExp(`${both}到7月1日。现到7月3日。$`));
  });

  test("a holiday is called as it was entered, and by its date where nobody has said", () => {
    const day = (at: string, name?: string) => ({
      date: at,
      kind: "off" as const,
      ...(name ? { name } : {}),
    });
    const entered = [day("2020-06-17", "运河节"), day("2020-06-25", "端午"), day("2020-06-26")];
    const other = officeCalendar(calendars, entered);
    expect(how("2020-06-15", "3个工作日", other)).toContain("6月17日运河节，到6月19日");
    expect(how("2020-06-15", "2日", other)).toContain("6月17日是运河节假期，顺延到6月18日");
    expect(how("2020-06-24", "3个工作日", other)).toContain("6月25—27日端午节");
    expect(how("2020-09-30", "2个工作日", other)).toContain("10月1—8日中秋节、国庆节");
  });

  test("a calendar that was changed afterwards changes no deadline, and is told of", () => {
    const other = officeCalendar(calendars.map((one) => ({ ...one, off: [...one.off, "2020-06-17"] })));
    const given = said("2020-06-15", "3个工作日");
    expect(howItCameAbout({ ...given, present: given.due, extensions: [] }, other)).toBe(
      "3个工作日，6月15日起算（当天不计），按现在的放假安排是6月19日；已经下达的期限不变，仍到6月18日。",
    );
    expect(whatLiesBetween(given, other)).toBeNull();
  });

  test("days off that no holiday explains are 放假", () => {
    const other = officeCalendar(calendars.map((one) => ({ ...one, off: [...one.off, "2020-06-17"] })));
    expect(how("2020-06-15", "3个工作日", other)).toContain("6月17日放假，到6月19日");
    expect(how("2020-06-15", "2日", other)).toContain("6月17日是放假日，顺延到6月18日");
  });
});

test.each([
  ["2020-06-24", "3个工作日", "3个工作日，6月25—27日端午节，6月28日上班"],
  ["2020-06-19", "3个工作日", null],
  ["2020-06-10", "15日", "15日，6月25日是端午节假期，顺延到6月28日"],
  ["2020-06-15", "15日", null],
  ["2020-06-24", "6月28日", null],
])("what lies between is short, and nothing where only weekends do: %s, %s: %s", (from, words, expected) =>
  expect(whatLiesBetween(said(from, words), calendar)).toBe(expected),
);

test.each(["3个工作日", "15日", "一周内", "6月30日前"])(
  "a form holds the day that %s came to together with the term, which only counts on its own day",
  (words) => {
    const { term, due } = said("2020-06-24", words);
    const text = dueText(dueDate({ date: due, ...(term === null ? {} : { term }) }));
    expect(said("2020-06-24", text)).toEqual(said("2020-06-24", words));
    expect(said("2020-06-23", text)).toMatchObject({ due, term: null });
  },
);
