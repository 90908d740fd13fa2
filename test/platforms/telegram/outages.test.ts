import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { deliverDue } from "../../../src/delivery/worker.ts";
import { startTelegram } from "../../../src/platforms/telegram/start.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

let stage: Stage;
afterEach(() => stage.close());

const health = () => stage.running().health();
/** What the office has been told of Telegram, and through which door. */
const told = async () =>
  (await stage.outbox())
    .filter((row) => row.key.startsWith("trouble/outage-telegram"))
    .map(({ title, via }) => `${via}: ${title}`);
const toldOnce = (title: string) =>
  stage.until("the office is told", async () => (await told()).includes(`web: ${title}`));
const calls = (method: string) => stage.server.calls.filter((call) => call.method === method).length;
const STOLEN = "有别的程序在收Telegram消息";
const REFUSED = "Telegram停用了机器人";

describe("a second program that fetches with the same token", () => {
  const steals = async () => {
    const other = `${stage.server.apiRoot}/bot${stage.server.token}/getUpdates`;
    const body = JSON.stringify({ timeout: 0, limit: 100, allowed_updates: ["message"] });
    const headers = { "content-type": "application/json" };
    await fetch(other, { method: "POST", headers, body });
  };

  test("is not well at once, with the reason; the office hears of it once and not on Telegram; the bot fetches on", async () => {
    stage = await aStage({ second: 10 });
    const office = await stage.member("市办");
    await stage.says(office, "海安");
    for (let i = 0; i < 4; i += 1) {
      const before = calls("getUpdates");
      await stage.until("a fetch to cut off", () => calls("getUpdates") > before);
      await steals();
      await stage.until("not well", () => !health().ok);
    }
    expect(health().detail).toMatch(/another program takes the bot's messages \(409 Conflict/);
    await toldOnce(STOLEN);
    expect(await told()).toEqual([`web: ${STOLEN}`]);
    await deliverDue(stage.bot, [webDoor(stage.bot), stage.door()]);
    expect((await stage.office.cardsOf("市办")).map(({ title }) => title)).toContain(STOLEN);
    expect(stage.server.to(office).some(({ text }) => text.includes(STOLEN))).toBe(false);
    expect(stage.logged.filter((line) => line.includes("another program"))).toHaveLength(1);
    expect((await stage.says(office, "海安")).length).toBe(1);
  });

  test("is not taken for gone after one fetch that succeeds; after two calm minutes it is, and a next one is told again", async () => {
    stage = await aStage({ second: 2 });
    stage.server.fail("getUpdates", "409", "none", "409");
    await stage.until("the second conflict", () => calls("getUpdates") >= 3);
    expect(health().ok).toBe(false);
    await stage.until("fetches that succeed", () => calls("getUpdates") >= 5);
    expect(health().ok).toBe(false);
    stage.calmsDown();
    await stage.until("well again", () => health().ok);
    expect(await told()).toHaveLength(1);
    stage.server.fail("getUpdates", "409");
    await stage.until("told again", async () => (await told()).length === 2);
  });

  test("that set a webhook instead: the bot takes it away again, also when nobody starts it anew", async () => {
    stage = await aStage({ second: 5 });
    const office = await stage.member("市办");
    await stage.says(office, "海安");
    const before = calls("getUpdates");
    await stage.until("a fetch", () => calls("getUpdates") > before);
    stage.server.setWebhook("https://other.example");
    stage.noting(stage.server.says(office, "海安"));
    await stage.until("not well", () => !health().ok);
    expect(health().detail).toMatch(/webhook/i);
    await stage.settled();
    expect(stage.server.to(office)).toHaveLength(2);
    expect(stage.server.webhook()).toBeNull();
    await toldOnce(STOLEN);
  });

  test("is told once, however often the bot is started anew meanwhile", async () => {
    stage = await aStage({ second: 5 });
    for (let i = 0; i < 3; i += 1) {
      stage.server.fail("getUpdates", "409");
      await stage.until("not well", () => !health().ok);
      await stage.restart();
    }
    expect(await told()).toEqual([`web: ${STOLEN}`]);
  });
});

describe.each(["401", "404"] as const)("a token that Telegram answers with %s", (code) => {
  test("while fetching doesn't make the bot deaf: not well while it lasts, then everything is answered", async () => {
    stage = await aStage({ second: 5 });
    const office = await stage.member("市办");
    await stage.until("a fetch", () => calls("getUpdates") > 0);
    stage.server.fail("getUpdates", code, code, code, code, code, code);
    stage.noting(stage.server.says(office, "全市"));
    stage.noting(stage.server.says(office, "海安"));
    await stage.until("not well", () => !health().ok);
    expect(health().detail).toContain(`it refuses the bot's token (${code}`);
    // Its notices go on meanwhile: that they do doesn't show that anybody is heard.
    await stage.running().telegram.call("getMe", (api, signal) => api.getMe(signal));
    expect(health().ok).toBe(false);
    await stage.settled();
    expect(stage.server.to(office)).toHaveLength(2);
    await stage.until("well again", () => health().ok);
    await toldOnce(REFUSED);
    expect(await told()).toEqual([`web: ${REFUSED}`]);
    expect(stage.logged.filter((line) => line.includes("token"))).toHaveLength(1);
  });
});

test("while the token is refused nothing is sent or lost; what waits goes by itself when it is good again", async () => {
  stage = await aStage({ second: 5 });
  await stage.member("海安联络员");
  const to = { personId: await stage.personId("海安联络员") };
  for (let i = 0; i < 5; i += 1) await stage.queue(to);
  stage.server.revoke(true);
  await stage.until("not well", async () => {
    await stage.deliver();
    return !health().ok;
  });
  expect(stage.server.sent).toEqual([]);
  stage.server.revoke(false);
  await stage.until("well again", () => health().ok);
  await stage.until("all sent", async () => {
    stage.pass(1_000);
    await stage.deliver();
    return (await stage.outbox())
      .filter((row) => row.key.startsWith("test/"))
      .every((row) => row.state === "sent");
  });
  expect(stage.server.sent).toHaveLength(5);
});

test("one refused delivery keeps the others from being tried in vain", async () => {
  stage = await aStage();
  await stage.member("海安联络员");
  const to = { personId: await stage.personId("海安联络员") };
  for (let i = 0; i < 5; i += 1) await stage.queue(to);
  stage.server.fail("sendMessage", "401", "401", "401", "401", "401");
  await stage.until("the first is refused", async () => {
    stage.pass(1_000);
    await stage.deliver();
    return calls("sendMessage") > 0;
  });
  for (let i = 0; i < 5; i += 1) {
    stage.pass(1_000);
    await stage.deliver();
  }
  expect(calls("sendMessage")).toBe(1);
});

test("a token that is refused just as the bot comes up, or while it can't be reached, is waited out", async () => {
  stage = await aStage({ start: false, second: 2 });
  stage.server.fail("getMe", "reset-before", "401", "404");
  stage.server.fail("deleteWebhook", "401");
  await stage.restart();
  const office = await stage.member("市办");
  expect((await stage.says(office, "海安")).length).toBe(1);
  await stage.until("well", () => health().ok);
});

test("a line on which nothing is fetched: not well, told once by another door, and once that it is over", async () => {
  // Long enough for a slow machine to fetch within it.
  stage = await aStage({ second: 2, awayMs: 2_000 });
  await stage.member("市办");
  stage.server.failAtRandom(1, ["reset-before"], { fetchesToo: true });
  await stage.until("not well", () => !health().ok);
  expect(health().detail).toMatch(/^nothing gets through/);
  await toldOnce("连不上Telegram");
  stage.server.failAtRandom(null);
  await stage.until("well again", () => health().ok);
  const over = async () => (await stage.outbox()).filter(({ key }) => key.startsWith("trouble/restored-"));
  await stage.until("told that it is over", async () => {
    stage.calmsDown();
    return (await over()).length > 0;
  });
  expect((await over()).map(({ title, via }) => `${via}: ${title}`)).toEqual(["web: Telegram恢复正常"]);
  expect(await told()).toEqual(["web: 连不上Telegram"]);
});

test("an answer that is given up is owed: who asked reads which one when Telegram takes calls again", async () => {
  stage = await aStage();
  const user = await stage.member("海安联络员");
  stage.server.fail("sendMessage", ...Array.from({ length: 5 }, () => "400-file" as const));
  expect(await stage.says(user, "排名 5月")).toEqual([]);
  await stage.until("told", async () => {
    await stage.deliver();
    return stage.server.to(user).length > 0;
  });
  expect(stage.server.to(user).map(({ text }) => text)).toEqual([
    expect.stringMatching(/有一条答复没有送达.*“排名 5月”.*没有得到答复，请重新发送/s),
  ]);
});

test("by the console and by the other platform: everywhere but where it can't be read", async () => {
  stage = await aStage();
  const person = await stage.personId("市办");
  await stage.member("市办");
  await stage.bot.store.write((w) =>
    w.people.bind(person, { platform: "slack", workspace: "T1", userKey: "U1" }, 0),
  );
  stage.server.fail("getUpdates", "401");
  await stage.until("told", async () => (await told()).length > 0);
  expect((await told()).toSorted()).toEqual([`slack: ${REFUSED}`, `web: ${REFUSED}`]);
});

describe("by webhook", () => {
  const secret = "s".repeat(40);
  const open = async () => {
    stage = await aStage({ start: false });
    const { token, apiRoot } = stage.server;
    const config = { token, apiRoot, webhook: { url: "https://bot.example", secret } };
    const running = await startTelegram(stage.bot, config, { second: 2 });
    onTestFinished(() => running.stop());
    return running;
  };

  test("whose address another program has changed: not well, told once, and ours again; calm for two minutes before it counts as over", async () => {
    const running = await open();
    const ours = () => stage.server.webhook()?.url.startsWith("https://bot.example/");
    await stage.until("ours", () => ours() === true && calls("getWebhookInfo") > 0);
    stage.server.setWebhook("https://other.example");
    await stage.until("not well", () => !running.health().ok);
    expect(running.health().detail).toContain(
      "another program takes the bot's messages (the webhook was set",
    );
    await stage.until("ours again", () => ours() === true);
    const looks = calls("getWebhookInfo");
    await stage.until("well again", () => running.health().ok);
    expect(calls("getWebhookInfo")).toBeGreaterThan(looks + 1);
    await toldOnce(STOLEN);
    expect(await told()).toEqual([`web: ${STOLEN}`]);
  });

  test("that Telegram doesn't take at first: not well, and taken with a later look", async () => {
    stage = await aStage({ start: false });
    stage.server.fail("setWebhook", "400-file", "400-file");
    const { token, apiRoot } = stage.server;
    const config = { token, apiRoot, webhook: { url: "https://bot.example", secret } };
    const running = await startTelegram(stage.bot, config, { second: 2 });
    onTestFinished(() => running.stop());
    await stage.until("not well", () =>
      running.health().detail.includes("doesn't take the webhook's address"),
    );
    await stage.until("well", () => running.health().ok);
    expect(await told()).toEqual([]);
  });

  test("a refused token is seen by the look, and so is that it is good again", async () => {
    const running = await open();
    stage.server.revoke(true);
    await stage.until("not well", () => !running.health().ok);
    expect(running.health().detail).toContain("401");
    stage.server.revoke(false);
    await stage.until("well again", () => running.health().ok);
    await toldOnce(REFUSED);
  });
});
