import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Door, Outcome } from "../../src/delivery/door.ts";
import { receive, workOne } from "../../src/delivery/inbound.ts";
import { groupGone } from "../../src/delivery/park.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import type { Inbound } from "../../src/store/inbox.ts";
import type { Delivery } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const personId = async (name: string) => (await office.bot.store.read((r) => r.people.byName(name)))?.id ?? 0;
const queue = async (key: string, to: Delivery["to"], more: Partial<Delivery> = {}) => {
  const card = { title: `通知${key}`, blocks: [] };
  await office.bot.store.write((w) =>
    w.outbox.queue({ key: `test/${key}`, to, class: "must-not-repeat", card, ...more }, 1),
  );
};
/** Somebody whose notices go to Slack, and whom Slack's door answers for with `outcome`. */
const onSlack = async (name: string) => {
  const id = await personId(name);
  await office.bot.store.write((w) => w.people.pushTo(id, "slack"));
  return id;
};
const slack = (outcome: Outcome): Door => ({
  platform: "slack",
  remote: true,
  deliver: async () => outcome,
});
const send = (outcome: Outcome, now = 0) => deliverDue(office.bot, [slack(outcome)], () => now);
/** What the office has been told, delivered or not. */
const told = async () =>
  (await office.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ row }) => row.key.startsWith("trouble/"))
    .map(({ row, audience }) => ({ to: audience, title: row.title, class: row.class }));
const boundGroup = (chatKey = "C1") =>
  office.bot.store.write((w) =>
    w.chats.bind({ platform: "slack", workspace: "T1", chatKey, regionId: "haian", boundAt: 0 }),
  );

describe("somebody who can't be reached", () => {
  test("is the office's to know: one card that must arrive, with the reason and the way to 投递", async () => {
    await queue("1", { personId: await onSlack("海安联络员") });
    await send({ kind: "failed", why: "user_disabled" });
    await send({ kind: "failed", why: "user_disabled" }, 1e9);
    expect(await told()).toEqual([{ to: "市办", title: "未送达：通知1", class: "must-arrive" }]);
    await office.says("市办", "帮助");
    const card = (await office.cardsOf("市办")).find((c) => c.title === "未送达：通知1");
    expect(JSON.stringify(card?.blocks)).toContain("没有送到海安联络员：平台答复“user_disabled”");
    expect((await office.presses("市办", "投递")).facts.rows).toMatchObject([{ title: "通知1" }]);
  });

  test("is told after the last of five attempts, not before", async () => {
    await queue("1", { personId: await onSlack("海安联络员") });
    const heard: number[] = [];
    for (let i = 0, now = 0; i < 7; i++, now += 1e7) {
      await send({ kind: "unreachable", why: "refused" }, now);
      heard.push((await told()).length);
    }
    expect(heard).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });

  test("and whose message may have arrived: told once, when it is left to people", async () => {
    await queue("1", { personId: await onSlack("海安联络员") });
    await send({ kind: "unknown", why: "no answer" });
    expect(await told()).toEqual([]);
    for (let now = 60_000; now < 600_000; now += 60_000) await send({ kind: "unknown", why: "-" }, now);
    expect(await told()).toMatchObject([{ to: "市办", title: "不确定是否送达：通知1" }]);
  });

  test("together with all others of one notice is one event", async () => {
    for (const name of ["海安联络员", "海安领导", "如皋联络员"])
      await queue(name, { personId: await onSlack(name) }, { job: "weekly-notice", slot: 1 });
    await send({ kind: "failed", why: "user_disabled" });
    expect(await told()).toMatchObject([{ title: "未送达：通知如皋联络员（3处）" }]);
    expect((await office.says("市办", "投递")).facts.counts.failed).toBe(3);
    const named = () => office.cardsOf("市办").then((cards) => JSON.stringify(cards.at(-1)?.blocks));
    for (const name of ["海安联络员", "海安领导", "如皋联络员"]) expect(await named()).toContain(name);
    // Whoever isn't reached later is named where the message stands.
    await queue("如东联络员", { personId: await onSlack("如东联络员") }, { job: "weekly-notice", slot: 1 });
    await send({ kind: "failed", why: "user_disabled" });
    await office.says("市办", "帮助");
    expect(await told()).toHaveLength(1);
    expect(await named()).toContain("没有送到如东联络员");
    expect(await named()).toContain("海安领导");
  });

  test("by what a job sends for no slot is one event a notice, not one for good", async () => {
    const queued = async (at: number) => {
      for (const name of ["海安联络员", "海安领导"]) {
        const card = { title: `异常${at}`, blocks: [] };
        const to = { personId: await onSlack(name) };
        const key = `test/${at}/${name}`;
        await office.bot.store.write((w) =>
          w.outbox.queue({ key, to, class: "must-arrive", card, job: "anomaly" }, at),
        );
      }
      await send({ kind: "failed", why: "user_disabled" });
    };
    await queued(1);
    await queued(2);
    expect((await told()).map(({ title }) => title)).toEqual([
      "未送达：异常1（2处）",
      "未送达：异常2（2处）",
    ]);
  });

  test("after a 重发 that fails again is told again", async () => {
    await queue("1", { personId: await onSlack("海安联络员") });
    await send({ kind: "failed", why: "user_disabled" });
    await office.advanceTo("2020-06-15T08:45");
    const { labels } = await office.says("市办", "投递");
    await office.presses("市办", labels.find((label) => label.startsWith("重发")) ?? "");
    await send({ kind: "failed", why: "user_disabled" }, 1);
    expect(await told()).toHaveLength(2);
  });

  test("for a card that was only to be redrawn is nobody's news", async () => {
    const to = await onSlack("海安联络员");
    const edit = { messageId: 1, personId: to, card: { title: "旧卡" }, version: "2" };
    await office.bot.store.write((w) => w.outbox.queueEdit(edit, 0));
    await send({ kind: "failed", why: "message_not_found" });
    expect(await told()).toEqual([]);
  });

  test("when the office itself is meant: nobody is told of that, least of all the office", async () => {
    await queue("1", { personId: await onSlack("市办") });
    await queue("2", { personId: await onSlack("海安联络员") });
    // Two rounds more than the first: the notice about the second fails as well.
    for (let now = 0; now < 3; now++) await send({ kind: "failed", why: "user_disabled" }, now);
    expect((await told()).map(({ title }) => title)).toEqual(["未送达：通知2"]);
    expect(await office.bot.store.read((r) => r.outbox.countByState())).toMatchObject({
      failed: 3,
      pending: 0,
    });
  });

  test("because the office has withdrawn them, is no trouble", async () => {
    const to = await onSlack("海安联络员");
    await queue("1", { personId: to });
    const raw = new Database(office.file);
    raw.prepare("update person set active = 0 where id = ?").run(to);
    raw.close();
    await send({ kind: "accepted", chat: "D1", externalId: "1" });
    expect(await office.bot.store.read((r) => r.outbox.countByState())).toMatchObject({ failed: 1, sent: 0 });
    expect(await told()).toEqual([]);
  });
});

