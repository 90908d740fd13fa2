import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deliverDue } from "../../../src/delivery/worker.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";
import { until } from "../../support/until.ts";

const REFUSED = "Slack停用了机器人";
const NOT_HEARD = "机器人收不到Slack消息";
let here: SlackOffice;
afterEach(() => here.close());

/** What the office has been told of Slack, and through which door. */
const told = async (what = "outage") =>
  (await here.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ row }) => row.key.startsWith(`trouble/${what}-slack`))
    .map(({ row, audience }) => `${audience} by ${row.via}: ${row.title}`);
const notice = async (key: string) => {
  const personId = (await here.bot.store.read((r) => r.people.byName("海安联络员")))?.id ?? 0;
  const card = { title: `通知${key}`, blocks: [] };
  await here.bot.store.write((w) => w.outbox.queue({ key, to: { personId }, class: "must-arrive", card }, 0));
};
const logged = () => here.faults.filter((fault) => fault.includes("is out"));

describe("a token that Slack refuses", () => {
  let office: string;
  let liaison: string;
  beforeEach(async () => {
    here = await aSlackOffice();
    office = await here.link("市办");
    liaison = await here.link("海安联络员");
  });

  const ways: readonly [string, () => Promise<unknown>][] = [
    ["the next success", () => here.sends.message(office, "海安")],
    ["the next start", () => here.restart()],
  ];
  test.each(ways)("holds a notice back until %s, and not for its minute", async (_, mends) => {
    here.slack.revoke(true);
    await notice("held");
    await here.deliverOnce();
    const row = () => here.bot.store.read((r) => r.outbox.find("held"));
    expect((await row())?.nextAttemptAt).toBeGreaterThan(here.clock.now() + 30_000);
    here.slack.revoke(false);
    const began = here.clock.now();
    await mends();
    await until(async () => {
      here.clock.leap(20);
      await here.deliverOnce();
      return (await row())?.state === "sent";
    });
    expect(here.clock.now() - began).toBeLessThan(30_000);
  });

  const uses: readonly [string, () => Promise<unknown>][] = [
    [
      "a notice",
      async () => {
        await notice("1");
        await here.deliverOnce();
      },
    ],
    ["an answer", () => here.sends.message(liaison, "海安")],
    ["a form", () => here.sends.command(office, "/assign")],
    ["the Home tab", () => here.sends.opensHome(liaison)],
    ["a look at who somebody is", () => here.sends.message(here.slack.addUser("U0NEW"), "海安")],
  ];
  test.each(uses)(
    "is seen by %s: not well at once, and the office reads why in the console",
    async (_, use) => {
      expect(here.health().ok).toBe(true);
      here.slack.revoke(true);
      await use();
      await until(() => !here.health().ok);
      expect(here.health().detail).toBe("it refuses the bot's token (token_revoked)");
      await until(async () => (await told()).length > 0);
      await deliverDue(here.bot, [here.door(), webDoor(here.bot)], here.clock.now);
      expect(await told()).toEqual([`市办 by web: ${REFUSED}`]);
      expect((await here.office.cardsOf("市办")).map(({ title }) => title)).toContain(REFUSED);
      here.slack.revoke(false);
      await here.settled().catch(() => undefined);
    },
  );

  test("is told once though many calls meet it; the first that succeeds makes it well; what waited goes", async () => {
    here.slack.revoke(true);
    for (let i = 0; i < 3; i++) {
      await notice(`${i}`);
      await here.deliverOnce();
      here.clock.leap(61_000);
    }
    expect(here.health().ok).toBe(false);
    here.slack.revoke(false);
    await here.delivers();
    expect(here.health().ok).toBe(true);
    expect(here.slack.directTo(liaison)).toHaveLength(3);
    expect(await told()).toEqual([`市办 by web: ${REFUSED}`]);
    expect(logged()).toEqual(["Error: Slack is out: it refuses the bot's token (token_revoked)"]);
  });

  test("is no news when it comes and goes within two minutes; later it is", async () => {
    const meets = async (key: string) => {
      here.clock.leap(2_000);
      here.slack.plan("chat.postMessage", "token_revoked");
      await notice(key);
      await here.deliverOnce();
      expect(here.health().ok).toBe(false);
      here.clock.leap(61_000);
      await here.delivers();
      expect(here.health().ok).toBe(true);
    };
    await meets("1");
    await until(async () => (await told()).length === 1);
    here.calmsDown();
    // A call after the calm shows that it is over.
    await here.sends.message(office, "海安");
    await here.settled();
    await meets("2");
    await until(async () => (await told()).length === 2);
  });

  test("is told where else somebody is, and once however often the bot is started anew meanwhile", async () => {
    const person = (await here.bot.store.read((r) => r.people.byName("市办")))?.id ?? 0;
    await here.bot.store.write((w) =>
      w.people.bind(person, { platform: "telegram", workspace: "", userKey: "7" }, 0),
    );
    for (let i = 0; i < 3; i++) {
      here.slack.revoke(true);
      await notice(`${i}`);
      await here.deliverOnce();
      here.slack.revoke(false);
      await here.restart();
      here.clock.leap(61_000);
    }
    expect((await told()).toSorted()).toEqual([`市办 by telegram: ${REFUSED}`, `市办 by web: ${REFUSED}`]);
    expect((await here.bot.store.read((r) => r.audit.latest(1))).map(({ act }) => act)).toEqual([
      "platform.out",
    ]);
  });

  test("isn't meant by a right that is missing, nor by a channel that is gone", async () => {
    for (const fault of ["missing_scope", "internal_error after"] as const) {
      here.slack.plan("chat.postMessage", fault);
      await notice(fault);
      await here.deliverOnce();
      here.clock.leap(61_000);
    }
    expect(here.health().ok).toBe(true);
    expect(await told()).toEqual([]);
  });
});

