import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConfigFault, readConfig } from "../../../src/config.ts";
import { called, machineTime, slackClient } from "../../../src/platforms/slack/calls.ts";
import { listenersOf } from "../../../src/platforms/slack/listeners.ts";
import { socketClients } from "../../../src/platforms/slack/sockets.ts";
import { startSlack } from "../../../src/platforms/slack/start.ts";
import type { Workspace } from "../../../src/platforms/slack/workspace.ts";
import { aSlackOffice, type SlackOffice } from "../../support/slack/office.ts";

let here: SlackOffice;
beforeAll(async () => {
  here = await aSlackOffice();
});
afterAll(() => here.close());

test("the client repeats nothing by itself, never waits in our place, and calls nobody but Slack", async () => {
  const client = slackClient("xoxb-canary-111-222-abcdef", { apiUrl: here.slack.apiUrl, timeoutMs: 10_000 });
  const user = here.slack.addUser("U0ONE");
  const channel = here.slack.directId(user);
  const posts = () => here.slack.calls.filter((c) => c.method === "chat.postMessage").length;
  for (const [fault, kind] of [
    ["reset after", "unknown"],
    ["500 after", "unknown"],
    ["429", "limited"],
  ] as const) {
    const before = posts();
    here.slack.plan("chat.postMessage", fault);
    expect((await called(client.chat.postMessage({ channel, text: "一" }))).kind).toBe(kind);
    expect(posts() - before).toBe(1);
    here.clock.leap(2000);
  }
  const absolute = await called(
    client.apiCall(`${here.slack.origin.replace("127.0.0.1", "localhost")}/steal`),
  );
  expect(absolute.kind).not.toBe("done");
});

test("the running clients have the settings that the promises rest on", () => {
  const wanted = {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    allowAbsoluteUrls: false,
  };
  const options = { apiUrl: null, timeoutMs: 10_000, timing: machineTime, patienceMs: 1500 };
  const outgoing = slackClient("xoxb-canary-111-222-abcdef", options);
  expect(outgoing).toMatchObject(wanted);
  expect(outgoing).toMatchObject({ slackApiUrl: "https://slack.com/api/" });
  // Bolt's own client, and those that open the sockets: they could send as well.
  const ws = { bot: here.bot, botId: "B0BOT", botUser: "U0BOT", team: "T0HOME" } as Workspace;
  expect(listenersOf(ws, { ...options, botToken: "xoxb-canary" }).client).toMatchObject(wanted);
  for (const client of socketClients({ ...options, appToken: "xapp-canary" })) {
    expect((client as unknown as { webClient: object }).webClient).toMatchObject(wanted);
    expect(client).toMatchObject({ autoReconnectEnabled: false });
  }
});

test("a request that was never sent is told apart from one that nobody answered", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const nowhere = slackClient("xoxb-canary", { apiUrl: `http://127.0.0.1:${port}/api/`, timeoutMs: 1000 });
  expect(await called(nowhere.auth.test())).toMatchObject({ kind: "unreachable" });
});

test("a token that Slack refuses is said in one line that doesn't contain it", async () => {
  const start = startSlack(
    here.bot,
    { ...here.settings, botToken: "xoxb-canary-wrong" },
    { onFault: () => undefined },
  );
  await expect(start).rejects.toThrow("Slack doesn't let the bot in: invalid_auth; check SLACK_BOT_TOKEN");
});

test("the environment names how Slack is reached, or says what is missing", () => {
  expect(readConfig({}).platforms).toEqual([]);
  const { platforms } = readConfig({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s" });
  expect(platforms).toMatchObject([
    { provider: { name: "slack" }, settings: { botToken: "xoxb-1", signingSecret: "s", appToken: null } },
  ]);
  expect(() => readConfig({ SLACK_BOT_TOKEN: "xoxb-1" })).toThrow(ConfigFault);
  expect(() => readConfig({ SLACK_BOT_TOKEN: "xoxb-1" })).toThrow(/^SLACK_BOT_TOKEN: alone is not enough/);
});
