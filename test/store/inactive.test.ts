import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Reader } from "../../src/store/store.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
const identity = { platform: "slack", workspace: "T1", userKey: "U1" } as const;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-14T12:00" });
  const { store } = office.bot;
  const person = await store.read((r) => r.people.byName("如东联络员"));
  await store.write((w) => w.people.bind(person?.id ?? 0, identity, 0));
  const raw = new Database(office.file);
  raw.prepare("update person set active = 0 where name = '如东联络员'").run();
  raw.close();
});
afterEach(() => office.close());

/** How somebody is found, and whether one who has left is. */
test.each<[string, boolean, (r: Reader) => Promise<({ name: string } | null)[]>]>([
  ["among all", false, (r) => r.people.all()],
  ["by role", false, (r) => r.people.withRoles(["county-liaison", "county-lead"])],
  ["by what they are called by the platform", false, async (r) => [await r.people.byIdentity(identity)]],
  ["among all who ever were", true, (r) => r.people.ever()],
  ["as the one an account is bound to", true, async (r) => [await r.people.holderOf(identity)]],
  ["by name, to come back", true, async (r) => [await r.people.byName("如东联络员")]],
])("who has left is found %s: %s", async (_, isFound, find) => {
  const names = (await office.bot.store.read(find)).map((person) => person?.name);
  expect(names.includes("如东联络员")).toBe(isFound);
});

test("who has left gets no notice, and what waited for them is given up", async () => {
  const { store } = office.bot;
  const gone = await store.read((r) => r.people.byName("如东联络员"));
  const card = { title: "通知", blocks: [] };
  const to = { personId: gone?.id ?? 0 };
  await store.write((w) => w.outbox.queue({ key: "test/1", to, class: "must-arrive", card }, 0));
  await office.advanceTo("2020-06-16T09:01");
  const theirs = (await store.read((r) => r.outbox.after(0))).filter(
    (sent) => sent.audience === "如东联络员",
  );
  expect(theirs.map(({ row }) => [row.key, row.state, row.lastError])).toEqual([
    ["test/1", "failed", "该成员已停用"],
  ]);
});
