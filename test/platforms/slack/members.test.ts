import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keptWith } from "../../support/kept.ts";
import { TEAM, type User } from "../../support/slack/memory.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import type { senderOf } from "../../support/slack/sender.ts";

const ORG = "E0ORG";
const HOUR = 3_600_000;
let here: SlackOffice;
afterEach(() => here.close());

type Sends = ReturnType<typeof senderOf>;
/** Every way in which somebody can say something to the bot. */
const doors: readonly [string, (sends: Sends, user: string) => Promise<unknown>][] = [
  ["a command", (sends, user) => sends.command(user, "/county", "海安")],
  ["a direct message", (sends, user) => sends.message(user, "海安")],
  ["a mention", (sends, user) => sends.mention(user, "全市")],
  [
    "a file",
    (sends, user) =>
      sends.message(user, "", { subtype: "file_share", files: [{ id: "F1", name: "a.jpg", size: 3 }] }),
  ],
  ["a button", (sends, user) => sends.press(user, say("全市"), "全市")],
  ["the Home tab", (sends, user) => sends.opensHome(user)],
  [
    "a form",
    (sends, user) => sends.submit(user, { callback_id: "form", blocks: [], private_metadata: "x" }, {}),
  ],
];
const say = (words: string) => [
  { elements: [{ type: "button", action_id: "say:0", value: words, text: { text: words } }] },
];
/** How often the bot has answered a user, wherever that stands. */
const answers = (user: string) =>
  here.told(user).length + here.slack.directTo(user).length + (here.slack.homes.has(user) ? 1 : 0);
const effects = () => here.bot.store.read((r) => r.audit.latest(1000)).then((acts) => acts.length);

describe("in a workspace that stands alone", () => {
  beforeEach(async () => {
    here = await aSlackOffice();
  });
  const strangers: readonly [string, Partial<User>][] = [
    ["a guest of several channels", { is_restricted: true }],
    ["a guest of one channel", { is_restricted: true, is_ultra_restricted: true }],
    ["somebody of another workspace", { is_stranger: true, team_id: "T0OTHER" }],
    [
      "somebody of an organisation, which is not ours",
      { enterprise_user: { enterprise_id: ORG, teams: [] }, team_id: "T0OTHER" },
    ],
    ["another bot", { is_bot: true }],
    ["somebody who has left", { deleted: true }],
  ];

  test.each(strangers)("%s isn't heard through any door, and nothing is drawn for them", async (_, flags) => {
    const user = here.slack.addUser("U0GUEST", flags);
    here.slack.channels.get("C0GENERAL")?.members.add(user);
    for (const [, send] of doors) expect(await send(here.sends, user)).toMatchObject({ status: 200 });
    await here.settled();
    expect(answers(user)).toBe(0);
    expect(here.faults).toEqual([]);
    expect(keptWith(here.office.file, user), "nothing of it is kept").toBe(0);
  });

  test.each(strangers)("%s isn't heard though they are linked", async (_, flags) => {
    const user = await here.link("海安联络员");
    here.slack.addUser(user, flags);
    const before = await effects();
    for (const [, send] of doors) await send(here.sends, user);
    await here.settled();
    expect(answers(user)).toBe(0);
    expect(await effects()).toBe(before);
  });

  test.each(strangers)("%s is sent no code to sign in with, unlike a member", async (_, flags) => {
    const user = await here.link("海安联络员");
    expect([await here.hears(user), await here.hears(user, "T0OTHER")]).toEqual([true, false]);
    here.slack.addUser(user, flags);
    here.clock.leap(HOUR);
    expect(await here.hears(user)).toBe(false);
  });

  test("what somebody of another workspace sends is passed over unread, whoever bears that id here; a form is closed", async () => {
    const user = await here.link("市办");
    const elsewhere = here.sendsFrom({ team: "T0OTHER", userTeam: "T0OTHER", enterprise: null });
    for (const [, send] of doors) await send(elsewhere, user);
    await here.settled();
    expect(answers(user)).toBe(0);
    expect(here.faults).toEqual([]);
  });

  test("a member is asked about once an hour: whoever becomes a guest is heard no longer than that, and the office is told", async () => {
    const [user, office] = [await here.link("海安联络员"), await here.link("市办")];
    const asked = () =>
      here.slack.calls.filter(({ method, args }) => method === "users.info" && args.user === user).length;
    for (let i = 0; i < 5; i++) await here.sends.message(user, "海安");
    await here.settled();
    expect([asked(), answers(user)]).toEqual([1, 5]);
    here.slack.addUser(user, { is_restricted: true });
    here.clock.leap(HOUR);
    for (let i = 0; i < 5; i++) await here.sends.message(user, "海安");
    await here.settled();
    expect([asked(), answers(user)]).toEqual([2, 5]);
    await here.delivers();
    const notices = here.slack.directTo(office).map(({ blocks }) => here.seen(blocks));
    expect(notices.filter((words) => words.includes("账号已不是正式成员：海安联络员"))).toHaveLength(1);
  });

  test("a form that was open when its owner became a guest is closed and changes nothing", async () => {
    const user = await here.link("市办");
    await here.sends.command(user, "/assign");
    await here.settled();
    const view = here.slack.views[0]?.view;
    here.slack.addUser(user, { is_ultra_restricted: true });
    here.clock.leap(HOUR);
    const before = await here.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1));
    const sent = await here.sends.submit(user, view, { county: "海安", title: "工地裸土未覆盖" });
    expect(sent).toMatchObject({ status: 200, body: "" });
    const after = await here.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 1));
    expect(after.total).toBe(before.total);
  });

  test("a guest who becomes a member is heard a minute later", async () => {
    const user = here.slack.addUser("U0GUEST", { is_restricted: true });
    await here.sends.message(user, "海安");
    await here.settled();
    expect(answers(user)).toBe(0);
    here.slack.addUser(user);
    here.clock.leap(60_000);
    await here.sends.message(user, "海安");
    await here.settled();
    expect(answers(user)).toBe(1);
  });

  test.each(["ratelimited", "500 before", "missing_scope", "token_revoked"] as const)(
    "%s says nothing about anybody: who is linked is heard, and a guest stays one",
    async (fault) => {
      const [user, guest] = [await here.link("海安联络员"), await here.link("如皋联络员")];
      here.slack.addUser(guest, { is_restricted: true });
      await here.sends.message(guest, "海安");
      await here.settled();
      here.clock.leap(HOUR);
      here.slack.plan("users.info", fault);
      await here.sends.message(user, "海安");
      await here.settled();
      here.slack.plan("users.info", fault);
      await here.sends.message(guest, "海安");
      await here.settled();
      expect([answers(user), answers(guest)]).toEqual([1, 0]);
    },
  );
});