test("a line on which nothing gets through: not well, told once by another door, and once that it is over", async () => {
  here = await aSlackOffice({ lookMs: 10, awayMs: 300 });
  await here.link("市办");
  here.slack.atRandom(() => "reset before");
  await until(() => !here.health().ok);
  expect(here.health().detail).toMatch(/^nothing gets through/);
  await until(async () => (await told()).length > 0);
  here.slack.atRandom(null);
  await until(() => here.health().ok);
  here.calmsDown();
  await until(async () => (await told("restored")).length > 0);
  expect(await told()).toEqual(["市办 by web: 连不上Slack"]);
  expect(await told("restored")).toEqual(["市办 by web: Slack恢复正常"]);
});

test("a line that is dead leaves an answer behind: who asked reads which one as soon as Slack takes calls again", async () => {
  here = await aSlackOffice();
  const user = await here.link("海安联络员");
  here.slack.atRandom(() => "reset before");
  await here.sends.message(user, "排名 5月");
  await here.settled();
  expect(here.slack.directTo(user)).toEqual([]);
  here.slack.atRandom(null);
  await here.sends.message(user, "今日");
  await here.settled();
  await here.delivers();
  const read = here.slack.directTo(user).map(({ blocks }) => here.seen(blocks));
  expect(read.filter((text) => text.includes("“排名 5月”"))).toEqual([
    expect.stringMatching(/有一条答复没有送达.*没有得到答复，请重新发送/s),
  ]);
});

test("a bot that nobody writes to notices all the same, within a minute, that it was shut out and let in again", async () => {
  here = await aSlackOffice({ lookMs: 10 });
  here.slack.revoke(true);
  await until(() => !here.health().ok);
  here.slack.revoke(false);
  await until(() => here.health().ok);
});

test("while the reason is known, that nothing gets through is no news of its own", async () => {
  here = await aSlackOffice({ lookMs: 10, awayMs: 300 });
  here.slack.revoke(true);
  await until(() => here.health().detail.includes("refuses the bot's token"));
  const before = logged();
  // Longer than a platform may be silent, on any machine.
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(here.health().detail).toContain("refuses the bot's token");
  expect(logged()).toEqual(before);
});

test("an app token that Slack refuses later: not well with the reason, told once, and the connections come back by themselves", async () => {
  here = await aSlackOffice({ socketMode: true, renewMs: 20 });
  await here.link("市办");
  here.slack.revokeApp(true);
  await until(() => here.health().detail === "it opens no connection (invalid_auth)");
  await until(async () => (await told()).length > 0);
  here.slack.revokeApp(false);
  await until(() => here.health().detail === "2 connections open");
  expect(await told()).toEqual([`市办 by web: ${NOT_HEARD}`]);
  expect(logged()).toHaveLength(1);
});
