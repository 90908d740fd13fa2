import { statSync } from "node:fs";
import { Gauge, Registry } from "prom-client";
import type { Store } from "../store/store.ts";
import { roomFor } from "./disk.ts";
import { missingIn } from "./kept-files.ts";
import type { Lantian } from "./lantian.ts";

type Part = { name: string; ok: boolean; detail: string };

/** A chat platform that can tell how its connection is. */
export type Connected = {
  name: string;
  health(): { ok: boolean; detail: string };
  /** What of it a number says better; names end with the unit. */
  gauges?(): { name: string; help: string; value: number }[];
};

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
        detail:
          lastWriteFault === null ? "changes are written" : `changes can't be written: ${lastWriteFault}`,
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

/** The same in Prometheus' text format, with what a number says better. */
export async function metricsOf(
  bot: Lantian,
  today: Temporal.PlainDate,
  { platforms = [], machineNow }: { platforms?: readonly Connected[]; machineNow: number },
): Promise<string> {
  const registry = new Registry();
  const gauge = (
    name: string,
    help: string,
    values: readonly (readonly [Record<string, string>, number])[],
  ) => {
    const labelNames = Object.keys(values[0]?.[0] ?? {});
    const made = new Gauge({ name: `lantian_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of values) made.set(labels, value);
  };
  const { ok, parts } = await healthOf(bot, today, platforms);
  gauge("healthy", "1 while all parts are as they should be", [[{}, ok ? 1 : 0]]);
  gauge(
    "part_healthy",
    "The same of each part",
    parts.map((part) => [{ part: part.name }, part.ok ? 1 : 0]),
  );
  const { counts, message, newest } = await bot.store.read(async (r) => ({
    counts: await r.outbox.countByState(),
    message: await r.inbox.oldestWaiting(),
    newest: await r.air.newestDay(bot.office.city.id, today.toString()),
  }));
  gauge(
    "outbox_deliveries",
    "Deliveries by state",
    Object.entries(counts).map(([state, n]) => [{ state }, n]),
  );
  const waits = message === null ? 0 : Math.max(0, machineNow - message) / 1000;
  gauge("oldest_message_seconds", "How long the oldest unanswered message has waited", [[{}, waits]]);
  if (newest !== null) {
    const age = Temporal.PlainDate.from(newest).until(today).days;
    gauge("air_data_age_days", "Days since the newest day with air data", [[{}, age]]);
  }
  const room = roomFor(bot.store.file);
  if (room !== null) gauge("disk_free_bytes", "Room beside the database", [[{}, room.freeMb * 1_048_576]]);
  const size = statSync(bot.store.file, { throwIfNoEntry: false })?.size ?? 0;
  gauge("database_bytes", "Size of the database file", [[{}, size]]);
  gauge("memory_bytes", "Resident memory of the process", [[{}, process.memoryUsage.rss()]]);
  for (const { gauges } of platforms)
    for (const { name, help, value } of gauges?.() ?? []) gauge(name, help, [[{}, value]]);
  return registry.metrics();
}
