import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { until } from "../../support/until.ts";

const full = process.env.TEST_FULL === "1";
let here: SlackOffice;
let user: string;
beforeEach(async () => {
  here = await aSlackOffice({ timeoutMs: 20_000 });
  user = await here.link("市办");
});
afterEach(() => here.close());

const issues = async () => (await here.bot.store.read((r) => r.issues.list({ asOf: 1e15 }, 5000))).rows;
const titled = async (title: string) => (await issues()).filter((issue) => issue.title === title);
const direct = () => here.slack.directTo(user).map(({ blocks }) => here.seen(blocks));
const blocksOf = (words: string) =>
  here.slack.directTo(user).findLast(({ blocks }) => here.seen(blocks).includes(words))?.blocks ?? [];
const inDirect = () => ({ channel: here.slack.directId(user) });
const cleared = { response_action: "clear" };
const asked = { response_action: "errors", errors: { county: expect.stringContaining("再按一次“提交”") } };
const opened = async () => {
  await here.sends.command(user, "/assign");
  await here.settled();
  return here.slack.views.at(-1)?.view;
};
const submits = async (view: unknown, title: string) =>
  JSON.parse((await here.sends.submit(user, view, { county: "海安", title })).body);

test("behind fifty answers, the first of which hangs, forms are taken and opened, and a button acts, at once", async () => {
  const view = await opened();
  await here.sends.message(user, "我的设置");
  await here.sends.message(user, "交办 如东");
  await here.settled();
  const before = direct().length;
  const pushedTo = async () => (await here.bot.store.read((r) => r.people.byName("市办")))?.pushPlatform;
  expect(await pushedTo()).toBe("slack");

  here.slack.plan("chat.postMessage", "hang before");
  const calls = here.slack.calls.length;
  const words = ["海安", ...Array.from({ length: 48 }, () => "谢谢"), "滞后"];
  for (const said of words) await here.sends.message(user, said);
  await until(() => here.slack.calls.slice(calls).some(({ method }) => method === "chat.postMessage"));

  expect(await here.bot.store.read((r) => r.inbox.waiting("slack"))).toHaveLength(50);
  for (let i = 0; i < 5; i++) expect(await submits(view, "排队时交办")).toEqual(cleared);
  expect(await titled("排队时交办")).toHaveLength(1);
  const views = here.slack.views.length;
  await here.sends.press(user, blocksOf("交办问题"), "填写", inDirect());
  await until(() => here.slack.views.length === views + 1);
  await here.sends.command(user, "/assign", "海门");
  await until(() => here.slack.views.length === views + 2);
  await here.sends.press(user, blocksOf("我的设置"), "改为发到网页", inDirect());
  await until(async () => (await pushedTo()) === "web");
  // Nothing has been answered meanwhile: the call still hangs.
  expect(direct()).toHaveLength(before);

  // A form of somebody who is faster than any person isn't taken; it stays open and says so.
  here.people.areInHaste = true;
  for (let i = 0; i < 20; i++) await here.sends.message(user, "海安");
  expect(await submits(here.slack.views.at(-1)?.view, "太多了")).toEqual({
    response_action: "errors",
    errors: { county: expect.stringContaining("太快") },
  });
  here.people.areInHaste = false;

  here.slack.cutOff();
  await here.settled();
  expect(await titled("太多了")).toEqual([]);
  const answers = direct().slice(before);
  expect(answers.filter((text) => text.includes("排队时交办"))).toHaveLength(5);
  expect(answers.some((text) => text.includes("滞后"))).toBe(true);
  expect(here.slack.refusals).toEqual([]);
});

test("one view, submitted twice at once and five times later, makes one issue; every other time tells which", async () => {
  const view = await opened();
  const twice = await Promise.all([submits(view, "只办一次"), submits(view, "只办一次")]);
  expect(twice).toEqual([cleared, cleared]);
  for (let i = 0; i < 5; i++) expect(await submits(view, `只办一次，改${i}`)).toEqual(cleared);
  await here.settled();
  const [issue, ...more] = await titled("只办一次");
  expect(more).toEqual([]);
  expect((await issues()).filter(({ title }) => title.startsWith("只办一次"))).toHaveLength(1);
  const told = direct().filter((text) => text.includes(`已办理：${issue?.no} 只办一次`));
  expect(told).toHaveLength(6);
  expect(told.every((text) => text.includes("已交办海安"))).toBe(true);
  expect(direct().filter((text) => text.includes("未能办理"))).toEqual([]);
});

