import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Door, Outcome } from "../../src/delivery/door.ts";
import { deliverDue } from "../../src/delivery/worker.ts";
import type { OutboxRow } from "../../src/store/outbox.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { until } from "../support/until.ts";

let office: AnOffice;
let people: number[];
beforeAll(async () => {
  office = await anOffice();
  people = await office.bot.store.write(async (w) => {
    const all = (await w.people.all()).slice(0, 20).map(({ id }) => id);
    for (const id of all) await w.people.pushTo(id, "slack");
    return all;
  });
  expect(people).toHaveLength(20);
});
afterAll(() => office.close());

let keys = 0;
/** Queues one message for each of these people. @returns their titles. */
const queued = (to: readonly number[]) =>
  office.bot.store.write(async ({ outbox }) => {
    const titles: string[] = [];
    for (const personId of to) {
      const title = `side/${keys++}`;
      titles.push(title);
      const card = { title, blocks: [] };
      await outbox.queue({ key: title, to: { personId }, class: "must-not-repeat", card }, 1);
    }
    return titles;
  });

/** The office's bot, and how often and how much of what is due is read through it. */
function countedReads() {
  const { store } = office.bot;
  const counts = { times: 0, rows: 0 };
  const read: typeof store.read = (run) =>
    store.read((reader) => {
      const due: typeof reader.outbox.due = async (...asked) => {
        const rows = await reader.outbox.due(...asked);
        counts.times += 1;
        counts.rows += rows.length;
        return rows;
      };
      return run(Object.create(reader, { outbox: { value: { ...reader.outbox, due } } }));
    });
  return { bot: { ...office.bot, store: { ...store, read } }, read: counts };
}

const accepted: Outcome = { kind: "accepted", chat: "D", externalId: "1" };
const elsewhere = (deliver: (row: OutboxRow) => Promise<Outcome>): Door => ({
  platform: "slack",
  remote: true,
  deliver,
});
const deliver = (door: Door) => deliverDue(office.bot, [door], () => 1_000_000);
const stateOf = async (key: string) => (await office.bot.store.read((r) => r.outbox.find(key)))?.state;

