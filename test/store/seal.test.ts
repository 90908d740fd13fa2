import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { boot } from "../../src/ops/boot.ts";
import { acceptLoss } from "../../src/ops/self-check.ts";
import { auditFaults, startWatchingAudit } from "../../src/ops/watch-audit.ts";
import { StoreFault } from "../../src/store/open.ts";
import { readSeal, sealFile } from "../../src/store/seal.ts";
import { aFolder } from "../support/folder.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { run } from "../support/scripts.ts";
import { until } from "../support/until.ts";

let office: AnOffice;
let open: boolean;
beforeEach(async () => {
  office = await anOffice();
  open = true;
  for (const county of ["如东", "如皋", "启东"]) await office.says("海安联络员", county);
});
const stop = () => {
  if (open) office.bot.store.close();
  open = false;
};
afterEach(() => {
  stop();
  office.close();
});

const starts = async (file = office.file) => {
  const { bot } = await boot({ ...readConfig({}), databaseFile: file, logLevel: "silent" });
  bot.store.close();
};
/** Changes the file behind the bot's back; what keeps the log from being changed is put back afterwards, or not. */
function tamper(statement: string, { file = office.file, putBack = true } = {}): void {
  const raw = new Database(file);
  const triggers = raw.prepare("select name, sql from sqlite_schema where type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) raw.exec(`drop trigger "${name}"`);
  if (statement !== "") raw.exec(statement);
  if (putBack) for (const { sql } of triggers) raw.exec(sql);
  raw.close();
}
/** In the order of the migrations. */
const WATCHED = ["audit", "evidence", "issue_event", "revision"].flatMap((table) => [
  `${table}_no_update`,
  `${table}_no_delete`,
]);
const refused = async (file?: string) => {
  const error = await starts(file).then(
    () => null,
    (fault: unknown) => fault,
  );
  expect(error).toBeInstanceOf(StoreFault);
  return (error as Error).message;
};
const rows = () => office.bot.store.read((r) => r.audit.about({}, 1, 0)).then(({ total }) => total);

test("a stop leaves a seal beside the database, for its owner only, that names head, length and newest rows", async () => {
  const total = await rows();
  const { rows: newest } = await office.bot.store.read((r) => r.audit.about({}, 3, 0));
  stop();
  const seal = readSeal(office.file);
  expect(seal?.length).toBe(total);
  expect(seal?.newest.slice(0, 3)).toEqual(newest.map(({ id, hash }) => ({ id, hash })));
  expect(statSync(sealFile(office.file)).mode & 0o077).toBe(0);
  await starts();
});

test("a running bot seals by itself, and not at once with each commit", async () => {
  await until(() => readSeal(office.file) !== null);
  const before = readSeal(office.file);
  for (let i = 0; i < 5; i++) await office.says("海安联络员", "如东");
  expect(readSeal(office.file)?.length).toBeLessThan((await rows()) + 1);
  await until(async () => readSeal(office.file)?.length === (await rows()));
  expect(before?.length).toBeLessThan(await rows());
});

test("what is written while somebody reads is sealed, whatever that reader still sees", async () => {
  await until(async () => readSeal(office.file)?.length === (await rows()));
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  const reading = office.bot.store.read(async ({ audit }) => {
    const { total } = await audit.about({}, 1, 0);
    await promise;
    return total;
  });
  const [before] = readSeal(office.file)?.newest ?? [];
  const now = (await office.bot.clock.now()).epochMilliseconds;
  const entry = { at: now, personId: null, actor: "测试", subject: "test", outcome: "done" } as const;
  await office.bot.store.write(({ audit }) => audit.append({ ...entry, act: "test", detail: {} }));
  await until(() => readSeal(office.file)?.newest[0]?.id !== before?.id);
  goOn();
  expect(readSeal(office.file)?.length).toBe((await reading) + 1);
});

describe("with what was there before missing, the bot doesn't start and says what", () => {
  test.each<[string, string, RegExp]>([
    [
      "the newest rows",
      "delete from audit where id > (select max(id) - 2 from audit)",
      /lacks 2 of .*缺少2条/,
    ],
    ["all rows", "delete from audit", /lacks all of .*缺少全部条/],
    ["a row in the midst", "delete from audit where id = (select max(id) - 1 from audit)", /lacks 1 of/],
    [
      "the newest row, with another in its place",
      "update audit set hash = 'x' where id = (select max(id) from audit)",
      /isn't the one that was sealed.*与封存的不一致/,
    ],
  ])("%s", async (_, statement, says) => {
    stop();
    tamper(statement);
    expect(await refused()).toMatch(says);
  });

  test("the triggers", async () => {
    stop();
    tamper("", { putBack: false });
    expect(await refused()).toMatch(
      /audit_no_update is gone.*evidence_no_delete.*issue_event_no_update.*触发器/s,
    );
    const raw = new Database(office.file);
    raw.exec(
      "create trigger audit_no_update before update on audit when 0 begin select raise(abort, ''); end",
    );
    raw.close();
    // One that lets everything pass holds nothing.
    expect(await refused()).toContain("audit_no_update is gone, or another one now");
  });

  test("the log that SQLite writes first", async () => {
    const copied = join(aFolder(), "lantian.db");
    await until(async () => readSeal(office.file)?.length === (await rows()));
    // The newest commits stand in the -wal file alone.
    copyFileSync(office.file, copied);
    copyFileSync(sealFile(office.file), sealFile(copied));
    expect(await refused(copied)).toMatch(/-wal file was lost.*-wal文件丢失/);
    copyFileSync(`${office.file}-wal`, `${copied}-wal`);
    await starts(copied);
  });
});

describe("an administrator's word", () => {
  test("goes on with what is left, writes what is missing into the log, and holds from then on", async () => {
    stop();
    tamper("delete from audit where id > (select max(id) - 2 from audit)", { putBack: false });
    expect(await acceptLoss(office.file)).toEqual([
      ...WATCHED.map((name) => expect.stringContaining(`${name} is gone`)),
      expect.stringContaining("lacks 2 of"),
    ]);
    await starts();
    const raw = new Database(office.file);
    const row = raw.prepare("select act, actor, detail from audit order by id desc limit 1").get();
    expect(row).toMatchObject({ act: "audit.accept-loss", detail: expect.stringContaining("缺少2条") });
    expect(() => raw.exec("delete from audit")).toThrow("append-only");
    for (const statement of [
      "update audit set actor = 'x'",
      "delete from issue_event",
      "update issue_event set text = ''",
    ])
      expect(() => raw.exec(statement)).toThrow("append-only");
    raw.close();
    tamper("delete from audit where id = (select max(id) from audit)");
    expect(await refused()).toMatch(/lacks 1 of.*--accept-loss/s);
  });

  test("changes nothing where nothing is missing, or where there is no database yet", async () => {
    stop();
    expect(await acceptLoss(office.file)).toEqual([]);
    const raw = new Database(office.file);
    expect(raw.prepare("select count(*) from audit where act = 'audit.accept-loss'").pluck().get()).toBe(0);
    raw.close();
    const none = join(aFolder(), "none.db");
    expect(await acceptLoss(none)).toEqual([]);
    expect(existsSync(none)).toBe(false);
  });
});

test("what was written after the last seal, as before a crash, is no fault", async () => {
  await until(() => readSeal(office.file) !== null);
  const early = readFileSync(sealFile(office.file));
  for (let i = 0; i < 3; i++) await office.says("海安联络员", "如东");
  stop();
  writeFileSync(sealFile(office.file), early);
  await starts();
});

test("a running bot finds what is changed under it, names it, and the office is told once a day", async () => {
  expect(await auditFaults(office.bot)).toEqual([]);
  const { rows: newest } = await office.bot.store.read((r) => r.audit.about({}, 5, 0));
  tamper(`update audit set actor = '别人' where id = ${newest[2]?.id}`, { putBack: false });
  const watch = startWatchingAudit(office.bot, (error) => {
    throw error;
  });
  await watch.looked;
  expect(watch.health()).toMatchObject({
    ok: false,
    detail: expect.stringContaining(`#${newest[2]?.id}被改动`),
  });
  expect(watch.health().detail).toContain("触发器");
  await watch.stop();
  const again = startWatchingAudit(office.bot, () => undefined);
  await again.looked;
  await again.stop();
  const told = (await office.bot.store.read((r) => r.outbox.after(0))).filter(
    ({ row }) => row.title === "审计记录校验不通过",
  );
  expect(told.map(({ audience }) => audience)).toEqual(["市办"]);
});

test("a seal that was taken away is noticed, noted and made anew", async () => {
  const watch = async () => {
    const watching = startWatchingAudit(office.bot, () => undefined);
    await watching.looked;
    await watching.stop();
    return watching.health().ok;
  };
  expect(await watch()).toBe(true);
  await until(() => existsSync(sealFile(office.file)));
  rmSync(sealFile(office.file));
  expect(await watch()).toBe(false);
  const [row] = await office.bot.store.read((r) => r.audit.latest(1));
  expect(row).toMatchObject({ act: "audit.seal" });
  await until(() => existsSync(sealFile(office.file)));
});

test("restoring a backup renews the seal, with a line in the audit", async () => {
  const backup = join(aFolder(), "office.tar");
  expect((await run("backup", [backup], office.file)).status).toBe(0);
  await office.says("海安联络员", "如东");
  stop();
  const length = readSeal(office.file)?.length ?? 0;
  for (const end of ["", "-wal", "-shm"]) rmSync(`${office.file}${end}`, { force: true });
  // The seal of what is gone still lies there.
  expect((await run("restore", [backup], office.file)).status).toBe(0);
  expect(readSeal(office.file)?.length).toBeLessThanOrEqual(length + 1);
  await starts();
  const raw = new Database(office.file, { readonly: true });
  expect(raw.prepare("select count(*) from audit where act = 'restore'").pluck().get()).toBe(1);
  raw.close();
});
