import type { Context } from "../chat/command.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";

/** Something with a date, as an official's calendar has it. */
export type DatedEvent = {
  /** Names it within its source for ever: another date doesn't make it another event. */
  key: string;
  from: Temporal.PlainDate;
  /** Its last day, both inclusive. */
  to: Temporal.PlainDate;
  /** When it begins; null for what takes the whole day, or has no hour. */
  time: Temporal.PlainTime | null;
  /** How long it keeps its people busy; left out for what only has to be known. */
  minutes?: number;
  title: string;
  /** How it stands and why, in words; empty where there is nothing to say. */
  words: string;
  /** To whom it goes, in words; left out where it goes to nobody, or its reader has nothing to do with that. */
  audience?: string;
  /** off: it doesn't take place, or hasn't. */
  standing: "coming" | "done" | "off";
  /** How often it was given another date. */
  times?: number;
  /** When somebody changed it last. */
  changedAt?: EpochMs;
  /** The phrase that opens it. */
  say?: string;
  /** What comes every working day: it is told in one line, and no subscribed calendar is filled with it. */
  routine?: string;
  /** What scripts are told of it. */
  facts?: Readonly<Record<string, unknown>>;
};

/** Whose dates are asked for, within which days, both inclusive. */
export type AskedEvents = { from: Temporal.PlainDate; to: Temporal.PlainDate; person: Person };

/**
 * A source of dated events: one file in `src/calendar/sources/`, default export. It is asked on behalf of one person and gives
 * what concerns them; `日程`, the month's picture and the subscribed calendar show it without knowing what it is.
 */
export type EventSource = {
  kind: "event-source";
  /** Names its file. */
  id: string;
  events(asked: AskedEvents, context: Context<Reader>): Promise<readonly DatedEvent[]>;
};

/** Declares a source of dated events; see `src/calendar/sources/` for examples. */
export const eventSource = (spec: Omit<EventSource, "kind">): EventSource => ({
  kind: "event-source",
  ...spec,
});
