import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

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

const told = (user: string) => here.told(user).at(-1) ?? { text: "", blocks: [] };
const direct = (user: string) => here.slack.directTo(user).at(-1) ?? { text: "", blocks: [], ts: "" };
const clean = () => {
  expect(here.slack.refusals).toEqual([]);
  expect(here.faults).toEqual([]);
  expect(here.sends.late).toEqual([]);
};

test("every command is answered through its signed slash command, quietly in a channel", async () => {
  for (const command of here.bot.registry.commands) {
    const before = here.told(office).length + here.slack.views.length;
    const text = { issue: "NT-2020-000001", task: "16", county: "海安" }[command.name] ?? "";
    expect(await here.sends.command(office, `/lt-${command.name}`, text)).toMatchObject({
      status: 200,
      body: "",
    });
    await here.settled();
    const after = here.told(office).length + here.slack.views.length;
    expect(after, command.name).toBeGreaterThan(before);
    expect(here.seen(told(office).blocks)).not.toMatch(/没看懂/);
  }
  clean();
});

test("a direct message is answered in full, in the conversation itself", async () => {
  await here.sends.message(liaison, "海安");
  await here.settled();
  expect(here.seen(direct(liaison).blocks)).toContain("海安市");
  await here.sends.command(liaison, "/county", "海安", here.slack.directId(liaison));
  await here.settled();
  expect(here.slack.directTo(liaison)).toHaveLength(2);
  expect(here.told(liaison)).toEqual([]);
  clean();
});

test("a mention is answered to who asked only, in the thread; Slack's notation is read as it was typed", async () => {
  await here.sends.mention(liaison, "排名 <http://PM2.5|PM2.5> 5月", "C0GENERAL", { thread_ts: "1.0" });
  await here.settled();
  expect(told(liaison)).toMatchObject({ via: "postEphemeral", channel: "C0GENERAL" });
  expect(here.seen(told(liaison).blocks)).toContain("PM2.5");
  expect(here.slack.calls.at(-1)?.args.thread_ts).toBe("1.0");
  expect(here.slack.channels.get("C0GENERAL")?.messages).toEqual([]);
  clean();
});

test("a say-button is as good as the words on it", async () => {
  await here.sends.command(liaison, "/county", "海安");
  await here.settled();
  await here.sends.press(liaison, told(liaison).blocks, "排名");
  await here.settled();
  expect(here.seen(told(liaison).blocks)).toContain("排名");
  clean();
});

test("a form opens at once, tells a mistake beside its field, and is carried out once", async () => {
  await here.sends.command(office, "/assign", "海安");
  await here.settled();
  const { view } = here.slack.views.at(-1) ?? { view: null };
  expect(view.title.text).toBe("交办问题");
  expect(view.private_metadata).toMatch(/^[\w-]{22}$/);
  // What was said already stands in the form.
  expect(view.blocks[0].element.initial_value).toBe("海安");

  const wrong = await here.sends.submit(office, view, { county: "海按", title: "工地裸土未覆盖" });
  expect(JSON.parse(wrong.body)).toMatchObject({
    response_action: "errors",
    errors: { county: expect.stringContaining("海安") },
  });

  const before = here.slack.directTo(office).length;
  const right = here.sends.submitBody(office, view, {
    county: "海安",
    title: "工地裸土未覆盖",
    level: "一般",
  });
  const first = await here.sends.raw(right);
  expect(JSON.parse(first.body)).toEqual({ response_action: "clear" });
  for (let i = 0; i < 4; i++) expect((await here.sends.raw(right)).status).toBe(200);
  await here.settled();
  expect(here.slack.directTo(office).length - before).toBe(1);
  expect(here.seen(direct(office).blocks)).toContain("工地裸土未覆盖");
  clean();
});

test("a form that waits behind a button, as in a direct message, holds what was said already", async () => {
  await here.sends.message(office, "交办 如东");
  await here.settled();
  await here.sends.press(office, direct(office).blocks, "填写", { channel: here.slack.directId(office) });
  await here.settled();
  expect(here.slack.views.at(-1)?.view.blocks[0].element.initial_value).toBe("如东");
  clean();
});

test("a channel is bound by the office where it stands, and its notices go there for all to read", async () => {
  here.slack.addChannel("C0RUGAO", [office]);
  await here.sends.mention(office, "绑定本群 如皋", "C0RUGAO");
  await here.settled();
  expect(here.seen(told(office).blocks)).toContain("本群已绑定：如皋");
  const [chat] = (await here.bot.store.read((r) => r.chats.bound())).filter((c) => c.chatKey === "C0RUGAO");
  expect(chat).toMatchObject({ platform: "slack", workspace: "T0HOME" });
  await here.sends.mention(liaison, "绑定本群 海安", "C0RUGAO");
  await here.settled();
  expect(here.seen(direct(liaison).blocks)).toContain("市办");
  here.slack.refusals.length = 0;
});

