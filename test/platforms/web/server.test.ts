import { request } from "node:http";
import { afterEach, expect, test } from "vitest";
import type { Console, ConsoleMessage, Session } from "../../../src/platforms/web/console.ts";
import { ConsoleRefusal } from "../../../src/platforms/web/refusal.ts";
import { startWebConsole } from "../../../src/platforms/web/server.ts";

const session: Session = {
  persona: null,
  demo: true,
  now: "2020-06-15 09:00",
  weekday: "周一",
  plan: "南通市2020年大气污染防治工作计划",
  people: [{ id: 7, name: "海安联络员", role: "县区联络员", scope: "海安" }],
  commands: [],
  phrases: ["海安"],
};

const message = (id: number, text: string): ConsoleMessage => ({
  id,
  at: session.now,
  from: "bot",
  text,
  push: false,
});

/** A console that repeats what it is asked; `push` reaches whoever listens. */
function aDesk(over: Partial<Console> = {}) {
  const listeners = new Set<(messages: ConsoleMessage[]) => void>();
  const visitors = new Set<string>();
  const service: Console = {
    session: async ({ key }) => {
      visitors.add(key);
      return session;
    },
    choosePersona: async () => {},
    history: async (_visitor, before) => [message(1, `before ${before ?? "now"}`)],
    say: async (_visitor, said) => [message(2, JSON.stringify(said))],
    press: async (_visitor, pressed) => [message(3, JSON.stringify(pressed))],
    hint: async (_visitor, text) => ({ reading: text, completions: [] }),
    look: () => {},
    admitFile: async () => {},
    file: async (_visitor, { bytes, ...sent }) => [
      message(4, JSON.stringify({ ...sent, size: bytes.length })),
    ],
    open: async () => ({ name: "a.jpg", type: "image/jpeg", bytes: new Uint8Array(3) }),
    clock: async (_visitor, move) => ({ now: JSON.stringify(move), slots: 3, deliveries: 12 }),
    subscribe: (_visitor, onMessages, signal) => {
      listeners.add(onMessages);
      signal.addEventListener("abort", () => listeners.delete(onMessages));
    },
    health: async () => ({ ok: true, parts: [{ name: "store", ok: true, detail: "3 ms" }] }),
    metrics: async () => "lantian_up 1\n",
    calendar: async () => null,
    ingest: {
      admit: async () => null,
      enter: async () => {
        throw new Error("nobody is let in");
      },
    },
    ...over,
  };
  const push = (messages: ConsoleMessage[]) => listeners.forEach((tell) => void tell(messages));
  return { service, push, listeners, visitors };
}

let running: Awaited<ReturnType<typeof startWebConsole>> | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function serve(service: Console, onFailure: (error: unknown, id: string) => void = () => {}) {
  running = await startWebConsole(service, { host: "127.0.0.1", port: 0, onFailure });
  return running.url;
}

const post = (url: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

/** `fetch` won't send a Host of our choosing. */
function statusWithHost(url: string, path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url + path, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

test("the page, its modules and the font are served to run as they are", async () => {
  const url = await serve(aDesk().service);
  const page = await fetch(url);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("content-security-policy")).toMatch(/script-src 'self'/);
  expect(page.headers.get("content-security-policy")).not.toContain("unsafe-inline");
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/);

  for (const [, path] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    expect((await fetch(url + path)).status, path).toBe(200);
  }
  const module = await fetch(`${url}/assets/main.ts`);
  expect(module.headers.get("content-type")).toContain("text/javascript");
  expect(await module.text()).not.toContain("import type");

  const font = await (await fetch(`${url}/assets/font/wght.css`)).text();
  const piece = /url\(\.\/(files\/[^)]+\.woff2)\)/.exec(font)?.[1];
  const woff = await fetch(`${url}/assets/font/${piece}`);
  expect(woff.headers.get("content-type")).toBe("font/woff2");
  expect(woff.headers.get("cache-control")).toContain("immutable");
});

test("every module that the page's modules import is served, the library's own as well", async () => {
  const url = await serve(aDesk().service);
  const paths = new Set(["/assets/main.ts"]);
  for (const path of paths) {
    const module = await fetch(url + path);
    expect(module.headers.get("content-type"), path).toBe("text/javascript; charset=utf-8");
    for (const [, from = ""] of (await module.text()).matchAll(/(?:from ?|import ?)"([^"]+)"/g)) {
      expect(from, `a browser knows no package names: ${path}`).toMatch(/^\.{0,2}\//);
      paths.add(new URL(from, url + path).pathname);
    }
  }
  expect([...paths]).toContain("/assets/lit-html/lit-html.js");
});

test("trusted types stay required, and the page's library alone has a policy", async () => {
  const url = await serve(aDesk().service);
  const policy = (await fetch(url)).headers.get("content-security-policy")?.split("; ");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain("trusted-types lit-html");
});

