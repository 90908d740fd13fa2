import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { hashAndSizeOf, writeArchive } from "../../src/ops/archive.ts";
import { copyDatabase, holdingsOf } from "../../src/store/inspection.ts";
import { vaultFolder } from "../../src/store/vault.ts";
import { aPdf, sendingTo } from "../support/evidence.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { run, runJson } from "../support/scripts.ts";
import { TEAM } from "../support/slack/memory.ts";
import { localSlack } from "../support/slack/server.ts";
import { until } from "../support/until.ts";
import { addressOf, aVisitor, startBotHere } from "./console.ts";

const NO = "NT-2020-000006";
const TOKEN = "xoxb-restore-1-a";

const changed = (file: string, ...statements: [sql: string, ...args: unknown[]][]) => {
  const raw = new Database(file);
  for (const [sql, ...args] of statements) raw.prepare(sql).run(...args);
  raw.close();
};
const asked = (file: string, sql: string) => {
  const raw = new Database(file, { readonly: true });
  const rows = raw.prepare(sql).all() as Record<string, unknown>[];
  raw.close();
  return rows;
};

/** An office with a document of an issue, and the backup of it. */
async function aBackup() {
  const file = await aDatabaseIn(join(aFolder()));
  const office = await anOffice({ database: file });
  await sendingTo(office)("海安联络员", NO, { bytes: aPdf(1), name: "方案.pdf" });
  office.close();
  const archive = join(aFolder(), "office.tar");
  expect((await run("backup", [archive], file)).status).toBe(0);
  return { file, archive };
}

test("all that was lost comes back: evidence opens, nothing is sent again, and the office decides on what is in doubt", async () => {
  const file = await aDatabaseIn(aFolder());
  const office = await anOffice({ database: file });
  await sendingTo(office)("海安联络员", NO, { bytes: aPdf(1), name: "方案.pdf" });
  office.close();
  const [{ id: boss = 0 } = {}] = asked(file, "select id from person where name = '市办'") as {
    id: number;
  }[];
  const person = (name: string) => `(select id from person where name = '${name}')`;
  const waiting = (key: string, state: string, kind = "post") =>
    [
      `insert into outbox (key, kind, person_id, class, title, created_at, state, attempts, message_id)
       values (?, ?, ${person("海安联络员")}, 'must-arrive', ?, 0, ?, 1, null)`,
      key,
      kind,
      `旧通知${key}`,
      state,
    ] as [string, ...unknown[]];
  changed(
    file,
    [
      `insert into account (platform, workspace, user_key, person_id, created_at) values ('slack', ?, 'U1', ${person("海安联络员")}, 0)`,
      TEAM,
    ],
    ["update person set push_platform = 'slack' where name = '海安联络员'"],
    waiting("a", "pending"),
    waiting("b", "sending"),
    waiting("c", "ambiguous"),
    waiting("d", "sent"),
    waiting("e", "pending", "edit"),
    [
      `insert into inbox (platform, external_id, payload, received_at, state, attempts) values
         ('slack', 'Ev1', '{}', 0, 'received', 0), ('slack', 'Ev2', '{}', 0, 'done', 0)`,
    ],
  );

  // The backup is made while the bot runs, and is all that is left.
  const lost = startBotHere(file);
  await addressOf(lost);
  const archive = join(aFolder(), "office.tar");
  expect(await run("backup", [archive], file)).toMatchObject({ status: 0, stderr: "" });
  expect((await lost.stop()).status).toBe(0);
  rmSync(dirname(file), { recursive: true });

  const restored = await run("restore", [archive], file);
  expect(restored).toMatchObject({ status: 0, stderr: "" });
  expect(restored.stdout).toMatch(/^ok {3}kept files: 1, each of them whole$/m);
  expect(restored.stdout).toMatch(/^ok {3}deliveries: 3 left in doubt; decide on each in the chat: 投递$/m);
  expect(restored.stdout).toMatch(
    /^ok {3}since the backup: what was done in the 0 h [01] min after \d{4}-.*Z is not here: ask for it again/m,
  );
  expect(restored.stdout).toMatch(/^ok {3}messages: 1 were under way and are set aside$/m);
  expect(readdirSync(dirname(file)).filter((name) => /restoring|partial/.test(name))).toEqual([]);
  expect(asked(file, "select key, state from outbox where title like '旧通知%' order by key")).toEqual([
    { key: "a", state: "ambiguous" },
    { key: "b", state: "ambiguous" },
    { key: "c", state: "ambiguous" },
    { key: "d", state: "sent" },
    { key: "e", state: "failed" },
  ]);
  expect(asked(file, "select act, detail from audit order by id desc limit 1")).toMatchObject([
    { act: "restore", detail: expect.stringContaining('"doubtful":3') },
  ]);

  const photos = await runJson("say", ["--as", "海安联络员", `照片 ${NO}`], file);
  const out = join(aFolder(), "out.pdf");
  const opened = ["--as", "海安联络员", "--open", photos.json.card.files[0].token, "--out", out];
  expect((await run("say", opened, file)).status).toBe(0);
  expect(readFileSync(out)).toEqual(aPdf(1));

  const slack = await localSlack({ token: TOKEN });
  onTestFinished(() => slack.close());
  slack.addUser("U1");
  const bot = startBotHere(file, {
    SLACK_BOT_TOKEN: TOKEN,
    SLACK_SIGNING_SECRET: "secret-of-the-restore-test",
    SLACK_API_URL: slack.apiUrl,
  });
  const visitor = await aVisitor(await addressOf(bot), boss);
  const posts = () =>
    slack.calls.filter(({ method }) => method === "chat.postMessage").map((call) => JSON.stringify(call));
  // Oldest first: when what comes after the restore has been sent, all that is older has had its turn.
  expect(await visitor.says("1", "交办 海安 恢复之后的新问题")).toBe(true);
  await until(() => posts().length > 0);
  const troubled = await runJson("say", ["--as", "市办", "投递"], file);
  expect(troubled.json.card.text).toContain("系统从备份恢复，备份之后可能已经送达");
  const again = troubled.json.card.actions.find(({ label }: { label: string }) => label.startsWith("重发"));
  expect((await run("say", ["--as", "市办", "--press", again.action], file)).status).toBe(0);
  // Whatever is said to the bot starts its next round of deliveries.
  expect(await visitor.says("2", "海安")).toBe(true);
  await until(() => posts().length > 1);
  expect((await bot.stop()).status).toBe(0);
  expect(posts()).toHaveLength(2);
  expect(posts()[0]).toContain("恢复之后的新问题");
  expect(posts()[1]).toContain("旧通知");
});

