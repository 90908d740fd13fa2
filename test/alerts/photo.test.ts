import { afterAll, beforeAll, expect, test } from "vitest";
import { causePhotoPaper } from "../../src/alerts/photo-paper.ts";
import { contextOf } from "../../src/bot/lantian.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { hourNumber } from "../../src/domain/air/hour-number.ts";
import { isAboutData } from "../../src/domain/alerts/readings.ts";
import type { Person } from "../../src/store/people.ts";
import { aPdf, aPhoto, sendingTo } from "../support/evidence.ts";
import { aFeed } from "../support/hours.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// While an anomaly asks for its cause, a photo of whoever is near is the answer, with words or without.

const DAY = "2020-07-14";
const [ONE, TWO] = ["演示·海安一号站", "演示·海安二号站"];
const CHIEF = "海安点位长";
let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
let feed: Awaited<ReturnType<typeof aFeed>>;
beforeAll(async () => {
  office = await anOffice({ at: `${DAY}T08:05` });
  sends = sendingTo(office);
  feed = await aFeed(office, (name) => /海安|崇川/.test(name));
  await office.bot.store.write(async (w) => {
    const chief = await w.people.byName(CHIEF);
    if (chief !== null) await w.ownStations.take(chief.id, "demo-haian-1", 0);
  });
});
afterAll(() => office.close());

/** Two hours in a row of dust at some stations, and the hour in which they are told of. */
async function dusty(from: number, ...stations: readonly string[]): Promise<void> {
  for (const label of [from, from + 1]) {
    const two = String(label).padStart(2, "0");
    await office.advanceTo(`${DAY}T${two}:10`);
    await feed.sends(`${DAY} ${two}:00`, Object.fromEntries(stations.map((name) => [name, { PM10: 180 }])));
    await office.advanceTo(`${DAY}T${two}:25`);
  }
}
const alertsOf = async (name: string) => {
  const station = (await office.bot.store.read((r) => r.air.stations())).find((one) => one.name === name);
  const all = await office.bot.store.read((r) => r.alerts.within(hourNumber(DAY, 1), hourNumber(DAY, 24)));
  return all.filter(({ stationId, rule }) => stationId === station?.id && !isAboutData(rule));
};
const causesOf = async (name: string) => [
  ...new Set((await alertsOf(name)).map(({ cause, causeWords }) => `${cause} ${causeWords}`)),
];

test("before anything stands out a liaison's photo is asked about as ever", async () => {
  expect((await sends("海安联络员")).text).toContain("用于哪件问题");
});

test("a photo without words is kept with the anomaly, and the menu asks for the rest", async () => {
  await dusty(9, ONE);
  const told = (await office.cardsOf(CHIEF)).findLast(({ title }) => title.startsWith("异常"));
  expect(JSON.stringify(told?.blocks)).toContain("原因也可以直接发现场照片");
  const asked = await sends(CHIEF);
  expect(asked.title).toBe("已收到照片，原因是什么？");
  expect(asked.labels).toEqual(expect.arrayContaining(["工地扬尘", "其他", "不是原因，作为新问题"]));
  await office.presses(CHIEF, asked.token("工地扬尘"));
  expect(await causesOf(ONE)).toEqual(["工地扬尘 null"]);
  // A photo has one use.
  expect((await office.says(CHIEF, "无问题")).code).toBe("usage");
  // It is answered: the next photo of theirs is a find again.
  expect((await sends(CHIEF, "海安演示路堆场未覆盖")).title).toMatch(/^已登记，待市办交办/);
});

test("who sees the anomaly sees the photo; who doesn't, doesn't; and the order has it", async () => {
  const [one] = await alertsOf(ONE);
  const card = await office.says("市办", `异常 ${one?.id}`);
  expect(card.card.files?.map(({ name }) => name)).toEqual(["现场.jpg"]);
  expect((await office.opens("市办", "现场.jpg")).type).toBe("image/jpeg");
  for (const [name, may] of [
    ["海安联络员", true],
    ["如皋联络员", false],
  ] as const) {
    const seen = await office.bot.store.read(async (store) => {
      const [photo] = await store.alerts.photosOf([one?.id ?? 0]);
      const person = (await store.people.byName(name)) as Person;
      const context = { ...(await contextOf(office.bot)), store };
      return causePhotoPaper.data({ params: { evidence: photo?.id ?? 0 }, person }, context);
    });
    expect(isRefusal(seen) ? seen.code : null, name).toBe(may ? null : "forbidden");
  }
  const given = await office.presses("市办", "交办");
  expect(given.card.files?.map(({ name }) => name)).toEqual(["现场.jpg"]);
  expect((await office.says("如皋联络员", `异常 ${one?.id}`)).code).toBe("forbidden");
});

test("of several stations that ask it is asked which; words name the cause, and stay beside it", async () => {
  await dusty(13, ONE, TWO);
  // 一号站 came back within the cool-down, with a cause of its own to be said.
  await office.bot.store.write(async (w) => {
    for (const one of await w.alerts.running()) await w.alerts.change(one, { told: 1, cause: null });
  });
  await office.bot.store.write(async (w) => {
    const chief = await w.people.byName(CHIEF);
    if (chief !== null) await w.ownStations.take(chief.id, "demo-haian-2", 0);
  });
  const chiefs = await sends(CHIEF);
  const ofTwo = chiefs.labels.find((one) => one.startsWith(TWO)) ?? "";
  await office.presses(CHIEF, chiefs.token("作为新问题"), { title: "海安堆场未覆盖" });
  expect((await office.presses(CHIEF, chiefs.token(ofTwo))).code).toBe("already-done");
  const asked = await sends("海安联络员", "人民路拆迁工地未喷淋，工地扬尘");
  expect(asked.text).toContain("哪个站点的原因");
  const label = asked.labels.find((one) => one.startsWith(TWO)) ?? "";
  const settled = await office.presses("海安联络员", asked.token(label));
  expect(settled.card.title).toBe("已记录原因和照片");
  expect(await causesOf(TWO)).toEqual(["工地扬尘 人民路拆迁工地未喷淋，工地扬尘"]);
  expect((await office.presses("海安联络员", asked.token(label))).code).toBe("already-done");
});

test("by its number anybody near adds a photo to one, also when it asks no more", async () => {
  const [one] = await alertsOf(TWO);
  const added = await sends("海安领导", `异常 ${one?.id}`);
  expect(added.title).toBe("已收到照片");
  expect((await sends("如皋联络员", `异常${one?.id} 工地扬尘`)).code).toBe("forbidden");
  expect((await sends("海安联络员", "异常 99999 工地扬尘")).code).toBe("no-data");
});

test.each([
  ["an issue's number", "NT-2020-000001 整改后", undefined],
  ["a word of mending", "整改后", undefined],
  ["a patrol", "巡查 无问题", undefined],
  ["a document", undefined, aPdf()],
])("%s is no cause, whatever asks", async (_what, caption, bytes) => {
  const before = await alertsOf(ONE);
  const sending = { bytes: bytes ?? (await aPhoto(180 + before.length)), name: bytes ? "a.pdf" : "a.jpg" };
  await sends(caption?.startsWith("巡查") ? CHIEF : "海安联络员", caption, sending);
  expect(await alertsOf(ONE)).toEqual(before);
  expect(await office.bot.store.read((r) => r.alerts.photosOf(before.map(({ id }) => id)))).toHaveLength(1);
});