test("an asset that the browser has is not sent again", async () => {
  const url = await serve(aDesk().service);
  const etag = (await fetch(`${url}/assets/console.css`)).headers.get("etag") ?? "";
  expect((await fetch(`${url}/assets/console.css`, { headers: { "If-None-Match": etag } })).status).toBe(304);
});

test.each([
  "/assets/nothing.ts",
  "/assets/..%2fserver.ts",
  "/assets/tsconfig.json",
  "/assets/font/files/noto-sans-sc-9999-wght-normal.woff2",
  "/assets/lit-html/nothing.js",
  "/assets/lit-html/package.json",
  "/assets/lit-html/node/lit-html.js",
  "/assets/lit-html/..%2fhono%2fpackage.js",
  "/nowhere",
])("%s is not there", async (path) => {
  const url = await serve(aDesk().service);
  const response = await fetch(url + path);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ error: { code: "not-found", message: "没有这个地址。" } });
});

test("a browser keeps the key that its first request was given, out of scripts' reach", async () => {
  const { service, visitors } = aDesk();
  const url = await serve(service);
  const first = await fetch(`${url}/api/session`);
  expect(await first.json()).toEqual(session);
  const cookie = first.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/^lantian_visitor=[\w-]{43};/);
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Strict/i);

  const again = await fetch(`${url}/api/session`, { headers: { Cookie: cookie.split(";")[0] ?? "" } });
  expect(again.headers.get("set-cookie")).toBeNull();
  expect(visitors.size).toBe(1);
});

test("the page itself gives no key: a link from elsewhere comes without the cookie and would replace it", async () => {
  const url = await serve(aDesk().service);
  expect((await fetch(url)).headers.get("set-cookie")).toBeNull();
});

test("what the page asks reaches the console as it was sent", async () => {
  const url = await serve(aDesk().service);
  const textOf = async (response: Response) => ((await response.json()) as ConsoleMessage[])[0]?.text;
  expect(await textOf(await fetch(`${url}/api/messages`))).toBe("before now");
  expect(await textOf(await fetch(`${url}/api/messages?before=41`))).toBe("before 41");
  const said = { id: "a1", text: "海安 5月", fill: { county: "海安" } };
  expect(await textOf(await post(url, "/api/say", said))).toBe(JSON.stringify(said));
  const pressed = { id: "a2", token: "t-1", fill: { due: "2020-06-18" } };
  expect(await textOf(await post(url, "/api/press", pressed))).toBe(JSON.stringify(pressed));
  expect(await (await post(url, "/api/persona", { id: 7 })).json()).toEqual(session);
  for (const move of [{ set: "2020-06-22T09:00" }, { advance: "P7D" }]) {
    const moved = await (await post(url, "/api/clock", move)).json();
    expect(moved).toEqual({ now: JSON.stringify(move), slots: 3, deliveries: 12 });
  }
});

test.each([
  ["/api/say", { id: "a1", text: "  " }],
  ["/api/say", { id: "a 1", text: "海安" }],
  ["/api/say", { id: "a1", text: "海安", more: 1 }],
  ["/api/hint", { text: "长".repeat(4001) }],
  ["/api/hint", {}],
  ["/api/press", { id: "a1", token: "t-1" }],
  ["/api/press", { id: "a1", token: "t-1", fill: { due: 3 } }],
  ["/api/persona", { id: "7" }],
  ["/api/clock", { set: "2020-02-30T09:00" }],
  ["/api/clock", { advance: "a week" }],
  ["/api/say", "{"],
  ["/api/say", "null"],
])("%s refuses %j", async (path, body) => {
  const url = await serve(aDesk().service);
  const response = await post(url, path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { code: "usage", message: expect.stringMatching(/请求/) },
  });
});

test("a body above 64 kB is refused, one below is not", async () => {
  const url = await serve(aDesk().service);
  const fill = (kilobytes: number) =>
    Object.fromEntries(Array.from({ length: kilobytes / 4 }, (_, at) => [`f${at}`, "x".repeat(4000)]));
  expect((await post(url, "/api/press", { id: "a1", token: "t", fill: fill(60) })).status).toBe(200);
  const large = await post(url, "/api/press", { id: "a1", token: "t", fill: fill(80) });
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({ error: { code: "too-large" } });
});

test.each([
  ["another site", { Origin: "http://evil.example" }, 403],
  ["another port of this machine", { Origin: "http://127.0.0.1:1" }, 403],
  ["a page without an origin", { Origin: "null" }, 403],
  ["a site that the browser calls foreign", { "Sec-Fetch-Site": "cross-site" }, 403],
  ["a sibling host of this site", { "Sec-Fetch-Site": "same-site" }, 403],
  ["this page", { "Sec-Fetch-Site": "same-origin" }, 200],
  ["a form, which can't send JSON", { "Content-Type": "text/plain" }, 415],
])("a message from %s (%o): %i", async (_who, headers, status) => {
  const url = await serve(aDesk().service);
  expect((await post(url, "/api/say", { id: "a1", text: "海安" }, headers)).status).toBe(status);
});

