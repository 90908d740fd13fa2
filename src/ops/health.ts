import { Gauge, Registry } from "prom-client";
import type { Lantian } from "../chat/router.ts";

type Part = { name: string; ok: boolean; detail: string };

/** A chat platform that can tell how its connection is. */
export type Platform = { name: string; health(): { ok: boolean; detail: string } };

/** Days without any value for a county after which its data counts as stopped. */
const STALE_DAYS = 3;

/** Acts of the audit log that each look verifies; `npm run doctor` walks the whole chain. */
const NEWEST_ACTS = 200;

/** How the bot's parts are: database, data, deliveries. Answers 503 when one that people rely on is down. */
export async function healthOf(
  bot: Lantian,
  today: Temporal.PlainDate,
  platforms: readonly Platform[] = [],
): Promise<{ ok: boolean; parts: Part[] }> {
  try {
    const { newest, outbox, broken } = await bot.store.read(async (r) => ({
      newest: await r.air.newestDay(bot.office.city.id, today.toString()),
      outbox: await r.outbox.countByState(),
      broken: await r.audit.firstBroken(NEWEST_ACTS),
    }));
    const age = newest === null ? null : Temporal.PlainDate.from(newest).until(today).days;
    const parts: Part[] = [
      { name: "database", ok: true, detail: bot.store.file },
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
    ];
    for (const { name, health } of platforms) parts.push({ name, ...health() });
    return { ok: parts.every((p) => p.ok), parts };
  } catch (error) {
    return { ok: false, parts: [{ name: "database", ok: false, detail: (error as Error).message }] };
  }
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
