import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { type HttpBindings, serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { leaveUnread, ownHostOnly, ownPageOnly, safeHeaders } from "../../../src/platforms/web/guard.ts";
import { ConsoleRefusal } from "../../../src/platforms/web/refusal.ts";
import type { ConsoleWay } from "../../../src/platforms/web/way.ts";

const ORIGIN = "https://lantian.example";
const ways = {
  loopback: { kind: "loopback" },
  public: { kind: "public", origin: ORIGIN },
  demo: { kind: "open demonstration" },
} as const satisfies Record<string, ConsoleWay>;
type Way = keyof typeof ways;

let stop = () => {};
afterEach(() => stop());

/** `unsent`: the head is sent and no more. */
type Sent = { method?: string; headers?: Record<string, string>; unsent?: boolean };

/** What one request is answered by a server that has nothing but the guards; a machine's own name is DESK. */
async function asked(way: Way, { method = "GET", headers = {}, unsent = false }: Sent) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(leaveUnread, safeHeaders, ownHostOnly(ways[way], "DESK"), ownPageOnly(ways[way]));
  app.all("/kept", (c) => {
    c.header("Content-Security-Policy", "sandbox");
    c.header("Referrer-Policy", "same-origin");
    return c.text("");
  });
  app.all("*", (c) => c.text(""));
  app.onError((error, c) => {
    if (!(error instanceof ConsoleRefusal)) throw error;
    return c.json({ code: error.code, message: error.message }, 403);
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  stop = () => void server.close();
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const path = headers.path ?? "/";
  type Answer = { status: number; headers: Record<string, unknown>; text: string };
  return new Promise<Answer>((resolve, reject) => {
    const sending = request({ port, host: "127.0.0.1", path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        if (unsent) sending.destroy();
      });
    }).on("error", reject);
    if (unsent) sending.flushHeaders();
    else sending.end();
  });
}
const LET_IN = 200;
const REFUSED = 403;
const statusOf = async (way: Way, sent: Sent) => (await asked(way, sent)).status;

describe("under which name the console may be asked", () => {
  test.each<[Way, string, boolean]>([
    ["loopback", "localhost:3000", true],
    ["loopback", "127.0.0.1", true],
    ["loopback", "127.8.8.8", true],
    ["loopback", "[::1]:3000", true],
    ["loopback", "LOCALHOST", true],
    ["loopback", "desk", true],
    ["loopback", "127.0.0.1.evil.example", false],
    ["loopback", "localhost.evil.example", false],
    ["loopback", "192.0.2.7", false],
    ["loopback", "[2001:db8::1]", false],
    ["loopback", "lantian.example", false],
    ["demo", "192.0.2.7:3000", true],
    ["demo", "[2001:db8::1]:3000", true],
    ["demo", "localhost", true],
    ["demo", "evil.example", false],
    ["public", "lantian.example", true],
    ["public", "lantian.example:443", true],
    ["public", "lantian.example:444", false],
    ["public", "evil.example", false],
    ["public", "localhost", false],
    ["public", "192.0.2.7", false],
  ])("%s, Host %s: %s", async (way, host, may) => {
    expect(await statusOf(way, { headers: { host } })).toBe(may ? LET_IN : REFUSED);
  });

  test.each<[Record<string, string>, boolean]>([
    [{ "x-forwarded-host": "lantian.example", "x-forwarded-proto": "https" }, true],
    [{ "x-forwarded-host": "lantian.example, lantian.example", "x-forwarded-proto": "https, HTTPS" }, true],
    [{ "x-forwarded-host": "", "x-forwarded-proto": "" }, true],
    [{ "x-forwarded-host": "evil.example" }, false],
    [{ "x-forwarded-host": "]" }, false],
    [{ "x-forwarded-host": "lantian.example, evil.example" }, false],
    [{ "x-forwarded-proto": "http" }, false],
    [{ "x-forwarded-proto": "https,http" }, false],
    [{ forwarded: 'for=192.0.2.1; Host="lantian.example";proto=https' }, true],
    [{ forwarded: "for=192.0.2.1" }, true],
    [{ forwarded: "secret;host=lantian.example" }, true],
    [{ forwarded: "host=evil.example" }, false],
    [{ forwarded: 'for=192.0.2.1; HOST="evil.example"' }, false],
    [{ forwarded: "host=lantian.example, host=evil.example" }, false],
    [{ forwarded: "proto=http" }, false],
    [{ forwarded: "host" }, false],
  ])("what proxies say of a public address has to agree: %j is let in: %s", async (said, may) => {
    expect(await statusOf("public", { headers: { host: "lantian.example", ...said } })).toBe(
      may ? LET_IN : REFUSED,
    );
  });

  test.each<[Way, string]>([
    ["loopback", "请用本机地址打开控制台。"],
    ["public", "请用公布的网址打开控制台。"],
    ["demo", "请用本机的IP地址打开控制台。"],
  ])("%s says how to ask instead", async (way, message) => {
    const { text } = await asked(way, { headers: { host: "evil.example" } });
    expect(JSON.parse(text)).toEqual({ code: "forbidden", message });
  });
});

