import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { OutboxRow } from "../../../src/store/outbox.ts";
import { chanceOf } from "../../support/chance.ts";
import { TEAM } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import type { Fault } from "../../support/slack/server.ts";

let here: SlackOffice;
let user: string;
beforeEach(async () => {
  here = await aSlackOffice({ timeoutMs: 250 });
  user = await here.link("海安联络员");
});
afterEach(() => here.close());

type To = { personId: number } | { chatId: number };
let serial = 0;
const queue = async (to: To, over: { class?: OutboxRow["class"]; subject?: string } = {}) => {
  serial += 1;
  const key = `test/${serial}`;
  const card = {
    title: `通知${serial}`,
    blocks: [{ kind: "text", text: "请知悉" }],
    buttons: [
      { kind: "press", label: "签收", action: "issue.acknowledge", params: { issue: 1, version: 1 } },
    ],
    ...(over.subject ? { subject: over.subject } : {}),
  };
  await here.bot.store.write((w) =>
    w.outbox.queue({ key, to, class: over.class ?? "must-not-repeat", card }, 0),
  );
  return here.bot.store.read((r) => r.outbox.newestId());
};
const liaison = async () => ({
  personId: (await here.bot.store.read((r) => r.people.byName("海安联络员")))?.id ?? 0,
});
const states = () => here.bot.store.read((r) => r.outbox.countByState());
const bind = async (chatKey: string) => {
  const boundBy = (await liaison()).personId;
  const chat = { platform: "slack" as const, workspace: TEAM, chatKey, boundBy, boundAt: 0 };
  return { chatId: (await here.bot.store.write((w) => w.chats.bind(chat))).id };
};
const troubled = () => here.bot.store.read((r) => r.outbox.troubled(10));

test("a push stands in the direct messages with its buttons, in a group without them", async () => {
  here.slack.addChannel("C0HAIAN", []);
  await queue(await liaison());
  await queue(await bind("C0HAIAN"));
  await here.delivers();
  expect(here.seen(here.slack.directTo(user)[0]?.blocks)).toContain("签收");
  const inGroup = here.slack.channels.get("C0HAIAN")?.messages ?? [];
  expect(here.seen(inGroup[0]?.blocks)).toContain("请知悉");
  expect(here.seen(inGroup[0]?.blocks)).not.toContain("签收");
  // The mark names a row and nobody.
  expect(JSON.stringify(inGroup[0]?.metadata)).toMatch(
    /^\{"event_type":"lantian_delivery","event_payload":\{"outbox":\d+,"key":"[0-9a-f]{16}"\}\}$/,
  );
  expect(await states()).toMatchObject({ sent: 2, pending: 0 });
});

const faults: Fault[] = [
  "429",
  "429 without header",
  "ratelimited",
  "500 before",
  "500 after",
  "internal_error after",
  "reset before",
  "reset after",
  "cut answer after",
  "hang before",
  "hang after",
];

test.each(faults)("a push that meets “%s” is accepted exactly once", async (fault) => {
  here.slack.plan("chat.postMessage", fault);
  const id = await queue(await liaison());
  await here.delivers();
  expect(here.slack.accepted()).toEqual(new Map([[id, 1]]));
  expect(await states()).toMatchObject({ sent: 1, ambiguous: 0, failed: 0, pending: 0 });
});

test("of many pushes under random faults each is accepted once, none is lost, none stays in doubt", async () => {
  const N = process.env.TEST_FULL === "1" ? 1000 : 60;
  const groups = [];
  for (let i = 0; i < 6; i++) groups.push(await bind(here.slack.addChannel(`C0G${i}`, [])));
  const ids: number[] = [];
  for (let i = 0; i < N; i++) ids.push(await queue(groups[i % groups.length] ?? (await liaison())));
  const chance = chanceOf(20200615);
  const among = (kinds: readonly Fault[]) => kinds[chance.below(kinds.length)] ?? null;
  // Of a hundred calls twenty meet something, and one more is never answered.
  const [silent, quick] = [
    ["hang before", "hang after"] as const,
    faults.filter((f) => !f.startsWith("hang")),
  ];
  here.slack.atRandom((method) => {
    if (!method.startsWith("chat.") && !method.startsWith("conversations.")) return null;
    const drawn = chance.next();
    return drawn < 0.2 ? among(quick) : drawn < 0.21 ? among(silent) : null;
  });
  await here.delivers();
  const accepted = here.slack.accepted();
  expect(ids.filter((id) => (accepted.get(id) ?? 0) > 1)).toEqual([]);
  const states = new Map(
    (await here.bot.store.read((r) => r.outbox.after(0))).map(({ row }) => [row.id, row.state]),
  );
  // Five refusals in a row are a failure that the office sees; nothing else may keep a message back.
  for (const id of ids) expect(states.get(id)).toBe(accepted.has(id) ? "sent" : "failed");
  expect(ids.filter((id) => states.get(id) === "failed").length).toBeLessThan(N / 20);
});