describe("a group that the bot is no longer in", () => {
  test("is parked in the transaction that ends the delivery, and the office is told of the group, not of the delivery", async () => {
    const chat = await boundGroup();
    await queue("1", { chatId: chat.id });
    await queue("2", { chatId: chat.id });
    await send({ kind: "failed", why: "is_archived", gone: true });
    expect((await office.bot.store.read((r) => r.chats.byId(chat.id)))?.active).toBe(false);
    expect(await told()).toMatchObject([{ to: "市办", title: "群不再接收消息：海安群（Slack）" }]);
    // What was meant for it besides has ended too, in silence.
    expect(await office.bot.store.read((r) => r.outbox.countByState())).toMatchObject({ failed: 2 });
  });

  test("never gets what it refused again: its people do, in private, each who hasn't had it", async () => {
    const chat = await boundGroup();
    const notice = { job: "weekly-notice", slot: 1 };
    await queue("own", { personId: await personId("海安联络员") }, notice);
    await queue("1", { chatId: chat.id }, notice);
    await queue("2", { chatId: chat.id }, { causedBy: 77 });
    let asked = 0;
    const door: Door = {
      ...slack({ kind: "failed", why: "is_archived", gone: true }),
      deliver: async () => {
        asked += 1;
        return { kind: "failed", why: "is_archived", gone: true };
      },
    };
    for (const now of [0, 1e9]) await deliverDue(office.bot, [door], () => now);
    expect(asked).toBe(1);
    const rows = await office.bot.store.read((r) => r.outbox.after(0));
    const passed = (key: string) =>
      rows.filter(({ row }) => row.key.startsWith(`test/${key}/instead-`)).map(({ audience }) => audience);
    const causes = rows.filter(({ row }) => row.key.includes("/instead-")).map(({ row }) => row.causedBy);
    expect(causes.toSorted()).toEqual([77, 77, null]);
    expect(passed("1")).toEqual(["海安领导"]);
    expect(passed("2").sort()).toEqual(["海安联络员", "海安领导"].sort());
    expect(rows.find(({ row }) => row.key === "test/2")?.row.lastError).toContain("已改发相关人员私聊");
    // A crash, or a second word of it, brings nothing again.
    await groupGone(office.bot, chat);
    expect(await office.bot.store.read((r) => r.outbox.after(0))).toHaveLength(rows.length);
  });

  test("is the whole city's: what was meant for it goes to the office and the city's leaders", async () => {
    const whole = { platform: "slack", workspace: "T1", chatKey: "C9", boundAt: 0 } as const;
    const chat = await office.bot.store.write((w) => w.chats.bind(whole));
    await queue("1", { chatId: chat.id });
    await groupGone(office.bot, chat);
    const rows = await office.bot.store.read((r) => r.outbox.after(0));
    const passed = rows.filter(({ row }) => row.key.includes("/instead-")).map(({ audience }) => audience);
    const whose = await office.bot.store.read((r) => r.people.withRoles(["office", "city-lead"]));
    expect(passed.toSorted()).toEqual(whose.map(({ name }) => name).toSorted());
    expect(passed).toContain("市办");
  });

  test("that only moves on and on isn't asked for ever, and what is only drawn anew is nobody's news", async () => {
    const chat = await boundGroup();
    await queue("1", { chatId: chat.id });
    for (let now = 0; now < 1e7; now += 1e6)
      await send({ kind: "moved", to: { chatKey: `C${now}`, topic: "" }, why: "moved" }, now);
    expect(await told()).toMatchObject([{ title: "未送达：通知1" }]);
    const edit = { messageId: 1, chatId: chat.id, card: { title: "旧卡" }, version: "2" };
    await office.bot.store.write((w) => w.outbox.queueEdit(edit, 0));
    await groupGone(office.bot, chat);
    const rows = await office.bot.store.read((r) => r.outbox.after(0));
    expect(rows.filter(({ row }) => row.key.includes("/instead-"))).toEqual([]);
  });

  test("is told once, however the news comes in, and again when it was bound anew", async () => {
    const chat = await boundGroup();
    await groupGone(office.bot, chat);
    await groupGone(office.bot, chat);
    expect(await told()).toHaveLength(1);
    await office.advanceTo("2020-06-15T08:45");
    await groupGone(office.bot, await boundGroup());
    expect(await told()).toHaveLength(2);
    const acts = await office.bot.store.read((r) => r.audit.latest(50));
    expect(acts.filter((act) => act.act === "chat.parked")).toHaveLength(2);
  });

  test("gets nothing that was still waiting, until it is bound again", async () => {
    const chat = await boundGroup();
    await groupGone(office.bot, chat);
    await queue("1", { chatId: chat.id });
    expect(await send({ kind: "accepted", chat: "C1", externalId: "1" })).toBe(0);
    await boundGroup();
    await queue("2", { chatId: chat.id });
    expect(await send({ kind: "accepted", chat: "C1", externalId: "2" })).toBe(1);
  });
});

