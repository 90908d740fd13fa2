import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Card } from "../../src/chat/card.ts";
import type { Door, Outcome } from "../../src/delivery/door.ts";
import { AT_ONCE } from "../../src/delivery/due-lanes.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import type { OutboxRow, StoredCard } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

/** Queues one notice for 海安联络员. */
async function queued(
  key = "test/1",
  kind: OutboxRow["class"] = "must-arrive",
  card: StoredCard = { title: `通知 ${key}`, blocks: [] } as Card,
) {
  const person = await office.bot.store.read((r) => r.people.byName("海安联络员"));
  await office.bot.store.write((w) =>
    w.outbox.queue({ key, to: { personId: person?.id ?? 0 }, class: kind, card }, 1),
  );
}
/** The deliveries, without what the office is told of them. */
const rows = async () =>
  (await office.bot.store.read((r) => r.outbox.after(0)))
    .map(({ row }) => row)
    .filter(({ key }) => key.startsWith("test/"));
const only = async () => {
  const all = await rows();
  expect(all).toHaveLength(1);
  return all[0] as OutboxRow;
};
const messages = async () => (await office.cardsOf("海安联络员")).map((card) => card.title);

/** The bot, with its changes counted. */
function counted() {
  let commits = 0;
  const store: Store = {
    ...office.bot.store,
    write: (change) => {
      commits += 1;
      return office.bot.store.write(change);
    },
  };
  return { bot: { ...office.bot, store }, commits: () => commits };
}

/** A platform elsewhere that answers each attempt with the next of these outcomes; the last one stays. */
function platform(...outcomes: (Outcome["kind"] | "throws")[]): { door: Door; attempts: () => number } {
  let attempts = 0;
  const door: Door = {
    platform: "web",
    remote: true,
    async deliver({ key }) {
      // What the office is told of it goes through this door too and isn't what is counted.
      if (!key.startsWith("test/")) return { kind: "accepted", chat: "c", externalId: key };
      const kind = outcomes[Math.min(attempts, outcomes.length - 1)];
      attempts += 1;
      if (kind === "throws" || kind === undefined) throw new Error("connection refused");
      if (kind === "accepted") return { kind, chat: "c", externalId: String(attempts) };
      if (kind === "later") return { kind, afterMs: 1000, why: "slow down" };
      if (kind === "settled" || kind === "taken") return { kind };
      if (kind === "moved") return { kind, to: { chatKey: "c2", topic: "" }, why: kind };
      return { kind, why: kind };
    },
  };
  return { door, attempts: () => attempts };
}

describe("a platform that can't be reached", () => {
  test("is tried again after 5, 30, 120 and 600 seconds, then the delivery is given up, not lost", async () => {
    await queued();
    const { door, attempts } = platform("throws");
    let now = 1_000_000;
    const rounds: number[] = [];
    for (const wait of [0, 5, 30, 120, 600, 3600, 86_400]) {
      if (wait > 0) {
        now += wait * 1000 - 1;
        await deliverDue(office.bot, [door], () => now);
        rounds.push(attempts());
        now += 1;
      }
      await deliverDue(office.bot, [door], () => now);
    }
    expect(rounds).toEqual([1, 2, 3, 4, 5, 5]);
    expect(attempts()).toBe(5);
    expect(await only()).toMatchObject({
      state: "failed",
      lastError: "多次连不上平台（connection refused）",
    });
  });

  test("gets it as soon as it is back, once", async () => {
    await queued();
    const { door, attempts } = platform("throws", "throws", "accepted");
    for (const now of [0, 5_000, 35_000, 36_000, 900_000]) await deliverDue(office.bot, [door], () => now);
    expect(attempts()).toBe(3);
    expect(await only()).toMatchObject({ state: "sent", lastError: null });
  });

  test("holds up nothing else", async () => {
    await queued("test/1");
    await queued("test/2");
    const { door } = platform("throws", "accepted");
    expect(await deliverDue(office.bot, [door], () => 0)).toBe(1);
    expect((await rows()).map((row) => row.state)).toEqual(["pending", "sent"]);
  });

  test("and that asks for patience is obeyed without counting an attempt", async () => {
    await queued();
    const { door, attempts } = platform("later");
    for (let now = 0; now < 20_000; now += 1000) await deliverDue(office.bot, [door], () => now);
    expect(attempts()).toBe(20);
    expect(await only()).toMatchObject({ state: "pending", attempts: 0, lastError: "slow down" });
  });
});