test("a step's form of one view is one step, and its repeat isn't refused", async () => {
  const liaison = await here.link("海安联络员");
  await here.sends.message(user, "交办 海安 “整改一次”");
  await here.settled();
  const no = (await titled("整改一次"))[0]?.no ?? "";
  await here.sends.message(liaison, `问题 ${no}`);
  await here.settled();
  const card = () => here.slack.directTo(liaison).at(-1)?.blocks ?? [];
  await here.sends.press(liaison, card(), "签收", { channel: here.slack.directId(liaison) });
  await here.settled();
  await here.sends.press(liaison, card(), "开始整改", { channel: here.slack.directId(liaison) });
  await here.settled();
  const view = here.slack.views.at(-1)?.view;
  for (let i = 0; i < 3; i++) {
    const sent = await here.sends.submit(liaison, view, { text: "洒水" });
    expect(JSON.parse(sent.body)).toEqual(cleared);
  }
  await here.settled();
  const history = await here.bot.store.read(async (r) =>
    r.issues.history((await r.issues.byNo(no))?.id ?? 0),
  );
  expect(history.filter(({ text }) => text === "洒水")).toHaveLength(1);
});

test("a form that waits behind a button is drawn for one use: the button tells what came of it", async () => {
  await here.sends.message(user, "交办 海安");
  await here.settled();
  const card = blocksOf("交办问题");
  for (let i = 0; i < 2; i++) await here.sends.press(user, card, "填写", inDirect());
  await here.settled();
  const [first, second] = here.slack.views.slice(-2).map(({ view }) => view);
  expect(first.id).not.toBe(second.id);
  for (const view of [first, second]) expect(await submits(view, "一张表单")).toEqual(cleared);
  const views = here.slack.views.length;
  await here.sends.press(user, card, "填写", inDirect());
  await here.settled();
  expect(await titled("一张表单")).toHaveLength(1);
  expect(here.slack.views).toHaveLength(views);
  expect(direct().filter((text) => /已办理：NT-2020-\d{6} 一张表单/.test(text))).toHaveLength(2);
  // The next form is another one.
  const next = await opened();
  expect(await submits(next, "又一张表单")).toEqual(cleared);
  expect(await titled("又一张表单")).toHaveLength(1);
});

test("while another program holds the database the view stays open and says so; submitted again it has one effect", async () => {
  const view = await opened();
  const script = join(import.meta.dirname, "../../support/slack/hold-database.mjs");
  const holder = spawn(process.execPath, [script, here.office.file, "60000"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const released = once(holder, "exit");
  await once(holder.stdout, "data");
  expect(await submits(view, "锁住时提交")).toEqual(asked);
  holder.kill();
  await released;
  expect(await submits(view, "锁住时提交")).toEqual(cleared);
  await here.settled();
  expect(await titled("锁住时提交")).toHaveLength(1);
  expect(here.faults.filter((f) => !/database is locked/.test(f))).toEqual([]);
});

test("a form that takes too long stays open, is done all the same, and submitted again tells so", async () => {
  await here.close();
  here = await aSlackOffice({ formMs: 300 });
  user = await here.link("市办");
  const view = await opened();
  const { clock } = here.bot;
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  let looks = 0;
  here.bot.clock = {
    async now() {
      looks += 1;
      // The first look notes when the form came in, the second begins to take it.
      if (looks === 2) await promise;
      return clock.now();
    },
  };
  expect(await submits(view, "慢慢办")).toEqual(asked);
  finish();
  await here.settled();
  expect(await titled("慢慢办")).toHaveLength(1);
  await until(async () => (await submits(view, "慢慢办")).response_action === "clear");
  await here.settled();
  expect(await titled("慢慢办")).toHaveLength(1);
  expect(direct().at(-1)).toMatch(/已办理：NT-2020-\d{6} 慢慢办/);
});

test("whatever is submitted how often, at once or later, before a restart or after it: one issue a view", async () => {
  let round = 0;
  const waves = fc.array(fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(waves, fc.boolean(), async (order, restarts) => {
      round += 1;
      const views = [await opened(), await opened(), await opened()];
      const title = (view: number) => `第${round}轮之${view}`;
      for (const wave of order) {
        const answers = await Promise.all(wave.map((view) => submits(views[view], title(view))));
        expect(answers).toEqual(wave.map(() => cleared));
        await here.settled();
        if (restarts) await here.restart();
      }
      const wanted = [...new Set(order.flat())].map(title).toSorted();
      const found = (await issues()).map((issue) => issue.title).filter((t) => t.startsWith(`第${round}轮`));
      expect(found.toSorted()).toEqual(wanted);
    }),
    { numRuns: full ? 100 : 8, seed: 7 },
  );
});

test("an answer that Slack doesn't take for some time is made up for without a restart, and the effect isn't repeated", async () => {
  let refusals = 0;
  here.slack.atRandom((method) => (method === "chat.postMessage" && refusals++ < 5 ? "429" : null));
  await here.sends.message(user, "交办 海安 “稍后答复”");
  await here.settled();
  const [issue, ...more] = await titled("稍后答复");
  expect(more).toEqual([]);
  expect(direct()).toEqual([expect.stringContaining(`已办理：${issue?.no} 稍后答复`)]);
});
