import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { webApi } from "@slack/bolt";
import { afterEach, expect, test } from "vitest";
import { called, silent, slackClient } from "../../../src/platforms/slack/calls.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const serving = async (answer: RequestListener, timeoutMs = 10_000) => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  return { server, apiUrl, client: slackClient("xoxb-1", { apiUrl, timeoutMs }) };
};
const done = (request: Parameters<RequestListener>[0], response: Parameters<RequestListener>[1]) =>
  request.resume().once("end", () => response.end('{"ok":true}'));
const message = {
  channel: "C1",
  text: "海安 PM₂.₅ & O₃ = 1+1, “好”!~*'() 🟢\n",
  blocks: [{ type: "divider" as const }],
  link_names: false,
  metadata: { event_type: "notice", event_payload: { id: 7 } },
};
const half = (response: Parameters<RequestListener>[1]) => {
  response.writeHead(200, { "content-length": "100000" }).write("{");
  return response;
};

test("what is asked is what the SDK's own client asks", async () => {
  const heard: unknown[] = [];
  const { apiUrl, client } = await serving(async (request, response) => {
    const { authorization, accept, ...others } = request.headers;
    const { method, url } = request;
    const body = (await request.toArray()).join("");
    heard.push({ method, url, authorization, accept, type: others["content-type"], body });
    response.end('{"ok":true}');
  });
  const sdks = new webApi.WebClient("xoxb-1", { slackApiUrl: apiUrl, logger: silent });
  for (const { chat, auth } of [client, sdks]) {
    await chat.postMessage(message);
    await chat.postMessage({ ...message, ...({ thread_ts: undefined, username: null } as object) });
    await auth.test();
  }
  const [ours, again, nothing, ...theirs] = heard;
  expect([ours, again, nothing]).toEqual(theirs);
  expect(ours).toMatchObject({ body: expect.stringContaining("&blocks=%5B%7B") });
  expect(again).toEqual(ours);
  expect(nothing).toMatchObject({ body: "" });
});

test("an answer is read whatever pieces it comes in, and its connection kept for the next", async () => {
  const { server, client } = await serving((request, response) => {
    request.resume();
    const bytes = Buffer.from(JSON.stringify({ ok: true, team: "海安" }));
    // In the middle of a sign of three bytes.
    const cut = bytes.indexOf("海") + 1;
    response.write(bytes.subarray(0, cut));
    setImmediate(() => response.end(bytes.subarray(cut)));
  });
  let connections = 0;
  server.on("connection", () => connections++);
  for (let i = 0; i < 3; i++)
    expect(await called(client.auth.test())).toEqual({ kind: "done", value: { ok: true, team: "海安" } });
  expect(connections).toBe(1);
});

const UNREADABLE = "Slack's answer could not be read";
test.each<[what: string, answer: RequestListener, outcome: object]>([
  [
    "a refusal",
    (_, r) => r.end('{"ok":false,"error":"not_in_channel"}'),
    { kind: "refused", error: "not_in_channel" },
  ],
  ["patience", (_, r) => r.writeHead(429, { "retry-after": "7" }).end(), { kind: "limited", afterMs: 7_000 }],
  ["patience without its length", (_, r) => r.writeHead(429).end(), { kind: "limited", afterMs: 30_000 }],
  ["an error of the server", (_, r) => r.writeHead(503).end(), { kind: "unknown", why: "HTTP 503" }],
  [
    "a way elsewhere",
    (_, r) => r.writeHead(307, { location: "/ok" }).end(),
    { kind: "unknown", why: "HTTP 307" },
  ],
  ["no JSON", (_, r) => r.end("<html>"), { kind: "unknown", why: UNREADABLE }],
  ["nothing of an object", (_, r) => r.end("null"), { kind: "unknown", why: UNREADABLE }],
  [
    "half an answer",
    (_, r) => half(r).write("}", () => r.destroy()),
    { kind: "unknown", why: "no answer from Slack (ECONNRESET)" },
  ],
])("answered with %s", async (_, answer, outcome) => {
  const { client } = await serving((request, response) =>
    request.url === "/ok" ? done(request, response) : answer(request.resume(), response),
  );
  expect(await called(client.chat.postMessage(message))).toMatchObject(outcome);
});

test.each<[when: string, answer: RequestListener]>([
  ["before", () => undefined],
  ["in the midst of", (_, response) => half(response)],
])("silence %s an answer is waited out no longer than said", async (_, answer) => {
  const { client } = await serving(answer, 20);
  expect(await called(client.chat.postMessage(message))).toMatchObject({
    kind: "unknown",
    why: "no answer from Slack (TimeoutError)",
  });
});
