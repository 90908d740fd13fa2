import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../../src/delivery/door.ts";
import { settle, writeDownTheRest } from "../../src/delivery/settle.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { type UnderWay, underWay } from "./under-way.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const NOW = 1_000_000;
/** Settles one: what it is then, how often it has been tried, in how many seconds it is looked at, and what the office and its reader are told. */
async function settled(what: UnderWay, outcome: Outcome) {
  const { key, ...attempted } = await underWay(office, what);
  const before = await office.bot.store.read((r) => r.outbox.newestId());
  await settle(office.bot, attempted, outcome, () => NOW);
  return office.bot.store.read(async (r) => {
    const row = await r.outbox.find(key);
    const waits = row?.state === "pending" || row?.state === "ambiguous";
    const news = (await r.outbox.after(before)).map(({ row: { title } }) => title.replace(/：.*/, ""));
    return {
      ends: [row?.state, row?.attempts, waits ? ((row?.nextAttemptAt ?? 0) - NOW) / 1000 : null],
      why: row?.lastError,
      news: news.toSorted(),
    };
  });
}

const why = "refused";
const outcomes = {
  unreachable: { kind: "unreachable", why },
  unknown: { kind: "unknown", why },
  later: { kind: "later", afterMs: 7_000, why },
  moved: { kind: "moved", to: { chatKey: "elsewhere", topic: "" }, why },
  failed: { kind: "failed", why },
  unfit: { kind: "failed", why, unfit: true },
  gone: { kind: "failed", why, gone: true },
  accepted: { kind: "accepted", chat: "D1", externalId: "1" },
} as const satisfies Record<string, Outcome>;

describe("what becomes of a delivery", () => {
  test.each<[UnderWay, keyof typeof outcomes, [state: string, attempts: number, seconds: number | null]]>([
    // Tried again after ever longer waits, and not a sixth time.
    [{ tried: 0 }, "unreachable", ["pending", 1, 5]],
    [{ tried: 1 }, "unreachable", ["pending", 2, 30]],
    [{ tried: 2 }, "unreachable", ["pending", 3, 120]],
    [{ tried: 3 }, "unreachable", ["pending", 4, 600]],
    [{ tried: 4 }, "unreachable", ["failed", 5, null]],
    // Patience is no attempt, however often it is asked for.
    [{ tried: 0 }, "later", ["pending", 0, 7]],
    [{ tried: 4 }, "later", ["pending", 4, 7]],
    // What nobody knows is looked for, and of an edit made again.
    [{ tried: 0 }, "unknown", ["ambiguous", 1, 60]],
    [{ tried: 4 }, "unknown", ["ambiguous", 5, 60]],
    [{ tried: 0, edit: true }, "unknown", ["pending", 1, 5]],
    [{ tried: 3, edit: true }, "unknown", ["pending", 4, 600]],
    [{ tried: 4, edit: true }, "unknown", ["ambiguous", 5, 60]],
    // It goes after a group that has moved: at once, then with patience, and not for ever.
    [{ group: true }, "moved", ["pending", 1, 0]],
    [{ group: true, tried: 1 }, "moved", ["pending", 2, 30]],
    [{ group: true, tried: 3 }, "moved", ["pending", 4, 600]],
    [{ group: true, tried: 4 }, "moved", ["failed", 5, null]],
    [{ tried: 0 }, "failed", ["failed", 1, null]],
    [{ tried: 4 }, "accepted", ["sent", 5, null]],
  ])("%j, %s: %j", async (what, outcome, ends) => {
    expect((await settled(what, outcomes[outcome])).ends).toEqual(ends);
  });

  test("a person doesn't move, and is tried where they are", async () => {
    expect((await settled({}, outcomes.moved)).ends).toEqual(["pending", 1, 0]);
  });

  test.each(["settled", "taken"] as const)("%s elsewhere it is left as it is", async (kind) => {
    expect((await settled({}, { kind })).ends).toEqual(["sending", 1, null]);
  });
});

