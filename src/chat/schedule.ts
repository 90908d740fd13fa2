import type { IsoDate } from "../domain/air/day.ts";
import type { Calendar } from "../domain/calendar.ts";
import { dueOn, LAST_WORKING_DAY, type When } from "../domain/day-rule.ts";
import type { Period } from "../domain/period.ts";
import type { Chat } from "../store/chats.ts";
import type { DeliveryClass } from "../store/outbox.ts";
import type { Person } from "../store/people.ts";
import type { PrintedFigure } from "../store/publications.ts";
import type { Reader } from "../store/store.ts";
import type { Card } from "./card.ts";
import type { Context } from "./command.ts";

/**
 * What happens to slots that passed while the bot was down.
 * all: each is run late; latest-within-N-days: only the newest, if it is not older; skip: none.
 */
export type CatchUp = "all" | `latest-within-${number}-days` | "skip";

export type Slot = {
  /** The planned instant, whatever day off it falls on, and not the time of running: `today` is the day on which it goes out. */
  at: Temporal.ZonedDateTime;
};

/** One notice to one person or one bound group. */
export type SlotDelivery = { to: { person: Person } | { chat: Chat }; card: Card; class: DeliveryClass };

/** A scheduled job: a command that the clock asks. One file in `schedules/`, default export. */
export type Schedule = {
  kind: "schedule";
  name: string;
  title: string;
  /** Cron with a day rule, one working day of each month or quarter, or every working day. */
  when: When;
  catchUp: CatchUp;
  /** The period whose figures a slot publishes: a later correction within it is reported. */
  publishes?(slot: Slot): Period;
  /** Other days that those figures rest on: the ones that they are compared with. */
  comparedWith?(slot: Slot): readonly (readonly [from: IsoDate, to: IsoDate])[];
  /** Those figures as the notice prints them; asked again after a correction, to say which of them are others now. */
  prints?(slot: Slot, context: Context<Reader>): Promise<readonly PrintedFigure[]>;
  /** The deliveries of one slot; they are queued in the transaction that records the slot. */
  deliver(slot: Slot, context: Context<Reader>): Promise<readonly SlotDelivery[]>;
};

/** When a slot goes out by the office's calendar, which may move it off its planned day; null where it doesn't. */
export function slotDue(
  { when }: Pick<Schedule, "when">,
  { at }: Slot,
  calendar: Calendar,
): Temporal.ZonedDateTime | null {
  const day = dueOn(when, at.toPlainDate(), calendar);
  return day?.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: at.toPlainTime() }) ?? null;
}

/** Declares a job. @throws RangeError for a working day that not every month or quarter has. */
export function schedule(spec: Omit<Schedule, "kind">): Schedule {
  const { when } = spec;
  if ("of" in when && !(when.workingDay >= 1 && when.workingDay <= LAST_WORKING_DAY[when.of]))
    throw new RangeError(`${spec.name}: not every ${when.of} has a working day no. ${when.workingDay}`);
  return { kind: "schedule", ...spec };
}
