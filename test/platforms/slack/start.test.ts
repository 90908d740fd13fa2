import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Lantian } from "../../../src/bot/lantian.ts";
import { deliverDue } from "../../../src/delivery/worker.ts";
import { startSlack } from "../../../src/platforms/slack/start.ts";
import { aFolder } from "../../support/folder.ts";
import { aDatabaseIn, anOffice } from "../../support/office.ts";
import { start, startHere } from "../../support/scripts.ts";
import { TEAM } from "../../support/slack/memory.ts";
import { SECRET, TOKEN } from "../../support/slack/office.ts";
import { senderOf } from "../../support/slack/sender.ts";
import { localSlack } from "../../support/slack/server.ts";
import { until } from "../../support/until.ts";

const APP_TOKEN = "xapp-canary-1-A0-abcdef";

/** A port at which nobody listens. */
const freePort = async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** An office whose Slack isn't there yet; `arrives` lets it come. */
async function anUnreachedOffice(appToken: string | null) {
  const office = await anOffice();
  const faults: string[] = [];
  const bot: Lantian = { ...office.bot, report: (error) => faults.push(String(error)) };
  const port = await freePort();
  const settings = {
    botToken: TOKEN,
    signingSecret: SECRET,
    appToken,
    apiUrl: `http://127.0.0.1:${port}/api/`,
  };
  const onFault = (error: unknown) => faults.push(String(error));
  const running = await startSlack(bot, settings, { onFault, timeoutMs: 1000, renewMs: 20 });
  onTestFinished(async () => {
    await running.stop();
    office.close();
  });
  return {
    bot,
    faults,
    running,
    async arrives(with_: { token?: string } = {}) {
      const slack = await localSlack({ token: TOKEN, appToken: APP_TOKEN, port, ...with_ });
      slack.addChannel("C0GENERAL", []);
      onTestFinished(() => slack.close());
      return slack;
    },
  };
}
const linked = async (bot: Lantian, name: string, user: string) => {
  const person = await bot.store.read((r) => r.people.byName(name));
  await bot.store.write(async ({ people }) => {
    await people.bind(person?.id ?? 0, { platform: "slack", workspace: TEAM, userKey: user }, 0);
    await people.pushTo(person?.id ?? 0, "slack");
  });
  return person?.id ?? 0;
};

test("Slack can't be reached at the start: the bot starts all the same and says so", async () => {
  const { running, faults } = await anUnreachedOffice(null);
  expect(running.health()).toEqual({ ok: false, detail: "not reached yet" });
  expect(faults.join()).toContain("Slack isn't reached yet: Slack can't be reached (ECONNREFUSED)");
  expect(faults.join()).not.toContain("canary");
});

test("when Slack comes, what has come in meanwhile is answered and what was to go out goes out", async () => {
  const { bot, running, arrives, faults } = await anUnreachedOffice(null);
  const user = "U0001";
  const personId = await linked(bot, "海安联络员", user);
  const card = { title: "通知", blocks: [], buttons: [] };
  await bot.store.write((w) =>
    w.outbox.queue({ key: "early", to: { personId }, class: "must-not-repeat", card }, 0),
  );
  const held = () => bot.store.read((r) => r.outbox.countByState());
  expect(await deliverDue(bot, [running.door])).toBe(0);
  expect(await held()).toMatchObject({ pending: 1, sending: 0 });

  const front = createServer(running.mount?.listener as RequestListener).listen(0, "127.0.0.1");
  await once(front, "listening");
  onTestFinished(() => void front.close());
  const { port } = front.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${running.mount?.path}`;
  // Slack reaches the bot though the bot doesn't reach Slack.
  const before = senderOf(
    { directId: () => "D00001", newTrigger: () => "early", newHook: () => url } as never,
    {
      url: () => url,
      secret: SECRET,
    },
  );
  expect((await before.message(user, "海安")).status).toBe(200);
  const form = { view: { blocks: [], private_metadata: "x" } };
  expect((await before.submit(user, form.view, {})).status).toBe(503);

  const slack = await arrives();
  slack.addUser(user);
  await until(() => running.health().ok);
  await until(() => slack.directTo(user).some((m) => m.text.includes("海安市")));
  await until(async () => {
    await deliverDue(bot, [running.door], () => Date.now() + 3_600_000);
    return (await held()).sent === 1;
  });
  expect(slack.directTo(user).filter((m) => m.text.includes("通知"))).toHaveLength(1);
  expect(slack.refusals).toEqual([]);
  expect(faults.filter((f) => !f.includes("reached"))).toEqual([]);
});

test("in Socket Mode too: both connections are opened when Slack comes", async () => {
  const { running, arrives } = await anUnreachedOffice(APP_TOKEN);
  expect(running.health()).toEqual({ ok: false, detail: "not reached yet" });
  const slack = await arrives();
  await until(() => running.health().detail === "2 connections open");
  expect(slack.socketMode.open()).toHaveLength(2);
});

test("a token that is refused when Slack comes is said once, and works when it has been mended there", async () => {
  const { running, arrives, faults } = await anUnreachedOffice(null);
  const slack = await arrives();
  slack.revoke(true);
  const refused = () => faults.filter((f) => f.includes("token_revoked")).length;
  await until(() => refused() > 0);
  const asked = slack.calls.length;
  await until(() => slack.calls.length > asked + 3);
  slack.revoke(false);
  await until(() => running.health().ok);
  expect(refused()).toBe(1);
});

test("a stop while Slack is still away ends at once", async () => {
  const { running } = await anUnreachedOffice(null);
  await running.stop();
  expect(running.health().ok).toBe(false);
});

test("an app token that Slack refuses fails the start, in one line that doesn't contain it", async () => {
  const office = await anOffice();
  onTestFinished(() => office.close());
  const slack = await localSlack({ token: TOKEN, appToken: APP_TOKEN });
  onTestFinished(() => slack.close());
  const settings = {
    botToken: TOKEN,
    signingSecret: null,
    appToken: "xapp-canary-wrong",
    apiUrl: slack.apiUrl,
  };
  await expect(startSlack(office.bot, settings, { onFault: () => undefined, renewMs: 20 })).rejects.toThrow(
    "Slack opens no connection: invalid_auth; check SLACK_APP_TOKEN",
  );
});

test("a second bot on the same database refuses before it has said a word to Slack; after the first it takes over", async () => {
  const slack = await localSlack({ token: TOKEN, appToken: APP_TOKEN });
  onTestFinished(() => slack.close());
  const database = await aDatabaseIn(aFolder());
  const env = { SLACK_BOT_TOKEN: TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.apiUrl, PORT: "0" };
  const first = startHere([], database, env);
  await until(() => first.stdout().includes("Slack: 2 connections open"));
  const calls = slack.calls.length;
  const second = await start("start", [], database, env).ended;
  expect(second).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("another Lantian process is using this database"),
  });
  expect(slack.calls.length).toBe(calls);
  expect(slack.socketMode.open()).toHaveLength(2);
  expect(await first.stop()).toMatchObject({ status: 0 });
  const third = start("start", [], database, env);
  await until(() => third.stdout().includes("Slack: 2 connections open"));
  const { stdout, stderr } = await third.stop();
  expect(stdout + stderr + second.stderr).not.toContain("canary");
});
