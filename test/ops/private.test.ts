import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { beforeAll, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { boot } from "../../src/ops/boot.ts";
import { closeToOthers } from "../../src/ops/rights.ts";
import { vaultFolder } from "../../src/store/vault.ts";
import { aFolder } from "../support/folder.ts";
import { anOffice } from "../support/office.ts";
import { addressOf, startBot } from "./console.ts";
import { openToOthers } from "./open-to-others.ts";

beforeAll(async () => (await anOffice()).close());

test.skipIf(process.platform === "win32")(
  "whatever a start makes is its owner's only, folders too, on a machine whose files anybody may read",
  async () => {
    // That of the other scripts `processes` holds.
    const before = process.umask(0o022);
    try {
      const folder = aFolder();
      const bot = startBot(join(folder, "office", "data", "lantian.db"));
      await addressOf(bot);
      expect(openToOthers(folder)).toEqual([]);
      expect((await bot.stop()).status).toBe(0);
      expect(openToOthers(folder)).toEqual([]);
    } finally {
      process.umask(before);
    }
  },
);

test.skipIf(process.platform === "win32")(
  "what came open from elsewhere is closed at the start; what another user owns would be refused by name",
  async () => {
    const office = await anOffice();
    const paths = [office.file, vaultFolder(office.file)];
    await office.bot.vault.keep(Buffer.from("a"));
    office.bot.store.close();
    writeFileSync(`${office.file}-wal`, "", { flag: "a" });
    for (const path of paths) chmodSync(path, 0o755);
    chmodSync(`${office.file}-wal`, 0o644);
    closeToOthers(office.file);
    expect(paths.map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700]);
    expect(statSync(`${office.file}-wal`).mode & 0o777).toBe(0o600);
    office.close();
  },
);

test("a table or an index whose root page is broken refuses the start, and is not touched", async () => {
  const office = await anOffice();
  office.bot.store.close();
  const raw = new Database(office.file);
  raw.pragma("wal_checkpoint(TRUNCATE)");
  const size = raw.pragma("page_size", { simple: true }) as number;
  const roots = ["outbox", "station_day", "revision_by_batch"].map((name) => ({
    name,
    page: raw.prepare("select rootpage from sqlite_schema where name = ?").pluck().get(name) as number,
  }));
  raw.close();
  const whole = readFileSync(office.file);
  for (const { name, page } of roots) {
    const broken = Buffer.from(whole);
    broken.fill(0xff, (page - 1) * size, page * size);
    const file = join(aFolder(), "broken.db");
    writeFileSync(file, broken, { mode: 0o600 });
    const starts = boot({ ...readConfig({}), databaseFile: file, logLevel: "silent" }).then(
      () => "starts",
      String,
    );
    expect(await starts, name).toMatch(/damaged|malformed/);
    expect(readFileSync(file).equals(broken), name).toBe(true);
  }
  office.close();
});
