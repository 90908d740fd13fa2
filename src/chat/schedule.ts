import type { IsoDate } from "../domain/air/day.ts";
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
  /** The planned instant, not the time of running. */
  at: Temporal.ZonedDateTime;
};

/** One notice to one person or one bound group. */
export type SlotDelivery = { to: { person: Person } | { chat: Chat }; card: Card; class: DeliveryClass };

/** A scheduled job: a command that the clock asks. One file in `schedules/`, default export. */
export type Schedule = {
  kind: "schedule";
  name: string;
  title: string;
  /** Five fields, in the office's time zone. */
  cron: string;
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

export function schedule(spec: Omit<Schedule, "kind">): Schedule {
  return { kind: "schedule", ...spec };
}
