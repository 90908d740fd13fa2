import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lantian } from "../bot/lantian.ts";
import type { Card } from "../chat/card.ts";
import type { DaysAhead, Foreseen } from "../chat/foreseen.ts";
import { fixedClock } from "../clock.ts";
import type { Door } from "../delivery/door.ts";
import { deliverDue } from "../delivery/worker.ts";
import type { SlotCount } from "../scheduler/reconcile.ts";
import { walk } from "../scheduler/walk.ts";
import { copyDatabase } from "../store/inspection.ts";
import type { OutboxRow } from "../store/outbox.ts";
import { openStore } from "../store/store.ts";
import { textOf } from "./card-text.ts";

/** A delivery as `play` prints it. */
export type Played = {
  at: string;
  job: string | null;
  slot: string | null;
  audience: string;
  title: string;
  text: string;
  pieces?: unknown;
};

/**
 * Plays the office's clock from now to an instant, by the same code, on a copy of the database that is thrown away: nobody is
 * written to, and nothing is changed. A demonstration may be played from a moment before its clock.
 * @returns what would have gone out from `from` on.
 */
export async function playedAhead(
  bot: Lantian,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<{ slots: SlotCount; deliveries: Played[] }> {
  const folder = mkdtempSync(join(tmpdir(), "lantian-preview-"));
  const file = join(folder, "lantian.db");
  try {
    await copyDatabase(bot.store.file, file);
    const store = openStore(file);
    store.hurry();
    try {
      const now = await bot.clock.now();
      const start = bot.demo && Temporal.Instant.compare(from, now) < 0 ? from : now;
      const copy: Lantian = { ...bot, store, clock: fixedClock(now) };
      const before = await store.read((reader) => reader.outbox.newestId());
      const doors = [...bot.registry.platforms.keys()].map(takesAll);
      const slots = await walk(copy, start, to, async (there) => {
        const at = (await there.clock.now()).epochMilliseconds;
        await deliverDue(there, doors, () => at);
        // Others have their turn between two moments: a week takes seconds.
        await new Promise((resolve) => setImmediate(resolve));
      });
      return { slots, deliveries: await deliveriesSince(copy, before, from) };
    } finally {
      store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What would go to whom within some days, as the bot's commands ask for it. */
export async function foresee(bot: Lantian, { from, to }: DaysAhead): Promise<readonly Foreseen[]> {
  const { timeZone } = bot.office.pack;
  const { deliveries } = await playedAhead(
    bot,
    from.toZonedDateTime({ timeZone }).toInstant(),
    to.toZonedDateTime({ timeZone, plainTime: "23:59:59" }).toInstant(),
  );
  return deliveries.map(({ at, job, audience, title }) => ({
    at: Temporal.Instant.from(at).toZonedDateTimeISO(timeZone),
    job,
    audience,
    title,
  }));
}

/** What was queued after a row of the outbox, from a moment on. */
export async function deliveriesSince(
  { store, office }: Pick<Lantian, "store" | "office">,
  newestBefore: number,
  from: Temporal.Instant,
): Promise<Played[]> {
  // One notice stands in the rows of all its readers.
  const times = new Map<number, string>();
  const local = (ms: number) => {
    const time =
      times.get(ms) ??
      office
        .local(Temporal.Instant.fromEpochMilliseconds(ms))
        .toString({ smallestUnit: "second", timeZoneName: "never" });
    times.set(ms, time);
    return time;
  };
  const texts = new Map<string, Pick<Played, "text" | "pieces">>();
  const saidIn = (json: string) => {
    const card = JSON.parse(json) as Card;
    const pieces = card.facts?.pieces;
    return { text: textOf(card), ...(pieces === undefined ? {} : { pieces }) };
  };
  const drawn = ({ row, audience }: { row: OutboxRow; audience: string }): Played => {
    const said = texts.get(row.card) ?? saidIn(row.card);
    texts.set(row.card, said);
    return {
      at: local(row.createdAt),
      job: row.job,
      slot: row.slot === null ? null : local(row.slot),
      audience,
      title: row.title,
      ...said,
    };
  };
  const written = await store.read((reader) => reader.outbox.after(newestBefore));
  // What still waits for a digest has gone to nobody.
  return written
    .filter(({ row }) => row.state !== "waiting" && row.createdAt >= from.epochMilliseconds)
    .map(drawn);
}

/** A door that takes everything and shows it to nobody. */
const takesAll = (platform: Door["platform"]): Door => ({
  platform,
  remote: false,
  deliver: async (row) => ({ kind: "accepted", chat: "preview", externalId: `preview-${row.id}` }),
});
