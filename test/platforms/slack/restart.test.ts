import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receive } from "../../../src/delivery/inbound.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { until } from "../../support/until.ts";

let here: SlackOffice;
let user: string;
beforeEach(async () => {
  here = await aSlackOffice();
  user = await here.link("市办");
});
afterEach(() => here.close());

/** Accepted, and the bot is killed before it has done anything about it. */
const accepted = async (body: string) => {
  const form = Object.fromEntries(new URLSearchParams(body));
  const payload = form.payload ? JSON.parse(form.payload) : form;
  const row = await receive(here.bot, { platform: "slack", externalId: payload.trigger_id, payload });
  if (row === null) throw new Error("known already");
  return row;
};
const openAssign = async () => {
  await here.sends.command(user, "/assign");
  await here.settled();
  return here.slack.views.at(-1)?.view;
};
const issues = async () =>
  (await here.bot.store.read((r) => r.issues.list({ asOf: Number.MAX_SAFE_INTEGER }, 100, 0))).total;

test("what was accepted before a crash is answered after it", async () => {
  await here.stop();
  await accepted(here.sends.commandBody(user, "/county", "海安", "C0GENERAL"));
  await here.restart();
  await here.settled();
  expect(here.seen(here.told(user).at(-1)?.blocks)).toContain("海安市");
});

test("a redelivery of what is known is acknowledged and not answered again", async () => {
  const body = here.sends.eventBody({
    type: "message",
    channel_type: "im",
    channel: here.slack.directId(user),
    user,
    text: "海安",
  });
  for (let i = 0; i < 2; i++) await here.sends.raw(body, { type: "application/json" });
  await here.settled();
  await here.restart();
  for (let i = 0; i < 3; i++) await here.sends.raw(body, { type: "application/json" });
  await here.settled();
  expect(here.slack.directTo(user)).toHaveLength(1);
});

test("what was said already stands in the form, also when an older button is pressed after a restart", async () => {
  const cards = [];
  for (const county of ["如东", "海安"]) {
    await here.sends.message(user, `交办 ${county}`);
    await here.settled();
    cards.push(here.slack.directTo(user).at(-1)?.blocks ?? []);
  }
  await here.restart();
  for (const [i, county] of ["如东", "海安"].entries()) {
    await here.sends.press(user, cards[i] ?? [], "填写", { channel: here.slack.directId(user) });
    await here.settled();
    expect(here.slack.views.at(-1)?.view.blocks[0].element.initial_value).toBe(county);
  }
  const before = await issues();
  const { view } = here.slack.views.at(-1) ?? {};
  const sent = await here.sends.submit(user, view, { county: "海安", title: "工地裸土未覆盖" });
  expect(JSON.parse(sent.body)).toEqual({ response_action: "clear" });
  expect(await issues()).toBe(before + 1);
});

test("a form that was never answered is not carried out behind its sender's back, who is told so", async () => {
  const view = await openAssign();
  const before = await issues();
  await here.stop();
  await accepted(here.sends.submitBody(user, view, { county: "海安", title: "工地裸土未覆盖" }));
  await here.restart();
  await here.settled();
  expect(await issues()).toBe(before);
  expect(here.seen(here.slack.directTo(user).at(-1)?.blocks)).toContain("请重新提交");
});

test("a form that was carried out just before the crash is not carried out twice, and its sender is told", async () => {
  const view = await openAssign();
  await here.stop();
  const row = await accepted(here.sends.submitBody(user, view, { county: "海安", title: "工地裸土未覆盖" }));
  await here.bot.store.write((w) => w.inbox.takeEffect(row.id));
  const before = await issues();
  await here.restart();
  await here.settled();
  expect(await issues()).toBe(before);
  expect(here.seen(here.slack.directTo(user).at(-1)?.blocks)).toContain("已经办理");
});

test("whoever lost the account between opening a form and submitting it changes nothing", async () => {
  const view = await openAssign();
  const before = await issues();
  const file = new Database(here.office.file);
  file.prepare("update person set active = 0 where name = ?").run("市办");
  file.close();
  await here.sends.submit(user, view, { county: "海安", title: "工地裸土未覆盖" });
  await here.settled();
  expect(await issues()).toBe(before);
});

test("while an answer is made up for that Slack leaves hanging, the bot is up, and takes forms and answers others", async () => {
  await here.close();
  here = await aSlackOffice({ timeoutMs: 600_000 });
  user = await here.link("市办");
  const liaison = await here.link("海安联络员");
  const view = await openAssign();
  await here.sends.message(liaison, "排名 5月");
  await here.settled();
  const raw = new Database(here.office.file);
  raw.exec("update inbox set attempts = 0 where id = (select max(id) from inbox)");
  raw.close();
  here.slack.plan("chat.postMessage", "hang before");
  const before = here.slack.directTo(liaison).length;
  await here.restart();
  const sent = await here.sends.submit(user, view, { county: "海安", title: "工地裸土未覆盖" });
  expect(JSON.parse(sent.body)).toEqual({ response_action: "clear" });
  await until(() => here.slack.directTo(user).length > 0);
  expect(here.slack.directTo(liaison)).toHaveLength(before);
  here.slack.cutOff();
  await here.settled();
  expect(here.slack.directTo(liaison).length).toBeGreaterThan(before);
});
