import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { keptWith } from "../../support/kept.ts";
import { BOT, TEAM } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

const CHANNEL = "C0HAIAN";
const OWN = "NT-2020-000006";

let here: SlackOffice;
let office: string;
let liaison: string;
beforeAll(async () => {
  here = await aSlackOffice();
  office = await here.link("市办");
  liaison = await here.link("海安联络员");
  here.slack.addChannel(CHANNEL, [office, liaison]);
  await here.bot.store.write((w) =>
    w.chats.bind({ platform: "slack", workspace: TEAM, chatKey: CHANNEL, regionId: "haian", boundAt: 0 }),
  );
});
beforeEach(() => {
  here.faults.length = 0;
});
afterAll(() => here.close());

/** What is said quietly in the channel, and what in the direct messages, while something is sent. */
const during = async (user: string, send: () => Promise<unknown>) => {
  const [quiet, own] = [here.told(user).length, here.slack.directTo(user).length];
  await send();
  await here.settled();
  expect(here.faults).toEqual([]);
  return {
    quiet: here.told(user).slice(quiet),
    own: here.slack
      .directTo(user)
      .slice(own)
      .map((m) => here.seen(m.blocks)),
  };
};
const seen = (messages: readonly { blocks: unknown[] }[]) =>
  messages.map((m) => here.seen(m.blocks)).join("\n");
const inbox = async () => JSON.stringify(await here.bot.store.read((r) => r.inbox.find("slack", "talk")));

test("a slash command's answer is its reader's alone already, and so is what is pressed on it", async () => {
  const { quiet, own } = await during(office, () => here.sends.command(office, "/today", "", CHANNEL));
  expect(seen(quiet)).toContain("今日待办");
  const more = await during(office, () =>
    here.sends.press(office, quiet[0]?.blocks ?? [], "问题清单", { channel: CHANNEL, ephemeral: true }),
  );
  expect(seen(more.quiet)).toContain("问题清单");
  expect([own, more.own]).toEqual([[], []]);
});

test("a button of a card that all in the channel see is answered as if it had been said there", async () => {
  const button = (words: string) => [
    { elements: [{ type: "button", action_id: "say:0", value: words, text: { text: words } }] },
  ];
  const press = (words: string) =>
    during(office, () => here.sends.press(office, button(words), words, { channel: CHANNEL }));
  const own = await press("今日");
  expect(seen(own.quiet)).toBe("答复已发到您的私聊。");
  expect(own.own).toEqual([expect.stringContaining("今日待办")]);
  expect(seen((await press(`问题 ${OWN}`)).quiet)).toContain("责任地区");
});

test("a number in the talk is offered in the thread; what doesn't name one is stored nowhere", async () => {
  await here.sends.event(
    { type: "message", channel_type: "channel", channel: CHANNEL, user: liaison, text: "大家好", ts: "9.1" },
    "talk",
  );
  expect(await inbox()).toBe("null");
  const { quiet, own } = await during(liaison, () =>
    here.sends.talk(liaison, `${OWN}下午去看`, CHANNEL, { ts: "9.2" }),
  );
  expect([quiet, own]).toEqual([[], []]);
  const offers = here.slack.channels.get(CHANNEL)?.messages ?? [];
  expect(offers.map((m) => here.seen(m.blocks))).toEqual([expect.stringContaining(`看 ${OWN}`)]);
  expect(here.slack.calls.findLast(({ method }) => method === "chat.postMessage")?.args.thread_ts).toBe(
    "9.2",
  );
  // The bot's own messages, a mention, which comes as an event of its own, and who joins are no talk.
  for (const more of [
    { bot_id: BOT.id, user: BOT.user },
    { text: `<@${BOT.user}> ${OWN}` },
    { subtype: "channel_join" },
  ])
    await here.sends.talk(office, OWN, CHANNEL, more);
  await here.settled();
  expect(here.slack.channels.get(CHANNEL)?.messages).toHaveLength(1);
  const ts = here.sends.tsOf();
  await here.sends.edits(liaison, { ts, before: OWN, text: `<@U0OTHER> ${OWN}`, channel: CHANNEL });
  await here.settled();
  expect(keptWith(here.office.file, '"channel_type":"channel"'), "the talk isn't kept").toBe(0);
});

test("people without a scope of the channel's unit get theirs in the direct messages", async () => {
  const other = await here.link("住建联络员");
  await here.office.says("市办", "交办 海安 “别的部门的” 5个工作日");
  here.slack.channels.get(CHANNEL)?.members.add(other);
  const { quiet, own } = await during(other, () => here.sends.mention(other, "问题", CHANNEL));
  expect(seen(quiet)).toBe("答复已发到您的私聊。");
  expect(own).toEqual([expect.stringContaining("问题清单")]);
});

test("a channel is bound only where the bot may post: it goes into a public one, and asks to be invited into another", async () => {
  const binds = async (channel: string) => {
    const { quiet } = await during(office, () => here.sends.command(office, "/here", "海安", channel));
    return seen(quiet);
  };
  const channel = (id: string, more: object) => {
    here.slack.addChannel(id, [office]);
    const made = here.slack.channels.get(id);
    if (made !== undefined) Object.assign(made, { members: new Set([office]), ...more });
    return made?.members;
  };
  channel("C0PRIVATE", {});
  expect(await binds("C0PRIVATE")).toContain("/invite @蓝天");
  channel("C0ARCHIVED", { archived: true, members: new Set([office, BOT.user]) });
  expect(await binds("C0ARCHIVED")).toContain("本群已归档");
  const members = channel("C0PUBLIC", { open: true });
  expect(await binds("C0PUBLIC")).toContain("本群已绑定：海安");
  expect(members).toContain(BOT.user);
  const chats = await here.bot.store.read((r) => r.chats.bound());
  expect(chats.map(({ chatKey, title }) => [chatKey, title])).toEqual([
    [CHANNEL, null],
    ["C0PUBLIC", "#海安攻坚"],
  ]);
});