describe("a long row of notices to a platform elsewhere", () => {
  test("costs a commit each: what it accepted is written down with the claim of the next", async () => {
    for (let i = 0; i < 10; i++) await queued(`test/${i}`);
    const { bot, commits } = counted();
    const states: string[][] = [];
    const { door } = platform("accepted");
    const deliver: Door["deliver"] = async (row, to) => {
      states.push((await rows()).map(({ state }) => state));
      return door.deliver(row, to);
    };
    expect(await deliverDue(bot, [{ ...door, deliver }], () => 0)).toBe(10);
    expect(commits()).toBe(11);
    // Whenever it is asked, all before are known as sent, and this one as being sent.
    const expected = (i: number) => [...Array(i).fill("sent"), "sending", ...Array(9 - i).fill("pending")];
    expect(states).toEqual(states.map((_, i) => expected(i)));
    expect((await rows()).every(({ state }) => state === "sent")).toBe(true);
  });

  test("costs no more where it goes to many chats, more than are written to at once", async () => {
    const people = await office.bot.store.read((r) => r.people.all());
    await office.bot.store.write(async ({ outbox }) => {
      for (const { id } of people)
        await outbox.queue(
          { key: `test/${id}`, to: { personId: id }, class: "must-arrive", card: { title: "通知" } },
          1,
        );
    });
    const { bot, commits } = counted();
    const { door } = platform("accepted");
    expect(people.length).toBeGreaterThan(3 * AT_ONCE);
    expect(await deliverDue(bot, [door], () => 0)).toBe(people.length);
    // The last of each worker has nothing that it could be written down with.
    expect(commits()).toBeLessThanOrEqual(people.length + 2 * AT_ONCE);
  });

  test("is known as far as it came when a fault of ours ends it", async () => {
    await queued("test/1");
    await queued("test/2");
    const { door } = platform("accepted");
    const wait = async ({ key }: OutboxRow) => {
      if (key === "test/2") throw new Error("a fault of ours");
      return 0;
    };
    await expect(deliverDue(office.bot, [{ ...door, wait }], () => 0)).rejects.toThrow("a fault of ours");
    expect((await rows()).map(({ state }) => state)).toEqual(["sent", "pending"]);
  });
});

test("a delivery that the platform refuses for good is given up at once", async () => {
  await queued();
  const { door, attempts } = platform("failed");
  for (const now of [0, 10_000, 100_000]) await deliverDue(office.bot, [door], () => now);
  expect([attempts(), (await only()).state]).toEqual([1, "failed"]);
});

test("when nobody knows whether it arrived, what must not repeat is not sent again", async () => {
  await queued("test/1", "must-not-repeat");
  const { door, attempts } = platform("unknown", "accepted");
  for (const now of [0, 10_000, 100_000, 1_000_000]) await deliverDue(office.bot, [door], () => now);
  expect([attempts(), (await only()).state]).toEqual([1, "ambiguous"]);
});

describe("the console's door", () => {
  test("puts the message into the conversation and settles the row in one step", async () => {
    await queued();
    expect(await deliverDue(office.bot, [webDoor(office.bot)], () => 0)).toBe(1);
    expect(await messages()).toEqual(["通知 test/1"]);
    expect(await only()).toMatchObject({
      state: "sent",
      sentAt: (await office.bot.clock.now()).epochMilliseconds,
    });
  });

  test("delivers once, however often it is asked", async () => {
    await queued();
    const doors = [webDoor(office.bot)];
    for (let time = 0; time < 3; time++) await deliverDue(office.bot, doors, () => 0);
    expect(await messages()).toEqual(["通知 test/1"]);
  });

  test("delivers once when several deliver at the same time", async () => {
    for (let i = 0; i < 5; i++) await queued(`test/${i}`);
    const doors = [webDoor(office.bot)];
    const sent = await Promise.all([1, 2, 3].map(() => deliverDue(office.bot, doors, () => 0)));
    expect(sent.reduce((a, b) => a + b, 0)).toBe(5);
    expect(await messages()).toHaveLength(5);
    expect((await rows()).map((row) => [row.state, row.attempts])).toEqual(Array(5).fill(["sent", 1]));
  });

  test("delivers in the order in which things happened, hundreds at a time", async () => {
    for (let i = 0; i < 250; i++) await queued(`test/${i}`);
    expect(await deliverDue(office.bot, [webDoor(office.bot)], () => 0)).toBe(250);
    expect(await messages()).toEqual(Array.from({ length: 250 }, (_, i) => `通知 test/${i}`));
  });

  test("takes what is due together: a commit for a hundred of them, not one for each", async () => {
    for (let i = 0; i < 250; i++) await queued(`test/${i}`);
    const { bot, commits } = counted();
    expect(await deliverDue(bot, [webDoor(bot)], () => 0)).toBe(250);
    expect(commits()).toBe(3);
  });

  test("keeps nothing back for one that can't be drawn, and puts nothing twice", async () => {
    const broken = { title: "without blocks" };
    for (let i = 0; i < 5; i++) await queued(`test/${i}`, "must-arrive", i === 2 ? broken : undefined);
    expect(await deliverDue(office.bot, [webDoor(office.bot)], () => 0)).toBe(4);
    expect(await messages()).toEqual([0, 1, 3, 4].map((i) => `通知 test/${i}`));
    expect((await rows()).map((row) => row.state)).toEqual(["sent", "sent", "pending", "sent", "sent"]);
  });

  test("redraws an edit where the message stands", async () => {
    await office.says("市办", "交办 海安 裸土未覆盖 3个工作日");
    await office.presses("海安联络员", "签收");
    const cards = await office.cardsOf("海安联络员");
    expect(cards).toHaveLength(1);
    expect(cards[0]?.buttons.map((b) => b.label)).toContain("提交整改");
    expect(cards[0]?.buttons.map((b) => b.label)).not.toContain("签收");
  });
});

test("what is for people on another platform waits for that platform's door", async () => {
  await queued();
  expect(await deliverDue(office.bot, [], () => 0)).toBe(0);
  const elsewhere: Door = { ...platform("accepted").door, platform: "slack" };
  expect(await deliverDue(office.bot, [elsewhere], () => 0)).toBe(0);
  expect(await only()).toMatchObject({ state: "pending", attempts: 0 });
});

test("one key is one delivery", async () => {
  await queued();
  await queued();
  await only();
});
