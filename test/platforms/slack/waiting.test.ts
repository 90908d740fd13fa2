import { afterEach, beforeEach, expect, test } from "vitest";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { until } from "../../support/until.ts";

let here: SlackOffice;
let user: string;
beforeEach(async () => {
  here = await aSlackOffice({ patienceMs: 10 });
  user = await here.link("市办");
});
afterEach(() => here.close());

const direct = () => here.slack.directTo(user);
const seen = (blocks: unknown) => here.seen(blocks);

/** The next answer that is worked out takes until `finish`; receiving goes on. */
const aLongReport = () => {
  const { clock } = here.bot;
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  let asked = 0;
  here.bot.clock = {
    async now() {
      asked += 1;
      // The first look at the clock notes when the message came in, the second begins the answer.
      if (asked === 2) await promise;
      return clock.now();
    },
  };
  return { finish, hasBegun: () => asked >= 2 };
};

test("while a long report is drawn its reader is told so, and the report takes that place", async () => {
  const report = aLongReport();
  expect(await here.sends.message(user, "海安")).toMatchObject({ status: 200 });
  await until(() => direct().length === 1);
  expect(seen(direct()[0]?.blocks)).toContain("正在准备");
  const { ts } = direct()[0] ?? {};
  report.finish();
  await here.settled();
  expect(direct().map((m) => m.ts)).toEqual([ts]);
  expect(seen(direct()[0]?.blocks)).toContain("海安市");
  expect(here.sends.late).toEqual([]);
  expect(here.slack.refusals).toEqual([]);
});

test("in a channel it is a quiet line that the answer to a slash command replaces", async () => {
  const report = aLongReport();
  expect(await here.sends.command(user, "/county", "海安")).toMatchObject({ status: 200, body: "" });
  await until(() => here.told(user).length === 1);
  expect(seen(here.told(user)[0]?.blocks)).toContain("正在准备");
  report.finish();
  await here.settled();
  expect(here.told(user)).toHaveLength(1);
  expect(seen(here.told(user)[0]?.blocks)).toContain("海安市");
});

test("the card whose button was pressed is never replaced by the answer", async () => {
  await here.sends.command(user, "/county", "海安");
  await here.settled();
  const before = here.told(user).length;
  const card = here.told(user).at(-1);
  const report = aLongReport();
  await here.sends.press(user, card?.blocks ?? [], "排名");
  await until(() => here.told(user).length > before);
  report.finish();
  await here.settled();
  expect(seen(card?.blocks)).toContain("海安市");
  expect(seen(here.told(user).at(-1)?.blocks)).toContain("排名");
  const replaced = here.slack.calls.filter((c) => c.args.replace_original);
  expect(replaced.map((c) => seen(c.args.blocks)).filter((text) => text.includes("排名"))).toEqual([]);
});

test("while one person's report takes long, everybody else is acknowledged and answered", async () => {
  const report = aLongReport();
  await here.sends.command(user, "/county", "海安");
  await until(report.hasBegun);
  const others = await Promise.all(["海安联络员", "督查", "市领导"].map((name) => here.link(name)));
  const acks = await Promise.all(others.map((other) => here.sends.command(other, "/ranking", "5月")));
  expect(acks.every(({ status, body }) => status === 200 && body === "")).toBe(true);
  await until(() => others.every((other) => here.told(other).some((e) => seen(e.blocks).includes("排名"))));
  expect(here.told(user).some((e) => seen(e.blocks).includes("海安市"))).toBe(false);
  report.finish();
  await here.settled();
  expect(here.sends.late).toEqual([]);
});

test("when the placeholder has been deleted meanwhile, the report comes as a message of its own", async () => {
  const report = aLongReport();
  await here.sends.message(user, "海安");
  await until(() => direct().length === 1);
  direct().length = 0;
  report.finish();
  await here.settled();
  expect(direct().map((m) => seen(m.blocks))).toEqual([expect.stringContaining("海安市")]);
});

test("a form that comes too late to be opened waits behind a button, with what was said in it", async () => {
  const report = aLongReport();
  await here.sends.command(user, "/assign", "海安");
  await until(() => here.told(user).length === 1);
  here.clock.leap(3001);
  report.finish();
  await here.settled();
  expect(here.slack.views).toEqual([]);
  await here.sends.press(user, here.told(user).at(-1)?.blocks ?? [], "填写");
  await here.settled();
  expect(here.slack.views[0]?.view.blocks[0].element.initial_value).toBe("海安");
});

test("a button whose form can't be opened within three seconds asks to be pressed again", async () => {
  await here.sends.message(user, "交办 海安");
  await here.settled();
  const body = here.sends.pressBody(user, direct()[0]?.blocks ?? [], "填写", {
    channel: here.slack.directId(user),
  });
  here.clock.leap(3001);
  await here.sends.raw(body);
  await here.settled();
  expect(here.slack.views).toEqual([]);
  expect(seen(direct().at(-1)?.blocks)).toContain("再按一次");
});