describe("an office is restored", () => {
  let made: Promise<Buffer> | undefined;
  let archive: string;
  let place: string;
  beforeEach(async () => {
    // One backup for all: each test has a copy of it.
    made ??= aBackup().then(({ archive }) => readFileSync(archive));
    archive = join(aFolder(), "office.tar");
    writeFileSync(archive, await made);
    place = join(aFolder(), "data", "lantian.db");
    mkdirSync(dirname(place));
  });
  /** What lies in the place, but for what no start minds. */
  const lying = () => readdirSync(dirname(place)).filter((name) => !/\.(running|migrating)$/.test(name));
  const refused = async (file = archive) => {
    const ran = await run("restore", [file], place);
    expect(ran).toMatchObject({ status: 2, stdout: "" });
    expect(ran.stderr.trim()).toMatch(/^[^\n]+$/);
    return ran.stderr;
  };

  test("into an empty place only: nothing is overwritten, not even a forgotten log or photo", async () => {
    const photo = join(vaultFolder(place), "ab", "photo");
    mkdirSync(dirname(photo), { recursive: true });
    for (const [path, content] of [
      [place, "x"],
      [`${place}-wal`, "x"],
      [photo, "x"],
    ] as const) {
      writeFileSync(path, content);
      expect(await refused()).toMatch(
        /^restoring goes into an empty place only, and there is .*data\/lantian/,
      );
      expect(readFileSync(path, "utf8")).toBe("x");
      rmSync(path);
    }
    expect(await refused()).toContain("lantian-files");
    rmSync(join(vaultFolder(place), "ab"), { recursive: true });
    writeFileSync(place, "");
    expect((await run("restore", [archive], place)).status).toBe(0);
    expect(lying()).toEqual(["lantian-files", "lantian.db", "lantian.db.seal"]);
  });

  test("not while a bot runs there", async () => {
    const bot = startBotHere(await aDatabaseIn(dirname(place)));
    await addressOf(bot);
    expect(await refused()).toMatch(/another Lantian process is using this database/);
    expect((await bot.stop()).status).toBe(0);
    expect((await run("doctor", [], place)).status).toBe(0);
  });

  test("whole or not at all: what is damaged, cut off, foreign or newer leaves the place as it was", async () => {
    const bytes = readFileSync(archive);
    const at = (text: string) => bytes.indexOf(text) + 600;
    const spoilt = join(aFolder(), "spoilt.tar");
    const flip = (offset: number) => {
      const copy = Buffer.from(bytes);
      copy[offset] = (copy[offset] ?? 0) ^ 1;
      writeFileSync(spoilt, copy);
    };
    const expectRefusal = async (why: RegExp) => {
      expect(await refused(spoilt)).toMatch(why);
      expect(lying()).toEqual([]);
    };
    flip(at("lantian.db\0") + 100_000);
    await expectRefusal(/lantian\.db in it is damaged/);
    flip(bytes.indexOf("%PDF-1.4"));
    await expectRefusal(/lantian-files\/\w+\/\w+ in it is damaged/);
    flip(bytes.indexOf('"sha256":"') + 12);
    await expectRefusal(/cannot read the backup/);
    writeFileSync(spoilt, bytes);
    truncateSync(spoilt, bytes.length / 2);
    await expectRefusal(/cannot read the backup/);
    for (const other of [Buffer.alloc(0), Buffer.from("县区,指标\n".repeat(200)), Buffer.alloc(20_000)]) {
      writeFileSync(spoilt, other);
      await expectRefusal(/cannot read the backup/);
    }
    expect(await refused(join(aFolder(), "none.tar"))).toMatch(/there is no file/);
    expect(lying()).toEqual([]);
  });

  test("not from a backup of a newer version: the program is to be updated first", async () => {
    const { file } = await aBackup();
    const newer = join(aFolder(), "newer.tar");
    const copy = join(aFolder(), "copy.db");
    changed(file, ["update __drizzle_migrations set created_at = created_at + 1000000000000"]);
    await copyDatabase(file, copy);
    const { schema, rows } = await holdingsOf(copy);
    changed(copy, ["drop trigger evidence_no_delete"], ["delete from evidence"]);
    const about = { format: 1 as const, at: "2026-01-01T00:00:00Z", schema, rows, files: [], lacking: [] };
    await writeArchive(newer, { ...about, database: await hashAndSizeOf(copy) }, copy, () => "");
    expect(await refused(newer)).toMatch(/was written by a newer version of Lantian; update the program/);
    expect(lying()).toEqual([]);
  });
});

test("asked for without a file it says how it is used", async () => {
  const place = join(aFolder(), "lantian.db");
  expect(await run("restore", [], place)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^usage: /),
  });
  expect(existsSync(place)).toBe(false);
});
