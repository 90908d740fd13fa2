import type { Lantian } from "../bot/lantian.ts";
import { loadRegistry } from "../bot/registry.ts";
import type { ConsoleAddress } from "../chat/command.ts";
import { jobIn } from "../chat/schedule.ts";
import { type Clock, demoClock, systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { mondayOf } from "../domain/week.ts";
import { kindsFolder, loadKinds } from "../incoming/load-kinds.ts";
import { longActions } from "../incoming/long-actions.ts";
import { namesOf } from "../office/names.ts";
import { officeOf } from "../office/office.ts";
import { withOfficialPapers } from "../papers/with-official-papers.ts";
import { PLATFORMS } from "../platforms/platforms.ts";
import { takeLock } from "../store/open.ts";
import { openStore } from "../store/store.ts";
import { vaultBeside } from "../store/vault.ts";
import { loadPlan } from "./load-plan.ts";
import { loggable, openLog } from "./log.ts";
import { closeToOthers } from "./rights.ts";
import { refuseUnsound } from "./self-check.ts";

/**
 * Opens the database, brings the plan pack into it, on a new demonstration database the demonstration data too, and puts
 * the bot together. A second start finds everything in place and seeds nothing.
 * @throws StoreFault, PlanPackError
 */
export async function boot(config: Config, writeLog?: (line: string) => void): Promise<{ bot: Lantian }> {
  closeToOthers(config.databaseFile);
  const store = openStore(config.databaseFile);
  let release: (() => void) | null = null;
  try {
    refuseUnsound(store);
    const log = openLog(config.logLevel, writeLog);
    const planId = () => store.read((reader) => reader.settings.get("plan"));
    // Of two processes that find a new database at once, one fills it and the other waits.
    if ((await planId()) === null) release = takeLock(`${config.databaseFile}.migrating`, SEEDING_WAIT_MS);
    const isNew = (await planId()) === null;
    const pack = await loadPlan(store, config.plan);
    const demo = isNew
      ? (config.demo ?? config.platforms.length === 0)
      : (await store.read((reader) => reader.settings.get("demo"))) === "1";
    if (isNew) {
      const demonstration = demo ? await import("./demonstration.ts") : null;
      await store.write(async (writer) => {
        if (demonstration !== null) {
          const start = Temporal.PlainDateTime.from(
            config.demoStart ?? usualStart(pack.year),
          ).toZonedDateTime(pack.timeZone);
          await writer.settings.set("demo-clock", String(start.epochMilliseconds));
          await demonstration.loadDemonstration(writer, pack, start.epochMilliseconds);
        }
        await writer.settings.set("demo", demo ? "1" : "0");
        await writer.settings.set("plan", pack.id);
      });
    }
    const clock: Clock = demo ? demoClock(store) : systemClock;
    const office = officeOf(pack);
    const declared = await loadRegistry(PLATFORMS);
    const papers = withOfficialPapers(
      pack,
      declared.schedules.map((job) => jobIn(job, pack)),
    );
    const registry = {
      ...declared,
      ...papers,
      imports: await loadKinds([kindsFolder]),
      longActions: new Map(longActions.map((action) => [action.name, action])),
    };
    const report = (error: unknown, id: string) =>
      log.error({ id, ...loggable(error) }, "a message could not be answered");
    const vault = vaultBeside(config.databaseFile);
    return {
      bot: {
        store,
        vault,
        clock,
        office,
        names: namesOf(office),
        registry,
        demo,
        consoleAt: consoleAt(config),
        foresee: lookAhead,
        report,
      },
    };
  } catch (error) {
    store.close();
    throw error;
  } finally {
    release?.();
  }
}

/** Half past eight on the Monday in the middle of June, so that a weekly notice can be seen arriving. */
function usualStart(year: number): string {
  const middle = Temporal.PlainDate.from({ year, month: 6, day: 15 });
  return `${mondayOf(middle)}T08:30`;
}

/** Seeding takes under a second on a desktop; a slow machine gets its time. */
const SEEDING_WAIT_MS = 30_000;

function consoleAt({ publicUrl, host, port }: Config): ConsoleAddress {
  if (publicUrl !== null) return { url: publicUrl, onNetwork: true };
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return { url: `http://${name}:${port}`, onNetwork: false };
}

/** Few ask what is to come, and the scheduler that says it takes longer to load than an answer. */
const lookAhead: Lantian["foresee"] = async (...asked) => (await import("./foresee.ts")).foresee(...asked);
