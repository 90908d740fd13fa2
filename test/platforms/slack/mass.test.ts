import { afterEach, beforeEach, expect, test } from "vitest";
import { chanceOf } from "../../support/chance.ts";
import { TEAM } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import type { Fault } from "../../support/slack/server.ts";

const full = process.env.TEST_FULL === "1";
let here: SlackOffice;
beforeEach(async () => {
  here = await aSlackOffice({ timeoutMs: 60_000 });
});
afterEach(() => here.close());

const personId = async (name: string) => (await here.bot.store.read((r) => r.people.byName(name)))?.id ?? 0;
const bound = async (chatKey: string) => {
  here.slack.addChannel(chatKey, []);
  const boundBy = await personId("市办");
  return (
    await here.bot.store.write((w) =>
      w.chats.bind({ platform: "slack", workspace: TEAM, chatKey, boundBy, boundAt: 0 }),
    )
  ).id;
};
const channels = (n: number) =>
  Array.from({ length: n }, (_, i) => i).reduce<Promise<number[]>>(
    async (ids, i) => [...(await ids), await bound(`C0M${i}`)],
    Promise.resolve([]),
  );
/** One notice to each of these groups. @returns the deliveries' ids. */
const notices = (chatIds: readonly number[], name: string): Promise<number[]> =>
  here.bot.store.write(async ({ outbox }) => {
    const ids: number[] = [];
    for (const chatId of chatIds) {
      const card = { title: `${name}（${chatId}）`, blocks: [], buttons: [] };
      await outbox.queue({ key: `${name}/${chatId}`, to: { chatId }, class: "must-not-repeat", card }, 0);
      ids.push(await outbox.newestId());
    }
    return ids;
  });
const posts = () => here.slack.calls.filter((c) => c.method === "chat.postMessage");
const everyoneOnce = (ids: readonly number[]) => new Map(ids.map((id) => [id, 1]));

test("three notices to every group arrive once each and in order, within the limits; a card is edited meanwhile", async () => {
  const groups = await channels(full ? 300 : 25);
  const reader = await personId("海安联络员");
  const user = await here.link("海安联络员");
  const card = { title: "问题", subject: "issue:999", blocks: [], buttons: [] };
  await here.bot.store.write((w) =>
    w.outbox.queue({ key: "card", to: { personId: reader }, class: "card", card }, 0),
  );
  await here.delivers();
  here.slack.calls.length = 0;

  const began = here.clock.now();
  const ids: number[] = [];
  for (const name of ["一", "二", "三"]) ids.push(...(await notices(groups, `通报${name}`)));
  // In the midst of it the issue changes.
  let editedAt = 0;
  here.slack.atRandom((method) => {
    if (method === "chat.postMessage" && posts().length === 20) {
      editedAt = here.clock.now();
      void here.bot.store.write(async ({ outbox }) => {
        const [message] = await outbox.showing("issue:999");
        const edit = {
          messageId: message?.id ?? 0,
          personId: reader,
          card: { ...card, title: "问题（新）" },
        };
        await outbox.queueEdit({ ...edit, version: 2 }, 0);
      });
    }
    return null;
  });
  await here.delivers();

  const accepted = here.slack.accepted();
  expect(new Map(ids.map((id) => [id, accepted.get(id)]))).toEqual(everyoneOnce(ids));
  // No call came too soon: the local Slack would have refused it with a 429, and it would have been made again.
  expect(posts()).toHaveLength(ids.length);
  const took = (posts().at(-1)?.at ?? 0) - began;
  expect(took).toBeLessThan(8 * 60_000);
  for (const [i] of groups.entries()) {
    const texts = here.slack.channels.get(`C0M${i}`)?.messages.map((m) => m.text[2]);
    expect(texts).toEqual(["一", "二", "三"]);
  }
  const edit = here.slack.calls.find((c) => c.method === "chat.update");
  expect((edit?.at ?? Number.POSITIVE_INFINITY) - editedAt).toBeLessThan(5000);
  expect(here.slack.directTo(user).map((m) => m.text)).toEqual(["问题（新）"]);
});

test("in a storm of 429s every wait is kept, with and without its length; other channels go on, and all arrives", async () => {
  const groups = await channels(full ? 30 : 8);
  const ids: number[] = [];
  for (const name of ["一", "二", "三", "四", "五"].slice(0, full ? 5 : 3))
    ids.push(...(await notices(groups, `通报${name}`)));
  const chance = chanceOf(7);
  const patience = new Map<string, number>();
  const early: string[] = [];
  let waits = 0;
  here.slack.atRandom((method, args) => {
    if (method !== "chat.postMessage") return null;
    const now = here.clock.now();
    if (now < (patience.get(args.channel) ?? 0)) early.push(`${args.channel} ${now}`);
    if (chance.next() > 0.3) return null;
    waits += 1;
    const seconds = 1 + chance.below(30);
    const kinds: Fault[] = ["429", "429 without header", "ratelimited"];
    const kind = kinds[chance.below(kinds.length)] ?? "429";
    // Without a length we keep half a minute.
    patience.set(args.channel, now + (kind === "429" ? seconds : 30) * 1000);
    if (kind === "429") here.slack.retryAfter(seconds);
    return kind;
  });
  await here.delivers();
  expect(waits).toBeGreaterThan(ids.length / 5);
  expect(early).toEqual([]);
  const accepted = here.slack.accepted();
  expect(new Map(ids.map((id) => [id, accepted.get(id)]))).toEqual(everyoneOnce(ids));
  expect((await here.bot.store.read((r) => r.outbox.countByState())).failed).toBe(0);
  for (const [i] of groups.entries()) {
    const texts = here.slack.channels.get(`C0M${i}`)?.messages.map((m) => m.text[2]) ?? [];
    expect(texts).toEqual(["一", "二", "三", "四", "五"].slice(0, texts.length));
  }
  // Nobody waited for somebody else's channel: what met no 429 was through when the pace alone had let it.
  const paced = ids.length * 250 + 60_000;
  const unhindered = [...groups.keys()].filter((i) => !patience.has(`C0M${i}`));
  const start = posts()[0]?.at ?? 0;
  for (const i of unhindered) {
    const last = posts().findLast((c) => c.args.channel === `C0M${i}`);
    expect((last?.at ?? 0) - start).toBeLessThan(paced);
  }
});
