import ICAL from "ical.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roundsOf } from "../../src/delivery/rounds.ts";
import { webDoor } from "../../src/platforms/web/door.ts";
import { officeConsole } from "../../src/platforms/web/office-console.ts";
import { startWebConsole } from "../../src/platforms/web/server.ts";
import { signInsOf } from "../../src/platforms/web/sign-ins.ts";
import { walk } from "../../src/scheduler/walk.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { forged } from "../support/web/forged.ts";

// Read as a calendar programme reads it: over HTTP, by a parser that isn't ours.

let office: AnOffice;
let web: Awaited<ReturnType<typeof startWebConsole>>;
let machine = 0;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-19T10:00" });
  await office.advanceTo("2020-06-19T10:01");
  const rounds = roundsOf(office.bot, [webDoor(office.bot)], () => {});
  const desk = officeConsole(office.bot, { rounds, walk, machineNow: () => machine });
  web = await startWebConsole(desk, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await web.close();
  office.close();
});

const subscribe = async (who: string): Promise<string> => {
  const { text } = await office.says(who, "日程 订阅");
  const path = /\/calendar\/[\w-]+\.ics/.exec(text)?.[0];
  if (path === undefined) throw new Error(`no address in ${text}`);
  return path;
};
const statusOf = async (path: string) => (await fetch(`${web.url}${path}`)).status;
const read = async (path: string) => {
  // A minute between two looks, as the rate limit would have it.
  machine += 60_000;
  const answer = await fetch(`${web.url}${path}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const text = await answer.text();
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zone = calendar.getFirstSubcomponent("vtimezone");
  expect(zone?.getFirstPropertyValue("tzid")).toBe("Asia/Shanghai");
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      title: event.summary,
      words: event.description ?? "",
      from: event.startDate.toString(),
      to: event.endDate.toString(),
      zone: event.startDate.zone?.tzid ?? null,
      status: component.getFirstPropertyValue("status"),
    };
  });
  return {
    text,
    events,
    find: (title: string, from: string) => events.find((e) => e.title === title && e.from.startsWith(from)),
  };
};

test("a calendar programme reads what an official's calendar holds, in the office's zone", async () => {
  const { events, find, text } = await read(await subscribe("市办"));
  expect(find("空气质量周通报", "2020-06-22")).toMatchObject({
    from: "2020-06-22T09:00:00",
    to: "2020-06-22T09:30:00",
    zone: "Asia/Shanghai",
    sequence: 0,
    status: "CONFIRMED",
  });
  // The eve of the holiday, since the Friday is off; and the holiday itself, whose end is the day behind it.
  expect(find("周五清单", "2020-06-24")?.words).toContain("原定6月26日 09:00，逢放假提前");
  expect(find("端午放假", "2020-06-25")).toMatchObject({ from: "2020-06-25", to: "2020-06-28" });
  expect(find("5月进度填报截止", "2020-06-05")).toBeDefined();
  expect(events.some(({ title }) => title.endsWith("件问题整改到期"))).toBe(true);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  // What comes every working day would fill the calendar.
  expect(events.some(({ title }) => title === "填报提醒")).toBe(false);
  expect(events.every(({ words }) => words.endsWith("演示数据，非真实监测结果"))).toBe(true);
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text).not.toMatch(/[^\r]\n/);
});

test("a moved slot stays the same event with a higher number, a paused one is cancelled, and the reason is kept whole", async () => {
  const path = await subscribe("市办");
  const before = (await read(path)).find("空气质量周通报", "2020-06-22");
  const reason =
    "领导外出；先开会, 再发\\不急，等市领导、各部门负责同志全部返回并逐项核对本周数据以后再统一发出";
  expect((await office.says("市办", `改期 周通报 6月22日 到 6月23日10时 “${reason}”`)).code).toBeNull();
  const moved = (await read(path)).find("空气质量周通报", "2020-06-23");
  expect(moved).toMatchObject({ uid: before?.uid, sequence: 1, from: "2020-06-23T10:00:00" });
  expect(moved?.words).toContain(reason);
  await office.says("市办", "暂停 周五清单 到6月30日 “试”");
  expect((await read(path)).find("周五清单", "2020-06-24")).toMatchObject({ status: "CANCELLED" });
  expect((await read(path)).find("周五清单", "2020-07-03")).toMatchObject({ status: "CONFIRMED" });
  await office.says("市办", "恢复 周五清单");
});

test("others read what concerns them, and no counts or reasons of the office's", async () => {
  const path = await subscribe("海安联络员");
  const { events, find } = await read(path);
  expect(find("空气质量周通报", "2020-06-23")?.words).toBe(
    "待发；由6月22日 09:00改期\n演示数据，非真实监测结果",
  );
  expect(find("周五清单", "2020-06-24")).toBeDefined();
  expect(events.some(({ title }) => title === "周一早报")).toBe(false);
  expect((await read(await subscribe("市领导"))).events.some(({ title }) => title === "周一早报")).toBe(true);
});

test("an address is dead once another is given, it is ended, or its holder has left; a guess opens nothing", async () => {
  const first = await subscribe("如皋联络员");
  const second = await subscribe("如皋联络员");
  expect([await statusOf(first), await statusOf(second)]).toEqual([404, 200]);
  expect((await office.says("如皋联络员", "日程 退订")).card.title).toBe("已退订日程");
  expect(await statusOf(second)).toBe(404);
  expect((await office.says("如皋联络员", "日程 退订")).code).toBe("already-done");
  const third = await subscribe("如皋联络员");
  expect(await statusOf(third)).toBe(200);
  await office.says("市办", "离任 如皋联络员");
  expect(await statusOf(third)).toBe(404);
  expect(await statusOf("/calendar/x.ics")).toBe(404);
});

test("the secret is kept nowhere", async () => {
  const path = await subscribe("市领导");
  const secret = path.slice("/calendar/".length, -".ics".length);
  const kept = await office.bot.store.read(async (r) =>
    JSON.stringify([await r.audit.latest(20), await r.outbox.after(0)]),
  );
  expect(kept).not.toContain(secret);
  expect(await office.bot.store.read((r) => r.calendarFeeds.holder(secret))).toBeNull();
});

test("on a network it is reached without signing in, under the public address alone; nothing else is", async () => {
  const { bot } = office;
  const signIns = signInsOf(bot, { origin: "https://lantian.example.gov.cn", send: async () => undefined });
  const rounds = roundsOf(bot, [], () => {});
  const open = await startWebConsole(officeConsole(bot, { rounds, walk, signIns }), {
    host: "127.0.0.1",
    port: 0,
    way: { kind: "public", origin: "https://lantian.example.gov.cn" },
    signIns,
  });
  const path = await subscribe("市办");
  const get = async (where: string, host = "lantian.example.gov.cn") =>
    (await forged(open.listensAt, where, { headers: { host } })).status;
  expect([await get(path), await get("/calendar/guess.ics"), await get("/api/session")]).toEqual([
    200, 404, 401,
  ]);
  expect(await get(path, "evil.example.com")).toBe(403);
  await open.close();
});

test("whoever asks too often waits", async () => {
  const path = await subscribe("督查");
  const statuses = new Set<number>();
  for (let i = 0; i < 62; i++) statuses.add(await statusOf(path));
  expect([...statuses]).toEqual([200, 429]);
  machine += 10_000;
  expect(await statusOf(path)).toBe(200);
});
