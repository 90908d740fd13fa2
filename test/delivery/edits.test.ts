import { afterEach, beforeEach, expect, test } from "vitest";
import type { Outcome } from "../../src/delivery/door.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { accepted, aPlatformInHand, type InHand, unknown } from "./in-hand.ts";

let office: AnOffice;
let slack: InHand;
beforeEach(async () => {
  office = await anOffice();
  slack = await aPlatformInHand(office);
});
afterEach(() => {
  office.close();
  expect(slack.faults).toEqual([]);
});

const MINUTE = 60_000;
/** A card that stands in a chat. */
const standing = async () => {
  await slack.queue("card", "card");
  await slack.rounds(1);
  await slack.only("deliver").answer(accepted());
  const [message] = await slack.bot.store.read((r) => r.messages.history("slack", slack, 1));
  return message?.id ?? 0;
};
const edit = (messageId: number, version: number) =>
  slack.bot.store.write((w) =>
    w.outbox.queueEdit({ messageId, personId: slack.personId, card: { title: `${version}` }, version }, 0),
  );
const open = () => slack.open.map(({ row }) => row.title);

test.each<Outcome>([
  { kind: "unreachable", why: "refused" },
  unknown,
  { kind: "later", afterMs: 1, why: "-" },
])("an older one that ended with “$kind” is not made after the newer one", async (outcome) => {
  const message = await standing();
  await edit(message, 1);
  await slack.rounds(1);
  const older = slack.only("deliver");
  await edit(message, 2);
  await older.answer(outcome);
  await slack.rounds(1);
  expect(open()).toEqual(["2"]);
  await slack.only("deliver").answer(accepted());
  slack.pass(10 * MINUTE);
  await slack.rounds(1);
  expect(open()).toEqual([]);
});

test("a newer one waits until the older one is answered, so that the chat shows the newer one", async () => {
  const message = await standing();
  await edit(message, 1);
  await slack.rounds(1);
  await edit(message, 2);
  await slack.rounds(1);
  expect(open()).toEqual(["1"]);
  await slack.only("deliver").answer(accepted());
  await slack.rounds(1);
  expect(open()).toEqual(["2"]);
});

test("an older one that a stop left in doubt is not made any more once there is a newer one", async () => {
  const message = await standing();
  await edit(message, 1);
  await slack.rounds(1);
  await slack.restart();
  await edit(message, 2);
  slack.pass(MINUTE);
  await slack.rounds(1);
  expect(open()).toEqual(["1", "2"]);
  await slack.asked("deliver")[1]?.answer(accepted());
  slack.pass(10 * MINUTE);
  await slack.rounds(1);
  expect(open()).toEqual(["1"]);
});

test("one that is asked for twice is made", async () => {
  const message = await standing();
  await edit(message, 1);
  await edit(message, 1);
  await slack.rounds(1);
  expect(open()).toEqual(["1"]);
});
