import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchThroughProxy } from "../../src/platforms/kit/proxy.ts";
import { called, slackClient } from "../../src/platforms/slack/calls.ts";
import { socketClients } from "../../src/platforms/slack/sockets.ts";
import { type TelegramFault, telegramOf } from "../../src/platforms/telegram/api.ts";
import { aFolder } from "../support/folder.ts";
import { aDatabaseIn } from "../support/office.ts";
import { start } from "../support/scripts.ts";

/** A proxy that notes where it is to connect, and a Slack on this machine that names a socket of the real one. */
const connections: string[] = [];
const proxy = createServer();
proxy.on("connect", (request, socket) => {
  connections.push(request.url ?? "");
  // A process may be ended while it waits for the answer.
  socket.on("error", () => undefined);
  socket.end("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
});
const slack = createServer((_, response) =>
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify({ ok: true, url: "wss://wss-primary.slack.com/link" })),
);
const listening = async (server: typeof proxy) => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

let undo = () => {};
beforeEach(async () => {
  vi.stubEnv("HTTPS_PROXY", await listening(proxy));
  undo = fetchThroughProxy();
});
afterEach(() => {
  undo();
  vi.unstubAllEnvs();
  for (const server of [proxy, slack]) server.close();
});

test("both platforms, and Slack's sockets, are reached through HTTPS_PROXY, and what it refuses isn't in doubt", async () => {
  const client = slackClient("xoxb-1", { apiUrl: null, timeoutMs: 5_000 });
  expect((await called(client.auth.test())).kind).toBe("unreachable");
  expect(connections.splice(0)).toEqual(["slack.com:443"]);

  const { call } = telegramOf({ token: "1:A", apiRoot: null });
  const fault = await call("getMe", (api, signal) => api.getMe(signal)).catch((error: unknown) => error);
  expect((fault as TelegramFault).trouble.kind).toBe("unreachable");
  expect(connections.splice(0)).toEqual(["api.telegram.org:443"]);

  const apiUrl = `${await listening(slack)}/`;
  const [socket] = socketClients({ appToken: "xapp-1", apiUrl, timeoutMs: 5_000 });
  await socket?.start().catch(() => undefined);
  expect(connections.splice(0)).toEqual(["wss-primary.slack.com:443"]);
});

test.each(["start", "doctor"] as const)("npm run %s goes through it, too", async (script) => {
  const asked = new Promise((resolve) => proxy.once("connect", ({ url }) => resolve(url)));
  // Slack's client has no way to a proxy of its own.
  const slackAlone = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s", PORT: "0" };
  const settings = { HTTPS_PROXY: process.env.HTTPS_PROXY ?? "", ...slackAlone };
  const running = start(script, [], await aDatabaseIn(aFolder()), settings);
  expect(await Promise.race([asked, running.ended])).toBe("slack.com:443");
  await running.kill();
});