describe("in an organisation of several workspaces", () => {
  const member = { enterprise_user: { enterprise_id: ORG, teams: [TEAM, "T0SISTER"] } };
  beforeEach(async () => {
    here = await aSlackOffice({ enterprise: ORG });
  });
  const linked = async (flags: Partial<User>) => {
    const user = "W0MEMBER";
    here.slack.addUser(user, flags);
    here.slack.channels.get("C0GENERAL")?.members.add(user);
    await here.bot.store.write(async (w) => {
      const person = await w.people.byName("海安联络员");
      await w.people.bind(person?.id ?? 0, { platform: "slack", workspace: TEAM, userKey: user }, 0);
    });
    return user;
  };
  const places = {
    "the workspace itself": { team: TEAM, userTeam: TEAM },
    "a sister workspace": { team: "T0SISTER", userTeam: "T0SISTER" },
    "the organisation": { team: ORG, userTeam: ORG },
    "the workspace, at home in a sister": { team: TEAM, userTeam: "T0SISTER" },
  } as const;

  describe.each(Object.entries(places))("a member who writes from %s", (_, place) => {
    test.each(doors.filter(([name]) => name !== "a form"))("is heard through %s", async (_name, send) => {
      const user = await linked({ team_id: "T0SISTER", ...member });
      await send(here.sendsFrom({ ...place, enterprise: ORG }), user);
      await here.settled();
      expect(answers(user)).toBe(1);
      expect(here.faults).toEqual([]);
    });
  });

  test("a form of theirs is answered", async () => {
    const user = await linked({ team_id: "T0SISTER", ...member });
    const sends = here.sendsFrom({ ...places["a sister workspace"], enterprise: ORG });
    const view = { callback_id: "form", blocks: [], private_metadata: "x" };
    expect((await sends.submit(user, view, {})).body).toContain("errors");
  });

  test("a member is one also where Slack names only the organisation", async () => {
    const user = await linked({ team_id: undefined as never, ...member });
    await here.sendsFrom({ ...places["the organisation"], enterprise: ORG }).message(user, "海安");
    await here.settled();
    expect(answers(user)).toBe(1);
  });

  test.each<[string, Partial<User>]>([
    ["a guest of the organisation", { ...member, is_restricted: true }],
    ["a guest of one channel", { ...member, is_ultra_restricted: true }],
    [
      "somebody of another organisation",
      { team_id: "T0OTHER", enterprise_user: { enterprise_id: "E0OTHER", teams: [] } },
    ],
    ["somebody of a workspace without one", { team_id: "T0OTHER" }],
    ["somebody whom Slack calls a stranger", { ...member, is_stranger: true }],
  ])("%s isn't heard, linked or not", async (_, flags) => {
    const user = await linked(flags);
    const other = here.slack.addUser("W0OTHER", flags);
    for (const place of Object.values(places))
      for (const [, send] of doors)
        for (const who of [user, other]) await send(here.sendsFrom({ ...place, enterprise: ORG }), who);
    await here.settled();
    expect(answers(user) + answers(other)).toBe(0);
  });
});
