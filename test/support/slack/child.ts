import { createServer } from "node:http";
import { readConfig } from "../../../src/config.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../../../src/delivery/worker.ts";
import { boot } from "../../../src/ops/boot.ts";
import { startSlack } from "../../../src/platforms/slack/start.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { hurriedClock } from "./clock.ts";

/** What such a process is told, as one JSON argument. */
export type ChildSettings = {
  file: string;
  port: number;
  apiUrl: string;
  botToken: string;
  signingSecret: string;
  timeoutMs: number;
  clock: { start: number; speed: number };
};

/** A bot in a process of its own, made to be killed: `child.ts SETTINGS`. */
const { file, port, clock, timeoutMs, ...slack } = JSON.parse(process.argv[2] ?? "") as ChildSettings;
const timing = hurriedClock(clock.start, clock.speed);
const { bot } = await boot({ ...readConfig({}), databaseFile: file, logLevel: "error", demo: true });
await doubtWhatWasUnderWay(bot, timing.now);
const onFault = (error: unknown) => bot.report(error, "slack");
const running = await startSlack(bot, { ...slack, appToken: null }, { onFault, timing, timeoutMs });
const server = createServer((request, response) => running.mount?.listener(request, response));
server.listen(port, "127.0.0.1", () => process.stdout.write("up\n"));
// What goes to the console is worked off as well: thousands that wait would be looked through for each one sent.
const others = webDoor(bot);
// Rounds overlap, as those of the tick, of what was just handled and of the timer do.
setInterval(() => void deliverDue(bot, [running.door, others], timing.now).catch(() => undefined), 20);
