import { afterAll, beforeAll, expect, test } from "vitest";
import { bulletin, issues } from "../support/bulletin.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
});
afterAll(() => office.close());

test("a slot drafts the paper, freezes what it prints, and asks whoever has to check it", async () => {
  issues(office, bulletin());
  await office.advanceTo("2020-06-17T09:00");
  await office.expectCards([{ to: "市办", title: "待审核：每日快讯（2020-06-16）" }], { job: "bulletin" });
  const list = (await office.says("市办", "文件")).facts;
  expect(list.rows).toMatchObject([{ no: "1号", number: null, kind: "bulletin", state: "draft" }]);
  const { facts } = await office.says("市办", "文件 1号");
  expect(facts).toMatchObject({
    state: "draft",
    period: "2020-06-16..2020-06-16",
    drafted: { at: "2020-06-17T09:00:00+08:00", by: null },
    issued: null,
    figures: { county: "海安", pm25: expect.any(Number) },
  });
  expect((await office.says("海安领导", "文件 1号")).message).toContain("没有1号文件");
});

test("what the pack lets go out by itself is numbered and issued at the slot", async () => {
  issues(office, bulletin({ signing: "none" }));
  await office.advanceTo("2020-06-18T09:00");
  const read = await office.says("海安领导", "文件 2号");
  expect(read.facts).toMatchObject({
    number: "快讯〔2020〕1号",
    state: "issued",
    quick: false,
    issued: { at: "2020-06-18T09:00:00+08:00" },
  });
  expect((await office.says("海安领导", "文件")).facts.rows).toMatchObject([{ no: "2号" }]);
});
