import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { roundsOf } from "../../src/delivery/rounds.ts";
import { hoursOfDay } from "../../src/domain/air/hour-number.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { officeConsole } from "../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../src/platforms/web/server.ts";
import { signInsOf } from "../../src/platforms/web/sign-ins.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { forged } from "../support/web/forged.ts";

// As a machine sends hours: over HTTP, with nothing but its secret.

const NAME = "演示·海安一号站";
const NOW = "2020-06-15T08:30";
/** A day of which the demonstration has no hours. */
const DAY = "2020-06-03";

let office: AnOffice;
let web: Awaited<ReturnType<typeof startWebConsole>>;
let secret: string;
let machine = 0;
beforeAll(async () => {
  office = await anOffice({ at: NOW });
  const rounds = roundsOf(office.bot, [webDoor(office.bot)], () => {});
  web = await startWebConsole(officeConsole(office.bot, { rounds, walk, machineNow: () => machine }), {
    host: "127.0.0.1",
    port: 0,
  });
  secret = await added("国控站数据平台");
});
afterAll(async () => {
  await web.close();
  office.close();
});
beforeEach(() => {
  machine += 600_000;
});

const added = async (name: string) => {
  const { text } = await office.says("市办", `新增数据接入 ${name}`);
  const found = /令牌[：:]?\s*([\w-]{32})/.exec(text)?.[1];
  if (found === undefined) throw new Error(`no secret in ${text}`);
  return found;
};
const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${web.url}/ingest/hourly`, {
    method: "POST",
    headers: {
      connection: "close",
      authorization: `Bearer ${secret}`,
      "content-type": typeof body === "string" ? "text/csv" : "application/json",
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
};
const hour = (label: number, more: object = {}) => ({
  time: `${DAY} ${String(label).padStart(2, "0")}:00`,
  station: NAME,
  "PM2.5": 30 + (label % 3),
  PM10: 50 + (label % 4),
  SO2: 8 + (label % 2),
  NO2: 20 + (label % 3),
  CO: 0.7 + (label % 2) / 10,
  O3: 80 + label,
  ...more,
});
const stored = async (id = "demo-haian-1") => {
  const { first, last } = hoursOfDay(DAY);
  return office.bot.store.read((r) => r.air.hours(id, first, last));
};

test("hours come in as JSON, out of order and twice without another effect, corrected with one", async () => {
  expect(await post({ hours: [hour(3), hour(1)] })).toMatchObject({
    status: 200,
    body: { ok: true, kind: "hourly-air", rows: 2, added: 2, corrected: 0, unchanged: 0, affected: [] },
  });
  expect((await post({ hours: [hour(2), hour(1), hour(3)] })).body).toMatchObject({ added: 1, unchanged: 2 });
  expect((await stored()).map((row) => row["PM2.5"])).toEqual([31, 32, 30]);
  expect((await post({ hours: [hour(2, { "PM2.5": 35 })] })).body).toMatchObject({
    corrected: 1,
    batch: expect.any(Number),
  });
  expect((await stored())[1]).toMatchObject({ "PM2.5": 35, PM10: 52, CO: 7 });
  await post({ hours: [hour(4, { PM10: null, O3: "84" })] });
  expect((await stored())[3]).toMatchObject({ "PM2.5": 31, PM10: null, O3: 84 });
  expect((await office.says("市办", "审计")).text).toContain("数据接入 国控站数据平台");
});

test("and as CSV, by the reader of files; only hours", async () => {
  const csv = `时间,站点,PM2.5,CO\n${DAY} 05:00,${NAME},33,0.8\n`;
  expect((await post(csv)).body).toMatchObject({ ok: true, added: 1 });
  const daily = await post(`日期,站点,PM2.5\n${DAY},${NAME},33\n`);
  expect(daily).toMatchObject({ status: 422, body: { ok: false, error: { code: "import-rejected" } } });
});

test.each<[string, unknown, object]>([
  [
    "a station that nobody knows",
    { hours: [hour(9), hour(9, { station: "无此站" })] },
    { row: 2, column: "站点" },
  ],
  [
    "an hour that isn't over: a clock that is fast",
    { hours: [hour(9, { time: "2020-06-15 09:00" })] },
    { row: 1, column: "时间" },
  ],
  [
    "half an hour",
    { hours: [hour(9, { time: `${DAY} 09:30` })] },
    { row: 1, column: "时间", value: `${DAY} 09:30` },
  ],
  [
    "no number",
    { hours: [hour(9), hour(10), hour(11, { PM10: true })] },
    { row: 3, column: "PM10", value: "true" },
  ],
  ["what hours don't have", { hours: [hour(9, { PM25: 3 })] }, { row: 1, column: "PM25" }],
  ["a filler", { hours: [hour(9, { "PM2.5": -999 })] }, { row: 1, column: "PM2.5", value: "-999" }],
  ["a station that is no text", { hours: [hour(9, { station: 7 })] }, { column: "station", value: "7" }],
  ["a code that is no text", { hours: [hour(9, { code: 7 })] }, { column: "code", value: "7" }],
  ["no time", { hours: [hour(9, { time: undefined })] }, { column: "time", value: "" }],
  ["a time that is no text", { hours: [hour(9, { time: 9 })] }, { column: "time", value: "9" }],
  ["a time without end", { hours: [hour(9, { time: `${DAY} 09:00`.padEnd(41) })] }, { column: "time" }],
  ["a name without end", { hours: [hour(9, { station: NAME.padEnd(101) })] }, { column: "station" }],
  [
    "a figure without end",
    { hours: [hour(9, { O3: "80".padEnd(41) })] },
    { column: "O3", reason: "请填数字，没有数据填 null" },
  ],
  ["no object", { hours: [hour(9), [3]] }, { row: 2, column: "" }],
  [
    "two values for one hour",
    { hours: [hour(9), hour(9, { O3: 3 })] },
    { row: 1, column: "O3", reason: expect.stringContaining("第2行") },
  ],
  ["no row", `时间,站点,PM2.5\n${DAY} 9点半,${NAME},33\n`, { row: 2, column: "时间" }],
])("%s is refused with its row, and nothing enters", async (_, body, cell) => {
  const before = await stored();
  const answer = await post(body);
  expect(answer).toMatchObject({
    status: 422,
    body: { ok: false, rejected: expect.arrayContaining([expect.objectContaining(cell)]) },
  });
  expect(await stored()).toEqual(before);
});

test.each<[string, unknown, Record<string, string>, number]>([
  ["without a secret", { hours: [hour(9)] }, { authorization: "" }, 401],
  ["with another", { hours: [hour(9)] }, { authorization: "Bearer abc" }, 401],
  ["that is no JSON", { hours: [hour(9)] }, { "content-type": "text/plain" }, 415],
  ["without hours", { hours: [] }, {}, 422],
  ["of nothing", {}, {}, 422],
  ["of more than 2 MB", `时间,站点,PM2.5\n${"x".repeat(2 * 1024 * 1024)}`, {}, 413],
  ["of more than 5000 rows", { hours: Array.from({ length: 5001 }, () => 0) }, {}, 422],
])("what is sent %s is refused", async (_, body, headers, status) => {
  expect((await post(body, headers)).status).toBe(status);
});

test("a secret opens nothing else, is kept nowhere, and ends when the office says so", async () => {
  for (const path of ["/api/session", "/metrics", "/health"]) {
    const answer = await fetch(`${web.url}${path}`, { headers: { authorization: `Bearer ${secret}` } });
    const without = await fetch(`${web.url}${path}`);
    expect(answer.status).toBe(without.status);
  }
  const own = await added("超级站");
  const ofOwn = { authorization: `Bearer ${own}` };
  expect((await post({ hours: [hour(12)] }, ofOwn)).status).toBe(200);
  expect(await office.says("市办", "数据接入")).toMatchObject({
    labels: ["新增", "停用国控站数据平台", "停用超级站"],
  });
  await office.presses("市办", "停用超级站");
  expect((await post({ hours: [hour(12)] }, ofOwn)).status).toBe(401);
  const sources = await office.bot.store.read((r) => r.ingestSources.standing());
  expect(JSON.stringify(sources)).not.toContain(secret);
  for (const who of ["海安联络员", "督查"])
    expect(await office.says(who, "数据接入")).toMatchObject({ code: "forbidden" });
  expect(await office.says("海安联络员", "新增数据接入 我的")).toMatchObject({ code: "forbidden" });
  expect(await office.says("市办", "新增数据接入 国控站数据平台")).toMatchObject({ code: "conflict" });
});

test("on a network a machine gets in without a sign-in, and nobody else by its secret", async () => {
  const rounds = roundsOf(office.bot, [webDoor(office.bot)], () => {});
  const signIns = signInsOf(office.bot, {
    origin: "https://lantian.example.gov.cn",
    send: async () => {},
    hears: async () => true,
  });
  const open = await startWebConsole(officeConsole(office.bot, { rounds, walk, signIns }), {
    host: "127.0.0.1",
    port: 0,
    way: { kind: "public", origin: "https://lantian.example.gov.cn" },
    signIns,
  });
  const headers = {
    ...{ host: "lantian.example.gov.cn", "x-forwarded-proto": "https", "content-type": "text/csv" },
    authorization: `Bearer ${secret}`,
  };
  const body = `时间,站点,PM2.5\n${DAY} 20:00,${NAME},33\n`;
  const send = (path: string, method: string) => forged(open.listensAt, path, { method, headers, body });
  expect(await send("/ingest/hourly", "POST")).toMatchObject({
    status: 200,
    body: expect.stringContaining('"added":1'),
  });
  for (const path of ["/", "/api/session", "/metrics"])
    expect((await send(path, "GET")).status).not.toBe(200);
  await open.close();
});

test("whoever guesses secrets is stopped", async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 70; i++)
    statuses.add((await post({ hours: [] }, { authorization: `Bearer guess${i}` })).status);
  expect(statuses).toEqual(new Set([401, 429]));
});
