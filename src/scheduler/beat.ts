import type { Lantian } from "../bot/lantian.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Agenda } from "../store/agenda.ts";
import { workAnomalies } from "./anomalies.ts";
import { askAboutPauses } from "./ask-about-pauses.ts";
import { workChases } from "./chase.ts";
import { workDeadlines } from "./deadlines.ts";
import { workFolds } from "./fold.ts";
import { reconcile, type SlotCount } from "./reconcile.ts";
import { workResponses } from "./responses.ts";
import { turnOfDay } from "./turn-of-day.ts";

/**
 * One look at the clock: what the day brings for people, the hours of stations, the slots that have come due, pauses that have
 * run out, the issues' deadlines, the terms of a response, what nobody has seen, then what waits for its time to go out. What
 * has nothing to do by the agenda isn't asked. A fault of one doesn't stop the others.
 * `atAnyHour`: nothing that has fallen due is left for the morning. `agenda`: as it stands, where the caller has just read it.
 */
export async function beat(
  bot: Lantian,
  { atAnyHour = false, ...known }: { atAnyHour?: boolean; agenda?: Agenda } = {},
): Promise<SlotCount> {
  const faults: unknown[] = [];
  /** Not known after something was worked on, which may have brought more. */
  let agenda = known.agenda ?? null;
  const trying = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (fault) {
      faults.push(fault);
    }
  };
  const step = (
    isNeeded: (agenda: Agenda, now: EpochMs) => boolean,
    work: (bot: Lantian) => Promise<unknown>,
  ) =>
    trying(async () => {
      const now = (await bot.clock.now()).epochMilliseconds;
      agenda ??= await bot.store.read((reader) => reader.agenda.read());
      if (!isNeeded(agenda, now)) return;
      agenda = null;
      await work(bot);
    });
  const today = bot.office.today(await bot.clock.now()).toString();
  await step(({ peopleDay }) => peopleDay !== today, turnOfDay);
  await step(({ hours }, now) => isDue(hours, now), workAnomalies);
  const slots = await trying(() => reconcile(bot));
  agenda = null;
  await step(({ pauses }, now) => isDue(pauses, now), askAboutPauses);
  await step(
    ({ issues, untold, unwound }, now) => isDue(issues, now) || untold === 1 || unwound === 1,
    () => workDeadlines(bot, { atAnyHour }),
  );
  await step(({ responses, exempt }, now) => isDue(responses, now) || exempt === 1, workResponses);
  await step(({ chases }, now) => isDue(chases, now), workChases);
  // Last: only now everything that people get at this time is there.
  await step(({ folds }, now) => isDue(folds, now), workFolds);
  if (slots === undefined || faults.length > 0) throw faults[0];
  return slots;
}

const isDue = (at: EpochMs | null, now: EpochMs): boolean => at !== null && at <= now;
