import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { type Connection, openConnection } from "../../src/store/open.ts";
import { openStore } from "../../src/store/store.ts";
import { aFolder } from "../support/folder.ts";
import { anOffice } from "../support/office.ts";

function aStore() {
  const file = join(aFolder(), "a.db");
  const store = openStore(file);
  onTestFinished(() => store.close());
  return { store, file };
}
const tick = () => Promise.resolve();

test("a write that throws leaves nothing behind, not even what was written before the throw", async () => {
  const { store } = aStore();
  const failing = store.write(async (w) => {
    await w.settings.set("demo", "1");
    await w.audit.append({ at: 1, personId: null, actor: "系统", act: "test", outcome: "done" });
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await store.read((r) => r.settings.get("demo"))).toBeNull();
  expect(await store.read((r) => r.audit.latest(1))).toEqual([]);
});

test("a commit is synced to the disk before it counts, until the store is told to hurry", async () => {
  const connections: Connection[] = [];
  const store = openStore(join(aFolder(), "a.db"), (file) => {
    const connection = openConnection(file);
    connections.push(connection);
    return connection;
  });
  onTestFinished(() => store.close());
  const found = () => connections.map((one) => one.pragma("synchronous", { simple: true }));
  expect(found()).toEqual([2, 2]);
  store.hurry();
  // The reading one commits nothing.
  expect(found()).toEqual([1, 2]);
});

test("after a failed write the next one works", async () => {
  const { store } = aStore();
  await store.write(() => Promise.reject(new Error("no"))).catch(() => {});
  await store.write((w) => w.settings.set("demo", "1"));
  expect(await store.read((r) => r.settings.get("demo"))).toBe("1");
});

test("writes go one at a time, in the order in which they were asked for", async () => {
  const { store } = aStore();
  const seen: string[] = [];
  await Promise.all(
    ["a", "b", "c"].map((name) =>
      store.write(async (w) => {
        seen.push(`${name} begins`);
        const before = Number((await w.settings.get("demo-clock")) ?? 0);
        await tick();
        await w.settings.set("demo-clock", String(before + 1));
        seen.push(`${name} ends`);
      }),
    ),
  );
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(await store.read((r) => r.settings.get("demo-clock"))).toBe("3");
});

test("nobody sees half a change: reads have what was committed when they began", async () => {
  const { store } = aStore();
  const during: (string | null)[] = [];
  await store.write(async (w) => {
    await w.settings.set("demo", "1");
    during.push(await store.read((r) => r.settings.get("demo")));
    await w.settings.set("plan", "x");
  });
  expect(during).toEqual([null]);
  expect(await store.read((r) => r.settings.get("demo"))).toBe("1");
});

test("one read sees one moment, also while another process writes", async () => {
  const { store, file } = aStore();
  await store.write((w) => w.settings.set("demo-clock", "1"));
  const other = openStore(file);
  onTestFinished(() => other.close());
  const seen = await store.read(async (r) => {
    const before = await r.settings.get("demo-clock");
    await other.write((w) => w.settings.set("demo-clock", "2"));
    return [before, await r.settings.get("demo-clock")];
  });
  expect(seen).toEqual(["1", "1"]);
  expect(await store.read((r) => r.settings.get("demo-clock"))).toBe("2");
});

test("a committed change of another connection is noticed", async () => {
  const { store, file } = aStore();
  const before = store.dataVersion();
  const other = openStore(file);
  await other.write((w) => w.settings.set("demo", "1"));
  other.close();
  expect(store.dataVersion()).not.toBe(before);
});

test("a change that is refused changes not a single row besides the audit log's and the count of what was said", async () => {
  const office = await anOffice();
  const before = rowsOf(office.file);
  await office.says("市办", "交办", { county: "海安", title: "裸土未覆盖", due: "2020-06-14" });
  const activity = (before.activity ?? 0) + 1;
  expect(rowsOf(office.file)).toEqual({ ...before, activity });
  await office.says("海安联络员", "交办 海安 裸土未覆盖 3日");
  expect(rowsOf(office.file)).toEqual({ ...before, activity: activity + 1, audit: (before.audit ?? 0) + 1 });
  office.close();
});

test("opening an office again seeds nothing: same rows, same bytes", async () => {
  const first = await anOffice();
  const { file } = first;
  first.bot.store.close();
  const before = { rows: rowsOf(file), bytes: readFileSync(file) };
  const again = await anOffice({ database: file });
  again.close();
  expect(rowsOf(file)).toEqual(before.rows);
  expect(readFileSync(file).equals(before.bytes)).toBe(true);
  first.close();
});

function rowsOf(file: string): Record<string, number> {
  const raw = new Database(file, { readonly: true });
  const tables = raw
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[];
  const counts = tables.map((t) => [t, raw.prepare(`select count(*) from "${t}"`).pluck().get() as number]);
  raw.close();
  return Object.fromEntries(counts);
}
