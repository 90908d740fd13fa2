import type { Context } from "../chat/command.ts";
import { type HourNumber, lastHour } from "../domain/air/hour-number.ts";
import type { Writer } from "../store/store.ts";
import type { FoundCourse } from "./courses.ts";
import type { Sky } from "./sky.ts";

/** A source that has been silent for so long sends nothing any more. */
const HEARD_MS = 48 * 3_600_000;
/** A station that has sent nothing for so long isn't one that sends hours; of one that was missed by then only its coming back is news. */
const SENDS_HOURS = 72;

/** Whether hours come by themselves, so that one that doesn't come is missed. */
export const hoursAreExpected = ({ store, now }: Pick<Context<Writer>, "store" | "now">): Promise<boolean> =>
  store.ingestSources.heardSince(now.epochMilliseconds - HEARD_MS);

/**
 * Stations that are silent, by their newest hour: one that is late by an hour is usual (HJ 633-2012 cl. 5.1.3). Where no machine
 * sends hours nobody is missed anew, and those who are stay so.
 */
export async function missingCourses(
  sky: Pick<Sky, "silentAt">,
  until: HourNumber,
  isMissed: ReadonlySet<string>,
  context: Context<Writer>,
): Promise<ReadonlyMap<string, FoundCourse>> {
  const found = new Map<string, FoundCourse>();
  const isExpected = await hoursAreExpected(context);
  if (!isExpected && isMissed.size === 0) return found;
  const { store, office, now } = context;
  // Who has sent an hour that isn't judged yet is silent no more.
  const newest = lastHour(office.local(now));
  const [some, many] = office.pack.settings.alerts.checks.missing;
  for (const { id, hour } of await store.air.newestMeasured(await sky.silentAt(until), newest)) {
    const missed = until - hour;
    if (missed < some) continue;
    if (!isMissed.has(id) && (!isExpected || missed > SENDS_HOURS)) continue;
    const rung = missed >= many ? 2 : 1;
    const counted = Math.min(missed, SENDS_HOURS);
    found.set(id, {
      ...{ first: hour + 1, last: hour + counted, rung, peak: rung, value: counted, peakValue: counted },
      ...{ state: "on", rule: "missing", item: "", detail: {} },
    });
  }
  return found;
}
