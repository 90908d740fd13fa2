import type { Context, SlotDelivery } from "../../chat/command.ts";
import { dateSeenOn } from "../../chat/wording.ts";
import type { Person } from "../../store/people.ts";
import type { Reader } from "../../store/store.ts";
import { countyPeople } from "./people.ts";
import { candidatesOf, type InterviewCandidate, interviewCourseOf } from "./standings.ts";
import { remindedCard } from "./tell.ts";

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/**
 * What of confirmed 约谈 somebody is reminded of on a working day: the county on the working day before it is called in and on
 * the day its plan is due; county and office on the working day after that, where the plan hasn't come. Nobody is reminded
 * of a day that is over by `sentOn`.
 */
export async function interviewReminders(
  context: Around,
  sentOn: Temporal.PlainDate,
): Promise<SlotDelivery[]> {
  const confirmed = (await candidatesOf(context.store)).filter(({ state }) => state === "confirmed");
  const found = await Promise.all(confirmed.map((row) => remindersOf(row, context, sentOn)));
  return found.flat();
}

async function remindersOf(
  row: InterviewCandidate,
  context: Around,
  sentOn: Temporal.PlainDate,
): Promise<SlotDelivery[]> {
  const { store, office, today } = context;
  const { state, steps } = await interviewCourseOf(row, store);
  const region = office.heirOn(row.regionId ?? "", today);
  const isAhead = (date: string) => sentOn.toString() <= date;
  const isToday = (date: Temporal.PlainDate) => date.equals(today);
  const to = (people: readonly Person[], card: SlotDelivery["card"]): SlotDelivery[] =>
    people.map((person) => ({ to: { person }, card, class: "card" }));
  const county = await countyPeople(row, context);
  const staff = await store.people.withRoles(["office"]);
  if (state === "called") {
    const { arrangement } = row.facts;
    if (arrangement === undefined) return [];
    const { on, time, place } = arrangement;
    const answered = steps.findLast(({ step }) => step === "attend")?.detail.as;
    if (isAhead(on) && isToday(workingDayBefore(Temporal.PlainDate.from(on), office.calendar))) {
      const text = `${dateSeenOn(today, on)} ${time}在${place}约谈，${answered === undefined ? "请先回复参会、派员或请假" : `已回复${answered}`}。`;
      return to([...county, ...staff], remindedCard(region, "约谈在即", text, "notice"));
    }
    if (isToday(office.calendar.addWorkingDays(Temporal.PlainDate.from(on), 1)))
      return to(
        staff,
        remindedCard(region, "待写约谈记录", `${dateSeenOn(today, on)}的约谈还没有记录。`, "notice"),
      );
  }
  const due = steps.findLast(({ step }) => step === "minutes")?.detail.due;
  if (state !== "held" || due === undefined) return [];
  const day = Temporal.PlainDate.from(due);
  const when = `整改方案期限${dateSeenOn(today, due)}`;
  if (isAhead(due) && isToday(onOrBefore(day, office.calendar)))
    return to(
      county,
      remindedCard(
        region,
        isToday(day) ? "整改方案今天到期" : "整改方案即将到期",
        `${when}，请按约谈要求报送。`,
        "notice",
      ),
    );
  if (isToday(office.calendar.addWorkingDays(day, 1)))
    return to(
      [...county, ...staff],
      remindedCard(region, "整改方案逾期未报", `${when}，还没有收到。`, "bad"),
    );
  return [];
}

type Days = Pick<Around["office"]["calendar"], "isWorkingDay">;

function onOrBefore(date: Temporal.PlainDate, calendar: Days): Temporal.PlainDate {
  let day = date;
  while (!calendar.isWorkingDay(day)) day = day.subtract({ days: 1 });
  return day;
}

const workingDayBefore = (date: Temporal.PlainDate, calendar: Days) =>
  onOrBefore(date.subtract({ days: 1 }), calendar);
