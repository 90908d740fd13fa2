import type { Lantian } from "../src/bot/lantian.ts";
import { walk } from "../src/scheduler/walk.ts";
import type { PlatformName } from "../src/store/inbox.ts";
import type { StoredCard } from "../src/store/outbox.ts";

/** Adds a liaison for each of these accounts, who takes pushes there. @returns their ids. */
export function addMembers(
  bot: Lantian,
  platform: PlatformName,
  workspace: string,
  userKeys: readonly string[],
): Promise<number[]> {
  return bot.store.write(async ({ people }) => {
    const ids: number[] = [];
    for (const userKey of userKeys) {
      const name = `基准${platform}${userKey}`;
      const { id } = await people.add({ name, role: "county-liaison", regionId: "haian", createdAt: 0 });
      await people.bind(id, { platform, workspace, userKey }, 0);
      await people.pushTo(id, platform);
      ids.push(id);
    }
    return ids;
  });
}

/** A notice as the bot writes them: text, a table of all counties and a button for the receipt. */
export async function weeklyNotice(bot: Lantian): Promise<StoredCard> {
  const monday = Temporal.ZonedDateTime.from(`2020-06-15T09:00[${bot.office.pack.timeZone}]`).toInstant();
  await walk(bot, monday, monday, async () => undefined);
  const rows = await bot.store.read((r) => r.outbox.after(0));
  const notice = rows.find(({ row }) => row.job === "weekly-notice")?.row;
  if (notice === undefined) throw new Error("no weekly notice was written");
  // Its picture follows as a delivery of its own: what is measured here is one message.
  const { files: _, ...card } = JSON.parse(notice.card) as StoredCard & { files?: unknown };
  return card;
}

/** Queues a notice for each of these people, in one transaction. */
export async function queueNotices(
  bot: Lantian,
  card: StoredCard,
  personIds: readonly number[],
): Promise<void> {
  await bot.store.write(async ({ outbox }) => {
    for (const personId of personIds) {
      queued += 1;
      await outbox.queue({ key: `bench/${queued}`, to: { personId }, class: "must-arrive", card }, 0);
    }
  });
}

let queued = 0;