test("a pressed button acts once however often it arrives, and the card that shows the issue is redrawn", async () => {
  await here.delivers();
  const pushed = here.slack.directTo(liaison).findLast((m) => /工地裸土未覆盖/.test(here.seen(m.blocks)));
  if (pushed === undefined) throw new Error("the liaison was not told of the new issue");
  for (let i = 0; i < 5; i++)
    await here.sends.press(liaison, pushed.blocks, "签收", { channel: here.slack.directId(liaison) });
  await here.settled();
  expect(here.seen(direct(liaison).blocks)).toMatch(/已由|已签收/);
  await here.delivers();
  expect(here.seen(pushed.blocks)).toContain("已签收");
  // The office's own card of this issue shows it too.
  const shown = here.slack
    .directTo(office)
    .filter((m) => /工地裸土未覆盖.*整改期限/s.test(here.seen(m.blocks)));
  expect(shown.length).toBeGreaterThan(0);
  for (const message of shown) expect(here.seen(message.blocks)).toContain("已签收");
  clean();
});

test("a button with fields opens its form; another person's button is refused", async () => {
  const card = here.slack.directTo(liaison).findLast((m) => JSON.stringify(m.blocks).includes("提交整改"));
  const before = here.slack.views.length;
  await here.sends.press(liaison, card?.blocks ?? [], "提交整改", { channel: here.slack.directId(liaison) });
  await here.settled();
  expect(here.slack.views).toHaveLength(before + 1);
  expect(here.slack.views.at(-1)?.view.title.text).toBe("提交整改");
  await here.sends.press(office, card?.blocks ?? [], "提交整改");
  await here.settled();
  expect(here.seen(told(office).blocks)).toContain("已失效");
  expect(here.slack.views).toHaveLength(before + 1);
  clean();
});

test("the Home tab shows what waits today, and its buttons answer in the direct messages", async () => {
  await here.sends.opensHome(liaison);
  await here.settled();
  const home = here.slack.homes.get(liaison);
  expect(here.seen(home.blocks)).toContain("今日待办");
  await here.sends.press(liaison, home.blocks, "问题清单", { view: true });
  await here.settled();
  expect(here.seen(direct(liaison).blocks)).toContain("问题清单");
  clean();
});

test("whoever opens the direct messages has what stands there before them", async () => {
  const reads = async () => {
    const all = await here.bot.store.read((r) => r.activity.within("2000-01-01", "2100-01-01"));
    return all.filter(({ platform, what }) => platform === "slack" && what === "read").length;
  };
  await here.sends.opensHome(liaison);
  await here.settled();
  expect(await reads(), "the Home tab shows other things").toBe(0);
  await here.sends.opensHome(liaison, "messages");
  await here.settled();
  expect(await reads()).toBe(1);
  clean();
});

test("bots, other workspaces, guests from them and people who left aren't heard", async () => {
  const before = here.slack.calls.filter((c) => c.method.startsWith("chat.")).length;
  const elsewhere = here.slack.addUser("U0ELSEWHERE", { team_id: "T0OTHER", is_stranger: true });
  const robot = here.slack.addUser("U0ROBOT", { is_bot: true });
  const gone = here.slack.addUser("U0GONE", { deleted: true });
  await here.sends.message(elsewhere, "海安");
  await here.sends.message(elsewhere, "海安", { team: "T0OTHER" });
  await here.sends.message(robot, "海安");
  await here.sends.message(gone, "海安");
  await here.sends.message(liaison, "海安", { bot_id: "B1" });
  await here.sends.message(liaison, "海安", { user_team: "T0OTHER", source_team: "T0OTHER" });
  await here.sends.message(liaison, "海安", { subtype: "message_changed" });
  await here.sends.message(liaison, "海安", { channel_type: "channel" });
  await here.settled();
  expect(here.slack.calls.filter((c) => c.method.startsWith("chat.")).length).toBe(before);
  expect(here.faults).toEqual([]);
});

test("after thirty minutes an answer still reaches who asked, and where the bot isn't a member too", async () => {
  const user = await here.link("督查");
  const late = here.sends.commandBody(user, "/lt-help", "", "C0GENERAL");
  here.clock.leap(31 * 60_000);
  await here.sends.raw(late);
  await here.settled();
  expect(here.seen(direct(user).blocks)).toContain("蓝天能做什么");
  await here.sends.mention(user, "排名", "C0ELSEWHERE");
  await here.settled();
  expect(here.seen(direct(user).blocks)).toContain("排名");
});

test("an answer that Slack did not take is given again, one that it may have taken is not", async () => {
  const user = await here.link("市领导");
  here.slack.plan("chat.postMessage", "429", 3);
  await here.sends.message(user, "排名");
  await here.settled();
  expect(here.slack.directTo(user)).toHaveLength(1);
  here.slack.plan("chat.postMessage", "reset after");
  await here.sends.message(user, "排名");
  await here.settled();
  expect(here.slack.directTo(user)).toHaveLength(2);
});