describe("a chat that doesn't answer", () => {
  test("holds up nobody else: the nineteen others are written to meanwhile, and are known to be", async () => {
    const [silent = 0, ...others] = people;
    const [first = "", second = "", ...rest] = await queued([silent, silent, ...others]);
    const arrived: string[] = [];
    let answer: (outcome: Outcome) => void = () => undefined;
    const door = elsewhere(async ({ title }) => {
      arrived.push(title);
      if (title !== first) return accepted;
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const round = deliver(door);
    await until(
      async () => (await Promise.all(rest.map(stateOf))).every((state) => state === "sent"),
      () => "the others are written to",
    );
    expect([...arrived].sort()).toEqual([first, ...rest].sort());
    // What was meant for that chat after it waits for it, whoever else delivers: nothing overtakes.
    const another = deliver(door);
    await new Promise((resolve) => setImmediate(resolve));
    expect([await stateOf(first), await stateOf(second)]).toEqual(["sending", "pending"]);
    answer(accepted);
    expect((await round) + (await another)).toBe(21);
    expect(arrived.at(-1)).toBe(second);
  });

  test("isn't asked for more at once than is bearable, however many there are", async () => {
    const titles = await queued(people);
    const answers: (() => void)[] = [];
    const door = elsewhere(() => new Promise((resolve) => answers.push(() => resolve(accepted))));
    const round = deliver(door);
    await until(
      async () => answers.length === 8,
      () => "so many are under way",
    );
    const another = deliver(door);
    await new Promise((resolve) => setImmediate(resolve));
    expect(answers).toHaveLength(8);
    await until(
      async () => {
        for (const end of answers.splice(0)) end();
        return (await Promise.all(titles.map(stateOf))).every((state) => state === "sent");
      },
      () => "the rest is under way",
    );
    expect((await round) + (await another)).toBe(20);
  });

  test("is waited for by one round for all: however many begin meanwhile, what is due isn't read for each of them", async () => {
    const titles = await queued(people);
    const { bot, read } = countedReads();
    const answers: (() => void)[] = [];
    const door = elsewhere(() => new Promise((resolve) => answers.push(() => resolve(accepted))));
    const rounds: Promise<number>[] = [];
    const begin = (n: number) => {
      for (let i = 0; i < n; i += 1) rounds.push(deliverDue(bot, [door], () => 1_000_000));
    };
    begin(1);
    await until(
      () => answers.length === 8,
      () => "so many are under way",
    );
    begin(200);
    await until(
      async () => {
        answers.shift()?.();
        return (await Promise.all(titles.map(stateOf))).every((state) => state === "sent");
      },
      () => "all are sent",
    );
    const sent = await Promise.all(rounds);
    expect(sent.reduce((sum, n) => sum + n, 0)).toBe(20);
    expect(read.times).toBeLessThan(rounds.length);
  });

  test("however long the row is that waits for it, whoever writes to another chat reads little of that", async () => {
    const [silent = 0, other = 0] = people;
    const row = await queued(Array.from({ length: 300 }, () => silent));
    let answer: (outcome: Outcome) => void = () => undefined;
    const door = elsewhere(({ title }) =>
      title === row[0]
        ? new Promise((resolve) => {
            answer = resolve;
          })
        : Promise.resolve(accepted),
    );
    const first = deliver(door);
    await until(
      async () => (await stateOf(row[0] ?? "")) === "sending",
      () => "the first is under way",
    );
    const [news = ""] = await queued([other]);
    const { bot, read } = countedReads();
    const second = deliverDue(bot, [door], () => 1_000_000);
    await until(
      async () => (await stateOf(news)) === "sent",
      () => "the other chat has its news",
    );
    expect(read.rows).toBeLessThan(row.length / 5);
    answer(accepted);
    expect((await first) + (await second)).toBe(row.length + 1);
  });
});

test("what a round has put off isn't left behind when it waits for others: the round whose place it takes may have come for that", async () => {
  const [first = 0, second = 0] = people;
  let now = 1_000_000;
  const hanging = new Map<string, () => void>();
  const sent: string[] = [];
  const putOff = new Set<string>();
  const door: Door = {
    ...elsewhere(({ title }) => {
      sent.push(title);
      return hangs.includes(title)
        ? new Promise((resolve) => hanging.set(title, () => resolve(accepted)))
        : Promise.resolve(accepted);
    }),
    wait: async ({ title }) => (putOff.has(title) ? 1_000 : 0),
  };
  const still = () => new Promise((resolve) => setImmediate(resolve));
  const rounds: Promise<number>[] = [];
  const begins = () => {
    rounds.push(deliverDue(office.bot, [door], () => now));
    return still();
  };
  const [one = ""] = await queued([first]);
  const hangs = [one];
  await begins();
  expect(sent).toEqual([one]);
  // Waits for the first chat, and has put off what was for the second.
  const [, later = "", next = ""] = await queued([first, second, second]);
  for (const title of [later, next]) putOff.add(title);
  await begins();
  now += 1_000;
  // Puts one of them off once more, and writes the other.
  putOff.delete(next);
  hangs.push(next);
  await begins();
  expect(sent).toEqual([one, next]);
  now += 1_000;
  putOff.clear();
  // Comes for what is due by now, and leaves it to the one that waits.
  await begins();
  hanging.get(next)?.();
  await until(async () => (await stateOf(later)) === "sent");
  expect(await stateOf(one)).toBe("sending");
  hanging.get(one)?.();
  await Promise.all(rounds);
});

test("whatever time each takes and however many rounds there are, a chat reads its messages in their order, each once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ to: fc.nat(3), takes: fc.nat(4) }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (messages, rounds) => {
        const titles = await queued(messages.map(({ to }) => people[to] ?? 0));
        const read = new Map<number, string[]>();
        const door = elsewhere(async ({ title, personId }) => {
          const { takes } = messages[titles.indexOf(title)] ?? { takes: 0 };
          for (let i = 0; i < takes; i += 1) await new Promise((resolve) => setImmediate(resolve));
          read.set(personId ?? 0, [...(read.get(personId ?? 0) ?? []), title]);
          return accepted;
        });
        const sent = await Promise.all(Array.from({ length: rounds }, () => deliver(door)));
        expect(sent.reduce((sum, n) => sum + n, 0)).toBe(titles.length);
        for (const [personId, got] of read)
          expect(got).toEqual(titles.filter((_, i) => people[messages[i]?.to ?? 0] === personId));
      },
    ),
    { numRuns: process.env.TEST_FULL === "1" ? 500 : 25, seed: 20200615 },
  );
});
