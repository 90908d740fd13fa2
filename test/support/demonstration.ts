import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Lantian } from "../../src/bot/lantian.ts";
import { readConfig } from "../../src/config.ts";
import { boot } from "../../src/ops/boot.ts";
import { takeLock } from "../../src/store/open.ts";

type Template = Pick<Lantian, "office" | "names" | "registry"> & { bytes: Buffer };

const PATIENCE_MS = 300_000;

const made = new Map<string, Promise<Template>>();

/** The demonstration office, seeded once a test run by the first process that asks: copying it takes a hundredth of the time. */
export const demonstration = (): Promise<Template> => template("demonstration", true);

/** A new office on real data, with nobody in it: as `demonstration`, made once. */
export const newOffice = (): Promise<Template> => template("new-office", false);

function template(name: string, demo: boolean): Promise<Template> {
  const known = made.get(name);
  if (known !== undefined) return known;
  const making = (async () => {
    const shared = process.env.TEST_RUN_FOLDER;
    const folder = shared ?? mkdtempSync(join(tmpdir(), "lantian-template-"));
    const databaseFile = join(folder, `${name}.db`);
    // One process fills it and the others wait, however long that takes on a crowded machine.
    const release = takeLock(join(folder, `${name}.lock`), PATIENCE_MS);
    try {
      const { bot } = await boot({ ...readConfig({}), databaseFile, logLevel: "silent", demo });
      const { store, office, names, registry } = bot;
      store.close();
      const raw = new Database(databaseFile, { readonly: true });
      const bytes = raw.serialize();
      raw.close();
      if (shared === undefined) rmSync(folder, { recursive: true });
      return { bytes, office, names, registry };
    } finally {
      release();
    }
  })();
  made.set(name, making);
  return making;
}
