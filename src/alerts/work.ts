import type { Context } from "../chat/command.ts";
import type { Writer } from "../store/store.ts";
import { dueHours, lastJudgedHour } from "./due.ts";
import { judgeHours } from "./judge.ts";
import { hoursAreExpected } from "./missing.ts";

/**
 * Judges the hours that are due, each once: what is judged is taken from the list in the same transaction. Where machines send
 * hours, the next one is expected, so that its not coming is seen as well. @returns how many.
 */
export async function judgeDueHours(context: Context<Writer>): Promise<number> {
  const { store, office, now } = context;
  const due = await store.hoursDue.due(now.epochMilliseconds);
  if (due.length === 0) return 0;
  await store.hoursDue.done(due);
  await judgeHours(due, context);
  if (await hoursAreExpected(context))
    await store.hoursDue.put(dueHours([lastJudgedHour(now, office) + 1], now, office));
  return due.length;
}
