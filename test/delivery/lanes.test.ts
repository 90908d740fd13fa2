import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receive } from "../../src/delivery/inbound.ts";
import { type Lanes, startLanes } from "../../src/delivery/lanes.ts";
import type { Inbound } from "../../src/store/inbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { until } from "../support/until.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

/** Each test has an inbox of its own: a platform that nobody else uses. */
let platforms = 0;
function anInbox(
  handle: (row: Inbound & { chat: string }) => Promise<void>,
  { laneOf = (chat) => chat }: { laneOf?: (chat: string) => string | null } = {},
) {
  platforms += 1;
  const platform = `lanes-${platforms}`;
  const bot = { ...office.bot, report: () => undefined };
  const chatOf = (row: Inbound) => (JSON.parse(row.payload) as { chat: string }).chat;
  let came = 0;
  return {
    start: (): Lanes =>
      startLanes(bot, platform, {
        laneOf: (row) => laneOf(chatOf(row)),
        handle: (row) => handle({ ...row, chat: chatOf(row) }),
        onLost: async () => undefined,
        second: 1,
      }),
    /** @returns the row's id. */
    async take(chat: string): Promise<number> {
      came += 1;
      const row = await receive(bot, { platform, externalId: String(came), payload: { chat } });
      return row?.id ?? 0;
    },
    waiting: async () => (await bot.store.read((r) => r.inbox.waiting(platform))).map(({ id }) => id),
  };
}

test("while hundreds wait in one chat, what comes in elsewhere is handled, and each message is read for its lane once", async () => {
  const slow = Promise.withResolvers<void>();
  const handled: string[] = [];
  const asked: string[] = [];
  const inbox = anInbox(
    async ({ chat }) => {
      if (chat === "long") await slow.promise;
      handled.push(chat);
    },
    {
      laneOf(chat) {
        asked.push(chat);
        return chat;
      },
    },
  );
  for (let i = 0; i < 250; i++) await inbox.take("long");
  const lanes = inbox.start();
  for (let i = 1; i <= 30; i++) {
    await inbox.take(`press ${i}`);
    lanes.wake();
    await until(() => handled.length === i);
  }
  expect(handled).not.toContain("long");
  expect(asked).toHaveLength(280);
  const stopped = lanes.stop();
  slow.resolve();
  await stopped;
  // The one that was being worked on, and no other.
  expect(handled.filter((chat) => chat === "long")).toHaveLength(1);
  expect(await inbox.waiting()).toHaveLength(249);
});

test("of many chats in which something waits one begins at a time; in between others read what comes in, and what waits behind nobody goes first", async () => {
  const began: string[] = [];
  /** Turns of the event loop in which everybody else had their go, before each began. */
  const turns: number[] = [];
  let turn = 0;
  const inbox = anInbox(
    async ({ chat }) => {
      began.push(chat);
      turns.push(turn);
    },
    { laneOf: (chat) => (chat === "form" ? null : chat) },
  );
  for (let i = 0; i < 5; i++) await inbox.take(`chat ${i}`);
  await inbox.take("form");
  const count = () => {
    turn += 1;
    if (began.length < 6) setImmediate(count);
  };
  const lanes = inbox.start();
  lanes.wake();
  count();
  await until(() => began.length === 6);
  await lanes.stop();
  expect(began).toEqual(["form", "chat 0", "chat 1", "chat 2", "chat 3", "chat 4"]);
  const apart = turns.slice(2).map((at, i) => at - (turns[i + 1] as number));
  expect(Math.min(...apart)).toBeGreaterThan(10);
});

test("whatever fails, stops and starts again in between: each is handled once, and in each chat in the order of arrival", async () => {
  const step = fc.oneof(
    { arbitrary: fc.record({ chat: fc.constantFrom("a", "b", "c"), fails: fc.nat(2) }), weight: 8 },
    { arbitrary: fc.constantFrom("wake" as const, "restart" as const), weight: 2 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const fails = new Map<number, number>();
      const came: { id: number; chat: string }[] = [];
      const handled: { id: number; chat: string }[] = [];
      const inbox = anInbox(async ({ id, chat }) => {
        await new Promise(setImmediate);
        const left = fails.get(id) ?? 0;
        fails.set(id, left - 1);
        if (left > 0) throw new Error("not this time");
        handled.push({ id, chat });
      });
      let lanes = inbox.start();
      for (const one of steps)
        if (one === "wake") lanes.wake();
        else if (one === "restart") {
          await lanes.stop();
          lanes = inbox.start();
        } else {
          const id = await inbox.take(one.chat);
          fails.set(id, one.fails);
          came.push({ id, chat: one.chat });
          lanes.wake();
        }
      lanes.wake();
      await until(() => handled.length >= came.length);
      await lanes.stop();
      for (const chat of ["a", "b", "c"])
        expect(handled.filter((one) => one.chat === chat)).toEqual(came.filter((one) => one.chat === chat));
      expect(await inbox.waiting()).toEqual([]);
    }),
    { seed: 20200615, numRuns: process.env.TEST_FULL === "1" ? 300 : 15 },
  );
});

test("one whose failure can't be written down holds its chat, is tried again, and is neither lost nor overtaken", async () => {
  const handled: number[] = [];
  let ends = () => {};
  let times = 0;
  const inbox = anInbox(async ({ id }) => {
    times += 1;
    if (times === 1) {
      ends = office.writesNothing();
      throw new Error("no answer");
    }
    ends();
    handled.push(id);
  });
  const ids = [await inbox.take("a"), await inbox.take("a")];
  const lanes = inbox.start();
  lanes.wake();
  await until(() => handled.length === 2);
  await lanes.stop();
  expect(handled).toEqual(ids);
});
