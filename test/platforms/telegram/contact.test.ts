import { afterEach, describe, expect, test } from "vitest";
import { startTelegram } from "../../../src/platforms/telegram/start.ts";
import { aStage, type Stage } from "../../support/telegram/stage.ts";

const HOUR = 3_600_000;
let stage: Stage;
afterEach(() => stage.close());

const contact = async () => Number(await stage.bot.store.read((r) => r.settings.get("telegram-contact")));
const alarms = async () => (await stage.outbox()).filter((row) => row.key.startsWith("telegram-gap/"));
const nextContact = async () => {
  const before = await contact();
  await stage.until("a contact", async () => (await contact()) !== before);
};

describe("after a break of more than a day", () => {
  test("everybody of the office is told once that messages may be lost, and for how long", async () => {
    stage = await aStage();
    const user = await stage.member("市办");
    await nextContact();
    await stage.stop();
    stage.pass(27.5 * HOUR);
    await stage.restart();
    await nextContact();
    const told = await alarms();
    const office = await stage.bot.store.read((r) => r.people.withRoles(["office"]));
    expect(told.map((row) => row.personId)).toEqual(office.map((person) => person.id));
    expect(told.every((row) => row.class === "must-arrive")).toBe(true);
    await stage.until("the word", async () => {
      await stage.deliver();
      return stage.server.to(user).length > 0;
    });
    expect(stage.server.to(user)[0]?.text).toContain(
      "Telegram已中断27小时，期间消息可能遗失，请提醒各单位重发",
    );
    await stage.restart();
    stage.pass(2 * 60_000);
    await nextContact();
    expect(await alarms()).toHaveLength(told.length);
  });

  test("that began while the bot was running it is told as well; a shorter one, or a first start, is no news", async () => {
    stage = await aStage();
    await nextContact();
    stage.pass(23 * HOUR);
    await nextContact();
    expect(await alarms()).toEqual([]);
    stage.pass(25 * HOUR);
    await nextContact();
    expect((await alarms()).length).toBeGreaterThan(0);
  });
});

test("the time of the last contact is written once a minute at most", async () => {
  stage = await aStage({ second: 1 });
  await nextContact();
  const fetches = () => stage.server.calls.filter((c) => c.method === "getUpdates").length;
  const [first, before] = [await contact(), fetches()];
  await stage.until("more fetches", () => fetches() > before + 3);
  expect(await contact()).toBe(first);
  stage.pass(61_000);
  await nextContact();
});

test("after a silent week Telegram's numbers start anew: lower ones are taken like any other", async () => {
  stage = await aStage();
  const user = await stage.member("海安联络员");
  const message = () => stage.server.messageOf(user, user, { text: "海安" });
  stage.noting(stage.server.bring(message(), 900_000));
  await stage.settled();
  const fetches = () => stage.server.calls.filter((c) => c.method === "getUpdates");
  await stage.until("a fetch that confirms nothing", () => fetches().at(-1)?.payload.offset === undefined);
  stage.noting(stage.server.bring(message(), 17));
  await stage.settled();
  await stage.restart();
  await stage.until("a new start", () => fetches().at(-1)?.payload.offset === undefined);
  stage.noting(stage.server.bring(message(), 5));
  await stage.settled();
  expect(stage.server.to(user)).toHaveLength(3);
});

describe("by webhook", () => {
  const hook = async () => {
    stage = await aStage({ start: false });
    let clock = 0;
    const running = await startTelegram(
      stage.bot,
      {
        token: stage.server.token,
        apiRoot: stage.server.apiRoot,
        webhook: { url: "https://bot.example", secret: "s".repeat(40) },
      },
      { second: 2, machineNow: () => Date.now() + clock },
    );
    await stage.until("a contact", async () => (await contact()) > 0);
    return { running, pass: (ms: number) => (clock += ms) };
  };

  test("days without a message are no break while Telegram reaches the bot", async () => {
    const { running, pass } = await hook();
    for (let day = 0; day < 4; day += 1) {
      pass(20 * HOUR);
      await nextContact();
    }
    expect(await alarms()).toEqual([]);
    expect(running.health()).toMatchObject({ ok: true });
    await running.stop();
  });

  test("that Telegram can't reach: not well, said once, and a break of more than a day is told when it ends", async () => {
    const { running, pass } = await hook();
    let at = 1;
    const fails = () => stage.server.troubleWebhook({ pending: 3, at: at++, why: "Connection refused" });
    fails();
    await stage.until("not well", () => !running.health().ok);
    expect(running.health().detail).toContain("3 wait, Connection refused");
    const looks = () => stage.server.calls.filter((c) => c.method === "getWebhookInfo").length;
    const before = looks();
    pass(30 * HOUR);
    await stage.until("more looks", () => looks() > before + 2);
    expect(await alarms()).toEqual([]);
    expect(stage.logged.filter((line) => line.includes("don't come through"))).toHaveLength(1);
    stage.server.troubleWebhook(null);
    await stage.until("an alarm", async () => (await alarms()).length > 0);
    expect(running.health().ok).toBe(true);
    await running.stop();
  });

  test("set to another address by somebody else: not well", async () => {
    const { running } = await hook();
    stage.server.setWebhook("https://other.example");
    await stage.until("not well", () => !running.health().ok);
    expect(running.health().detail).toContain("another address");
    await running.stop();
  });
});
