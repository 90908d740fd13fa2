import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Lantian } from "../../src/bot/lantian.ts";
import type { Door } from "../../src/delivery/door.ts";
import { hold, look } from "../../src/delivery/look.ts";
import type { DeliveryClass, OutboxRow } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { type UnderWay, underWay } from "./under-way.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const NOW = 1_000_000;
const door: Door = { platform: "slack", remote: true, deliver: async () => ({ kind: "taken" }) };
const rowOf = async (key: string) => (await office.bot.store.read((r) => r.outbox.find(key))) as OutboxRow;
const lookAt = (row: OutboxRow, through: Partial<Door> = {}, there: Lantian = office.bot) =>
  look(there, { ...door, ...through }, row, () => NOW);
const inDatabase = (sql: string) => {
  const raw = new Database(office.file);
  raw.exec(sql);
  raw.close();
};

/** A delivery that waits to be sent. */
async function waiting(what: UnderWay = {}) {
  const { key, row } = await underWay(office, what);
  await office.bot.store.write((w) => w.outbox.retry(row, 0, "", row.attempts));
  return { key, row: await rowOf(key) };
}

describe("what waits to be sent", () => {
  test("may go out, to whom it is meant for", async () => {
    const [mine, group] = [await waiting(), await waiting({ group: true })];
    expect(await lookAt(mine.row)).toMatchObject({ to: { kind: "person", person: { name: "海安联络员" } } });
    expect(await lookAt(group.row)).toMatchObject({ to: { kind: "chat", chat: { id: group.row.chatId } } });
  });

  test("stays where it is when it is meant for nobody", async () => {
    const { key, row } = await waiting();
    expect(await lookAt({ ...row, personId: null })).toBe(false);
    expect((await rowOf(key)).state).toBe("pending");
  });

  test.each([
    ["somebody who has left", {}, "update person set active = 0", "该成员已停用"],
    ["a group that was given up", { group: true }, "update chat set active = 0", "该群已停用或已解除绑定"],
  ])("goes to %s no more", async (_, what, sql, why) => {
    const { key, row } = await waiting(what);
    inDatabase(sql);
    expect(await lookAt(row)).toBe(false);
    expect(await rowOf(key)).toMatchObject({ state: "failed", lastError: why });
  });

  test("waits for a digest where its reader wants one", async () => {
    const { key, row } = await waiting({ class: "card" });
    inDatabase("update person set digest_hour = 16");
    expect(await lookAt(row)).toBe(false);
    expect((await rowOf(key)).state).toBe("waiting");
  });

  test.each([
    ["a demonstration looks again with every round", true, 1],
    ["an office after five minutes at the latest", false, 300_000],
  ])("waits in quiet hours: %s", async (_, demo, ms) => {
    const { key, row } = await waiting({ class: "must-not-repeat" });
    inDatabase("update person set quiet_from = 0, quiet_to = 23");
    const held = await lookAt(row, {}, { ...office.bot, demo });
    expect(held).toEqual({ row, until: NOW + ms, why: "quiet hours" });
    await hold(office.bot, [held as never]);
    expect(await rowOf(key)).toMatchObject({ state: "pending", nextAttemptAt: NOW + ms });
  });

  test.each([
    [7_000, { until: NOW + 7_000, why: "the platform's limits" }],
    [0, { to: { kind: "person" } }],
  ])("waits as long as the platform's limits want, %i ms", async (ms, expected) => {
    const { row } = await waiting();
    expect(await lookAt(row, { wait: async () => ms })).toMatchObject(expected);
  });
});

type Found = "standing" | "absent" | "unsure" | "no way to look" | "not now";
const finds: Record<Found, Partial<Door>> = {
  standing: { find: async () => ({ chat: "D1", externalId: "1" }) },
  absent: { find: async () => "absent" },
  unsure: { find: async () => "unsure" },
  "no way to look": {},
  "not now": { find: () => Promise.reject(new Error("no connection")) },
};
const AGAIN = { state: "pending", nextAttemptAt: NOW };
const LISTED = { state: "ambiguous", nextAttemptAt: Number.MAX_SAFE_INTEGER };
const LATER = { state: "ambiguous", nextAttemptAt: NOW + 60_000 };

/** A delivery of which nobody knows whether it arrived. */
async function inDoubt(what: UnderWay = {}) {
  const { key, row } = await underWay(office, what);
  await office.bot.store.write((w) => w.outbox.doubt(row, 0, "no answer"));
  return { key, row: await rowOf(key) };
}

describe("what is in doubt", () => {
  test.each<[DeliveryClass, Found, tried: number, object]>([
    ["must-not-repeat", "standing", 0, { state: "sent" }],
    // Where it isn't in the chat it goes out again, five times at most.
    ["must-not-repeat", "absent", 0, AGAIN],
    ["must-not-repeat", "absent", 3, AGAIN],
    ["must-not-repeat", "absent", 4, LISTED],
    ["card", "absent", 4, LISTED],
    // Where nobody can look it is repeated once, unless it must not be.
    ["must-arrive", "unsure", 0, AGAIN],
    ["must-arrive", "no way to look", 0, AGAIN],
    ["must-arrive", "no way to look", 1, LISTED],
    ["card", "no way to look", 0, AGAIN],
    ["must-not-repeat", "unsure", 0, LISTED],
    ["must-not-repeat", "no way to look", 0, LISTED],
    // Where the platform can't be asked now, it is asked later.
    ["must-not-repeat", "not now", 0, LATER],
    ["card", "not now", 4, LATER],
  ])("%s, %s, tried %i times before: %j", async (kind, found, tried, expected) => {
    const { key, row } = await inDoubt({ class: kind, tried });
    expect(await lookAt(row, finds[found])).toBe(found === "standing");
    expect(await rowOf(key)).toMatchObject({ ...expected, attempts: tried + 1 });
  });

  test.each([
    [0, AGAIN],
    [3, AGAIN],
    [4, LISTED],
  ])("an edit is made again without a look, tried %i times before", async (tried, expected) => {
    const { key, row } = await inDoubt({ edit: true, tried });
    await lookAt(row, { find: () => Promise.reject(new Error("nothing bears its mark")) });
    expect(await rowOf(key)).toMatchObject(expected);
  });

  test("is looked for by one round alone", async () => {
    const { row } = await inDoubt();
    let looks = 0;
    const find = async () => {
      looks += 1;
      return "unsure" as const;
    };
    expect(await lookAt(row, { find })).toBe(false);
    expect(await lookAt(row, { find })).toBe(false);
    expect(looks).toBe(1);
  });

  const news = async () =>
    (await office.bot.store.read((r) => r.outbox.after(0)))
      .filter(({ row: { key } }) => key.startsWith("trouble/"))
      .map(({ row: { title } }) => title.replace(/：.*/, ""));

  test("for good it is the office's to know, and its reader's where a file is perhaps lost", async () => {
    const { row } = await inDoubt({ class: "must-not-repeat" });
    for (let round = 0; round < 2; round++) await lookAt(row);
    expect((await news()).toSorted()).toEqual(["不确定是否送达", "附件可能没有送达"].toSorted());
  });

  test("with somebody who has left it is the office's alone, by what the platform last said", async () => {
    const { key, row } = await inDoubt({ class: "card" });
    inDatabase("update person set active = 0 where name = '海安联络员'");
    expect(await lookAt(row, finds.standing)).toBe(false);
    expect(await rowOf(key)).toMatchObject({ ...LISTED, lastError: "no answer" });
    expect(await news()).toEqual(["不确定是否送达"]);
  });
});
