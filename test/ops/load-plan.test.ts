import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { boot } from "../../src/ops/boot.ts";
import { openConnection } from "../../src/store/open.ts";
import { aFolder } from "../support/folder.ts";

/** A small city's pack in a folder of its own, and an office that is started on it as often as the test says. */
function aPack() {
  const [folder, plan] = [aFolder(), join(aFolder(), "lanwan-2023")];
  cpSync("test/packs/lanwan-2023", plan, { recursive: true });
  const file = join(folder, "lantian.db");
  const config = readConfig({
    DATABASE_URL: `file:${file}`,
    LANTIAN_PLAN: plan,
    LANTIAN_DEMO: "0",
    LOG_LEVEL: "silent",
  });
  return {
    plan,
    file,
    edit(name: string, change: (text: string) => string) {
      const path = join(plan, `${name}.yaml`);
      writeFileSync(path, change(readFileSync(path, "utf8")));
    },
    /** The pack of one more start, and how often a pack has been stored so far. */
    async starts() {
      const { bot } = await boot(config);
      const acts = await bot.store.read((r) => r.audit.latest(100));
      bot.store.close();
      return { pack: bot.office.pack, stored: acts.filter(({ act }) => act === "plan.load").length };
    },
  };
}

test("a later start has the very pack that its files hold, and stores nothing", async () => {
  const { plan, starts } = aPack();
  const pack = await loadPlanPack(plan);
  expect(await starts()).toEqual({ pack, stored: 1 });
  expect(await starts()).toEqual({ pack, stored: 1 });
});

test("a changed file is read at the next start; a change that says nothing new stores nothing", async () => {
  const { starts, edit } = aPack();
  await starts();
  edit("departments", (text) => text.replace(/short: \S+/, "short: 环保"));
  const changed = await starts();
  expect(changed.pack.departments[0]?.short).toBe("环保");
  expect(changed.stored).toBe(2);
  edit("departments", (text) => `# reviewed\n${text}`);
  expect(await starts()).toEqual(changed);
});

test("a file that has become wrong stops the start, whatever was sound before", async () => {
  const { starts, edit } = aPack();
  await starts();
  edit("regions", (text) => `${text}\n- id: nowhere\n`);
  await expect(starts()).rejects.toThrow(/regions\.yaml:\d+ regions\[\d+\]/);
});

test.each([
  ["changed", "json_set(json, '$.departments[0].short', '别处')"],
  ["cut off", "substr(json, 1, 1000)"],
])(
  "a pack that was %s in the database is not believed: the files are read, and it is mended",
  async (_, as) => {
    const { file, starts } = aPack();
    const { pack } = await starts();
    const inDatabase = (ask: (raw: ReturnType<typeof openConnection>) => unknown) => {
      const raw = openConnection(file);
      const found = ask(raw);
      raw.close();
      return found;
    };
    const json = () => inDatabase((raw) => raw.prepare("select json from plan").pluck().get());
    inDatabase((raw) => raw.exec(`update plan set json = ${as}`));
    expect(json()).not.toBe(JSON.stringify(pack));
    expect((await starts()).pack).toEqual(pack);
    expect(json()).toBe(JSON.stringify(pack));
  },
);

test("whatever a pack is checked by makes it anew when it changes: its files are named by what the hash is made of", () => {
  const checked = readFileSync("src/domain/plan/pack.ts", "utf8");
  const beside = [...checked.matchAll(/from "\.\/([^"]+)"/g)].map(([, name]) => name);
  expect(beside).not.toEqual([]);
  expect(beside.filter((name) => !/^pack.*\.ts$/.test(name ?? ""))).toEqual([]);
});
