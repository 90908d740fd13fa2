import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { loadPlatforms } from "../../src/platforms/kit/load-platforms.ts";
import { PROVIDERS } from "../../src/platforms/platforms.ts";
import { addressOf } from "../ops/console.ts";
import { aCheckout } from "../support/checkout.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { start } from "../support/scripts.ts";
import { until } from "../support/until.ts";

const root = join(import.meta.dirname, "../..");
const pigeon = `
import { z } from "zod";
import { provider } from "../kit/chat-platform.ts";
import { variable } from "../kit/settings.ts";

export default provider({
  name: "pigeon",
  words: { name: "信鸽" },
  settings: z
    .object({ PIGEON_LOFT: variable.describe("where they live"), PIGEON_FLIGHTS: z.coerce.number().int().default(1) })
    .transform(({ PIGEON_LOFT: loft, PIGEON_FLIGHTS: flights }) => (loft === null ? null : { loft, flights })),
  guide: "docs/pigeon.md",
  async open(_bot, { loft, flights }) {
    return {
      door: {
        platform: "pigeon",
        remote: true,
        deliver: async (row, to) => ({ kind: "accepted", chat: to.person.name, externalId: "ring-" + row.id }),
      },
      mount: null,
      health: () => ({ ok: true, detail: flights + " flights a day from " + loft }),
      stop: async () => undefined,
    };
  },
  probe: async ({ loft }) => [{ name: "pigeon loft", ok: false, detail: loft + " is empty", mend: "breed some" }],
});
`;

const env = { LANTIAN_DEMO: "1", LANTIAN_NOW: "2020-06-15T09:00", PIGEON_LOFT: "north tower" };

/** One folder more, and not a line changed elsewhere. */
const aCheckoutWithPigeons = () =>
  aCheckout({ "src/platforms/pigeon/provider.ts": pigeon }, { ...env, PIGEON_FLIGHTS: "3" });

test("whoever has an account there finds it in 我的设置 and can choose it; it is opened at the start, stands in /health, and takes their notices", async () => {
  const { folder, settings, runner } = aCheckoutWithPigeons();
  const database = await aDatabaseIn(folder);
  const raw = new Database(database);
  onTestFinished(() => void raw.close());
  raw.exec(
    "insert into account (platform, user_key, person_id, created_at) select 'pigeon', 'P1', id, 1 from person where name = '海安联络员'",
  );
  const run = runner();
  const say = async (who: string, ...what: readonly string[]) =>
    JSON.parse((await run("say", ["--json", "--as", who, ...what])).stdout);

  const shown = await say("海安联络员", "我的设置");
  expect(shown.facts.platforms).toEqual(["web", "pigeon"]);
  const press = shown.card.actions.find(({ label }: { label: string }) => label === "改为发到信鸽");
  const chosen = await say("海安联络员", "--press", press.action);
  expect(chosen.facts.push).toBe("pigeon");
  expect((await say("市办", '交办 海安 "工地裸土未覆盖" 3个工作日')).ok).toBe(true);

  const bot = start("start", [], database, { ...settings, PORT: "0", LOG_LEVEL: "silent" }, folder);
  onTestFinished(async () => void (await bot.kill()));
  const health = await fetch(`${await addressOf(bot)}/health`);
  expect(await health.text()).toContain("ok 信鸽: 3 flights a day from north tower\n");
  const receipts = raw.prepare("select chat, external_id from message where platform = 'pigeon'");
  const [receipt] = await until(() => (receipts.all().length > 0 ? receipts.all() : null));
  expect(receipt).toEqual({ chat: "海安联络员", external_id: expect.stringMatching(/^ring-\d+$/) });
  expect((await bot.stop()).status).toBe(0);
});

test("the doctor parses its settings, probes it where it is configured, and names its guide when something is wrong", async () => {
  const { folder, runner } = aCheckoutWithPigeons();
  await aDatabaseIn(folder);
  const run = runner();
  const doctor = (own: Readonly<Record<string, string>>) => run("doctor", [], own);
  const wrong = await doctor({ PIGEON_FLIGHTS: "many" });
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/^PIGEON_FLIGHTS: .*number/)]);
  const { stdout } = await doctor({});
  expect(stdout).toContain("BAD  pigeon loft: north tower is empty; breed some");
  expect(stdout).toContain("see docs/pigeon.md");
  expect((await doctor({ PIGEON_LOFT: "" })).stdout).not.toContain("pigeon");
});

const folderOf = (name: string, source: string) => {
  const folder = aFolder();
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "provider.ts"), source);
  return folder;
};

test.each([
  [
    "a folder that declares nothing",
    "pigeon",
    "export const name = 'pigeon';",
    /pigeon\/provider.ts declares no platform/,
  ],
  [
    "a platform that isn't called like its folder",
    "owl",
    "export default { kind: 'platform', name: 'pigeon', words: { name: '信鸽' }, pushes: 'nobody' };",
    /owl\/provider.ts: it is called "pigeon"/,
  ],
  [
    "a name that can't be stored for good",
    "Pigeon!",
    "export default { kind: 'platform', name: 'Pigeon!', words: { name: '信鸽' }, pushes: 'nobody' };",
    /declares no platform: name/,
  ],
])("the start refuses %s", async (_what, name, source, says) => {
  await expect(loadPlatforms(folderOf(name, source))).rejects.toThrow(says);
});

test("no file outside a chat platform's folder names it", () => {
  const files = ["src", "commands", "schedules", "seeds"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  expect(PROVIDERS.length).toBeGreaterThan(1);
  const named = PROVIDERS.flatMap(({ name, words }) =>
    files
      .filter(
        (file) => !file.startsWith(`src/platforms/${name}/`) && file !== "src/ops/dependencies-document.ts",
      )
      .filter((file) =>
        new RegExp(`${name}|${words.name}`, "i").test(readFileSync(join(root, file), "utf8")),
      ),
  );
  expect(named).toEqual([]);
});

test("the provider that CONTRIBUTING shows whole is the file as it is", () => {
  const shown = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const [, path = "", code] =
    shown.match(/`(src\/platforms\/\w+\/provider\.ts)`, whole:\n\n```ts\n([\s\S]*?)```/) ?? [];
  expect(code).toBe(readFileSync(join(root, path), "utf8"));
});
