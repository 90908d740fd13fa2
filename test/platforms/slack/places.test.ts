import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { typed } from "../../../src/platforms/slack/text.ts";
import { BOT, TEAM } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

const CHANNEL = "C0HAIAN";
let here: SlackOffice;
let liaison: string;
beforeAll(async () => {
  here = await aSlackOffice();
  liaison = await here.link("海安联络员");
  here.slack.addChannel(CHANNEL, [liaison]);
  await here.bot.store.write((w) =>
    w.chats.bind({ platform: "slack", workspace: TEAM, chatKey: CHANNEL, regionId: "haian", boundAt: 0 }),
  );
});
beforeEach(() => {
  here.faults.length = 0;
});
afterAll(() => here.close());

/** What a user was answered quietly in a channel while something was sent. */
const answers = async (user: string, send: () => Promise<unknown>) => {
  const before = here.told(user).length;
  await send();
  await here.settled();
  expect(here.faults).toEqual([]);
  return here
    .told(user)
    .slice(before)
    .map((m) => here.seen(m.blocks));
};

describe("what is said in a thread", () => {
  test("of the direct messages is answered in that thread", async () => {
    await here.sends.message(liaison, "海安", { thread_ts: "7.1" });
    await here.settled();
    const posted = here.slack.calls.findLast(({ method }) => method === "chat.postMessage");
    expect(posted?.args).toMatchObject({ channel: here.slack.directId(liaison), thread_ts: "7.1" });
  });

  test("stays there when nobody knows whether the answer arrived: it is looked for in the whole thread", async () => {
    const talk = { thread_ts: "7.2", text: "上周", blocks: [] };
    for (let i = 0; i < 250; i++) here.slack.directTo(liaison).push({ ...talk, ts: `7.2${i}` });
    here.slack.plan("chat.postMessage", "reset after");
    await here.sends.message(liaison, "海安", { thread_ts: "7.2" });
    await here.settled();
    const inThread = here.slack.directTo(liaison).filter((m) => m.thread_ts === "7.2" && m.bot_id);
    expect(inThread).toHaveLength(1);
  });
});

describe("files that are asked for in a thread", () => {
  const asks = async (place: object, send = here.sends.message) => {
    const before = here.slack.directTo(liaison).length;
    await send(liaison, "排名 5月 PM2.5 导出", place as never);
    await here.settled();
    return here.slack.directTo(liaison).slice(before);
  };

  test.each([
    ["arrive", null],
    ["perhaps arrived", "reset after"],
  ] as const)("of the direct messages stand in that thread, once, when they %s", async (_, fault) => {
    if (fault !== null) here.slack.plan("files.completeUploadExternal", fault);
    const all = await asks({ thread_ts: "7.3" });
    expect(all.filter(({ files }) => files)).toHaveLength(1);
    expect(all.map(({ thread_ts }) => thread_ts)).toEqual(all.map(() => "7.3"));
    expect(all.map(({ blocks }) => here.seen(blocks)).filter((text) => text.includes("没有送达"))).toEqual(
      [],
    );
  });

  test("of a channel stand in the direct messages, below nothing", async () => {
    const all = await asks({ thread_ts: "7.4" }, (user, text, more) =>
      here.sends.mention(user, text, CHANNEL, more),
    );
    expect(all.filter(({ files }) => files).map(({ thread_ts }) => thread_ts)).toEqual([undefined]);
  });
});

describe("a mention that comes as a message", () => {
  const said = (subtype: string, ts: string, more: object = {}) => ({
    ...{ type: "message", channel_type: "channel", channel: CHANNEL, user: liaison, subtype, ts },
    ...{ team: TEAM, text: `<@${BOT.user}> 海安`, ...more },
  });

  test.each(["me_message", "thread_broadcast", "file_share"])("as %s is heard", async (subtype) => {
    const told = await answers(liaison, () => here.sends.event(said(subtype, `8.${subtype}`)));
    expect(told).toEqual([expect.stringContaining("海安")]);
  });

  test("and as a mention too is answered once, whichever comes first", async () => {
    for (const [ts, ...order] of [
      ["9.1", "message", "app_mention"],
      ["9.2", "app_mention", "message"],
    ]) {
      const told = await answers(liaison, async () => {
        for (const type of order) await here.sends.event({ ...said("thread_broadcast", ts ?? ""), type });
      });
      expect(told).toHaveLength(1);
    }
  });

  test("of somebody else is none of the bot's", async () => {
    const told = await answers(liaison, () =>
      here.sends.event(said("me_message", "9.3", { text: "<@U0ELSE> 海安" })),
    );
    expect(told).toEqual([]);
  });
});

