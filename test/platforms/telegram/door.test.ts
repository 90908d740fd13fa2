import { afterEach, describe, expect, test } from "vitest";
import type { OutboxRow } from "../../../src/store/outbox.ts";
import type { Fault } from "../../support/telegram/faults.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const full = process.env.TEST_FULL === "1";
let stage: Stage;
afterEach(() => stage.close());

const rowOf = async (key: string) => (await stage.outbox()).find((row) => row.key === key);
const times = (key: string) =>
  stage.server.sent.filter((m) => new RegExp(`^通知 ${key}(?!\\d)`).test(m.text)).length;
/** Delivers until Telegram has been asked once more and the answer is written down. */
const tryOnce = async (key: string) => {
  const asked = () => stage.server.calls.filter((c) => c.method === "sendMessage").length;
  const before = asked();
  await stage.until("a try", async () => {
    await stage.deliver();
    return asked() > before && (await rowOf(key))?.state !== "sending";
  });
};
/** Delivers until nothing waits any more; what is in doubt waits a minute each time. */
const deliverAll = async () => {
  await stage.until("nothing waits", async () => {
    await stage.deliver();
    // What the office is told of a trouble goes to their console, and so does what a group can't be told.
    const rows = (await stage.outbox()).filter((r) => !/^trouble\/|\/instead-/.test(r.key));
    const soon = rows.filter((r) => r.nextAttemptAt < Number.MAX_SAFE_INTEGER);
    if (soon.every((r) => ["sent", "failed"].includes(r.state))) return true;
    if (soon.some((r) => r.nextAttemptAt > Date.now() + 3_000)) stage.pass(61_000);
    return false;
  });
};

test("a bound group gets the notice without personal buttons, twenty a minute", async () => {
  stage = await aStage({ second: 5 });
  const bound = await stage.bot.store.write((w) =>
    w.chats.bind({ platform: "telegram", chatKey: "-100", regionId: "haian", boundAt: 0 }),
  );
  const n = full ? 60 : 24;
  for (let i = 0; i < n; i += 1) await stage.queue({ chatId: bound.id });
  await deliverAll();
  expect(stage.server.to(-100)).toHaveLength(n);
  expect(stage.server.violations).toEqual([]);
});

test("a mass notice keeps to thirty a second and reaches everybody once", async () => {
  stage = await aStage({ second: 50 });
  const people = await stage.bot.store.read((r) => r.people.all());
  for (const person of people) await stage.member(person.name);
  const rounds = full ? 10 : 2;
  for (let i = 0; i < rounds; i += 1)
    for (const person of people) await stage.queue({ personId: person.id }, { class: "must-not-repeat" });
  await deliverAll();
  expect(stage.server.sent).toHaveLength(people.length * rounds);
  expect(stage.server.violations).toEqual([]);
});

test("one chat that never answers holds up none of nineteen others", async () => {
  stage = await aStage();
  const people = (await stage.bot.store.read((r) => r.people.all())).slice(0, 20);
  for (const person of people) await stage.member(person.name);
  stage.server.fail("sendMessage", "hang-before");
  const keys: string[] = [];
  for (const { id } of people) keys.push(await stage.queue({ personId: id }, { class: "must-not-repeat" }));
  const others = async () =>
    (await stage.outbox()).filter(({ key, state }) => keys.includes(key) && state === "sent").length;
  await stage.until("the others have theirs", async () => {
    void stage.deliver();
    return (await others()) === 19;
  });
  expect(stage.server.calls.filter(({ method }) => method === "sendMessage")).toHaveLength(20);
  expect(stage.server.sent).toHaveLength(19);
});

