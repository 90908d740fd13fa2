import type { HourNumber } from "../air/hour-number.ts";
import type { AlertSettings } from "../plan/pack-alerts.ts";
import { withinHours } from "../time-of-day.ts";

/**
 * An anomaly as far as telling goes. `withdrawn`: corrected hours speak against it. `toldHour`: the last hour that was over when
 * people were told last.
 */
export type Tellable = {
  state: "on" | "over" | "lapsed" | "withdrawn";
  lastHour: HourNumber;
  rung: number;
  told: number;
  toldHour: HourNumber | null;
  /** Nothing more is to be told of it. */
  settled: boolean;
};

/** begin, rise, still and clear make a sound; settle ends it without one, since nobody had heard of it. */
export type Telling = "begin" | "rise" | "still" | "clear" | "settle" | null;

/** From here on nights count for nothing. */
const GRAVE = 3;

/**
 * Whether people are to hear of an anomaly at an hour of the office's clock. They hear of it once, again when its class rises
 * above what they were told, or when it is still there after `againHours`, and of its end once. In quiet hours they hear of 重度
 * alone; the rest, and every all-clear, waits for the morning, if it is still true then. Of what is older than `lateHours` they hear nothing, and
 * nothing anew of what has come back within `coolDownHours` of its end no worse than it was. `before`: the one before of the same kind.
 * Source: our own rules (domain document, section 5).
 */
export function tellingOf(
  one: Tellable,
  before: Pick<Tellable, "lastHour" | "told"> | null,
  now: { hour: HourNumber; clock: number },
  {
    quiet,
    lateHours,
    againHours,
    clearHours,
    coolDownHours,
  }: Pick<AlertSettings, "quiet" | "lateHours" | "againHours" | "clearHours" | "coolDownHours">,
): Telling {
  if (one.settled) return null;
  const isQuiet = withinHours(now.clock, quiet.from, quiet.to);
  if (one.state !== "on") {
    if (one.told === 0) return "settle";
    return isQuiet ? null : "clear";
  }
  if (now.hour - one.lastHour > lateHours || (isQuiet && one.rung < GRAVE)) return null;
  if (one.told === 0) {
    const isBack =
      before !== null && now.hour - before.lastHour <= clearHours + coolDownHours && one.rung <= before.told;
    return isBack ? null : "begin";
  }
  if (one.rung > one.told) return "rise";
  return one.toldHour !== null && now.hour - one.toldHour >= againHours ? "still" : null;
}
