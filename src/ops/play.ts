import type { Card } from "../chat/card.ts";
import { readConfig } from "../config.ts";
import { deliverDue } from "../delivery/worker.ts";
import { webDoor } from "../platforms/web/door.ts";
import { walk } from "../scheduler/walk.ts";
import { boot } from "./boot.ts";
import { textOf } from "./card-text.ts";
import { print, readOptions, runAsProcess, script, UsageFault } from "./script.ts";

const how = "usage: npm run -s play -- --from DATE --to DATE [--json]";

export const play = script(async (args, environment, io) => {
  const { values, positionals } = readOptions(
    args,
    {
      options: {
        from: { type: "string" },
        to: { type: "string" },
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
    if (!bot.demo)
      throw new UsageFault("play moves the office's clock and works on a demonstration database only");
    const { timeZone } = bot.office.pack;
    const before = await bot.store.read((reader) => reader.outbox.newestId());
    const slots = await walk(
      bot,
      from.toZonedDateTime({ timeZone }).toInstant(),
      to.toZonedDateTime({ timeZone, plainTime: "23:59:59" }).toInstant(),
      (there) => deliverDue(there, [webDoor(there)]),
    );
    const written = await bot.store.read((reader) => reader.outbox.after(before));
    // What still waits for a digest has gone to nobody.
    const deliveries = written
      .filter(({ row }) => row.state !== "waiting")
      .map(({ row, audience }) => {
        const local = (ms: number) =>
          bot.office
            .local(Temporal.Instant.fromEpochMilliseconds(ms))
            .toString({ smallestUnit: "second", timeZoneName: "never" });
        const card = JSON.parse(row.card) as Card;
        return {
          at: local(row.createdAt),
          job: row.job,
          slot: row.slot === null ? null : local(row.slot),
          audience,
          title: row.title,
          text: textOf(card),
          ...(card.facts?.parts === undefined ? {} : { parts: card.facts.parts }),
        };
      });
    const lines = deliveries.map((d) => `${d.at}  ${d.audience}  ${d.title}`);
    const sum = `时段内应运行${slots.due}次：按时${slots.ran}次，补发${slots.caughtUp}次，跳过${slots.skipped}次；共发出${deliveries.length}条。`;
    print(io, values.json, { slots, deliveries }, [...lines, sum].join("\n"));
    return 0;
  } finally {
    bot.store.close();
  }
});

if (import.meta.main) await runAsProcess(play);

function dateOf(option: string, text: string | undefined): Temporal.PlainDate {
  if (text === undefined) throw new UsageFault(how);
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    throw new UsageFault(`${option} takes a date such as 2020-06-01, not "${text}"`);
  }
}
