import { afterAll, beforeAll, expect, test } from "vitest";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const GROUP = -7001;
const CODE = /[A-HJ-NP-Z2-9]{8}/;

let stage: Stage;
let office: number;
beforeAll(async () => {
  stage = await aStage();
  office = await stage.member("市办");
});
afterAll(() => stage.close());

const open = async () =>
  stage.bot.store.read(async (r) =>
    r.people.openInvitations((await stage.bot.clock.now()).epochMilliseconds),
  );
/** What somebody is sent in private while something is said in a group, and what the group reads. */
const inGroup = async (user: number, text: string, more: object = {}) => {
  const before = stage.server.to(user).length;
  const group = await stage.says(user, text, { chat: GROUP, ...more });
  return {
    group: group.map((m) => m.text),
    own: stage.server
      .to(user)
      .slice(before)
      .map((m) => m.text),
  };
};
/** Until a push has come, whatever the pace at which the chat takes it. */
const hears = (user: number, what: RegExp, since = 0) =>
  stage.until(`${what}`, async () => {
    await stage.deliver();
    return stage.server
      .to(user)
      .slice(since)
      .some(({ text }) => what.test(text));
  });
const codeOf = async (phrase: string) => (await stage.office.says("市办", phrase)).facts.code as string;

test.each(["/invite 李局 市办", "@lantian_bot 邀请 李局 市办", "/account"])(
  "the code of %s goes to the private chat, and the group reads that it is there",
  async (text) => {
    const { group, own } = await inGroup(office, text);
    expect(group).toEqual([expect.stringMatching(/码已发到您的私聊。$/)]);
    expect(group.join()).not.toMatch(CODE);
    expect(own).toEqual([expect.stringMatching(CODE)]);
  },
);

test("where the private chat was never opened nothing is made, and the group reads what to do", async () => {
  const before = await open();
  for (const closed of [stage.server.unbegun, stage.server.blocked]) {
    closed.add(office);
    const { group, own } = await inGroup(office, "/invite 赵局 市办");
    expect(group).toEqual([expect.stringContaining("请先打开与我的私聊")]);
    expect(own).toEqual([]);
    closed.delete(office);
  }
  expect(await open()).toEqual(before);
  expect((await inGroup(office, "/invite 赵局 市办")).own).toEqual([expect.stringMatching(CODE)]);
});

test("a private chat that closes in between gets no code, and the group doesn't either", async () => {
  stage.server.fail("sendMessage", "403-blocked");
  const { group } = await inGroup(office, "/invite 钱局 市办");
  expect(group).toEqual([expect.stringContaining("请先打开与我的私聊")]);
  // Whoever asks again gets another code in its place.
  expect((await inGroup(office, "/invite 钱局 市办")).own).toEqual([expect.stringMatching(CODE)]);
});

test("who is a member already is said in private as well", async () => {
  const { group, own } = await inGroup(office, "/invite 市领导 市领导");
  expect(group).toEqual(["办理结果已发到您的私聊。"]);
  expect(own).toEqual([expect.stringContaining("已是成员")]);
});

test.each([
  ["by command", (code: string) => `/link ${code}`, {}],
  ["after a mention", (code: string) => `@lantian_bot 绑定 ${code}`, {}],
  ["by a link that opens a group", (code: string) => `/start@lantian_bot ${code}`, {}],
  ["to nobody in particular", (code: string) => `绑定 ${code}`, {}],
  [
    "as the group itself",
    (code: string) => `/link ${code}`,
    { sender_chat: { id: GROUP, type: "supergroup" } },
  ],
])("a code said in a group, %s, is void, and whoever made it hears of it", async (_how, saying, more) => {
  const code = await codeOf("邀请 王联络 县区联络员 海安");
  const heard = stage.server.to(office).length;
  const { group } = await inGroup(stage.stranger(), saying(code), more);
  expect(group).toEqual([expect.stringContaining("邀请码不能发在群里")]);
  const [late] = await stage.says(stage.stranger(), `绑定 ${code}`);
  expect(late?.text).toContain("作废");
  await hears(office, /邀请码已作废：王联络/, heard);
  const [row] = (await stage.bot.store.read((r) => r.audit.latest(2))).slice(1);
  expect(row).toMatchObject({ act: "link", outcome: "denied" });
  expect(row?.detail).not.toContain(code);
});

test("a wrong code is answered in a group as a right one is: nobody learns anything by trying", async () => {
  const right = await codeOf("邀请 孙联络 县区联络员 海安");
  const answers = await Promise.all([
    inGroup(stage.stranger(), `/link ${right}`),
    inGroup(stage.stranger(), "/link AAAAAAAA"),
  ]);
  expect(new Set(answers.flatMap(({ group }) => group)).size).toBe(1);
});

test("a stranger in a group is told to say the code in private", async () => {
  for (const text of ["/county 海安", "/link"]) {
    const { group } = await inGroup(stage.stranger(), text);
    expect(group, text).toEqual([expect.stringContaining("与我私聊发送")]);
  }
});

test("a further account: its code comes to the account held, which hears that it was used", async () => {
  const lead = await stage.member("市领导");
  const [card] = await stage.says(lead, "绑定新账号");
  const code = card?.text.match(CODE)?.[0] ?? "";
  const phone = stage.stranger();
  expect((await stage.says(phone, `/start ${code}`))[0]?.text).toContain("已绑定：市领导");
  const before = stage.server.to(phone).length;
  await hears(lead, /您的身份绑定了新账号.*Telegram.*告诉市办/s);
  expect(stage.server.to(phone)).toHaveLength(before);
  const [inGroupNow] = await stage.says(lead, "/account", { chat: GROUP });
  expect(inGroupNow?.text).not.toMatch(CODE);
});