describe("what Telegram says", () => {
  const one = async (fault: Fault, kind: "must-arrive" | "must-not-repeat" | "card" = "must-arrive") => {
    stage = await aStage(fault.startsWith("hang") ? { timeoutMs: 150 } : {});
    await stage.member("海安联络员");
    const key = await stage.queue({ personId: await stage.personId("海安联络员") }, { class: kind });
    stage.server.fail("sendMessage", fault);
    await tryOnce(key);
    return key;
  };

  test.each(["429", "403-blocked", "400-entities", "401", "500-before", "reset-before"] as const)(
    "%s after the first of two messages: half of it stands there, and the whole is not sent again",
    async (fault) => {
      stage = await aStage();
      const user = await stage.member("海安联络员");
      const blocks = ["甲", "乙"].map((sign) => ({ kind: "text" as const, text: sign.repeat(3_000) }));
      const key = await stage.queue(
        { personId: await stage.personId("海安联络员") },
        { class: "must-not-repeat", card: { title: "两条", blocks } as never },
      );
      // What isn't understood as HTML is tried once more as plain text.
      stage.server.fail(
        "sendMessage",
        "none",
        fault,
        ...(fault === "400-entities" ? ["403-blocked" as const] : []),
      );
      await tryOnce(key);
      for (let i = 0; i < 3; i += 1) {
        stage.pass(120_000);
        await stage.deliver();
      }
      expect(await rowOf(key)).toMatchObject({
        state: "ambiguous",
        lastError: "共2条，只确定发出了前1条",
      });
      expect(stage.server.to(user).map(({ text }) => text.includes("乙"))).toEqual([false]);
    },
  );

  test("HTML not understood: the same as plain text", async () => {
    const key = await one("400-entities");
    await deliverAll();
    expect(times(key)).toBe(1);
    expect(stage.server.sent[0]?.parseMode).toBeNull();
  });

  test("the token is refused: nothing more is tried for a while, and it is said once", async () => {
    const key = await one("401");
    expect(await rowOf(key)).toMatchObject({ state: "pending" });
    expect(stage.logged.filter((line) => line.includes("token"))).toHaveLength(1);
    expect(stage.running().health().ok).toBe(false);
  });

  test.each(["500-before", "500-after", "502-html", "hang-before", "hang-after"] as const)(
    "%s on what must not be repeated: in doubt, listed for a human, never sent again",
    async (fault) => {
      const key = await one(fault, "must-not-repeat");
      expect((await rowOf(key))?.state).toBe("ambiguous");
      for (let i = 0; i < 5; i += 1) {
        stage.pass(120_000);
        await stage.deliver();
      }
      expect((await rowOf(key))?.state).toBe("ambiguous");
      expect(times(key)).toBe(fault.endsWith("-after") ? 1 : 0);
      expect((await stage.bot.store.read((r) => r.outbox.troubled(10))).map(({ row }) => row.key)).toContain(
        key,
      );
    },
  );

  test("reset after acceptance on what must arrive: repeated once and no more", async () => {
    const key = await one("reset-after");
    stage.server.fail("sendMessage", "reset-after", "reset-after", "reset-after");
    for (let i = 0; i < 6; i += 1) {
      stage.pass(700_000);
      await stage.deliver();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(times(key)).toBe(2);
    expect((await rowOf(key))?.state).toBe("ambiguous");
  });
});

test("a bot that stopped while sending leaves doubt, not silence and not a second message", async () => {
  stage = await aStage();
  await stage.member("海安联络员");
  const key = await stage.queue(
    { personId: await stage.personId("海安联络员") },
    { class: "must-not-repeat" },
  );
  const row = (await rowOf(key)) as OutboxRow;
  await stage.bot.store.write((w) => w.outbox.claim(row));
  await stage.restart();
  stage.pass(120_000);
  await stage.deliver();
  expect((await rowOf(key))?.state).toBe("ambiguous");
  expect(times(key)).toBe(0);
});

test("an edit redraws the message where it stands; that it says so already is success, that it is gone a failure", async () => {
  stage = await aStage();
  const user = await stage.member("海安联络员");
  const personId = await stage.personId("海安联络员");
  const card = { title: "旧", blocks: [], subject: "issue:9999" };
  await stage.queue({ personId }, { card });
  await deliverAll();
  const [message] = await stage.bot.store.read((r) => r.messages.history("telegram", { personId }, 10));
  const edit = (title: string, version: number) =>
    stage.bot.store.write((w) =>
      w.outbox.queueEdit({ messageId: message?.id ?? 0, personId, card: { ...card, title }, version }, 0),
    );
  const stateOf = async (version: number) =>
    (await stage.bot.store.read((r) => r.outbox.find(`edit/${message?.id}/${version}`)))?.state;
  const edited = (version: number) =>
    stage.until("the edit", async () => {
      await stage.deliver();
      return ["sent", "failed"].includes((await stateOf(version)) ?? "");
    });
  // The person reads elsewhere by now: the message is still Telegram's.
  await stage.bot.store.write((w) => w.people.pushTo(personId, "web"));
  for (const [title, version] of [
    ["新", 2],
    ["新", 3],
  ] as const) {
    await edit(title, version);
    await edited(version);
    expect(await stateOf(version)).toBe("sent");
  }
  expect(stage.server.to(user).map((m) => m.text)).toEqual(["新\n\n演示数据，非真实监测结果"]);
  stage.server.sent.length = 0;
  await edit("晚", 4);
  await edited(4);
  expect(await stateOf(4)).toBe("failed");
});

test("somebody who blocks the bot is noted, and so is who comes back", async () => {
  stage = await aStage();
  const user = await stage.member("海安联络员");
  const change = (from: string, to: string) =>
    stage.noting(
      stage.server.bring({
        my_chat_member: {
          chat: { id: user, type: "private" },
          from: { id: user, is_bot: false },
          date: 1,
          old_chat_member: { status: from, user: stage.server.me },
          new_chat_member: { status: to, user: stage.server.me },
        },
      }),
    );
  change("member", "kicked");
  change("kicked", "member");
  await stage.settled();
  const acts = (await stage.bot.store.read((r) => r.audit.latest(2))).map((row) => row.act);
  expect(acts).toEqual(["telegram.unblocked", "telegram.blocked"]);
});

describe("groups", () => {
  const bind = (key: number) =>
    stage.bot.store.write((w) => w.chats.bind({ platform: "telegram", chatKey: String(key), boundAt: 0 }));
  const group = (id: number) => stage.bot.store.read((r) => r.chats.byId(id));

  test("that became supergroups are renamed and sent to once, whoever tells first", async () => {
    stage = await aStage();
    const { id } = await bind(-200);
    stage.server.migrated.set(-200, -100200);
    const key = await stage.queue({ chatId: id });
    await deliverAll();
    expect(stage.server.to(-100200)).toHaveLength(1);
    expect(times(key)).toBe(1);
    expect(await group(id)).toMatchObject({ chatKey: "-100200", active: true });
    stage.noting(stage.server.bring(stage.server.messageOf(1, -200, { migrate_to_chat_id: -100200 })));
    stage.noting(stage.server.bring(stage.server.messageOf(1, -100200, { migrate_from_chat_id: -200 })));
    await stage.settled();
    expect(await group(id)).toMatchObject({ chatKey: "-100200" });
  });

  test("that threw the bot out are parked, by the error and by the news alike", async () => {
    stage = await aStage();
    const [a, b] = [await bind(-300), await bind(-301)];
    stage.server.kicked.add(-300);
    const key = await stage.queue({ chatId: a.id });
    await deliverAll();
    expect(await rowOf(key)).toMatchObject({
      state: "failed",
      lastError: expect.stringContaining("不在该群"),
    });
    expect(await group(a.id)).toMatchObject({ active: false });
    const member = (status: string) => ({ status, user: stage.server.me });
    const change = (chat: number, from: string, to: string, type = "supergroup") =>
      stage.noting(
        stage.server.bring({
          my_chat_member: {
            chat: { id: chat, type, title: "群" },
            from: { id: 1, is_bot: false },
            date: 1,
            old_chat_member: member(from),
            new_chat_member: member(to),
          },
        }),
      );
    change(-301, "member", "kicked");
    await stage.settled();
    expect(await group(b.id)).toMatchObject({ active: false });
    change(-302, "left", "member");
    await stage.settled();
    expect(stage.server.to(-302)[0]?.text).toContain("“/here 海安”");
    change(-302, "member", "administrator");
    await stage.settled();
    expect(stage.server.to(-302)).toHaveLength(1);
    change(-303, "left", "administrator", "channel");
    await stage.settled();
    expect(stage.server.to(-303)[0]?.text).toContain("暂不支持频道");
  });
});

test("免打扰: a notice waits for the end of the quiet hours by the office's clock, what must arrive does not", async () => {
  stage = await aStage({ at: "2020-06-15T23:00" });
  const user = await stage.member("海安联络员");
  const personId = await stage.personId("海安联络员");
  await stage.bot.store.write((w) => w.people.setQuiet(personId, { from: 22, to: 7 }));
  const notice = await stage.queue({ personId }, { class: "must-not-repeat" });
  const card = await stage.queue({ personId }, { class: "card" });
  const order = await stage.queue({ personId });
  await tryOnce(order);
  expect([times(notice), times(card), times(order)]).toEqual([0, 0, 1]);
  expect(await rowOf(notice)).toMatchObject({ state: "pending", attempts: 0 });
  const morning = Temporal.PlainDateTime.from("2020-06-16T07:00").toZonedDateTime(
    stage.bot.office.pack.timeZone,
  );
  stage.bot.clock = { now: async () => morning.toInstant() };
  await deliverAll();
  expect([times(notice), times(card), times(order)]).toEqual([1, 1, 1]);
  expect(stage.server.to(user)).toHaveLength(3);
});

test("a long push in several messages counts when the last is accepted; a fault in between leaves doubt", async () => {
  stage = await aStage();
  const user = await stage.member("市办");
  const personId = await stage.personId("市办");
  const rows = Array.from({ length: 400 }, (_, i) => [`第${i}行`, "内容".repeat(10)]);
  const card = {
    title: "长通报",
    blocks: [{ kind: "table", columns: [{ title: "序" }, { title: "内容" }], rows }],
  };
  const whole = await stage.queue({ personId }, { card, class: "must-not-repeat" });
  await deliverAll();
  const parts = stage.server.to(user);
  expect(parts.length).toBeGreaterThan(2);
  expect((await rowOf(whole))?.state).toBe("sent");
  for (let i = 0; i < 400; i += 1) expect(parts.some((p) => p.text.includes(`第${i}行`))).toBe(true);
  const broken = await stage.queue({ personId }, { card, class: "must-not-repeat" });
  stage.server.fail("sendMessage", "none", "reset-before");
  await tryOnce(broken);
  await stage.until("doubt", async () => (await rowOf(broken))?.state === "ambiguous");
  expect(stage.server.to(user)).toHaveLength(parts.length + 1);
  expect(stage.server.violations).toEqual([]);
});
