import { statSync } from "node:fs";
import { Gauge, Registry } from "prom-client";
import type { Connected } from "./connected.ts";
import { roomFor } from "./disk.ts";
import { airDataAge, lookedAt, partsFrom, waitedSince } from "./health.ts";
import type { Lantian } from "./lantian.ts";

/** The bot's health in Prometheus' text format, with what a number says better. */
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
  const looked = await lookedAt(bot, today);
  const { outbox, message } = looked;
  const { ok, parts } = await partsFrom(looked, bot, today, platforms);
  gauge("healthy", "1 while all parts are as they should be", [[{}, ok ? 1 : 0]]);
  gauge(
    "part_healthy",
    "The same of each part",
    parts.map((part) => [{ part: part.name }, part.ok ? 1 : 0]),
  );
  gauge(
    "outbox_deliveries",
    "Deliveries by state",
    Object.entries(outbox).map(([state, n]) => [{ state }, n]),
  );
  const waits = (await waitedSince(message, bot, machineNow)) / 1000;
  gauge("oldest_message_seconds", "How long the oldest unanswered message has waited", [[{}, waits]]);
  const age = airDataAge(looked.newest, today);
  if (age !== null) gauge("air_data_age_days", "Days since the newest day with air data", [[{}, age]]);
  const room = roomFor(bot.store.file);
  if (room !== null) gauge("disk_free_bytes", "Room beside the database", [[{}, room.freeMb * 1_048_576]]);
  const size = statSync(bot.store.file, { throwIfNoEntry: false })?.size ?? 0;
  gauge("database_bytes", "Size of the database file", [[{}, size]]);
  gauge("memory_bytes", "Resident memory of the process", [[{}, process.memoryUsage.rss()]]);
  for (const { gauges } of platforms)
    for (const { name, help, value } of gauges?.() ?? []) gauge(name, help, [[{}, value]]);
  return registry.metrics();
}
