import { afterAll, beforeAll, expect, test } from "vitest";
import { bulletin, issues } from "../support/bulletin.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
  const units = [{ regionId: "haian" }, { regionId: "rugao" }];
  const answer = () => ({ units, within: 5, asks: ["cause", "date"] as const });
  issues(office, bulletin({ signing: "none" }, { answer }));
  await office.advanceTo("2020-06-17T09:01");
});
afterAll(() => office.close());

const form = { cause: "施工扬尘", measures: "增加洒水", date: "6月30日" };
const rollCall = async () =>
  (await office.cardsOf("市办")).findLast(({ title }) => title.startsWith("回复情况"));

test("whoever has to answer is told by which day, counted in working days, with the form", async () => {
  const asked = await office.says("海安领导", "回复 1号");
  // Five working days from the 17th, two of 端午 left out.
  expect(asked.text).toContain("请于2020年6月24日前回复");
  expect(asked.labels).toContain("回复");
  expect((await office.says("如东领导", "文件 1号")).labels).not.toContain("回复");
  expect((await rollCall())?.title).toBe("回复情况 0/2：快讯〔2020〕1号");
});

test("a unit answers once, by what is asked for; the office's roll-call follows in its place", async () => {
  await office.says("海安领导", "回复 1号");
  expect((await office.presses("海安领导", "回复", { measures: "增加洒水" })).message).toContain(
    "原因、完成时间",
  );
  expect((await office.presses("海安领导", "回复", form)).facts).toMatchObject({ answered: true });
  expect((await rollCall())?.title).toBe("回复情况 1/2：快讯〔2020〕1号");
  const { facts, text } = await office.says("市办", "文件 1号");
  expect(facts.answered).toBe(1);
  expect(text).toMatch(/海安.*施工扬尘.*增加洒水.*6月30日/);
  expect((await office.says("海安联络员", "回复 1号")).labels).not.toContain("回复");
});

test("after its day it is said who hasn't", async () => {
  await office.advanceTo("2020-06-28T10:00");
  expect((await office.says("市办", "文件 1号")).text).toMatch(/如皋.*逾期未回复/);
});
