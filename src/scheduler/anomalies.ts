import { judgeDueHours } from "../alerts/work.ts";
import { contextOf, type Lantian } from "../bot/lantian.ts";

/** Judges the hours that have come due. They are rows with a time: a bot that was down finds them all. */
export async function workAnomalies(bot: Lantian): Promise<number> {
  const now = (await bot.clock.now()).epochMilliseconds;
  const next = await bot.store.read((reader) => reader.hoursDue.next());
  if (next === null || next > now) return 0;
  const context = await contextOf(bot);
  return bot.store.write((store) => judgeDueHours({ ...context, store }));
}
