import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lookAtKept } from "../../src/ops/look-at-kept.ts";
import { sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { aScene, handedOn, taken } from "../support/scenes.ts";

// What a reviewer is told of a unit's pictures. Nothing of it keeps the unit from handing in.

const HAIAN = "NT-2020-000006";
const SITE = { latitude: 32.5331, longitude: 120.4676 };

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
let rudong: string;
beforeAll(async () => {
  office = await anOffice();
  sends = sendingTo(office);
  rudong = (await office.says("市办", "交办 如东 “料堆未覆盖” 5个工作日")).facts.issue.no;
  for (const [who, no] of [
    ["海安联络员", HAIAN],
    ["如东联络员", rudong],
  ] as const) {
    await office.says(who, no);
    await office.presses(who, "签收");
  }
});
afterAll(() => office.close());

const pictureOf = async (seed: number) => aScene(seed);
/** What the reviewer, or somebody else, is told of the newest picture. */
const remarks = async (no: string, who = "督查"): Promise<string[]> =>
  (await office.says(who, no)).facts.issue.evidence.at(-1).remarks;

test("a picture handed in for another issue is found though another app has saved it anew", async () => {
  expect((await sends("如东联络员", `${rudong} 整改后`, { bytes: await pictureOf(1) })).code).toBeNull();
  expect(await remarks(rudong)).toEqual([]);
  const copy = await handedOn(await pictureOf(1));
  expect((await sends("海安联络员", `${HAIAN} 整改后`, { bytes: copy, name: "苫盖.jpg" })).code).toBeNull();
  expect(await remarks(HAIAN)).toEqual([`与${rudong}整改后照片几乎相同`]);
  expect((await office.says("督查", HAIAN)).text).toContain(
    `照片请核对：整改后照片“苫盖.jpg”与${rudong}整改后照片几乎相同。`,
  );
  // Whoever may not see the other issue isn't told its number.
  expect(await remarks(HAIAN, "海安联络员")).toEqual(["与另一件问题的整改后照片几乎相同"]);
  const list = await office.says("督查", `照片 ${HAIAN}`);
  expect(list.facts.evidence.at(-1).remarks).toEqual([`与${rudong}整改后照片几乎相同`]);
  expect(list.text).toContain("请核对");
});

test("the very same file is called the same", async () => {
  await sends("海安联络员", `${HAIAN} 整改后`, { bytes: await pictureOf(1) });
  expect(await remarks(HAIAN)).toEqual([`与${rudong}整改后照片相同`]);
});

test("before and after that are nearly the same are remarked; several of one thing aren't", async () => {
  const scene = await pictureOf(2);
  await sends("海安联络员", `${HAIAN} 整改前`, { bytes: scene });
  await sends("海安联络员", `${HAIAN} 整改前`, { bytes: await handedOn(scene) });
  expect(await remarks(HAIAN)).toEqual([]);
  await sends("海安联络员", `${HAIAN} 整改后`, { bytes: await handedOn(await handedOn(scene)) });
  expect(await remarks(HAIAN)).toEqual(["与本件整改前照片几乎相同"]);
});

test("a time before the order, and one that is still to come", async () => {
  await office.advanceTo("2020-06-15T12:00");
  const at = async (kind: string, when: string, seed: number) => {
    await sends("海安联络员", `${HAIAN} ${kind}`, {
      bytes: await taken(await pictureOf(seed), { at: when }),
    });
    return remarks(HAIAN);
  };
  expect(await at("整改后", "2020-05-30T09:30:00", 3)).toEqual(["拍摄时间（2020-05-30 09:30）早于交办"]);
  expect(await at("整改前", "2020-05-30T09:30:00", 4)).toEqual([]);
  expect(await at("整改后", "2020-06-15T11:00:00", 5)).toEqual([]);
  // Cameras' clocks aren't exact.
  expect(await at("整改后", "2020-06-15T12:09:00", 6)).toEqual([]);
  expect(await at("整改后", "2020-06-15T12:11:00", 7)).toEqual(["拍摄时间（2020-06-15 12:11）晚于收到时间"]);
});

test("a place further from the issue's than the pack allows; the first located picture of before says where that is", async () => {
  const there = async (kind: string, position: { latitude: number; longitude: number }, seed: number) => {
    await sends("海安联络员", `${HAIAN} ${kind}`, {
      bytes: await taken(await pictureOf(seed), { position }),
    });
    return remarks(HAIAN);
  };
  expect(await there("整改后", SITE, 8)).toEqual([]);
  await there("整改前", SITE, 9);
  expect(await there("整改后", { ...SITE, latitude: SITE.latitude + 0.004 }, 10)).toEqual([]);
  expect(await there("整改后", { ...SITE, latitude: SITE.latitude + 0.005 }, 11)).toEqual([
    "拍摄位置距问题地点约560米",
  ]);
  expect(await there("整改后", { ...SITE, latitude: SITE.latitude + 0.02 }, 12)).toEqual([
    "拍摄位置距问题地点约2.2公里",
  ]);
});

test("none of it refuses; in the next round what was taken before it began is remarked", async () => {
  await office.says("海安联络员", HAIAN);
  expect((await office.presses("海安联络员", "提交整改", { measures: "已覆盖" })).code).toBeNull();
  const told = (await office.cardsOf("海安领导")).at(-1);
  expect(JSON.stringify(told?.blocks)).toContain("照片请核对");
  await office.says("海安领导", HAIAN);
  await office.advanceTo("2020-06-16T10:00");
  await office.presses("海安领导", "复核不通过", { text: "仍有裸土" });
  // Of the round before nothing is said on the card any more; 照片 keeps it.
  expect((await office.says("督查", HAIAN)).text).not.toContain("照片请核对");
  await sends("海安联络员", `${HAIAN} 整改后`, {
    bytes: await taken(await pictureOf(13), { at: "2020-06-15T11:30:00" }),
  });
  expect(await remarks(HAIAN)).toEqual(["拍摄时间（2020-06-15 11:30）早于第2轮整改开始"]);
});

test("pictures from before it was known what they look like are looked at, once, and found from then on", async () => {
  await sends("如东联络员", `${rudong} 整改后`, { bytes: await pictureOf(20) });
  const raw = new Database(office.file);
  const all = raw.prepare("delete from picture_look").run().changes;
  raw.close();
  expect(await lookAtKept(office.bot)).toBe(all);
  expect(await lookAtKept(office.bot)).toBe(0);
  await sends("海安联络员", `${HAIAN} 整改后`, { bytes: await handedOn(await pictureOf(20)) });
  expect(await remarks(HAIAN)).toEqual([`与${rudong}整改后照片几乎相同`]);
});
