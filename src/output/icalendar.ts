import type { EpochMs } from "../domain/ids.ts";
import { maskedText } from "../domain/personal-data.ts";

/** An event as a calendar programme gets it. */
export type CalendarEntry = {
  /** Names it for ever, wherever it is read. */
  uid: string;
  /** Grows whenever it is given another date. */
  sequence: number;
  /** When it was changed last. */
  changedAt: EpochMs;
  /** Both days inclusive, or from when to when by the office's clock. */
  when:
    | { from: Temporal.PlainDate; to: Temporal.PlainDate }
    | { start: Temporal.PlainDateTime; end: Temporal.PlainDateTime };
  title: string;
  /** Empty: nothing is said of it. */
  words: string;
  cancelled: boolean;
  /** Whether it keeps its people busy. */
  busy: boolean;
};

export type CalendarFile = {
  name: string;
  timeZone: string;
  /** The zone's offset, +08:00: in a zone that changes its clocks the one of now. */
  offset: string;
  entries: readonly CalendarEntry[];
};

/** A line holds so many octets at most, without its break (RFC 5545, 3.1): a Chinese character is three of them. */
const LINE = 75;

/**
 * A calendar as iCalendar text (RFC 5545), for programmes that read it again and again. Written here because the packages for it
 * fold lines by characters, and take a time for one of the machine's own zone.
 */
export function icalendar({ name, timeZone, offset, entries }: CalendarFile): string {
  const shift = offset.replace(":", "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Lantian//Calendar//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(name)}`,
    `X-WR-TIMEZONE:${timeZone}`,
    // How often programmes ask again that heed it.
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    "BEGIN:VTIMEZONE",
    `TZID:${timeZone}`,
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    `TZOFFSETFROM:${shift}`,
    `TZOFFSETTO:${shift}`,
    "END:STANDARD",
    "END:VTIMEZONE",
    ...entries.flatMap((entry) => linesOf(entry, timeZone)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function linesOf(entry: CalendarEntry, timeZone: string): string[] {
  const { uid, sequence, changedAt, when, title, words, cancelled, busy } = entry;
  const stamp = Temporal.Instant.fromEpochMilliseconds(changedAt).toZonedDateTimeISO("UTC").toPlainDateTime();
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${timeOf(stamp)}Z`,
    `SEQUENCE:${sequence}`,
    ...("from" in when
      ? // The end is the first day that is no longer of it.
        [`DTSTART;VALUE=DATE:${dayOf(when.from)}`, `DTEND;VALUE=DATE:${dayOf(when.to.add({ days: 1 }))}`]
      : [`DTSTART;TZID=${timeZone}:${timeOf(when.start)}`, `DTEND;TZID=${timeZone}:${timeOf(when.end)}`]),
    `SUMMARY:${escaped(maskedText(title))}`,
    ...(words === "" ? [] : [`DESCRIPTION:${escaped(maskedText(words))}`]),
    `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    `TRANSP:${busy ? "OPAQUE" : "TRANSPARENT"}`,
    "END:VEVENT",
  ];
}

const dayOf = (day: Temporal.PlainDate): string => day.toString().replaceAll("-", "");
const timeOf = (at: Temporal.PlainDateTime): string =>
  at.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");

/** Text of a value (RFC 5545, 3.3.11); what no programme could show is left out. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r?\n/g, "\\n")
    .replaceAll(/\p{Cc}/gu, "");

/** A line in pieces that are short enough, cut between characters; each further one begins with a blank. */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
