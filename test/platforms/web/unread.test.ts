import { afterAll, beforeAll, expect, test } from "vitest";
import { roundsOf } from "../../../src/delivery/rounds.ts";
import { webDoor } from "../../../src/platforms/web/door.ts";
import { officeConsole } from "../../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../../src/platforms/web/server.ts";
import { walk } from "../../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { sendLarge } from "../../support/web/unread.ts";

const MB = 1024 * 1024;
/** What a stranger may cost: the head, and what stood in the line already. */
const A_LITTLE = MB;

let office: AnOffice;
let web: Awaited<ReturnType<typeof startWebConsole>>;

beforeAll(async () => {
  office = await anOffice();
  const rounds = roundsOf(office.bot, [webDoor(office.bot)], () => undefined);
  // The clock of the flood rule stands still.
  const service = officeConsole(office.bot, { rounds, walk, machineNow: () => 1_000_000 });
  web = await startWebConsole(service, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await web.close();
  office.close();
});

async function cookieOf(name: string): Promise<string> {
  const Cookie = (await fetch(`${web.url}/api/session`)).headers.get("set-cookie")?.split(";")[0] ?? "";
  const id = (await office.bot.store.read((r) => r.people.byName(name)))?.id;
  const headers = { Cookie, Origin: web.url, "Content-Type": "application/json" };
  await fetch(`${web.url}/api/persona`, { method: "POST", headers, body: JSON.stringify({ id }) });
  return Cookie;
}

const PARTS = { "Content-Type": "multipart/form-data; boundary=b", "Content-Length": String(15 * MB) };
const JSON_TYPE = { "Content-Type": "application/json", "Content-Length": String(15 * MB) };
const fromPage = () => ({ Origin: web.url });
const asMember = async () => ({ ...fromPage(), Cookie: await cookieOf("海安联络员") });

test.each([
  ["a stranger's file", "/api/file", async () => ({ ...fromPage(), ...PARTS }), 403],
  ["a file from another site", "/api/file", async () => ({ ...PARTS, Origin: "http://evil.example" }), 403],
  [
    "a file by a foreign host",
    "/api/file",
    async () => ({ ...fromPage(), ...PARTS, Host: "evil.example" }),
    403,
  ],
  [
    "a member's file that says it is too large",
    "/api/file",
    async () => ({ ...(await asMember()), ...PARTS, "Content-Length": String(40 * MB) }),
    413,
  ],
  [
    "words that say they are too long",
    "/api/say",
    async () => ({ ...(await asMember()), ...JSON_TYPE }),
    413,
  ],
  [
    "words without an end",
    "/api/press",
    async () => ({
      ...(await asMember()),
      "Content-Type": "application/json",
      "Transfer-Encoding": "chunked",
    }),
    413,
  ],
  ["hours without a token", "/ingest/hourly", async () => JSON_TYPE, 401],
  [
    "hours with another token, without an end",
    "/ingest/hourly",
    async () => ({
      Authorization: "Bearer nobodys",
      "Content-Type": "application/json",
      "Transfer-Encoding": "chunked",
    }),
    401,
  ],
  ["something for no address of ours", "/nothing/here", async () => ({ ...fromPage(), ...JSON_TYPE }), 404],
])("%s is refused before it is read, and its sender cut off", async (_what, path, headers, status) => {
  const sent = await sendLarge(web.url, { path, headers: await headers() }, 15 * MB);
  expect(sent.status).toBe(status);
  expect(sent.body).toMatch(/"message":".*\p{Script=Han}/u);
  expect(sent.taken).toBeLessThan(A_LITTLE);
});

test("a question that brings a body nobody asked for is answered, and the body not taken", async () => {
  const question = { method: "GET", path: "/api/session", headers: JSON_TYPE };
  const { status, taken } = await sendLarge(web.url, question, 15 * MB);
  expect(status).toBe(200);
  expect(taken).toBeLessThan(A_LITTLE);
});