test.each([
  ["*海安*", "海安"],
  ["`海安`", "海安"],
  ["```海安```", "海安"],
  ["*海安*5月", "海安5月"],
  ["_*海安*_ ~上周~", "海安 上周"],
  ["3*4*5", "3*4*5"],
  ["a_b_c", "a_b_c"],
  ["5 * 3 * 2", "5 * 3 * 2"],
  ["*", "*"],
  ["交办 *海安* “*粗* _斜_”", "交办 海安 “*粗* _斜_”"],
])("%s is read as %s", async (said, read) => {
  expect(typed(said, BOT.user)).toBe(read);
});

test("strangers who mention the bot are told once in the channel", async () => {
  const stranger = here.slack.addUser("U0STRANGER");
  here.slack.channels.get(CHANNEL)?.members.add(stranger);
  const told = await answers(stranger, async () => {
    for (let i = 0; i < 5; i++)
      await here.sends.event({
        ...{ type: "app_mention", channel: CHANNEL, user: stranger, team: TEAM, ts: `10.${i}` },
        text: `<@${BOT.user}> 海安`,
      });
  });
  expect(told).toEqual([expect.stringContaining("您还没有绑定身份")]);
});

test("an app that is installed in a whole organisation, and names no workspace, starts and answers its people", async () => {
  const org = await aSlackOffice({ enterprise: "E0ORG", orgWide: true });
  try {
    const member = { enterprise_user: { enterprise_id: "E0ORG", teams: [TEAM] }, team_id: "T0ANY" };
    const user = org.slack.addUser("W0MEMBER", member);
    await org.bot.store.write(async (w) => {
      const person = await w.people.byName("海安联络员");
      await w.people.bind(person?.id ?? 0, { platform: "slack", workspace: "E0ORG", userKey: user }, 0);
    });
    const sends = org.sendsFrom({ team: TEAM, userTeam: "T0ANY", enterprise: "E0ORG" });
    await sends.message(user, "海安");
    await org.settled();
    expect(org.slack.directTo(user).map((m) => org.seen(m.blocks))).toEqual([
      expect.stringContaining("海安"),
    ]);
  } finally {
    await org.close();
  }
});

describe("in an organisation of several workspaces", () => {
  const notice = async (key: string) => {
    const personId = (await here.bot.store.read((r) => r.people.byName("海安联络员")))?.id ?? 0;
    const card = { title: key, blocks: [] };
    await here.bot.store.write((w) =>
      w.outbox.queue({ key, to: { personId }, class: "must-not-repeat", card }, 0),
    );
    await here.deliverOnce();
    return (
      (await here.bot.store.read((r) => r.outbox.find(key))) ?? { state: "", attempts: 0, lastError: "" }
    );
  };
  const standing = (words: string) =>
    here.slack.directTo(liaison).filter(({ blocks }) => here.seen(blocks).includes(words)).length;

  test.each(["team_added_to_org", "org_login_required"] as const)(
    "while the workspace is moved into it (%s) notices and answers wait, and come once",
    async (why) => {
      await here.delivers();
      here.slack.plan("chat.postMessage", why);
      expect(await notice(why)).toMatchObject({ state: "pending", attempts: 0 });
      expect(standing(why)).toBe(0);
      await here.delivers();
      expect(standing(why)).toBe(1);
      const before = here.slack.directTo(liaison).length;
      here.slack.plan("chat.postMessage", why);
      await here.sends.message(liaison, "海安");
      await here.settled();
      expect(here.slack.directTo(liaison)).toHaveLength(before + 1);
    },
  );

  test("whoever is in a workspace that the app wasn't added to can't be reached, and the reason says what to do", async () => {
    here.slack.plan("chat.postMessage", "team_access_not_granted");
    expect(await notice("elsewhere")).toMatchObject({
      state: "failed",
      lastError: expect.stringContaining("请Slack组织管理员把应用加到该工作区"),
    });
  });
});
