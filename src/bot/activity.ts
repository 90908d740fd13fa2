import { CONSOLE } from "../store/schema.ts";
import type { Lantian, Speaker } from "./lantian.ts";
import { ifSaved } from "./unsaved.ts";

/**
 * Notes that somebody has done something with the bot: they have had before them what it sent until then, and nobody needs
 * to press 收到. In a group they have only read the group. A fault of it is reported and keeps nobody from being answered.
 */
export async function noteActivity(
  bot: Lantian,
  { person, identity, chat }: Pick<Speaker, "person" | "identity" | "chat">,
  what: "said" | "pressed" | "read",
  act: string,
): Promise<void> {
  if (person === null) return;
  const now = await bot.clock.now();
  // Where nothing can be sent to, such as the terminal, people work on what stands in the console.
  const takes = bot.registry.platforms.get(identity.platform)?.pushes ?? "linked";
  const platform = takes === "nobody" ? CONSOLE : identity.platform;
  await ifSaved(bot.store, () =>
    bot.store.write(async ({ activity, outbox }) =>
      activity.note({
        personId: person.id,
        platform,
        day: bot.office.today(now).toString(),
        what,
        act,
        lastAt: now.epochMilliseconds,
        newest: chat?.kind === "group" ? 0 : await outbox.newestId(),
      }),
    ),
  ).catch((error: unknown) => bot.report(error, `activity-${person.id}`));
}
