import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { loadPlatforms } from "../../src/platforms/kit/load-platforms.ts";
import { PROVIDERS } from "../../src/platforms/platforms.ts";
import { addressOf } from "../ops/console.ts";
import { aFolder } from "../support/folder.ts";
import { type Running, runProcess, start } from "../support/scripts.ts";

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

/** The project with one folder more, and not a line changed elsewhere. */
let copy: string;
let database: string;
let bot: Running | undefined;
const env = {
  LANTIAN_DEMO: "1",
  LANTIAN_NOW: "2020-06-15T09:00",
  PIGEON_LOFT: "north tower",
  PIGEON_FLIGHTS: "3",
};

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), "lantian-copy-"));
  for (const part of ["src", "commands", "schedules", "seeds", "drizzle", "package.json"])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  mkdirSync(join(copy, "src/platforms/pigeon"));
  writeFileSync(join(copy, "src/platforms/pigeon/provider.ts"), pigeon);
  database = join(copy, "data/lantian.db");
  expect((await runProcess("say", ["--as", "市办", "帮助"], database, env, copy)).status).toBe(0);
  const raw = new Database(database);
  raw.exec(
    "insert into account (platform, user_key, person_id, created_at) select 'pigeon', 'P1', id, 1 from person where name = '海安联络员'",
  );
  raw.close();
});
afterAll(async () => {
  await bot?.stop();
  rmSync(copy, { recursive: true, force: true });
});

const asJson = async (args: readonly string[]) =>
  JSON.parse((await runProcess("say", [...args, "--json"], database, env, copy)).stdout);

test("whoever has an account there finds it in 我的设置 by its name, and can choose it", async () => {
  const as = ["--as", "海安联络员"];
  const shown = await asJson([...as, "我的设置"]);
  expect(shown.facts.platforms).toEqual(["web", "pigeon"]);
  const press = shown.card.actions.find(({ label }: { label: string }) => label === "改为发到信鸽");
  const chosen = await asJson([...as, "--press", press.action]);
  expect(chosen.facts.push).toBe("pigeon");
});

test("its settings are parsed, and what is wrong with them is said by their name", async () => {
  const wrong = await runProcess("doctor", [], database, { ...env, PIGEON_FLIGHTS: "many" }, copy);
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/^PIGEON_FLIGHTS: .*number/)]);
});

test("the doctor probes it where it is configured, and names its guide when something is wrong", async () => {
  const { stdout } = await runProcess("doctor", [], database, env, copy);
  expect(stdout).toContain("BAD  pigeon loft: north tower is empty; breed some");
  expect(stdout).toContain("see docs/pigeon.md");
  const without = await runProcess("doctor", [], database, { LANTIAN_DEMO: "1" }, copy);
  expect(without.stdout).not.toContain("pigeon");
});

test("it is opened at the start, stands in /health, and takes the notices of whoever has chosen it", async () => {
  const given = await runProcess(
    "say",
    ["--as", "市办", '交办 海安 "工地裸土未覆盖" 3个工作日'],
    database,
    env,
    copy,
  );
  expect(given.stderr + given.status).toBe("0");
  bot = start("start", [], database, { ...env, PORT: "0", LOG_LEVEL: "silent" }, copy);
  const health = await fetch(`${await addressOf(bot)}/health`);
  expect(await health.text()).toContain("ok 信鸽: 3 flights a day from north tower\n");
  const raw = new Database(database, { readonly: true });
  const receipts = raw.prepare("select chat, external_id from message where platform = 'pigeon'");
  const [receipt] = await vi.waitUntil(() => (receipts.all().length > 0 ? receipts.all() : null), {
    timeout: 30_000,
    interval: 50,
  });
  raw.close();
  expect(receipt).toEqual({ chat: "海安联络员", external_id: expect.stringMatching(/^ring-\d+$/) });
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
