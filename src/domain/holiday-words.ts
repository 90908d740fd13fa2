import type { Calendar } from "./calendar.ts";
import type { Impossible, Span } from "./period-words.ts";

/** The statutory holidays, each by its date: in the common calendar, or in the traditional one, as month and day. */
const HOLIDAYS: Readonly<Record<string, { month: number; day: number; lunar?: true }>> = {
  元旦: { month: 1, day: 1 },
  春节: { month: 1, day: 1, lunar: true },
  清明: { month: 4, day: 5 },
  五一: { month: 5, day: 1 },
  劳动节: { month: 5, day: 1 },
  端午: { month: 5, day: 5, lunar: true },
  中秋: { month: 8, day: 15, lunar: true },
  国庆: { month: 10, day: 1 },
  十一: { month: 10, day: 1 },
};

const FORM = new RegExp(
  `^(?:(?<year>20\\d\\d)年?|(?<said>今年|去年))?(?<name>${Object.keys(HOLIDAYS).join("|")})节?(?:小?长假|假期|放假|假日)?(?:期间|里|中)?$`,
);

/**
 * The days off around a holiday by the office's calendar: 五一假期, 去年春节期间. Null for other texts; refuses a year whose
 * statutory days the plan pack doesn't hold.
 */
export function readHoliday(
  text: string,
  today: Temporal.PlainDate,
  calendar: Calendar,
): Span | Impossible | null {
  const found = FORM.exec(text)?.groups;
  if (found?.name === undefined) return null;
  const year = found.year === undefined ? today.year - (found.said === "去年" ? 1 : 0) : Number(found.year);
  if (!calendar.knows(year))
    return { invalid: `没有${year}年的放假安排，不知道“${found.name}”是哪几天，请写明日期。` };
  return daysOffAround(dateOf(found.name, year), calendar);
}

/** The first working day after the next holiday that begins after a day (节后第一个工作日); null in a year without a calendar. */
export function afterNextHoliday(today: Temporal.PlainDate, calendar: Calendar): Temporal.PlainDate | null {
  const starts = [today.year, today.year + 1]
    .filter((year) => calendar.knows(year))
    .flatMap((year) => Object.keys(HOLIDAYS).map((name) => daysOffAround(dateOf(name, year), calendar)))
    .filter(({ to }) => Temporal.PlainDate.compare(to, today) >= 0)
    .sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
  return starts[0] === undefined ? null : calendar.addWorkingDays(starts[0].to, 1);
}

/** What days off in a row are called: as the office has entered them, or by their dates: 中秋、国庆; empty where neither says. */
export function holidayName(span: Span, { nameOf }: Pick<Calendar, "nameOf">): string {
  const days = Array.from({ length: span.from.until(span.to).days + 1 }, (_, i) =>
    span.from.add({ days: i }),
  );
  return [...new Set(days.flatMap((day) => nameOf(day) ?? []))].join("、") || holidaysIn(span);
}

/** The names of the holidays that lie within some days: 中秋、国庆; empty when none does. */
function holidaysIn({ from, to }: Span): string {
  const within = (date: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(from, date) <= 0 && Temporal.PlainDate.compare(date, to) <= 0;
  return CALLED.filter((name) => [from.year, to.year].some((year) => within(dateOf(name, year)))).join("、");
}

/** The same in full: 中秋节、国庆节; 放假 where neither says. */
export const holidayNames = (span: Span, calendar: Pick<Calendar, "nameOf">): string =>
  holidayName(span, calendar)
    .split("、")
    .map((name) => FULL[name] ?? name)
    .join("、") || "放假";

const FULL: Readonly<Record<string, string>> = {
  清明: "清明节",
  五一: "劳动节",
  端午: "端午节",
  中秋: "中秋节",
  国庆: "国庆节",
};

/** Each holiday by one name. */
const CALLED = ["元旦", "春节", "清明", "五一", "端午", "中秋", "国庆"];

function dateOf(name: string, year: number): Temporal.PlainDate {
  const { month, day, lunar } = HOLIDAYS[name] ?? { month: 1, day: 1 };
  const date = Temporal.PlainDate.from({ year, month: lunar ? 7 : month, day: lunar ? 1 : day });
  if (!lunar) return date;
  const chinese = date.withCalendar("chinese");
  const monthCode = `M${String(month).padStart(2, "0")}`;
  return Temporal.PlainDate.from({ calendar: "chinese", year: chinese.year, monthCode, day }).withCalendar(
    "iso8601",
  );
}

function daysOffAround(date: Temporal.PlainDate, { isWorkingDay }: Calendar): Span {
  // 清明 falls on the 4th or the 5th of April.
  let from = date;
  let to = date;
  while (!isWorkingDay(from.subtract({ days: 1 }))) from = from.subtract({ days: 1 });
  while (!isWorkingDay(to.add({ days: 1 }))) to = to.add({ days: 1 });
  return { from, to };
}
