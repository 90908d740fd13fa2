import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { chanceOf } from "../support/chance.ts";
import { aFolder } from "../support/folder.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// A power cut leaves the database as it was, and of its log as much as the disk had taken, the end of it in any state.

const full = process.env.TEST_FULL === "1";
const IMAGES = full ? 400 : 16;
const COMMITS = 40;

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ demoData: false });
  await office.bot.store.write(({ people }) =>
    people.add({ name: "王办", role: "office", regionId: null, departmentId: null, createdAt: 0 }),
  );
});
afterEach(() => office.close());

const { below } = chanceOf(20200615);

/** What one commit of these writes together. */
const COUNTS = {
  audit: "select count(*) from audit where act = 'test.torn'",
  outbox: "select count(*) from outbox where key like 'torn/%'",
  setting: "select coalesce(max(cast(value as integer)), 0) from setting where key = 'torn-contact'",
};

test("whatever is left of the log, what comes back is whole: the first so many commits, and all of each", async ({
  annotate,
}) => {
  const { store } = office.bot;
  const person = await store.read((r) => r.people.byName("王办"));
  if (person === null) throw new Error("nobody");
  // From here on all is in the log: its beginning is where the database stands.
  const raw = new Database(office.file);
  raw.pragma("wal_checkpoint(TRUNCATE)");
  raw.close();
  for (let nth = 1; nth <= COMMITS; nth++)
    await store.write(async (w) => {
      const card = { title: `第${nth}件`, blocks: [], buttons: [] };
      await w.outbox.queue(
        { key: `torn/${nth}`, to: { personId: person.id }, class: "must-arrive", card },
        nth,
      );
      await w.audit.append({
        at: nth,
        personId: null,
        actor: "测试",
        act: "test.torn",
        outcome: "done",
        detail: {},
      });
      await w.settings.set("torn-contact", String(nth));
    });
  const log = readFileSync(`${office.file}-wal`);
  const folder = aFolder();
  const found = new Map<number, number>();
  for (let image = 0; image < IMAGES; image++) {
    const file = join(folder, `${image}.db`);
    copyFileSync(office.file, file);
    // The first and the last byte, too.
    const at = image === 0 ? 0 : image === 1 ? log.length : below(log.length);
    const how = image < 2 ? "cut" : (["cut", "zeroed", "garbled"] as const)[image % 3];
    const torn = Buffer.from(how === "cut" ? log.subarray(0, at) : log);
    if (how === "zeroed") torn.fill(0, at);
    if (how === "garbled")
      for (let byte = at; byte < Math.min(at + 64, torn.length); byte++) torn[byte] = below(256);
    writeFileSync(`${file}-wal`, torn);

    const copy = new Database(file);
    expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(copy.pragma("foreign_key_check")).toEqual([]);
    const counts = Object.values(COUNTS).map((sql) => copy.prepare(sql).pluck().get() as number);
    copy.close();
    expect(new Set(counts).size).toBe(1);
    const commits = counts[0] as number;
    found.set(at, commits);
    if (image % 8 !== 0) continue;
    const again = openStore(file);
    expect(await again.read((r) => r.audit.firstBroken())).toBeNull();
    again.close();
  }
  expect([found.get(0), found.get(log.length)]).toEqual([0, COMMITS]);
  // The more of the log there is, the more comes back.
  const inOrder = [...found].toSorted(([a], [b]) => a - b).map(([, commits]) => commits);
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  expect(new Set(inOrder).size).toBeGreaterThan(full ? 30 : 8);
  await annotate(`${IMAGES} images, ${new Set(inOrder).size} different ends, each whole`);
});
