import { judgeDueHours } from "../alerts/work.ts";
import { contextOf, type Lantian } from "../bot/lantian.ts";

/** Judges the hours that have come due. They are rows with a time: a bot that was down finds them all. */
export async function workAnomalies(bot: Lantian): Promise<number> {
  const context = await contextOf(bot);
  return bot.store.write((store) => judgeDueHours({ ...context, store }));
}
