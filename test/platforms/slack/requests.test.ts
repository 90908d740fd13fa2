import { afterAll, beforeAll, expect, test } from "vitest";
import { aSlackOffice, SECRET, type SlackOffice } from "../../support/slack/office.ts";
import { sendLarge } from "../../support/web/unread.ts";

let here: SlackOffice;
let user: string;
beforeAll(async () => {
  here = await aSlackOffice();
  user = await here.link("市办");
});
afterAll(() => here.close());

const rows = () => here.bot.store.read((r) => r.inbox.waiting("slack")).then((w) => w.length);
const body = () => here.sends.commandBody(user, "/county", "海安", "C0GENERAL");
const now = () => Math.floor(Date.now() / 1000);

test.each([
  ["signed with another secret", () => here.sends.raw(body(), { secret: "another" }), 401],
  ["with a signature of nothing", () => here.sends.raw(body(), { signature: "v0=" }), 401],
  ["with a signature of another version", () => here.sends.raw(body(), { signature: "v1=00" }), 401],
  ["signed, but 301 s old", () => here.sends.raw(body(), { at: now() - 302 }), 401],
  ["signed, but 61 s ahead", () => here.sends.raw(body(), { at: now() + 63 }), 401],
  ["with a time that is none", () => here.sends.raw(body(), { at: Number.NaN }), 401],
  ["larger than a megabyte", () => here.sends.raw(`text=${"x".repeat(1024 * 1024 + 1)}`), 413],
  ["signed, but no JSON", () => here.sends.raw("{", { type: "application/json" }), 400],
  ["signed, but JSON without an object", () => here.sends.raw("null", { type: "application/json" }), 400],
  ["signed, but a payload without an object", () => here.sends.raw("payload=null"), 400],
  ["that isn't UTF-8", () => here.sends.raw(Uint8Array.from([0xff, 0xfe, 0x80])), 401],
  ["to another path", () => here.sends.raw(body(), { path: "/" }), 404],
  ["by another method", () => here.sends.raw(body(), { method: "GET" }), 405],
])("a request %s is refused and leaves nothing behind", async (_, send, status) => {
  const before = here.slack.calls.length;
  expect((await send()).status).toBe(status);
  expect(await rows()).toBe(0);
  expect(here.slack.calls.length).toBe(before);
});

test.each([
  ["without a signature", {}, 413],
  ["with what can't be one", { "X-Slack-Signature": "v0=" }, 413],
  ["that says it is too large", { "X-Slack-Signature": `v0=${"a".repeat(64)}` }, 413],
  ["from the future", { "X-Slack-Request-Timestamp": String(now() + 600) }, 401],
])("15 MB %s are refused before they are read, and their sender cut off", async (_, extra, status) => {
  const form = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "15000000" };
  const sent = await sendLarge(
    here.url(),
    { path: "/slack/events", headers: { ...form, ...extra } },
    15_000_000,
  );
  expect(sent.status).toBe(status);
  expect(sent.taken).toBeLessThan(1_000_000);
});

test("an unsigned check of the certificate smuggles nothing in", async () => {
  const sent = await here.sends.raw(`ssl_check=1&${body()}`, { secret: "another" });
  expect(sent.status).toBe(200);
  expect(await rows()).toBe(0);
});

test("Slack's question for the URL is answered only when it is signed", async () => {
  const challenge = JSON.stringify({ type: "url_verification", challenge: "abc" });
  const json = { type: "application/json" };
  expect((await here.sends.raw(challenge, json)).body).toBe('{"challenge":"abc"}');
  expect((await here.sends.raw(challenge, { ...json, secret: "another" })).status).toBe(401);
});

test("captured bytes may be sent a hundred times: they are answered once", async () => {
  const captured = body();
  const at = now();
  const before = here.told(user).length;
  const N = process.env.TEST_FULL === "1" ? 1000 : 100;
  for (let i = 0; i < N; i++) expect((await here.sends.raw(captured, { at })).status).toBe(200);
  await here.settled();
  expect(here.told(user).length - before).toBe(1);
});

test("signed payloads of kinds that nobody knows are acknowledged and do nothing", async () => {
  const before = here.slack.calls.length;
  for (const payload of [{}, { type: "shortcut" }, { type: "event_callback" }, { type: "view_closed" }, []]) {
    const sent = await here.sends.raw(JSON.stringify(payload), { type: "application/json" });
    expect(sent.status).toBe(200);
  }
  await here.settled();
  expect(here.slack.calls.length).toBe(before);
});

test("what can't be committed isn't acknowledged, so that Slack sends it again", async () => {
  const { bot } = here;
  const write = bot.store.write;
  bot.store.write = () => Promise.reject(new Error("database or disk is full"));
  try {
    expect((await here.sends.event({ type: "app_home_opened", user, tab: "home" }, "EvFull")).status).toBe(
      500,
    );
  } finally {
    bot.store.write = write;
  }
  const before = here.slack.homes.size;
  expect((await here.sends.event({ type: "app_home_opened", user, tab: "home" }, "EvFull")).status).toBe(200);
  await here.settled();
  expect(here.slack.homes.size).toBe(before + 1);
});

test("a flood by one person is told to slow down, keeps nobody waiting, and leaves nothing behind", async () => {
  const colleague = await here.link("督查");
  const N = process.env.TEST_FULL === "1" ? 2000 : 200;
  const before = here.told(user).length;
  here.people.areInHaste = true;
  const flood = await Promise.all(
    Array.from({ length: N }, () => here.sends.command(user, "/county", "海安")),
  );
  const other = await here.sends.command(colleague, "/ranking");
  expect(other).toMatchObject({ status: 200, body: "" });
  expect(flood.every((r) => r.status === 200)).toBe(true);
  const slowed = flood.filter((r) => r.body.includes("太快")).length;
  expect(slowed).toBeGreaterThanOrEqual(N - 10);
  await here.settled();
  expect(here.told(colleague)).toHaveLength(1);
  expect(here.told(user).length - before).toBe(N - slowed);
  here.people.areInHaste = false;
  await here.sends.command(user, "/county", "海安");
  await here.settled();
  expect(here.told(user).length - before).toBe(N - slowed + 1);
});

test("no secret stands in the database, a fault or the log", async () => {
  const { readFileSync, existsSync } = await import("node:fs");
  for (const file of [here.office.file, `${here.office.file}-wal`]) {
    if (!existsSync(file)) continue;
    const stored = readFileSync(file, "latin1");
    for (const secret of ["canary-verification-token", SECRET, "xoxb-canary"])
      expect(stored).not.toContain(secret);
  }
  expect(here.faults.join("\n")).not.toMatch(/canary/);
  expect(new Set(here.slack.seenTokens).size).toBe(1);
});