test("a message without any origin is refused", async () => {
  const url = await serve(aDesk().service);
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${url}/api/say`, {
    method: "POST",
    headers,
    body: '{"id":"a1","text":"海安"}',
  });
  expect(response.status).toBe(403);
});

test.each([
  ["evil.example", 403],
  ["127.0.0.1.evil.example", 403],
  ["192.0.2.7", 403],
  ["localhost:3000", 200],
  ["127.0.0.1", 200],
  ["[::1]:3000", 200],
])("on loopback the Host %s gets %i", async (host, status) => {
  const url = await serve(aDesk().service);
  for (const path of ["/", "/api/session", "/metrics"])
    expect(await statusWithHost(url, path, host)).toBe(status);
});

test("a refusal is answered in its own words, a fault of ours by its number alone", async () => {
  const faults: [unknown, string][] = [];
  const { service } = aDesk({
    choosePersona: async () => {
      throw new ConsoleRefusal("forbidden", "只有演示环境可以更换身份。");
    },
    say: async () => {
      throw new Error("secret of the store");
    },
  });
  const url = await serve(service, (error, id) => faults.push([error, id]));
  const refused = await post(url, "/api/persona", { id: null });
  expect(refused.status).toBe(403);
  expect(await refused.json()).toEqual({
    error: { code: "forbidden", message: "只有演示环境可以更换身份。" },
  });

  const failed = await post(url, "/api/say", { id: "a1", text: "海安" });
  expect(failed.status).toBe(500);
  const text = await failed.text();
  expect(text).not.toContain("secret");
  expect(faults).toHaveLength(1);
  expect(text).toContain(faults[0]?.[1]);
});

test("pushes and the moved clock reach an open page, and closing doesn't wait for it", async () => {
  const { service, push, listeners } = aDesk();
  const url = await serve(service);
  const response = await fetch(`${url}/api/events`);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const reader = response.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);

  const clock = 'event: clock\ndata: {"now":"2020-06-15 09:00","weekday":"周一"}\n\n';
  expect(await next()).toBe(clock);
  push([message(9, "周通报")]);
  expect(await next()).toBe(`event: messages\ndata: ${JSON.stringify([message(9, "周通报")])}\n\n`);
  await post(url, "/api/clock", { advance: "PT1H" });
  expect(await next()).toBe(clock);

  const began = performance.now();
  await running?.close();
  running = undefined;
  expect(performance.now() - began).toBeLessThan(1500);
  expect(await next()).toBe("");
  expect(listeners.size).toBe(0);
});

test("a page that leaves is no longer listened for", async () => {
  const { service, listeners } = aDesk();
  const url = await serve(service);
  const leaving = new AbortController();
  await (await fetch(`${url}/api/events`, { signal: leaving.signal })).body?.getReader().read();
  expect(listeners.size).toBe(1);
  leaving.abort();
  await expect.poll(() => listeners.size).toBe(0);
});

test("health has a line per part and is 503 when one is ill", async () => {
  const parts = [
    { name: "store", ok: true, detail: "3 ms" },
    { name: "outbox", ok: false, detail: "oldest waits 900 s" },
  ];
  const url = await serve(aDesk({ health: async () => ({ ok: false, parts }) }).service);
  const response = await fetch(`${url}/health`);
  expect(response.status).toBe(503);
  expect(await response.text()).toBe("ok store: 3 ms\nFAIL outbox: oldest waits 900 s\n");
  expect(await (await fetch(`${url}/metrics`)).text()).toBe("lantian_up 1\n");
});

test("an occupied port is said in one line", async () => {
  const url = await serve(aDesk().service);
  const port = Number(new URL(url).port);
  const oneLine = new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is already in use: [^\\n]+$`);
  await expect(startWebConsole(aDesk().service, { host: "127.0.0.1", port })).rejects.toThrow(oneLine);
});

/** What is asked for, not changed: the browser's word on where it began decides, an origin it needn't have. */
test.each([
  ["a foreign site", { "Sec-Fetch-Site": "cross-site" }, 403],
  ["a sibling host", { "Sec-Fetch-Site": "same-site" }, 403],
  ["this page", { "Sec-Fetch-Site": "same-origin" }, 200],
  ["an address typed by hand", { "Sec-Fetch-Site": "none" }, 200],
  ["a browser that doesn't say", {}, 200],
])("the session is asked for by %s (%o): %i", async (_who, headers, status) => {
  const url = await serve(aDesk().service);
  expect((await fetch(`${url}/api/session`, { headers: headers as Record<string, string> })).status).toBe(
    status,
  );
});