test("a crash in the middle of sending leaves doubt, and reading back resolves it either way", async () => {
  const [arrived, lost] = [await queue(await liaison()), await queue(await liaison())];
  const waiting = await here.bot.store.read((r) => r.outbox.due(0, 10, ["slack"]));
  await here.bot.store.write(async (w) => {
    for (const row of waiting) await w.outbox.claim(row);
  });
  const row = (await here.bot.store.write((w) => w.outbox.inDoubt())).find((r) => r.id === arrived);
  const person = await here.bot.store.read((r) => r.people.byName("海安联络员"));
  if (row === undefined || person === null) throw new Error("no such row");
  await here.door().deliver(row, { kind: "person", person });
  await here.restart();
  await here.delivers();
  expect(here.slack.accepted()).toEqual(
    new Map([
      [arrived, 1],
      [lost, 1],
    ]),
  );
  expect(await states()).toMatchObject({ sent: 2, ambiguous: 0 });
});

test("in doubt and looked for by several rounds at once: the history is read once, and each is sent once", async () => {
  here.slack.plan("chat.postMessage", "500 before");
  here.slack.plan("chat.postMessage", "500 after");
  const ids = [await queue(await liaison()), await queue(await liaison())];
  while ((await states()).ambiguous < 2) {
    await here.deliverOnce();
    here.clock.leap(1_100);
  }
  here.clock.leap(60_000);
  const together = () => Promise.all([1, 2, 3, 4].map(() => here.deliverOnce()));
  await together();
  expect(here.slack.calls.filter((c) => c.method === "conversations.history")).toHaveLength(2);
  for (let i = 0; i < 5; i++) {
    await together();
    here.clock.leap(1_100);
  }
  expect(here.slack.accepted()).toEqual(new Map(ids.map((id) => [id, 1])));
  expect(await states()).toMatchObject({ sent: 2, ambiguous: 0, pending: 0 });
});

test.each([
  ["must-not-repeat", "ambiguous"],
  ["must-arrive", "failed"],
] as const)(
  "in doubt where Slack shows the bot nothing any more (%s): it isn't looked for for ever",
  async (kind, end) => {
    here.slack.addChannel("C0GONE", []);
    const [group, member] = [await bind("C0GONE"), await liaison()];
    for (let i = 0; i < 2; i++) here.slack.plan("chat.postMessage", "500 before");
    const ids = [await queue(group, { class: kind }), await queue(member, { class: kind })];
    while ((await states()).ambiguous < 2) {
      await here.deliverOnce();
      here.clock.leap(1_100);
    }
    here.slack.channels.delete("C0GONE");
    const raw = new Database(here.office.file);
    raw.exec("UPDATE account SET workspace = 'T0OTHER'");
    raw.close();
    for (let round = 0; round < 4; round++) {
      here.clock.leap(61_000);
      await here.deliverOnce();
    }
    const looks = here.slack.calls.filter(({ method }) => method === "conversations.history");
    expect(looks).toHaveLength(1);
    const rows = await here.bot.store.read((r) => r.outbox.after(0));
    expect(ids.map((id) => rows.find(({ row }) => row.id === id)?.row.state)).toEqual([end, end]);
    const waiting = await here.bot.store.read((r) =>
      r.outbox.due(here.clock.now() + 3_600_000, 100, ["slack"]),
    );
    expect(waiting.filter(({ id }) => ids.includes(id))).toEqual([]);
  },
);

test("another app's message with our mark, and our mark of another database, prove nothing", async () => {
  here.slack.plan("chat.postMessage", "reset before");
  const id = await queue(await liaison());
  const metadata = { event_type: "lantian_delivery", event_payload: { outbox: id, key: "0000000000000000" } };
  const ts = `${Math.floor(here.clock.now() / 1000)}.900000`;
  here.slack.directTo(user).push({ ts, bot_id: "B0BOT", text: "x", blocks: [], metadata });
  await here.delivers();
  expect(here.slack.directTo(user).filter((m) => /通知/.test(m.text))).toHaveLength(1);
});

test("patience that is asked for ten times is no attempt: the push isn't given up", async () => {
  for (let i = 0; i < 10; i++) here.slack.plan("chat.postMessage", i % 2 ? "429" : "ratelimited", 1);
  const id = await queue(await liaison());
  await here.delivers();
  expect(here.slack.accepted()).toEqual(new Map([[id, 1]]));
  expect(await states()).toMatchObject({ sent: 1, failed: 0, pending: 0 });
});

