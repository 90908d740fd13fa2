import { ask } from "../../src/bot/router.ts";
import { fixedClock } from "../../src/clock.ts";
import { readConfig } from "../../src/config.ts";
import { boot } from "../../src/ops/boot.ts";
import { withOfficialPapers } from "../../src/papers/with-official-papers.ts";
import { bulletin } from "../support/bulletin.ts";

/**
 * A bot in which the city's lead signs the bulletin, and which dies once that has its number, before it is issued to anybody.
 * Arguments: the database, and what the lead says.
 */
const [file = "", said = ""] = process.argv.slice(2);
const { bot } = await boot(readConfig({ DATABASE_URL: file, LOG_LEVEL: "silent" }));
const dying = bulletin(
  {},
  {
    async to() {
      process.kill(process.pid, "SIGKILL");
      return [];
    },
  },
);
const { settings } = bot.office.pack;
const pack = { ...bot.office.pack, settings: { ...settings, papers: { ...settings.papers, official: {} } } };
bot.registry = { ...bot.registry, ...withOfficialPapers(pack, [], [dying]) };
const person = await bot.store.read((r) => r.people.byName("市领导"));
const clock = fixedClock(Temporal.Instant.from("2020-06-17T02:00:00Z"));
const speaker = { identity: { platform: "terminal", workspace: "", userKey: "市领导" } as const, person };
await ask({ ...bot, clock }, speaker, said, {});
