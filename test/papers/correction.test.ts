import { afterAll, beforeAll, expect, test } from "vitest";
import { importCard } from "../../src/incoming/import-card.ts";
import { textOf } from "../../src/ops/card-text.ts";
import { bulletin, issues } from "../support/bulletin.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
  issues(office, bulletin());
  await office.advanceTo("2020-06-17T09:00");
  await office.presses("市办", "审核通过");
  await office.presses("市领导", "签发");
  await office.advanceTo("2020-06-17T09:05");
});
afterAll(() => office.close());

const stands = async (no: string) => (await office.says("市办", `文件 ${no}`)).facts;

test("nothing is corrected while the figures stand", async () => {
  expect((await office.says("市办", "更正公文 1号")).message).toContain("没有变化");
  expect((await office.says("市领导", "更正公文 1号")).message).toContain("须由市办");
});

test("a correction of the data names the paper with old and new values, and how to correct it", async () => {
  const before = await stands("1号");
  const head = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";
  const result = await importText(office, [head, "2020-06-16,海安,99,110,8,30,0.7,90"]);
  expect(result).toMatchObject({
    affected: [
      {
        ...{ no: "1号", number: "快讯〔2020〕1号" },
        changes: [{ of: "海安", printed: String(before.figures.pm25), now: "99" }],
      },
    ],
  });
  const card = importCard("空气.csv", result);
  expect(textOf(card)).toContain("更正 1号");
  expect(card.buttons).toContainEqual({ kind: "say", label: "更正1号", say: "更正公文 1号" });
  expect(await stands("1号")).toEqual(before);
});

test("the correction is drafted with a table, takes the same course, and has its own number", async () => {
  const before = await stands("1号");
  // An issue of this number is there, too.
  expect((await office.says("市办", "更正 1号")).facts.asks).toEqual(["1号", "NT-2020-000001"]);
  const drafted = await office.says("市办", "更正公文 1号");
  expect(drafted.text).toContain("1处数字更正");
  expect((await stands("2号")).corrects).toBe("1号");
  expect((await office.says("市办", "更正公文 1号")).facts.no).toBe("2号");
  await office.says("市办", "审核 2号");
  await office.says("市领导", "签发 2号");
  expect(await stands("2号")).toMatchObject({
    state: "issued",
    number: "快讯〔2020〕2号",
    figures: { pm25: 99 },
  });
  const { state, ...rest } = await stands("1号");
  expect(state).toBe("corrected");
  expect({ ...rest, read: 0 }).toEqual({ ...before, read: 0, state: undefined });
  await office.advanceTo("2020-06-17T09:15");
  const told = (await office.cardsOf("海安领导")).findLast(({ title }) => title.includes("更正"));
  expect(told?.title).toContain("关于更正每日快讯（2020-06-16）的通知");
  expect((await office.says("市办", "更正公文 1号")).message).toContain("已经更正过");
});

test("the card that brought the old one says so, and leads to the one that counts", async () => {
  const brought = (await office.cardsOf("海安领导")).find(({ title }) => title === "每日快讯（2020-06-16）");
  expect(JSON.stringify(brought?.blocks)).toContain("本文件已更正，以快讯〔2020〕2号为准。");
  expect(brought?.buttons).toContainEqual({ kind: "say", label: "看更正", say: "文件 2号" });
  expect((await office.says("海安领导", "文件 2号")).text).not.toContain("以快讯〔2020〕2号为准");
});
