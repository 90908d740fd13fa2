import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Lantian } from "../bot/lantian.ts";
import { loadRegistry } from "../bot/registry.ts";
import { type Clock, demoClock, systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import { loadPlanPack } from "../intake/plan-pack.ts";
import { namesOf } from "../office/names.ts";
import { officeOf } from "../office/office.ts";
import { takeLock } from "../store/open.ts";
import { openStore, type Store } from "../store/store.ts";
import { vaultBeside } from "../store/vault.ts";
import { loadDemonstration } from "./demonstration.ts";
import { faultOf, openLog } from "./log.ts";

/**
 * Opens the database, brings the plan pack into it, on a new demonstration database the demonstration data too, and puts
 * the bot together. A second start finds everything in place and seeds nothing.
 * @throws StoreFault, PlanPackError
 */
export async function boot(config: Config): Promise<{ bot: Lantian }> {
  const store = openStore(config.databaseFile);
  let release: (() => void) | null = null;
  try {
    const log = openLog(config.logLevel);
    const planId = () => store.read((reader) => reader.settings.get("plan"));
    // Of two processes that find a new database at once, one fills it and the other waits.
    if ((await planId()) === null) release = takeLock(`${config.databaseFile}.migrating`, SEEDING_WAIT_MS);
    const isNew = (await planId()) === null;
    const pack = await loadPlan(store, config);
    const demo = isNew
      ? (config.demo ?? !config.hasPlatform)
      : (await store.read((reader) => reader.settings.get("demo"))) === "1";
    if (isNew) {
      await store.write(async (writer) => {
        if (demo) {
          const start = Temporal.PlainDateTime.from(
            config.demoStart ?? usualStart(pack.year),
          ).toZonedDateTime(pack.timeZone);
          await writer.settings.set("demo-clock", String(start.epochMilliseconds));
          await loadDemonstration(writer, pack, start.epochMilliseconds);
        }
        await writer.settings.set("demo", demo ? "1" : "0");
        await writer.settings.set("plan", pack.id);
      });
    }
    const clock: Clock = demo ? demoClock(store) : systemClock;
    const office = officeOf(pack);
    const registry = await loadRegistry();
    const report = (error: unknown, id: string) =>
      log.error({ id, ...faultOf(error) }, "a message could not be answered");
    const vault = vaultBeside(config.databaseFile);
    return { bot: { store, vault, clock, office, names: namesOf(office), registry, demo, report } };
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
  return `${middle.subtract({ days: middle.dayOfWeek - 1 })}T08:30`;
}

/** Seeding takes under a second on a desktop; a slow machine gets its time. */
const SEEDING_WAIT_MS = 30_000;
const seedsFolder = join(import.meta.dirname, "../../seeds");

/** The pack as it stands in `seeds/`; stored anew only when its content has changed. */
async function loadPlan(store: Store, config: Config): Promise<PlanPack> {
  const pack = await loadPlanPack(/[/\\]/.test(config.plan) ? config.plan : join(seedsFolder, config.plan));
  const sha256 = createHash("sha256").update(JSON.stringify(pack)).digest("hex");
  const known = await store.read((reader) => reader.plan.pack(pack.id));
  if (known?.sha256 !== sha256) {
    const at = Temporal.Now.instant().epochMilliseconds;
    await store.write(async (writer) => {
      await writer.plan.load(pack, sha256, at);
      await writer.audit.append({
        at,
        personId: null,
        actor: "系统",
        act: "plan.load",
        subject: pack.id,
        outcome: "done",
        detail: { sha256 },
      });
    });
  }
  return pack;
}
