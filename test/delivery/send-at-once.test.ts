import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutboxRow } from "../../src/store/outbox.ts";
import type { Writer } from "../../src/store/store.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// What the console takes and notes as sent in one move is held as whatever is claimed for sending.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const write = <T>(change: (writer: Writer) => Promise<T>) => office.bot.store.write(change);
const rowOf = async ({ outbox }: Writer, key: string) => (await outbox.find(key)) as OutboxRow;
const post = async (key: string) => {
  const { person } = await office.speakerOf("市办");
  const card = { title: key, blocks: [] };
  await write(({ outbox }) =>
    outbox.queue({ key, to: { personId: person?.id ?? 0 }, class: "card", card }, 0),
  );
  return write((writer) => rowOf(writer, key));
};

test("it is sent once, whoever read it before", async () => {
  const row = await post("once");
  expect(await write(({ outbox }) => outbox.sendAtOnce(row, 7))).toBe(true);
  expect(await write((writer) => rowOf(writer, "once"))).toMatchObject({
    ...{ state: "sent", attempts: row.attempts + 1, claim: row.claim + 1, sentAt: 7, lastError: null },
  });
  expect(await write(({ outbox }) => outbox.sendAtOnce(row, 8))).toBe(false);
});

test("who read it before it was tried by another, held back or given up, doesn't have it", async () => {
  const row = await post("tried");
  const held = await write(({ outbox }) => outbox.claim(row));
  await write(({ outbox }) => outbox.retry(held as OutboxRow, row.nextAttemptAt, "busy", 0));
  expect(await write(({ outbox }) => outbox.sendAtOnce(row, 7))).toBe(false);

  const waiting = await post("waits");
  await write(({ outbox }) => outbox.hold(waiting, 9, "quiet hours"));
  expect(await write(({ outbox }) => outbox.sendAtOnce(waiting, 7))).toBe(false);

  const given = await post("given up");
  await write(({ outbox }) => outbox.giveUp(given, "nobody is there"));
  expect(await write(({ outbox }) => outbox.sendAtOnce(given, 7))).toBe(false);
});

test("a change of a message waits for an older one that is under way", async () => {
  const { person } = await office.speakerOf("市办");
  const personId = person?.id ?? 0;
  const messageId = await write(async ({ messages }) => {
    const conversation = { personId };
    return (await messages.add({ platform: "web", conversation, direction: "out", text: "", at: 0 })).id;
  });
  const edit = async (version: number) => {
    const card = { title: `${version}` };
    await write(({ outbox }) => outbox.queueEdit({ messageId, personId, card, version }, 0));
    return write((writer) => rowOf(writer, `edit/${messageId}/${version}`));
  };
  const older = await edit(1);
  await write(({ outbox }) => outbox.claim(older));
  const newer = await edit(2);
  expect(await write(({ outbox }) => outbox.sendAtOnce(newer, 7))).toBe(false);
  await write(({ outbox }) => outbox.sent(older.id, 7));
  expect(await write(({ outbox }) => outbox.sendAtOnce(newer, 8))).toBe(true);
});
