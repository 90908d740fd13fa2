import { endOfHour, type HourNumber, lastHour } from "../domain/air/hour-number.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Office } from "../office/office.ts";

/** Hours that come later than this are looked up by their day: no anomaly of them is anybody's business any more. */
const TOO_OLD_MS = 3 * 86_400_000;

/**
 * When hours are judged: so many minutes after their end, when what usually comes is there; what comes later, at once. The hours
 * of all stations are judged together, since each is judged beside its neighbours.
 */
export function dueHours(
  hours: readonly HourNumber[],
  now: Temporal.Instant,
  { pack }: Pick<Office, "pack">,
): { hour: HourNumber; due: EpochMs }[] {
  const { judgeAtMinute } = pack.settings.alerts;
  const at = now.epochMilliseconds;
  return hours.flatMap((hour) => {
    const due = endOfHour(hour, pack.timeZone).epochMilliseconds + judgeAtMinute * 60_000;
    return due < at - TOO_OLD_MS ? [] : [{ hour, due: Math.max(due, at) }];
  });
}

/**
 * The last hour that can be judged: what usually comes of it is there. Of the one after it nobody can say yet who is silent, though
 * an hour that comes late is judged at any minute.
 */
export function lastJudgedHour(now: Temporal.Instant, office: Office): HourNumber {
  return lastHour(office.local(now.subtract({ minutes: office.pack.settings.alerts.judgeAtMinute })));
}
