import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { roundsOf } from "../../../src/delivery/rounds.ts";
import { revealCodes } from "../../../src/office/shown-codes.ts";
import { officeConsole } from "../../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../../src/platforms/web/server.ts";
import { signInsOf } from "../../../src/platforms/web/sign-ins.ts";
import { walk } from "../../../src/scheduler/walk.ts";
import { leaves } from "../../support/leaves.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { aBrowser, forged } from "../../support/web/forged.ts";

const ORIGIN = "https://lantian.example.gov.cn";
const HOST = "lantian.example.gov.cn";
const LIAISON = "海安联络员";

let office: AnOffice;
let web: Awaited<ReturnType<typeof startWebConsole>>;
let url: string;
let signIns: ReturnType<typeof signInsOf>;
let machine: number;
/** Whether the chat platform still hears its accounts. */
let heard: boolean;

const MONITOR = "m".repeat(32);

beforeEach(async () => {
  office = await anOffice();
  machine = 0;
  const { bot } = office;
  await bot.store.write(async ({ people }) => {
    const id = async (name: string) => (await people.byName(name))?.id ?? 0;
    await people.bind(await id(LIAISON), { platform: "slack", workspace: "T1", userKey: "U1" }, 0);
    await people.bind(await id("市办"), { platform: "telegram", workspace: "", userKey: "71" }, 0);
    // A browser bound on loopback, and no account in a chat.
    await people.bind(await id("如皋联络员"), { platform: "web", workspace: "", userKey: "old" }, 0);
  });
  const rounds = roundsOf(bot, [], (error) => {
    throw error;
  });
  heard = true;
  signIns = signInsOf(bot, {
    origin: ORIGIN,
    send: async () => undefined,
    hears: async () => heard,
    machineNow: () => machine,
  });
  web = await startWebConsole(officeConsole(bot, { rounds, walk, signIns }), {
    host: "127.0.0.1",
    port: 0,
    way: { kind: "public", origin: ORIGIN },
    signIns,
    monitorToken: MONITOR,
    onFailure: (error) => {
      throw error;
    },
  });
  // Where the server listens; its own `url` is the public one.
  url = web.listensAt;
  expect(web.url).toBe(ORIGIN);
});
afterEach(async () => {
  await web.close();
  office.close();
});

/** The codes that have been sent, newest last: whose chat account, and the code as it stands in the chat. */
const codes = async () => {
  await signIns.settled();
  const rows = await office.bot.store.read((r) => r.outbox.after(0));
  return rows
    .filter(({ row }) => row.key.startsWith("sign-in/"))
    .map(({ row, audience }) => ({
      to: audience,
      account: row.accountId,
      kept: row.card,
      code: /"登录码","value":"(.*?)"/.exec(revealCodes(row.card))?.[1] ?? "",
    }));
};
const browser = (address?: string) => aBrowser(url, ORIGIN, address);
const signedIn = async (name = LIAISON) => {
  const own = browser();
  await own.form("/sign-in", { name });
  const code = (await codes()).at(-1)?.code ?? "";
  expect((await own.form("/sign-in/code", { code })).status).toBe(303);
  return own;
};

