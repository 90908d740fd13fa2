import type { Connected } from "../bot/connected.ts";
import { healthOf, waitedSince } from "../bot/health.ts";
import type { Lantian } from "../bot/lantian.ts";

/** A message that somebody sent has been answered by then, and a delivery that is due has gone or been tried. */
const MESSAGE_MS = 5 * 60_000;
const DELIVERY_MS = 15 * 60_000;
/** For so long a clock that was set back keeps the alarm up: long enough to be heard by whoever watches. */
const SET_BACK_MS = 60 * 60_000;

/**
 * What keeps the bot from being relied on, in English lines; none where all is well. Stricter than /health, for which nothing is
 * restarted in vain: a message that waits, a delivery that is stuck, a beat that is missed or fails, a clock that was set back,
 * an old backup. `machineNow` in ms UTC.
 */
export async function selfAudit(
  bot: Lantian,
  { connected, machineNow }: { connected: readonly Connected[]; machineNow: number },
): Promise<string[]> {
  const today = bot.office.today(await bot.clock.now());
  const strict = connected.map((one) => (one.state ? { ...one, health: one.state } : one));
  const { parts } = await healthOf(bot, today, strict);
  const faults = parts.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
  const { setBack, message, delivery } = await bot.store.read(async (r) => ({
    setBack: await r.settings.get("clock-back"),
    message: await r.inbox.oldestWaiting(),
    delivery: (await r.outbox.due(machineNow - DELIVERY_MS, 1, platformsOf(connected)))[0] ?? null,
  }));
  if (setBack !== null && Math.abs(machineNow - Number(setBack)) < SET_BACK_MS)
    faults.push("clock: it was set back within the last hour");
  if ((await waitedSince(message, bot, machineNow)) > MESSAGE_MS)
    faults.push("messages: one waits for its answer");
  // A demonstration's deliveries have the time of its own clock.
  if (!bot.demo && delivery !== null && delivery.createdAt < machineNow - DELIVERY_MS)
    faults.push(`deliveries: #${delivery.id} is stuck`);
  return faults;
}

const platformsOf = (connected: readonly Connected[]): string[] => [
  "web",
  ...connected.map(({ name }) => name),
];
