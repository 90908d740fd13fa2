import type { Context, Schedule } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { shortDate } from "../chat/wording.ts";
import { MOST_DAYS_MOVED } from "../domain/day-rule.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Reader } from "../store/store.ts";
import { comingSlots, type JobSlot, slotsOf } from "./job-slots.ts";
import { dateSaid } from "./said.ts";
import { slotTime } from "./slot-words.ts";

/** So many suggestions still help. */
const MOST = 3;
const DAY_MS = 86_400_000;

/**
 * The slot of a job that somebody names by a day: the one that is planned for it, or that goes out on it. Without a day the
 * next one. Decided slots are found, too: what has become of them is for the caller to say.
 */
export async function slotNamed(
  said: string,
  job: Schedule,
  context: Pick<Context<Reader>, "store" | "office" | "now" | "today">,
): Promise<JobSlot | Refusal> {
  const { office } = context;
  const coming = await comingSlots(job, context);
  const [next] = coming;
  if (said === "") return next ?? refuse("no-data", `${job.title}今后一年没有安排。`, [`日程 ${job.title}`]);
  const date = dateSaid(said, context);
  if (isRefusal(date)) return date;
  const start = date.toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds;
  const end = date.add({ days: 1 }).toZonedDateTime({ timeZone: office.pack.timeZone }).epochMilliseconds - 1;
  const isOn = (at: EpochMs) => start <= at && at <= end;
  // Its planned day may lie as far from the day on which it goes out.
  const reach = MOST_DAYS_MOVED * DAY_MS;
  const all = await slotsOf(job, { from: start - reach, to: end + reach }, context);
  const planned = all.filter(({ slot }) => isOn(slot));
  const found = planned.length > 0 ? planned : all.filter(({ due }) => isOn(due));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    return refuse(
      "bad-date",
      `${shortDate(date)}发的${job.title}有${found.length}期，请写原定日期：${found.map(({ slot }) => slotTime(slot, office)).join("、")}。`,
    );
  const nearest = coming.slice(0, MOST).map(({ due }) => slotTime(due, office));
  return refuse(
    "bad-date",
    `${shortDate(date)}没有${job.title}。${nearest.length > 0 ? `今后几期：${nearest.join("、")}。` : ""}`,
    [`日程 ${job.title}`],
  );
}

/** A slot that a card has shown; null where it is none any more. */
export async function slotById(
  { job: name, slot }: { job: string; slot: EpochMs },
  context: Pick<Context<Reader>, "store" | "office" | "now" | "schedules">,
): Promise<JobSlot | null> {
  const job = context.schedules.find((one) => one.name === name);
  if (job === undefined) return null;
  const reach = MOST_DAYS_MOVED * DAY_MS;
  const all = await slotsOf(job, { from: slot - reach, to: slot + reach }, context);
  return all.find((one) => one.slot === slot) ?? null;
}
