import { readConfig } from "../../src/config.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { boot } from "../../src/ops/boot.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { workFolds } from "../../src/scheduler/fold.ts";
import { reconcile } from "../../src/scheduler/reconcile.ts";

/**
 * A bot whose clock runs, from a given instant on and as fast as the machine's, and whose scheduler looks every few
 * milliseconds. It says `ready` and begins when a line comes in; whoever has started it kills it.
 * Arguments: the database, and the instant (ms UTC) at which it begins.
 */
const [file = "", start = "0"] = process.argv.slice(2);
const { bot: still } = await boot(readConfig({ DATABASE_URL: file, LOG_LEVEL: "silent" }));
let began = Number.POSITIVE_INFINITY;
const clock = {
  now: async () =>
    Temporal.Instant.fromEpochMilliseconds(
      Number(start) + Math.max(0, Math.floor(performance.now() - began)),
    ),
};
const bot = { ...still, clock };
const look = async () => {
  await reconcile(bot);
  await workFolds(bot);
  await deliverDue(bot, [webDoor(bot)]);
};
// The first look costs what later ones don't.
await look();
console.log("ready");
await new Promise((resolve) => process.stdin.once("data", resolve));
began = performance.now();
for (;;) {
  await look();
  await new Promise((resolve) => setTimeout(resolve, 2));
}
