import type { IsoDate } from "../domain/air/day.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Store } from "../store/store.ts";
import type { Connected } from "./connected.ts";
import { roomFor } from "./disk.ts";
import { missingIn } from "./kept-files.ts";
import type { Lantian } from "./lantian.ts";

type Part = { name: string; ok: boolean; detail: string };

/** Days without any value for a county after which its data counts as stopped. */
const STALE_DAYS = 3;

/** A change that could not be written counts for so long. */
const ILL_FOR_MS = 60_000;

/** Acts of the audit log that each look verifies; `npm run doctor` walks the whole chain. */
const NEWEST_ACTS = 200;

/** How the bot's parts are: database, data, deliveries, kept files. Answers 503 when one that people rely on is down. */
export async function healthOf(
  bot: Lantian,
  today: Temporal.PlainDate,
  platforms: readonly Connected[] = [],
): Promise<{ ok: boolean; parts: Part[] }> {
  try {
    return await partsFrom(await lookedAt(bot, today), bot, today, platforms);
  } catch (error) {
    return { ok: false, parts: [{ name: "database", ok: false, detail: (error as Error).message }] };
  }
}

/** What the store says of itself. */
export const lookedAt = (bot: Lantian, today: Temporal.PlainDate) =>
  bot.store.read(async (r) => ({
    newest: await r.air.newestDay(bot.office.city.id, today.toString()),
    outbox: await r.outbox.countByState(),
    broken: await r.audit.firstBroken(NEWEST_ACTS),
    message: await r.inbox.oldestWaiting(),
  }));

/** How long the oldest unanswered message has waited, ms. A demonstration's have come by the time of its own clock. */
export async function waitedSince(
  message: EpochMs | null,
  { demo, clock }: Pick<Lantian, "demo" | "clock">,
  machineNow: number,
): Promise<number> {
  const now = demo ? (await clock.now()).epochMilliseconds : machineNow;
  return message === null ? 0 : Math.max(0, now - message);
}

/** Days since the newest one with a value of the air; null without any. */
export const airDataAge = (newest: IsoDate | null, today: Temporal.PlainDate): number | null =>
  newest === null ? null : Temporal.PlainDate.from(newest).until(today).days;

/** The parts by what the store has said, and by what is looked at beside it. @throws where the kept files can't be read. */
export async function partsFrom(
  { newest, outbox, broken }: Awaited<ReturnType<typeof lookedAt>>,
  bot: Lantian,
  today: Temporal.PlainDate,
  platforms: readonly Connected[],
): Promise<{ ok: boolean; parts: Part[] }> {
  const kept = await missingIn(bot);
  const age = airDataAge(newest, today);
  const lastWriteFault = writeFaultOf(bot.store);
  const parts: Part[] = [
    {
      name: "database",
      ok: lastWriteFault === null,
      detail: lastWriteFault === null ? "changes are written" : `changes can't be written: ${lastWriteFault}`,
    },
    ...diskOf(bot.store.file),
    // Missing air data is the office's to mend and no reason to restart the bot: reported, but healthy.
    {
      name: "air data",
      ok: true,
      detail:
        newest === null
          ? "none"
          : `newest ${newest}${age !== null && age > STALE_DAYS ? ` (${age} days old)` : ""}`,
    },
    {
      name: "deliveries",
      ok: true,
      detail: `${outbox.pending} waiting, ${outbox.failed} failed, ${outbox.ambiguous} in doubt`,
    },
    {
      name: "audit log",
      ok: broken === null,
      detail: broken === null ? "chain holds" : `row ${broken} was tampered with`,
    },
    {
      name: "kept files",
      ok: kept.missing.length === 0,
      detail:
        kept.missing.length === 0 ? `${kept.files}` : `${kept.missing.length} of ${kept.files} are missing`,
    },
  ];
  for (const { name, health } of platforms) parts.push({ name, ...health() });
  return { ok: parts.every((p) => p.ok), parts };
}

/** Why changes can't be written at present. A small one may still find room where the next does not: success proves nothing. */
function writeFaultOf(store: Store): string | null {
  const last = store.lastWriteFault();
  return last !== null && performance.now() - last.at < ILL_FOR_MS ? last.why : null;
}

function diskOf(file: string): Part[] {
  const room = roomFor(file);
  return room === null ? [] : [{ name: "disk", ok: room.ok, detail: `${room.freeMb} MB free` }];
}