describe("who is told", () => {
  const office = "未送达";
  const reader = "附件未能发送";
  test.each<[string, UnderWay, keyof typeof outcomes, string[]]>([
    ["nobody while it is tried", { tried: 3 }, "unreachable", []],
    ["the office and its reader when it is given up", { tried: 4 }, "unreachable", [reader, office]],
    ["the office alone when its reader can't be told either", {}, "failed", [office]],
    ["both where the content alone was refused", {}, "unfit", [reader, office]],
    ["the office alone where somebody is said to have moved for ever", { tried: 4 }, "moved", [office]],
    ["the office where a group moves for ever", { group: true, tried: 4 }, "moved", [office]],
    ["the office of a group that has gone, once", { group: true }, "gone", ["群不再接收消息"]],
    ["of a person's it is the delivery that failed", {}, "gone", [office]],
    ["nobody of an edit", { edit: true }, "failed", []],
    ["nobody yet of what is in doubt", {}, "unknown", []],
  ])("%s", async (_, what, outcome, news) => {
    const told = (await settled(what, outcomes[outcome])).news;
    expect(told.filter((title) => !title.startsWith("test/"))).toEqual(news.toSorted());
  });

  test.each<[string, Outcome, UnderWay, string]>([
    [
      "what a server said follows what it means",
      outcomes.unreachable,
      { tried: 4 },
      "多次连不上平台（refused）",
    ],
    ["in doubt as well", outcomes.unknown, {}, "没有收到平台的答复（refused）"],
    ["what says it in Chinese stands alone", { kind: "unknown", why: "网络不通" }, {}, "网络不通"],
  ])("why: %s", async (_, outcome, what, says) => {
    expect((await settled(what, outcome)).why).toBe(says);
  });
});

test("what goes after an accepted one is queued with it, and not again with a second answer", async () => {
  const { key, ...attempted } = await underWay(office, {});
  const to = { personId: attempted.row.personId ?? 0 };
  const queued: boolean[] = [];
  for (const no of ["1", "2"]) {
    const follow = [{ key: `${key}/${no}`, to, class: "card", card: { title: "附件", blocks: [] } } as const];
    await settle(office.bot, attempted, { ...outcomes.accepted, externalId: no, follow }, () => NOW);
    queued.push((await office.bot.store.read((r) => r.outbox.find(`${key}/${no}`))) !== null);
  }
  expect(queued).toEqual([true, false]);
});

test("what is meant for a group that has moved goes where it is now", async () => {
  const { key, ...attempted } = await underWay(office, { group: true });
  await settle(office.bot, attempted, outcomes.moved, () => NOW);
  const chat = await office.bot.store.read(async (r) =>
    r.chats.byId((await r.outbox.find(key))?.chatId ?? 0),
  );
  expect(chat?.chatKey).toBe("elsewhere");
});

test("what can't be written down is, once, as soon as it can be; nothing is sent again for it", async () => {
  const { key, ...attempted } = await underWay(office, {});
  const { store } = office.bot;
  const state = async () => (await store.read((r) => r.outbox.find(key)))?.state;
  const raw = new Database(office.file);
  raw.exec("create trigger full before update on outbox begin select raise(abort, 'disk full'); end");
  const besides = () => Promise.reject(new Error("it is written with it, or not at all"));
  await expect(settle(office.bot, attempted, outcomes.accepted, () => NOW, besides)).rejects.toThrow();
  await expect(writeDownTheRest(store)).rejects.toThrow("disk full");
  expect(await state()).toBe("sending");
  raw.exec("drop trigger full");
  raw.close();
  await writeDownTheRest(store);
  expect(await state()).toBe("sent");
});

test("of an answer that comes after a human has decided nothing follows", async () => {
  const { key, ...attempted } = await underWay(office, { tried: 4 });
  await settle(office.bot, attempted, outcomes.unreachable, () => NOW);
  const before = await office.bot.store.read((r) => r.outbox.newestId());
  await settle(office.bot, attempted, outcomes.unreachable, () => NOW);
  expect(await office.bot.store.read((r) => r.outbox.after(before))).toEqual([]);
});

test("each attempt is traced with what brought it about", async () => {
  const traces: object[] = [];
  const trace = (fields: object, of: string) => void traces.push({ ...fields, of });
  const bot = { ...office.bot, trace };
  const { row, ...attempted } = await underWay(office, { tried: 1 });
  for (const over of [{ job: "weekly", slot: 3 }, { causedBy: 7 }, {}])
    await settle(bot, { ...attempted, row: { ...row, ...over } }, { kind: "taken" }, () => NOW);
  await settle(bot, { ...attempted, row }, outcomes.later, () => NOW);
  expect(traces).toMatchObject([
    { job: "weekly", slot: 3, delivery: row.id, platform: "slack", outcome: "taken", attempt: 2 },
    { request: expect.stringContaining("7") },
    { job: undefined, slot: undefined, why: undefined },
    { outcome: "later", why, of: "delivery" },
  ]);
});
