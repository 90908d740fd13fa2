import { type DigestRule, digestFor, hasRoomAnyway, needsDigest } from "../domain/digest.ts";
import type { EpochMs } from "../domain/ids.ts";
import { mondayOf } from "../domain/week.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import type { Office } from "./office.ts";

/** The job of a digest's delivery. */
export const DIGEST = "digest";

/** `chosen` by the person, or `eased`: this week has brought as many messages as the plan pack allows. */
export type DigestWay = DigestRule & { why: "chosen" | "eased"; counted: number };

type Around = { store: Reader; office: Office; now: Temporal.Instant };

/**
 * `counting`: messages that count already and are being decided about. `wanted` false: whatever the person has chosen, what
 * comes as it comes does so for as long as the week has room.
 */
type Decided = { counting?: number; wanted?: boolean };

/** Whether what can wait comes to a person as one digest a day, and by which rule; null: each message by itself. */
export async function digestOf(
  person: Pick<Person, "id" | "digestHour">,
  around: Around,
  { counting = 0, wanted = true }: Decided = {},
): Promise<DigestWay | null> {
  const way = await digestWay(person, around);
  if (wanted && way.why === "chosen") return way;
  const { office, now } = around;
  const { perWeek } = office.pack.settings.noise;
  const isEased = needsDigest(way.counted - counting, perWeek, office.today(now), way, office.calendar);
  return isEased ? way : null;
}

/** Whether `digestOf` is null by whatever calendar: an office that doesn't know all of its days by now can tell that as well. */
export async function comesByItself(
  person: Pick<Person, "id" | "digestHour">,
  { store, office, now }: Around,
  { counting = 0, wanted = true }: Decided = {},
): Promise<boolean> {
  const { why, counted } = await digestWay(person, { store, office, now });
  if (wanted && why === "chosen") return false;
  return hasRoomAnyway(counted - counting, office.pack.settings.noise.perWeek, office.today(now));
}

/** By which rule a person gets digests, or would if this week had brought too much. */
export async function digestWay(
  { id, digestHour }: Pick<Person, "id" | "digestHour">,
  { store, office, now }: Around,
): Promise<DigestWay> {
  const counted = await store.outbox.countedSince(id, weekBegan(office, now));
  if (digestHour !== null) return { why: "chosen", hour: digestHour, workingDaysOnly: false, counted };
  return { why: "eased", hour: office.pack.settings.noise.digestHour, workingDaysOnly: true, counted };
}

/** When what has come about at an instant goes out to somebody who gets digests. */
export async function digestTime(
  personId: Person["id"],
  at: EpochMs,
  rule: DigestRule,
  { store, office }: { store: Reader; office: Office },
): Promise<EpochMs> {
  const last = await store.outbox.lastOf(personId, DIGEST);
  const local = (ms: EpochMs) => office.local(Temporal.Instant.fromEpochMilliseconds(ms));
  return digestFor(local(at), rule, office.calendar, last === null ? null : local(last)).epochMilliseconds;
}

/** The instant at which the week of `now` began. */
export function weekBegan(office: Office, now: Temporal.Instant): EpochMs {
  return mondayOf(office.today(now)).toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds;
}
