import { z } from "zod";
import type { Context } from "../chat/command.ts";
import { paper } from "../chat/paper.ts";
import { refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import { chartPicture } from "../output/charts/chart-picture.ts";
import type { MonthPlanSpec, PlannedDay } from "../output/charts/month-plan.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { eventsFor, type SourcedEvent } from "./events.ts";

/** A month of somebody's calendar as a picture, for a wall or to be forwarded. */
export const monthPicture = paper({
  name: "calendar.month",
  params: z.object({ month: z.string().regex(/^\d{4}-\d{2}$/) }),
  async data({ params, person }, context) {
    const month = Temporal.PlainYearMonth.from(params.month);
    if (Math.abs(context.today.year - month.year) > 2)
      return refuse("bad-period", "只能画前后两年内的月份。", ["日程 本月"]);
    return monthPlanOf(month, person, context);
  },
  render: async (spec, { marks }) => ({
    name: `日程-${spec.month}.png`,
    type: "image/png",
    bytes: await chartPicture({ ...spec, marks }),
  }),
});

/** The month as the picture is drawn from; what comes every working day is left out, or it would hide the rest. */
async function monthPlanOf(
  month: Temporal.PlainYearMonth,
  person: Person,
  context: Context<Reader>,
): Promise<MonthPlanSpec> {
  const { office, today } = context;
  const [from, to] = [month.toPlainDate({ day: 1 }), month.toPlainDate({ day: month.daysInMonth })];
  const events = (await eventsFor({ from, to, person }, context)).filter(
    ({ routine, standing }) => routine === undefined || standing === "off",
  );
  const days = Array.from({ length: month.daysInMonth }, (_, i): PlannedDay => {
    const day = from.add({ days: i });
    const isOff = !office.calendar.isWorkingDay(day);
    const mark = isOff === day.dayOfWeek > FRIDAY ? {} : { off: isOff ? ("休" as const) : ("班" as const) };
    return { date: day.toString(), ...mark, items: events.filter((event) => isOn(event, day)).map(itemOf) };
  });
  return {
    kind: "month-plan",
    title: `日程 ${month.year}年${month.month}月`,
    subtitle: `${days.reduce((sum, { items }) => sum + items.length, 0)}项`,
    notes: [],
    source: "本系统日程",
    dataStatus: "",
    date: longDate(today),
    marks: [],
    month: month.toString(),
    today: today.toPlainYearMonth().equals(month) ? today.toString() : null,
    days: days.filter(({ off, items }) => off !== undefined || items.length > 0),
  };
}

const FRIDAY = 5;

/** What lasts several days stands on its first, or on the month's first: a holiday is told by the marks of its days. */
const isOn = ({ from, to }: SourcedEvent, day: Temporal.PlainDate): boolean =>
  from.equals(day) ||
  (day.day === 1 && Temporal.PlainDate.compare(from, day) < 0 && Temporal.PlainDate.compare(to, day) >= 0);

function itemOf({ time, title, words, standing }: SourcedEvent): PlannedDay["items"][number] {
  const tone = standing === "off" ? "bad" : standing === "done" ? "good" : "notice";
  return {
    time: time?.toString({ smallestUnit: "minute" }) ?? null,
    title,
    state: words,
    tone: words === "" ? "muted" : tone,
  };
}