describe("from which page a request may come", () => {
  const local = { host: "127.0.0.1:3000" };
  const named = { host: "lantian.example" };
  test.each<[string, Way, Sent, boolean]>([
    ["a look from nowhere", "loopback", { headers: local }, true],
    ["a look by the head alone", "loopback", { method: "HEAD", headers: local }, true],
    ["a change from nowhere", "loopback", { method: "POST", headers: local }, false],
    [
      "from this page",
      "loopback",
      { method: "POST", headers: { ...local, origin: "http://127.0.0.1:3000" } },
      true,
    ],
    // A tunnel ends TLS before us.
    [
      "through a tunnel",
      "loopback",
      { method: "POST", headers: { ...local, origin: "https://127.0.0.1:3000" } },
      true,
    ],
    [
      "from another port",
      "loopback",
      { method: "POST", headers: { ...local, origin: "http://127.0.0.1:1" } },
      false,
    ],
    [
      "from another host",
      "loopback",
      { method: "POST", headers: { ...local, origin: "http://evil.example" } },
      false,
    ],
    [
      "from a page without an origin",
      "loopback",
      { method: "POST", headers: { ...local, origin: "null" } },
      false,
    ],
    ["by another method", "loopback", { method: "DELETE", headers: local }, false],
    ["from the public page", "public", { method: "POST", headers: { ...named, origin: ORIGIN } }, true],
    [
      "from it without TLS",
      "public",
      { method: "POST", headers: { ...named, origin: "http://lantian.example" } },
      false,
    ],
    ["to it from nowhere", "public", { method: "POST", headers: named }, false],
  ])("%s (%s)", async (_, way, sent, may) => {
    expect(await statusOf(way, sent)).toBe(may ? LET_IN : REFUSED);
  });

  test.each([
    ["cross-site", false],
    ["same-site", false],
    ["same-origin", true],
    ["none", true],
  ])("a browser says %s: %s", async (site, may) => {
    const headers = { host: "localhost", "sec-fetch-site": site };
    expect(await statusOf("loopback", { headers })).toBe(may ? LET_IN : REFUSED);
  });

  test("who is refused is told why", async () => {
    const { text } = await asked("loopback", { method: "POST", headers: { host: "localhost" } });
    expect(JSON.parse(text)).toEqual({ code: "forbidden", message: "请求不是从本页面发出的，已拒绝。" });
  });
});

test("every answer forbids frames, foreign code and guesses at its type; a kept file's own policy stands", async () => {
  const { headers } = await asked("loopback", { headers: { host: "localhost" } });
  expect(headers).toMatchObject({
    "content-security-policy": expect.stringMatching(
      /default-src 'none'.*frame-ancestors 'none'.*trusted-types/,
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
  });
  const kept = await asked("loopback", { headers: { host: "localhost", path: "/kept" } });
  expect(kept.headers).toMatchObject({
    "content-security-policy": "sandbox",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
});

test.each([
  ["little that is still to come is read", { "content-length": "65536" }, "keep-alive"],
  ["for more the connection is closed", { "content-length": "65537" }, "close"],
  ["and for what doesn't say how much", { "transfer-encoding": "chunked" }, "close"],
])("of a refused request %s", async (_, head, connection) => {
  const headers = { host: "localhost", ...(head as Record<string, string>) };
  const answer = await asked("loopback", { method: "POST", headers, unsent: true });
  expect([answer.status, answer.headers.connection]).toEqual([REFUSED, connection]);
});
