import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { expect, onTestFinished, test } from "vitest";
import { databaseFindings } from "../../src/ops/examine.ts";
import { vaultBeside, vaultFolder } from "../../src/store/vault.ts";
import { aPdf, lyingBeside, sendingTo } from "../support/evidence.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn, anOffice } from "../support/office.ts";
import { run, runProcess } from "../support/scripts.ts";

const full = process.env.TEST_FULL === "1";
const NO = "NT-2020-000006";
const root = join(import.meta.dirname, "../..");

/** An office whose evidence lies on disk, and the name of each file by its content. */
async function anOfficeWithFiles(count = 3) {
  const file = await aDatabaseIn(aFolder());
  const office = await anOffice({ database: file });
  onTestFinished(() => office.close());
  const sends = sendingTo(office);
  const send = (n: number) => sends("海安联络员", NO, { bytes: aPdf(n), name: `方案${n}.pdf` });
  for (let n = 0; n < count; n++) await send(n);
  const files = await office.bot.store.read((r) => r.evidence.keptFiles());
  return { file, office, send, files };
}
const backupOf = (stdout: string) => stdout.match(/^backup: (.+)$/m)?.[1] ?? "";
const unwell = async (file: string) => (await databaseFindings(file)).filter(({ ok }) => !ok);

test("a backup is one file beside the database that any tar opens, and nothing besides is left", async () => {
  const { file, files } = await anOfficeWithFiles();
  const ran = await run("backup", [], file);
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  expect(
    ran.stdout
      .split("\n")
      .filter((line) => line.startsWith("ok  "))
      .map((line) => line.slice(5)),
  ).toEqual(
    expect.arrayContaining([
      "kept files: 3, each of them whole",
      expect.stringMatching(/^archive: read again/),
    ]),
  );
  const archive = backupOf(ran.stdout);
  expect(archive).toMatch(/\/backups\/lantian-\d{8}-\d{6}\.tar$/);
  expect(readdirSync(dirname(archive))).toEqual([archive.split("/").at(-1)]);
  const bytes = readFileSync(archive);
  for (const { sha256 } of files)
    expect(bytes.includes(`lantian-files/${sha256.slice(0, 2)}/${sha256}`)).toBe(true);
  expect(bytes.subarray(257, 262).toString()).toBe("ustar");
  const again = await run("backup", [archive], file);
  expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining("exists already") });
});

test("a file that is gone and one that was changed are named, the rest is backed up, and cron hears of it", async () => {
  const { file, files } = await anOfficeWithFiles();
  const [gone, changed, whole] = files.map(({ sha256 }) => sha256);
  const vault = vaultBeside(file);
  rmSync(vault.placeOf(gone ?? ""));
  appendFileSync(vault.placeOf(changed ?? ""), "\n");
  const ran = await run("backup", [], file);
  expect(ran.status).toBe(1);
  expect(ran.stdout).toMatch(
    /^BAD {2}kept files: 2 of 3 can't be opened: NT-2020-000006 方案0\.pdf \(\w+\) missing, .*方案1\.pdf \(\w+\) changed$/m,
  );
  const place = join(aFolder(), "lantian.db");
  const restored = await run("restore", [backupOf(ran.stdout)], place);
  expect(restored).toMatchObject({ status: 1, stderr: "" });
  expect(restored.stdout).toContain("BAD  kept files: 2 of 3 can't be opened");
  expect(lyingBeside(place)).toEqual([whole]);
});

test("beside a bot that writes all the time it ends, with one state of the database and every file which that names", async () => {
  const { file, send } = await anOfficeWithFiles();
  // Large enough that a copy in many steps would be overtaken by the next change again and again.
  const raw = new Database(file);
  onTestFinished(() => void raw.close());
  raw.exec("create table ballast (x blob) strict; create table beats (n integer) strict");
  const ballast = raw.prepare("insert into ballast values (zeroblob(1000000))");
  for (let mb = 0; mb < (full ? 80 : 24); mb++) ballast.run();
  const beats = raw.prepare("insert into beats values (?)");
  let n = 0;
  const writing = setInterval(() => beats.run(++n), 2);
  onTestFinished(() => clearInterval(writing));
  let ended = false;
  const backing = runProcess("backup", [], file).finally(() => {
    ended = true;
  });
  for (let more = 10; !ended && more < 400; more++) await send(more);
  const ran = await backing;
  clearInterval(writing);
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  const place = join(aFolder(), "lantian.db");
  expect((await run("restore", [backupOf(ran.stdout)], place)).status).toBe(0);
  expect((await unwell(place)).map(({ name }) => name)).toEqual([]);
  const copy = new Database(place, { readonly: true });
  const [beat, newest] = [
    copy.prepare("select count(*) from beats").pluck().get(),
    copy.prepare("select max(n) from beats").pluck().get(),
  ];
  copy.close();
  expect(beat).toBe(newest);
});

test("a database of an older version is backed up as it is, and restored by this one", async () => {
  const folder = aFolder();
  const older = join(folder, "drizzle");
  cpSync(join(root, "drizzle"), older, { recursive: true });
  const journal = join(older, "meta/_journal.json");
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8")) as { entries: unknown[] };
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 1) }));
  const file = join(folder, "lantian.db");
  const raw = new Database(file);
  migrate(drizzle({ client: raw }), { migrationsFolder: older });
  const tables = () => raw.prepare("select count(*) from sqlite_schema where type = 'table'").pluck().get();
  const before = tables();
  const ran = await run("backup", [], file);
  expect(ran).toMatchObject({ status: 0, stderr: "" });
  expect(tables()).toBe(before);
  raw.close();
  const place = join(folder, "new", "lantian.db");
  expect(await run("restore", [backupOf(ran.stdout)], place, { LANTIAN_DEMO: "0" })).toMatchObject({
    status: 0,
  });
  expect(await unwell(place)).toEqual([]);
});

test("what isn't ours, or isn't there, is not backed up", async () => {
  const folder = aFolder();
  const other = join(folder, "other.db");
  const raw = new Database(other);
  raw.exec("create table t (x)");
  raw.close();
  expect(await run("backup", [], other)).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/^[^\n]+is a database of another program\n$/),
  });
  expect(await run("backup", [], join(folder, "none.db"))).toMatchObject({ status: 2, stdout: "" });
  expect(existsSync(join(folder, "none.db"))).toBe(false);
  expect(existsSync(vaultFolder(other))).toBe(false);
});

test("of all columns that hold a hash three name kept files: a new one is to be thought of in backup, doctor and sweep", async () => {
  const raw = new Database(await aDatabaseIn(aFolder()), { readonly: true });
  const columns = raw
    .prepare(
      "select t.name || '.' || c.name from sqlite_schema t, pragma_table_info(t.name) c where t.type = 'table' and c.name like '%sha256%' order by 1",
    )
    .pluck()
    .all();
  raw.close();
  // A batch's is of a table that was read and not kept, and a look's of a picture that evidence names as well.
  expect(columns).toEqual([
    "batch.sha256",
    "evidence.sent_sha256",
    "evidence.sha256",
    "import_question.sha256",
    "official_paper_file.sha256",
    "picture_look.sha256",
    "plan.sha256",
  ]);
});
