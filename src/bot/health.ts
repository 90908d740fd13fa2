import { Gauge, Registry } from "prom-client";
import type { Store } from "../store/store.ts";
import { roomFor } from "./disk.ts";
import { missingIn } from "./kept-files.ts";
import type { Lantian } from "./lantian.ts";

type Part = { name: string; ok: boolean; detail: string };

/** A chat platform that can tell how its connection is. */
export type Connected = { name: string; health(): { ok: boolean; detail: string } };

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
    const { newest, outbox, broken } = await bot.store.read(async (r) => ({
      newest: await r.air.newestDay(bot.office.city.id, today.toString()),
      outbox: await r.outbox.countByState(),
      broken: await r.audit.firstBroken(NEWEST_ACTS),
    }));
    const kept = await missingIn(bot);
    const age = newest === null ? null : Temporal.PlainDate.from(newest).until(today).days;
    const lastWriteFault = writeFaultOf(bot.store);
    const parts: Part[] = [
      {
        name: "database",
        ok: lastWriteFault === null,
        detail: lastWriteFault === null ? bot.store.file : `changes can't be written: ${lastWriteFault}`,
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
  } catch (error) {
    return { ok: false, parts: [{ name: "database", ok: false, detail: (error as Error).message }] };
  }
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

/** The same in Prometheus' text format. */
export async function metricsOf(bot: Lantian): Promise<string> {
  const registry = new Registry();
  const deliveries = new Gauge({
    name: "lantian_outbox_deliveries",
    help: "Deliveries by state",
    labelNames: ["state"],
    registers: [registry],
  });
  const counts = await bot.store.read((r) => r.outbox.countByState());
  for (const [state, n] of Object.entries(counts)) deliveries.set({ state }, n);
  return registry.metrics();
}
