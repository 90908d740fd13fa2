import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { migrateDatabase, openConnection, StoreFault, takeLock } from "../../src/store/open.ts";
import { openStore } from "../../src/store/store.ts";
import { OWN_START } from "../support/child.ts";
import { aFolder } from "../support/folder.ts";

const root = join(import.meta.dirname, "../..");

/** Opens a store and says what it was refused for: one line for whoever starts the bot. */
function faultOf(file: string): string {
  try {
    openStore(file).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreFault);
    const { message } = error as Error;
    expect(message).not.toContain("\n");
    return message;
  }
  return "";
}

test("every open sets and has the settings that the reliability document demands", () => {
  const file = join(aFolder(), "a.db");
  migrateDatabase(file);
  for (let time = 0; time < 2; time++) {
    const connection = openConnection(file);
    const found = (name: string) => connection.pragma(name, { simple: true });
    expect(["journal_mode", "synchronous", "foreign_keys", "trusted_schema"].map(found)).toEqual([
      "wal",
      2,
      1,
      0,
    ]);
    expect(found("busy_timeout")).toBeGreaterThan(0);
    expect(["cell_size_check", "secure_delete"].map(found)).toEqual([1, 1]);
    connection.close();
  }
});

test("a new file gets the schema, in a folder that is made for it", () => {
  const file = join(aFolder(), "deep", "er", "a.db");
  openStore(file).close();
  const raw = new Database(file, { readonly: true });
  const strict = raw.pragma("table_list") as { name: string; schema: string; type: string; strict: number }[];
  raw.close();
  const ours = strict.filter((t) => t.schema === "main" && !/^(sqlite_|__drizzle)/.test(t.name));
  expect(ours.length).toBeGreaterThan(15);
  expect(ours.filter((t) => t.type === "table" && t.strict !== 1)).toEqual([]);
});

test("opening again changes nothing in the file", () => {
  const file = join(aFolder(), "a.db");
  openStore(file).close();
  const before = readFileSync(file);
  openStore(file).close();
  expect(readFileSync(file).equals(before)).toBe(true);
});

describe("refused, with one line and nothing changed", () => {
  test("a database of another program", () => {
    const file = join(aFolder(), "other.db");
    const other = new Database(file);
    other.exec("create table recipe (name text); insert into recipe values ('soup')");
    other.close();
    const before = readFileSync(file);
    expect(faultOf(file)).toMatch(/another program/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("a database that a newer version has written", () => {
    const file = join(aFolder(), "a.db");
    openStore(file).close();
    const raw = new Database(file);
    raw.exec("insert into __drizzle_migrations (hash, created_at) values ('later', 99999999999999)");
    raw.close();
    const before = readFileSync(file);
    expect(faultOf(file)).toMatch(/newer version of Lantian; update the program, or go back with the backup/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("a file that is no database", () => {
    const file = join(aFolder(), "a.db");
    writeFileSync(file, "县区,指标\n".repeat(500));
    expect(faultOf(file)).toMatch(/not a database/);
    expect(readFileSync(file, "utf8")).toContain("县区,指标");
  });

  test("a folder in the file's place", () => {
    const file = join(aFolder(), "a.db");
    mkdirSync(file);
    expect(faultOf(file)).not.toBe("");
  });

  test("a path below a file", () => {
    const folder = aFolder();
    writeFileSync(join(folder, "file"), "");
    expect(faultOf(join(folder, "file", "a.db"))).toMatch(/cannot create the folder/);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written", () => {
    const folder = aFolder();
    chmodSync(folder, 0o500);
    expect(faultOf(join(folder, "a.db"))).not.toBe("");
    chmodSync(folder, 0o700);
  });

  test("a lock that another process keeps", () => {
    const path = join(aFolder(), "a.running");
    const release = takeLock(path, 0);
    expect(() => takeLock(path, 0)).toThrow(/another Lantian process/);
    release();
    takeLock(path, 0)();
  });
});

test("several processes that migrate one new file at once all find it whole", async () => {
  const file = join(aFolder(), "a.db");
  const code = `import { openStore } from "./src/store/store.ts";
    const store = openStore(${JSON.stringify(file)});
    await store.write((w) => w.settings.set("demo-clock", String(process.pid)));
    console.log(await store.read((r) => r.settings.get("demo-clock")) !== null);
    store.close();`;
  const run = () =>
    new Promise<string>((resolve) => {
      const child = spawn(process.execPath, [...OWN_START, "--input-type=module-typescript", "-e", code], {
        cwd: root,
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
      child.on("close", (status) => resolve(`${status} ${output.trim()}`));
    });
  expect(await Promise.all([run(), run(), run()])).toEqual(Array(3).fill("0 true"));
  const raw = new Database(file, { readonly: true });
  const migrations = readFileSync(join(root, "drizzle/meta/_journal.json"), "utf8").match(/"tag"/g);
  expect(raw.prepare("select count(*) from __drizzle_migrations").pluck().get()).toBe(migrations?.length);
  raw.close();
});
