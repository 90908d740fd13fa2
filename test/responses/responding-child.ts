import { readConfig } from "../../src/config.ts";
import { boot } from "../../src/ops/boot.ts";
import { goThrough } from "./course.ts";

/** Goes through the course on a database, saying which step it begins; whoever has started it kills it. */
const [file = ""] = process.argv.slice(2);
const { bot } = await boot(readConfig({ DATABASE_URL: file, LOG_LEVEL: "silent" }));
await goThrough(bot, (step) => console.log(step));
bot.store.close();
