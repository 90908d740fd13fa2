import type { Lantian } from "../bot/lantian.ts";
import { fixedClock } from "../clock.ts";
import { readConfig } from "../config.ts";
import { deliverDue } from "../delivery/worker.ts";
import { webDoor } from "../platforms/web/door.ts";
import type { SlotCount } from "../scheduler/reconcile.ts";
import { walk } from "../scheduler/walk.ts";
import { boot } from "./boot.ts";
import { deliveriesSince, playedAhead } from "./foresee.ts";
import { actsBetween, doAct } from "./play-acts.ts";
import { readOptions, runAsProcess, script, UsageFault } from "./script.ts";

const how = "usage: npm run -s play -- --from DATE --to DATE [--preview] [--json]";

export const play = script(async (args, environment, io) => {
  const { values, positionals } = readOptions(
    args,
    {
      options: {
        from: { type: "string" },
        to: { type: "string" },
        preview: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    },
    how,
  );
  const [from, to] = [dateOf("--from", values.from), dateOf("--to", values.to)];
  if (positionals.length > 0) throw new UsageFault(how);
  if (Temporal.PlainDate.compare(from, to) > 0) throw new UsageFault(`--from ${from} lies after --to ${to}`);
  if (from.until(to).days > 3660) throw new UsageFault("at most ten years can be played at once");
  const { bot } = await boot(readConfig(environment), io.err);
  try {
    const { timeZone } = bot.office.pack;
    const [start, end] = [
      from.toZonedDateTime({ timeZone }).toInstant(),
      to.toZonedDateTime({ timeZone, plainTime: "23:59:59" }).toInstant(),
    ];
    const { slots, deliveries } = values.preview
      ? await playedAhead(bot, start, end)
      : await played(bot, start, end);
    // Of a year there are thousands, which nobody reads as JSON: it is on one line.
    if (values.json) io.out(`${JSON.stringify({ slots, deliveries })}\n`);
    else {
      for (const { at, audience, title } of deliveries) io.out(`${at}  ${audience}  ${title}\n`);
      io.out(
        `时段内应运行${slots.due}次：按时${slots.ran}次，补发${slots.caughtUp}次，跳过${slots.skipped}次；${values.preview ? "将" : "共"}发出${deliveries.length}条。\n`,
      );
    }
    return 0;
  } finally {
    bot.store.close();
  }
});

if (import.meta.main) await runAsProcess(play);

async function played(bot: Lantian, from: Temporal.Instant, to: Temporal.Instant) {
  if (!bot.demo)
    throw new UsageFault(
      "play moves the office's clock and works on a demonstration database only; --preview plays on a copy",
    );
  bot.store.hurry();
  const before = await bot.store.read((reader) => reader.outbox.newestId());
  const slots = await walkWithActs(bot, from, to);
  return { slots, deliveries: await deliveriesSince(bot, before, from) };
}

/** Walks, and where its people's acts lie they are done. What was walked over before has been done. */
async function walkWithActs(bot: Lantian, from: Temporal.Instant, to: Temporal.Instant): Promise<SlotCount> {
  const deliver = (there: Lantian) => deliverDue(there, [webDoor(there)]);
  const stands = await bot.clock.now();
  const total: SlotCount = { due: 0, ran: 0, caughtUp: 0, skipped: 0 };
  let start = from;
  const walkTo = async (end: Temporal.Instant) => {
    const count = await walk(bot, start, end, deliver);
    for (const key of Object.keys(total) as (keyof SlotCount)[]) total[key] += count[key];
    start = end;
  };
  const done = Temporal.Instant.compare(from, stands) > 0 ? from : stands;
  for (const act of actsBetween(bot, done, to)) {
    await walkTo(act.instant);
    const there = { ...bot, clock: fixedClock(act.instant) };
    await doAct(there, act);
    await deliver(there);
  }
  await walkTo(to);
  return total;
}

function dateOf(option: string, text: string | undefined): Temporal.PlainDate {
  if (text === undefined) throw new UsageFault(how);
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    throw new UsageFault(`${option} takes a date such as 2020-06-01, not "${text}"`);
  }
}