test("a channel that asks for patience is left alone that long; others go on", async () => {
  here.slack.addChannel("C0SLOW", []);
  const slow = await bind("C0SLOW");
  here.slack.plan("chat.postMessage", "429", 60);
  const began = here.clock.now();
  await queue(slow);
  await queue(await liaison());
  await here.delivers();
  const posts = here.slack.calls.filter((c) => c.method === "chat.postMessage");
  const again = posts.filter((c) => c.args.channel === "C0SLOW")[1];
  expect((again?.at ?? 0) - (posts[0]?.at ?? 0)).toBeGreaterThanOrEqual(60_000);
  const other = posts.find((c) => c.args.channel !== "C0SLOW");
  expect((other?.at ?? 0) - began).toBeLessThan(5000);
});

test("Slack's pace is kept by itself: no call is refused for coming too soon", async () => {
  const groups = [];
  for (let i = 0; i < 8; i++) groups.push(await bind(here.slack.addChannel(`C0P${i}`, [])));
  for (let i = 0; i < 40; i++) await queue(groups[i % 8] ?? { chatId: 0 });
  await here.delivers();
  const posts = here.slack.calls.filter((c) => c.method === "chat.postMessage");
  expect(posts).toHaveLength(40);
  const took = (posts.at(-1)?.at ?? 0) - (posts[0]?.at ?? 0);
  // Four a second in all.
  expect(took).toBeGreaterThanOrEqual(Math.floor(39 / 4) * 1000);
});

test("a message that can't be edited any more is sent again, and later edits find it there", async () => {
  const to = await liaison();
  await queue(to, { class: "card", subject: "issue:999" });
  await here.delivers();
  const [first] = here.slack.directTo(user);
  if (first === undefined) throw new Error("nothing was sent");
  first.frozen = true;
  const redraw = async (version: number) => {
    const [message] = await here.bot.store.write((w) => w.outbox.showing("issue:999"));
    const card = { title: `第${version}版`, blocks: [], subject: "issue:999" };
    await here.bot.store.write((w) =>
      w.outbox.queueEdit({ messageId: message?.id ?? 0, personId: to.personId, card, version }, 0),
    );
    await here.delivers();
  };
  here.slack.plan("chat.postMessage", "reset after");
  await redraw(2);
  await redraw(3);
  const messages = here.slack.directTo(user);
  expect(messages).toHaveLength(2);
  expect(here.seen(messages[1]?.blocks)).toContain("第3版");
});

test.each([
  [
    "is_archived",
    "该群已归档",
    (id: string) => Object.assign(here.slack.channels.get(id) ?? {}, { archived: true }),
  ],
  ["channel_not_found", "Slack上找不到该群", (id: string) => here.slack.channels.delete(id)],
  ["not_in_channel", "机器人不在该群", (id: string) => here.slack.channels.get(id)?.members.clear()],
])(
  "a group that answers %s is parked after one call, and its message is listed as failed",
  async (_, why, fall) => {
    here.slack.addChannel("C0OLD", []);
    const to = await bind("C0OLD");
    fall("C0OLD");
    await queue(to);
    await queue(to);
    await here.delivers();
    expect((await here.bot.store.read((r) => r.chats.byId(to.chatId)))?.active).toBe(false);
    expect((await troubled()).map(({ row }) => row.lastError)).toEqual(
      Array(2).fill(`${why}，已停止向该群发送；已改发相关人员私聊`),
    );
    expect(here.slack.calls.filter((c) => c.method === "chat.postMessage")).toHaveLength(1);
  },
);

test("somebody without an account here, and one whom Slack has closed, are failures with a reason", async () => {
  const person = await here.bot.store.read((r) => r.people.byName("如皋联络员"));
  await here.bot.store.write((w) => w.people.pushTo(person?.id ?? 0, "slack"));
  await queue({ personId: person?.id ?? 0 });
  here.slack.addUser(user, { deleted: true });
  await queue(await liaison());
  await here.delivers();
  expect((await troubled()).map(({ row }) => row.lastError)).toEqual([
    expect.stringContaining("账号已停用"),
    expect.stringContaining("没有绑定本工作区的Slack账号"),
  ]);
});

test("a token that Slack refuses stops all sending without using up anybody's attempts", async () => {
  const id = await queue(await liaison());
  await queue(await liaison());
  here.slack.revoke(true);
  const calls = here.slack.calls.length;
  for (let i = 0; i < 5; i++) {
    await here.deliverOnce();
    here.clock.leap(1000);
  }
  expect(here.slack.calls.length - calls).toBe(1);
  expect(await states()).toMatchObject({ pending: 2, failed: 0 });
  here.slack.revoke(false);
  here.clock.leap(10 * 60_000);
  await here.delivers();
  expect(here.slack.accepted().get(id)).toBe(1);
  // Both, and what the office was told of it in the console.
  expect(await states()).toMatchObject({ sent: 3 });
});
