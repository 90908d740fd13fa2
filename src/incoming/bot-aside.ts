import type { Lantian } from "../bot/lantian.ts";
import { loadRegistry, type Registry } from "../bot/registry.ts";
import type { Platform } from "../chat/platform.ts";
import type { PlanPack } from "../domain/plan/pack.ts";
import { namesOf } from "../office/names.ts";
import { officeOf } from "../office/office.ts";
import { withOfficialPapers } from "../papers/with-official-papers.ts";
import { openStore } from "../store/store.ts";
import { vaultBeside } from "../store/vault.ts";
import { foldersOf, loadKinds } from "./load-kinds.ts";

/** What a thread needs to put the same bot together: all of it can be cloned. */
export type BotTold = {
  database: string;
  pack: PlanPack;
  folders: readonly string[];
  platforms: readonly Pick<Platform, "name" | "words" | "pushes">[];
  demo: boolean;
  /** Milliseconds of the moment in which the work was asked for. */
  now: number;
};

/** For the thread that is asked. */
export async function toldOf({ store, office, registry, demo, clock }: Lantian): Promise<BotTold> {
  const platforms = [...registry.platforms.values()];
  return {
    database: store.file,
    pack: office.pack,
    folders: foldersOf(registry.imports),
    platforms: platforms.map(({ name, words: { name: called }, pushes }) => ({
      ...{ name, pushes },
      words: { name: called },
    })),
    demo,
    now: (await clock.now()).epochMilliseconds,
  };
}

/** In the thread: does something with the same bot, whose clock stands still and whose store has connections of its own. */
export async function withBot<T>(told: BotTold, use: (bot: Lantian) => Promise<T>): Promise<T> {
  const now = Temporal.Instant.fromEpochMilliseconds(told.now);
  const office = officeOf(told.pack);
  const registry = await registryOf(told);
  const store = openStore(told.database);
  try {
    return await use({
      store,
      vault: vaultBeside(told.database),
      clock: { now: async () => now },
      office,
      names: namesOf(office),
      registry,
      demo: told.demo,
      // An import looks back, never ahead.
      foresee: async () => [],
      report(error) {
        throw error;
      },
    });
  } finally {
    store.close();
  }
}

const registries = new Map<string, Promise<Registry>>();

/** What is declared doesn't change while a thread lives. */
function registryOf(told: BotTold): Promise<Registry> {
  const { folders, platforms, pack } = told;
  const key = JSON.stringify([folders, platforms, pack.id]);
  const known = registries.get(key) ?? loaded(told);
  registries.set(key, known);
  return known;
}

async function loaded({ folders, platforms, pack }: BotTold): Promise<Registry> {
  const declared = await loadRegistry(platforms.map((one) => ({ kind: "platform", ...one })));
  const papers = withOfficialPapers(pack, declared.schedules);
  const imports = await loadKinds(folders);
  return { ...declared, ...papers, imports, longActions: new Map() };
}