describe("strangers", () => {
  const paths = [
    "/api/session",
    "/api/messages",
    "/api/events",
    "/assets/main.ts",
    "/assets/console.css",
    "/assets/mark.svg",
    "/assets/lit-html/lit-html.js",
    "/favicon.ico",
    "/metrics",
    "/files/aaaaaaaaaaaaaaaaaaaaaa",
    "/nothing/of/the/kind",
    "/index.html",
  ];
  test.each(paths)("get nothing of %s", async (path) => {
    const answer = await browser().go(path);
    expect([401, 404]).toContain(answer.status);
    expect(answer.body).not.toMatch(/南通|蓝天|海安|lantian_/);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test("are shown where to sign in, and that page loads nothing and names nobody", async () => {
    const at = await browser().go("/");
    expect([at.status, at.headers.location]).toEqual([303, "/sign-in"]);
    const page = await browser().go("/sign-in");
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/<script|src=|<link|南通/);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    // Otherwise a browser calls the origin of this page's own form "null".
    expect(page.headers["referrer-policy"]).toBe("same-origin");
  });

  test("hear on the machine itself whether it is well, and from elsewhere nothing", async () => {
    for (const host of [HOST, "127.0.0.1:8020"]) {
      const answer = await forged(url, "/health", { headers: { host } });
      expect([answer.status, answer.body]).toEqual([200, "ok\n"]);
    }
    for (const passed of ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
      expect(
        (await forged(url, "/health", { headers: { host: HOST, [passed]: "203.0.113.9" } })).status,
      ).toBe(401);
    for (const authorization of ["", MONITOR, "Bearer ", `Bearer ${MONITOR}x`, `Basic ${MONITOR}`])
      for (const path of ["/health", "/metrics"]) {
        const headers = { host: HOST, "x-forwarded-for": "203.0.113.9", authorization };
        const { status, body } = await forged(url, path, { headers });
        expect([status, body], `${path} ${authorization}`).toEqual([401, "FAIL token\n"]);
      }
  });

  test("who has the monitor's token sees health and metrics, without any path of this machine", async () => {
    const headers = {
      host: "10.1.2.3",
      "x-forwarded-for": "203.0.113.9",
      authorization: `Bearer ${MONITOR}`,
    };
    const health = await forged(url, "/health", { headers });
    expect(health.status).toBe(200);
    expect(health.body).toMatch(/^ok database: /m);
    const metrics = await forged(url, "/metrics", { headers });
    expect(metrics.body).toMatch(/^lantian_healthy 1$/m);
    expect(metrics.body).toMatch(/^lantian_part_healthy\{part="audit log"\} 1$/m);
    expect(metrics.body).toMatch(/^lantian_database_bytes [1-9]/m);
    for (const { body } of [health, metrics]) expect(body).not.toMatch(/\/[\w-]+\/|\.db/);
    // It opens nothing else.
    expect((await forged(url, "/api/session", { headers: { ...headers, host: HOST } })).status).toBe(401);
  });

  test.each(["/api/say", "/api/press", "/api/persona", "/api/clock", "/api/file", "/api/hint"])(
    "do nothing by %s",
    async (path) => {
      const before = await office.bot.store.read((r) => r.audit.latest(1));
      const body = JSON.stringify({ id: 1, text: "海安", token: "t", fill: {} });
      const headers = { "content-type": "application/json" };
      expect((await browser().go(path, { method: "POST", headers, body })).status).toBe(401);
      expect(await office.bot.store.read((r) => r.audit.latest(1))).toEqual(before);
    },
  );

  test("with an old cookie of a console on loopback stay strangers", async () => {
    const own = browser();
    own.cookies.set("lantian_visitor", "a".repeat(43));
    own.cookies.set("__Host-lantian", "old");
    expect((await own.go("/api/session")).status).toBe(401);
  });
});

describe("a code", () => {
  test("goes to the chat account, and makes the browser that asked its owner's for twelve hours", async () => {
    const own = browser();
    const asked = await own.form("/sign-in", { name: LIAISON });
    expect(asked.status).toBe(200);
    const [sent] = await codes();
    expect(sent?.to).toBe(LIAISON);
    const done = await own.form("/sign-in/code", { code: sent?.code.toLowerCase() ?? "" });
    expect([done.status, done.headers.location]).toEqual([303, "/"]);
    const set = [done.headers["set-cookie"]].flat().find((each) => each?.startsWith("__Host-lantian="));
    expect(set).toMatch(/Max-Age=43200/);
    for (const flag of [/; Secure/, /; HttpOnly/, /; SameSite=Lax/, /; Path=\//]) expect(set).toMatch(flag);

    expect((await own.go("/")).body).toContain("<title>蓝天</title>");
    expect(JSON.parse((await own.go("/api/session")).body)).toMatchObject({
      persona: { name: LIAISON },
      people: [],
      signedIn: true,
    });
    expect((await own.says("海安")).body).toContain("海安");
    expect((await own.go("/assets/main.ts")).status).toBe(200);
    // Nobody becomes somebody else, though this is a demonstration.
    const headers = { "content-type": "application/json" };
    const picked = await own.go("/api/persona", { method: "POST", headers, body: '{"id":1}' });
    expect(picked.status).toBe(403);

    await office.advanceTo("2020-06-15T20:29");
    expect((await own.go("/api/session")).status).toBe(200);
    await office.advanceTo("2020-06-15T20:30");
    expect((await own.go("/api/session")).status).toBe(401);
  });

  test("is good once, for ten minutes, in the browser that asked, and only the newest", async () => {
    const [own, thief] = [browser(), browser()];
    await own.form("/sign-in", { name: LIAISON });
    const [{ code: first } = { code: "" }] = await codes();
    thief.cookies.set("__Host-lantian-browser", "b".repeat(43));
    expect((await thief.form("/sign-in/code", { code: first })).status).toBe(401);
    await thief.form("/sign-in", { name: "市办" });
    expect((await thief.form("/sign-in/code", { code: first })).status).toBe(401);
    await own.form("/sign-in", { name: LIAISON });
    const newest = (await codes()).at(-1)?.code ?? "";
    expect((await own.form("/sign-in/code", { code: first })).status).toBe(401);
    const key = own.cookies.get("__Host-lantian-browser") ?? "";
    expect((await own.form("/sign-in/code", { code: newest })).status).toBe(303);
    own.cookies.set("__Host-lantian-browser", key);
    expect((await own.form("/sign-in/code", { code: newest })).status).toBe(401);

    const late = browser();
    await late.form("/sign-in", { name: LIAISON });
    const { code = "" } = (await codes()).at(-1) ?? {};
    await office.advanceTo("2020-06-15T08:40");
    expect((await late.form("/sign-in/code", { code })).status).toBe(401);
  });

  test("is dead after five wrong ones, for the right one too", async () => {
    const own = browser();
    await own.form("/sign-in", { name: LIAISON });
    const [{ code } = { code: "" }] = await codes();
    for (let i = 0; i < 5; i++)
      expect((await own.form("/sign-in/code", { code: `WRONG22${"ABCDE"[i]}` })).status).toBe(401);
    expect((await own.form("/sign-in/code", { code })).status).toBe(401);
    const [row] = await office.bot.store.read((r) => r.audit.latest(1));
    expect(row).toMatchObject({ act: "sign-in", outcome: "denied", actor: LIAISON });
  });

  test("stands nowhere: not in the row, the audit or the file; and its hash is no code", async () => {
    const own = browser();
    await own.form("/sign-in", { name: LIAISON });
    const [{ code, kept } = { code: "", kept: "" }] = await codes();
    expect(code).toMatch(/^[A-Z2-9]{8}$/);
    expect(kept).not.toContain(code);
    const hash = await office.bot.store.read(async (r) => {
      const { hashOfCode } = await import("../../../src/office/invitation.ts");
      expect(await r.signIns.isCode(hashOfCode(code))).toBe(true);
      return hashOfCode(code);
    });
    expect((await own.form("/sign-in/code", { code: `H${hash}` })).status).toBe(401);
    expect((await own.form("/sign-in/code", { code })).status).toBe(303);
  });

  test.each([
    ["a member", LIAISON],
    ["a member without an account in a chat", "如皋联络员"],
    ["nobody", "没有这个人"],
    ["markup", `<script>"'`],
  ])("the answer to %s is one and the same", async (_, name) => {
    const page = async (asked: string) => (await browser().form("/sign-in", { name: asked })).body;
    expect(await page(name)).toBe(await page("另一个没有的人"));
  });

  test("goes to nobody without an account in a chat, and to nobody who has left", async () => {
    leaves(office, "市办");
    for (const name of ["如皋联络员", "市办", "没有这个人"]) await browser().form("/sign-in", { name });
    expect(await codes()).toEqual([]);
  });

  test("goes to no account that its platform doesn't hear any more, such as a guest's", async () => {
    heard = false;
    await browser().form("/sign-in", { name: LIAISON });
    expect(await codes()).toEqual([]);
  });

  test("five an hour reach one person, whoever asks from wherever", async () => {
    for (let i = 0; i < 8; i++) await browser(`203.0.113.${i}`).form("/sign-in", { name: LIAISON });
    expect(await codes()).toHaveLength(5);
    await office.advanceTo("2020-06-15T09:31");
    await browser().form("/sign-in", { name: LIAISON });
    expect(await codes()).toHaveLength(6);
  });

  test("one address asks twenty times, then waits; another one doesn't", async () => {
    const ask = (address: string) => browser(address).form("/sign-in", { name: "没有这个人" });
    for (let i = 0; i < 20; i++) expect((await ask("203.0.113.9")).status).toBe(200);
    expect((await ask("203.0.113.9")).status).toBe(429);
    expect((await ask("198.51.100.1, 203.0.113.9")).status).toBe(429);
    expect((await ask("203.0.113.10")).status).toBe(200);
    machine += 60_000;
    expect((await ask("203.0.113.9")).status).toBe(200);
  });
});

test("an invitation's code is shown on the page, read again there, and stands nowhere in the file", async () => {
  const own = await signedIn("市办");
  const body = (await own.says("邀请 王联络 县区联络员 海安", "invite")).body;
  const code = /邀请码 ([A-Z2-9]{8})/.exec(body)?.[1] ?? "";
  expect(code).toHaveLength(8);
  expect((await own.go("/api/messages")).body).toContain(code);
  // The same request again gets the first answer.
  expect((await own.says("邀请 王联络 县区联络员 海安", "invite")).body).toContain(code);
  const typed = await own.says(`绑定 ${code}`);
  expect(typed.body).not.toContain(code);
  expect((await own.go("/api/messages")).body).toContain("绑定 ••••••••");
  const folder = dirname(office.file);
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()))
    expect(readFileSync(join(folder, name), "latin1").includes(code), name).toBe(false);
});

describe("a sign-in ends", () => {
  test("by signing out", async () => {
    const own = await signedIn();
    const key = own.cookies.get("__Host-lantian") ?? "";
    const out = await own.form("/sign-out", {});
    expect([out.status, out.headers.location]).toEqual([303, "/sign-in"]);
    own.cookies.set("__Host-lantian", key);
    expect((await own.go("/api/session")).status).toBe(401);
  });

  test("when its owner leaves, in that second", async () => {
    const own = await signedIn();
    leaves(office, LIAISON);
    expect((await own.go("/api/session")).status).toBe(401);
    expect((await own.says("海安")).status).toBe(401);
  });
});

describe("Host, Origin and what proxies say are judged by the public address", () => {
  const PORTED = `${HOST}:443`;
  test.each<[string, Record<string, string>, boolean]>([
    ["its own name", { host: HOST }, true],
    ["its own name in capitals, with the port", { host: PORTED.toUpperCase() }, true],
    ["another name", { host: "evil.example" }, false],
    ["a longer name", { host: `${HOST}.evil.example` }, false],
    ["another port", { host: `${HOST}:8443` }, false],
    ["this machine", { host: "127.0.0.1:8020" }, false],
    ["localhost", { host: "localhost" }, false],
    ["an address", { host: "192.0.2.7" }, false],
    ["https by the proxy", { host: HOST, "x-forwarded-proto": "https" }, true],
    ["http by the proxy", { host: HOST, "x-forwarded-proto": "http" }, false],
    ["http by one of two proxies", { host: HOST, "x-forwarded-proto": "https, http" }, false],
    ["its name by the proxy", { host: HOST, "x-forwarded-host": HOST }, true],
    ["another name by the proxy", { host: HOST, "x-forwarded-host": "evil.example" }, false],
    ["another name by one of two", { host: HOST, "x-forwarded-host": `${HOST}, evil.example` }, false],
    ["all of it in one header", { host: HOST, forwarded: `for=192.0.2.1;proto=https;host="${HOST}"` }, true],
    ["http in that header", { host: HOST, forwarded: "proto=http" }, false],
    ["another name in that header", { host: HOST, forwarded: "for=192.0.2.1, host=evil.example" }, false],
  ])("%s", async (_, headers, served) => {
    const answer = await forged(url, "/sign-in", { headers });
    expect(answer.status).toBe(served ? 200 : 403);
  });

  test.each<[string, Record<string, string>, number]>([
    ["the page itself", { origin: ORIGIN }, 200],
    ["no origin", {}, 403],
    ["an origin that isn't told", { origin: "null" }, 403],
    ["the same name without TLS", { origin: `http://${HOST}` }, 403],
    ["another port", { origin: `${ORIGIN}:8443` }, 403],
    ["another site", { origin: "https://evil.example" }, 403],
    [
      "the right origin, told by a browser from elsewhere",
      { origin: ORIGIN, "sec-fetch-site": "cross-site" },
      403,
    ],
  ])("a name handed in from %s", async (_, headers, status) => {
    const sent = { "content-type": "application/x-www-form-urlencoded", host: HOST, ...headers };
    const answer = await forged(url, "/sign-in", { method: "POST", headers: sent, body: "name=a" });
    expect(answer.status).toBe(status);
  });

  test("a message of somebody who is signed in has to come from the page as well", async () => {
    const own = await signedIn();
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ id: "a1", text: "海安" });
    const say = (more: Record<string, string>) =>
      own.go("/api/say", { method: "POST", headers: { ...headers, ...more }, body });
    expect((await say({ origin: "https://evil.example" })).status).toBe(403);
    expect((await say({ origin: `http://${HOST}` })).status).toBe(403);
    expect((await say({})).status).toBe(200);
  });
});