describe("a message that can't be worked off", () => {
  const comesIn = async (id: string) =>
    (await receive(office.bot, { platform: "slack", externalId: id, payload: { text: "秘密" } })) as Inbound;
  const fails = async (row: Inbound) => {
    const bot = { ...office.bot, report: () => undefined };
    for (let attempts = 0; attempts < 5; attempts++)
      await workOne(bot, { ...row, attempts }, () => Promise.reject(new Error("poison")));
  };

  test("is set aside after five attempts and the office told in the same moment; what it says stays out of it", async () => {
    const row = await comesIn("poison");
    await fails(row);
    expect(await office.bot.store.read((r) => r.inbox.find("slack", "poison"))).toMatchObject({
      state: "failed",
      attempts: 5,
    });
    expect(await told()).toMatchObject([{ to: "市办", title: "有消息未能办理", class: "must-arrive" }]);
    await office.says("市办", "帮助");
    const card = JSON.stringify(await office.cardsOf("市办"));
    expect(card).toContain(`inbox-${row.id}`);
    expect(card).not.toContain("秘密");
  });

  test("but had its effect before isn't: it lacks an answer only, and the next start gives it", async () => {
    const row = await comesIn("done");
    await office.bot.store.write((w) => w.inbox.takeEffect(row.id));
    await fails(row);
    expect(await office.bot.store.read((r) => r.inbox.unanswered("slack"))).toMatchObject([{ id: row.id }]);
    expect(await told()).toEqual([]);
  });

  test("a thousand others are worked off meanwhile, and a bad hour is told once", async () => {
    for (let i = 0; i < 5; i++) await fails(await comesIn(`poison-${i}`));
    expect(await told()).toHaveLength(1);
    let handled = 0;
    for (let i = 0; i < 1000; i++)
      if ((await workOne(office.bot, await comesIn(`m${i}`), async () => undefined)) === "handled")
        handled += 1;
    expect(handled).toBe(1000);
    expect((await office.says("市办", "投递")).facts.setAside).toBe(5);
    await office.advanceTo("2020-06-15T10:45");
    await fails(await comesIn("later"));
    expect((await told()).filter(({ title }) => title === "有消息未能办理")).toHaveLength(2);
  });
});
