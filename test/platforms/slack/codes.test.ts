import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { keptWith } from "../../support/kept.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

const CODE = /[A-HJ-NP-Z2-9]{8}/;
const CHANNEL = "C0GENERAL";

let here: SlackOffice;
let office: string;
beforeAll(async () => {
  here = await aSlackOffice();
  office = await here.link("市办");
});
beforeEach(() => {
  here.faults.length = 0;
  here.slack.refusals.length = 0;
});
afterAll(() => here.close());

/** What is said for all to read or quietly in the channel, and what in the direct messages, while something is sent. */
const during = async (user: string, send: () => Promise<unknown>) => {
  const [quiet, own] = [here.told(user).length, here.slack.directTo(user).length];
  await send();
  await here.settled();
  expect(here.slack.channels.get(CHANNEL)?.messages).toEqual([]);
  expect(here.faults).toEqual([]);
  return {
    quiet: here
      .told(user)
      .slice(quiet)
      .map((m) => here.seen(m.blocks) + m.text),
    own: here.slack
      .directTo(user)
      .slice(own)
      .map((m) => here.seen(m.blocks)),
  };
};
const codeOf = async (phrase: string) => (await here.office.says("市办", phrase)).facts.code as string;

test.each([
  ["a slash command", () => here.sends.command(office, "/lt-invite", "李局 市办", CHANNEL)],
  ["a mention", () => here.sends.mention(office, "邀请 李局 市办", CHANNEL)],
  ["a further account", () => here.sends.command(office, "/account", "", CHANNEL)],
])(
  "in a channel the code of %s goes to the direct messages, with a word where it was asked",
  async (_, send) => {
    const { quiet, own } = await during(office, send);
    expect(quiet).toEqual([expect.stringContaining("码已发到您的私聊")]);
    expect(quiet.join()).not.toMatch(CODE);
    expect(own).toEqual([expect.stringMatching(CODE)]);
  },
);

test("in the direct messages it is answered there, once", async () => {
  const { quiet, own } = await during(office, () => here.sends.message(office, "邀请 赵局 市办"));
  expect([quiet, own]).toEqual([[], [expect.stringMatching(CODE)]]);
});

test("a code said in a channel is void, and whoever made it hears of it", async () => {
  const code = await codeOf("邀请 王联络 县区联络员 海安");
  const stranger = here.slack.addUser("U0STRANGER");
  here.slack.channels.get(CHANNEL)?.members.add(stranger);
  const { quiet } = await during(stranger, () => here.sends.mention(stranger, `绑定 ${code}`, CHANNEL));
  expect(quiet).toEqual([expect.stringContaining("邀请码不能发在群里")]);
  const late = await during(stranger, () => here.sends.message(stranger, `绑定 ${code}`));
  expect(late.own).toEqual([expect.stringContaining("作废")]);
  await here.delivers();
  expect(here.seen(here.slack.directTo(office).at(-1)?.blocks)).toContain("邀请码已作废：王联络");
});

test("five wrong codes lock a Slack account out, and a right one with it", async () => {
  const code = await codeOf("邀请 孙联络 县区联络员 海安");
  const stranger = here.slack.addUser("U0GUESSER");
  for (let i = 0; i < 5; i++) await here.sends.message(stranger, `绑定 WRONG22${i}`);
  const { own } = await during(stranger, () => here.sends.message(stranger, `绑定 ${code}`));
  expect(own.at(-1)).toContain("以后再试");
  expect(own.at(-1)).not.toContain("已绑定");
  expect(keptWith(here.office.file, stranger), "nothing of it is kept").toBe(0);
});

test("a member hears in Slack of an account that was bound elsewhere", async () => {
  const lead = await here.link("市领导");
  const { own } = await during(lead, () => here.sends.message(lead, "绑定新账号"));
  const code = own[0]?.match(/绑定 ([A-Z2-9]{8})/)?.[1];
  await here.office.says({ browser: "tablet" }, `绑定 ${code}`);
  // Whatever has been chosen since for everything else.
  const id = (await here.bot.store.read((r) => r.people.byName("市领导")))?.id ?? 0;
  await here.bot.store.write((w) => w.people.pushTo(id, "web"));
  await here.delivers();
  expect(here.seen(here.slack.directTo(lead).at(-1)?.blocks)).toContain("您的身份绑定了新账号");
});
