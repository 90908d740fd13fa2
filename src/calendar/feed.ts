import type { Context } from "../chat/command.ts";
import { DEMO_MARK } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { type CalendarEntry, icalendar } from "../output/icalendar.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { eventsFor, type SourcedEvent } from "./events.ts";

/** What a subscribed calendar holds: a month back, a quarter and a month ahead. */
const BACK = 31;
const AHEAD = 123;
/** How long a notice stands in a day's grid; it keeps nobody busy. */
const SHOWN_MINUTES = 30;

/**
 * A person's dates as iCalendar text. An event keeps its UID whatever becomes of it, its SEQUENCE grows with each other date, and
 * what doesn't take place is CANCELLED. `since`: when they subscribed.
 */
export async function feedOf(person: Person, since: EpochMs, context: Context<Reader>): Promise<string> {
  const { office, store, now, today, demo } = context;
  const asked = { from: today.subtract({ days: BACK }), to: today.add({ days: AHEAD }), person };
  const events = (await eventsFor(asked, context)).filter(
    ({ routine, times }) => routine === undefined || times !== undefined,
  );
  // A holiday that is entered or taken back may have moved any of them.
  const shifts = await store.batches.changesBy("holidays");
  const { title, timeZone, id } = office.pack;
  return icalendar({
    name: `日程（${title}）`,
    timeZone,
    offset: now.toZonedDateTimeISO(timeZone).offset,
    entries: events.map(
      (event): CalendarEntry => ({
        uid: `${event.source}-${event.key}@${id}.lantian`,
        sequence: shifts + (event.times ?? 0),
        changedAt: Math.max(since, event.changedAt ?? 0),
        when: whenOf(event),
        title: event.title,
        words: [event.words, event.audience ? `发给：${event.audience}` : "", demo ? DEMO_MARK : ""]
          .filter((text) => text !== "")
          .join("\n"),
        cancelled: event.standing === "off",
        busy: event.minutes !== undefined,
      }),
    ),
  });
}

function whenOf({ from, to, time, minutes = SHOWN_MINUTES }: SourcedEvent): CalendarEntry["when"] {
  if (time === null) return { from, to };
  const start = from.toPlainDateTime(time);
  return { start, end: start.add({ minutes }) };
}
