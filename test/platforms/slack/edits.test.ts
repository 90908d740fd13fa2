import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { BOT } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

const CHANNEL = "C0GENERAL";

let here: SlackOffice;
let office: string;
let liaison: string;
beforeAll(async () => {
  here = await aSlackOffice();
  office = await here.link("市办");
  liaison = await here.link("海安联络员");
});
beforeEach(() => {
  here.faults.length = 0;
  here.slack.refusals.length = 0;
});
afterAll(() => here.close());

const titled = async (title: string) =>
  (await here.bot.store.read((r) => r.issues.list({ asOf: 1e15, text: title }, 10))).rows;
const own = (user: string) => here.slack.directTo(user).map((m) => here.seen(m.blocks));
/** Somebody says something in private; the message, for editing it. */
const says = async (user: string, text: string) => {
  const ts = here.sends.tsOf();
  await here.sends.message(user, text, { ts });
  await here.settled();
  return { ts, before: text };
};
const edits = async (...how: Parameters<SlackOffice["sends"]["edits"]>) => {
  await here.sends.edits(...how);
  await here.settled();
  expect(here.faults).toEqual([]);
};

test("the same edit delivered several times is answered once", async () => {
  const { ts, before } = await says(office, "交办 海按 “送来几次” 3个工作日");
  const stand = own(office).length;
  const event = {
    type: "message",
    subtype: "message_changed",
    channel_type: "im",
    channel: here.slack.directId(office),
    ts: "5.1",
    message: {
      type: "message",
      user: office,
      ts,
      text: "交办 海安 “送来几次” 3个工作日",
      edited: { user: office, ts: "5.1" },
    },
    previous_message: { type: "message", user: office, ts, text: before },
  };
  await Promise.all([1, 2, 3].map(() => here.sends.event(event, "EvEdit")));
  await here.sends.event(event, "EvEditAgain");
  await here.settled();
  expect(await titled("送来几次")).toHaveLength(1);
  expect(own(office)).toHaveLength(stand);
  expect(own(office).at(-1)).toContain("已交办海安");
});

test("an edit that comes while its message still waits acts once", async () => {
  await here.stop();
  const order = { ts: here.sends.tsOf(), before: "交办 海安 “还没看就改” 3个工作日" };
  await here.restart();
  const both = [
    here.sends.message(office, order.before, { ts: order.ts }),
    here.sends.edits(office, { ...order, text: "交办 海安 “还没看就改了” 3个工作日" }),
  ];
  await Promise.all(both);
  await here.settled();
  expect(await titled("还没看就改")).toHaveLength(1);
});

test.each([
  ["the bot's own redrawing", { bot_id: BOT.id, user: BOT.user }, "排名"],
  ["a link that Slack shows by now", { edited: undefined, attachments: [{}] }, "海按"],
  ["an edit of nothing", {}, "海按"],
  ["a message that was deleted", { subtype: "tombstone" }, "排名"],
])("%s is no edit and is stored nowhere", async (_, more, text) => {
  const { ts, before } = await says(liaison, "海按");
  const stand = own(liaison);
  const rows = async () => (await here.bot.store.read((r) => r.audit.latest(1)))[0]?.id;
  const acts = await rows();
  await edits(liaison, { ts, before, text }, more);
  expect(own(liaison)).toEqual(stand);
  expect(await rows()).toBe(acts);
});

test("a mention that is edited in a channel is read again there, whichever event tells of it", async () => {
  const ts = here.sends.tsOf();
  await here.sends.mention(liaison, "全是", CHANNEL, { ts });
  await here.settled();
  const text = `<@${BOT.user}> 全市`;
  const told = here.told(liaison).length;
  await edits(liaison, { ts, before: `<@${BOT.user}> 全是`, text, channel: CHANNEL });
  const answers = () => here.told(liaison).slice(told);
  expect(answers().map((m) => here.seen(m.blocks))).toEqual([expect.stringContaining("PM2.5")]);
  await here.sends.mention(liaison, "全市", CHANNEL, { ts, edited: { user: liaison, ts: "6.1" } });
  await here.settled();
  expect(answers()).toHaveLength(1);
});

test("what people change in their talk is nobody's concern", async () => {
  const ts = here.sends.tsOf();
  const calls = here.slack.calls.length;
  await edits(liaison, { ts, before: "下午去", text: "NT-2020-000006下午去", channel: CHANNEL });
  await edits(liaison, { ts, before: "下午去", text: "<@U0OTHER> NT-2020-000006下午去", channel: CHANNEL });
  expect(here.slack.calls.slice(calls).filter(({ method }) => method.startsWith("chat."))).toEqual([]);
});

test("guests and people of other workspaces edit nothing", async () => {
  const guest = here.slack.addUser("U0GUEST", { is_restricted: true });
  const calls = here.slack.calls.length;
  await edits(guest, { ts: "8.1", before: "海按", text: `<@${BOT.user}> 全市`, channel: CHANNEL });
  const foreign = { team: "T0OTHER", user_team: "T0OTHER", source_team: "T0OTHER" };
  await edits(liaison, { ts: "8.2", before: "x", text: `<@${BOT.user}> 全市`, channel: CHANNEL }, foreign);
  expect(here.slack.calls.slice(calls).filter(({ method }) => method.startsWith("chat."))).toEqual([]);
});
