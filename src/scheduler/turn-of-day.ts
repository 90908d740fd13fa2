import { contextOf, type Lantian } from "../bot/lantian.ts";
import { turnDay } from "../members/turn-of-day.ts";

/**
 * Works off what a new day brings for people, once a day: also after days in which the bot was down, and before anything of the
 * day is told to anybody.
 */
export async function turnOfDay(bot: Lantian): Promise<void> {
  const moment = await contextOf(bot);
  const day = moment.today.toString();
  await bot.store.write(async (store) => {
    if ((await store.settings.get("people-day")) === day) return;
    await turnDay({ ...moment, store });
    await store.settings.set("people-day", day);
  });
}
