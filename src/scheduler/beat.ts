import type { Lantian } from "../bot/lantian.ts";
import { workAnomalies } from "./anomalies.ts";
import { workChases } from "./chase.ts";
import { workDeadlines } from "./deadlines.ts";
import { workFolds } from "./fold.ts";
import { reconcile, type SlotCount } from "./reconcile.ts";
import { workResponses } from "./responses.ts";
import { turnOfDay } from "./turn-of-day.ts";

/**
 * One look at the clock: what the day brings for people, the hours of stations, the slots that have come due, the issues'
 * deadlines, the terms of a response, what nobody has seen, then what waits for its time to go out. A fault of one doesn't
 * stop the others.
 * `atAnyHour`: nothing that has fallen due is left for the morning.
 */
export async function beat(bot: Lantian, when: { atAnyHour?: boolean } = {}): Promise<SlotCount> {
  const people = await settled(turnOfDay(bot));
  const anomalies = await settled(workAnomalies(bot));
  const [slots, deadlines] = [await settled(reconcile(bot)), await settled(workDeadlines(bot, when))];
  const responses = await settled(workResponses(bot));
  const chases = await settled(workChases(bot));
  // Last: only now everything that people get at this time is there.
  const folds = await settled(workFolds(bot));
  if ("fault" in people) throw people.fault;
  if ("fault" in anomalies) throw anomalies.fault;
  if ("fault" in slots) throw slots.fault;
  if ("fault" in deadlines) throw deadlines.fault;
  if ("fault" in responses) throw responses.fault;
  if ("fault" in chases) throw chases.fault;
  if ("fault" in folds) throw folds.fault;
  return slots.value;
}

const settled = <T>(work: Promise<T>): Promise<{ value: T } | { fault: unknown }> =>
  work.then(
    (value) => ({ value }),
    (fault: unknown) => ({ fault }),
  );
