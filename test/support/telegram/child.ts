import { readConfig } from "../../../src/config.ts";
import { deliverDue, doubtWhatWasUnderWay } from "../../../src/delivery/worker.ts";
import { boot } from "../../../src/ops/boot.ts";
import { startTelegram } from "../../../src/platforms/telegram/start.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";

/** A bot in a process of its own, made to be killed: `child.ts DATABASE API_ROOT TOKEN SECOND`. */
const [file = "", apiRoot = "", token = "", second = "4"] = process.argv.slice(2);
const { bot } = await boot({ ...readConfig({}), databaseFile: file, logLevel: "silent", demo: true });
await doubtWhatWasUnderWay(bot);
const knobs = { second: Number(second), timeoutMs: 1_000 };
const { door } = await startTelegram(bot, { token, apiRoot, webhook: null }, knobs);
process.stdout.write("up\n");
// What goes to the console is worked off as well: thousands that wait would be looked through for each one sent.
const others = webDoor(bot);
setInterval(() => void deliverDue(bot, [door, others]).catch(() => undefined), 20);
