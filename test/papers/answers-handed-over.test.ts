import { afterAll, beforeAll, expect, test } from "vitest";
import { bulletin, issues } from "../support/bulletin.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// An answer that a unit owes doesn't go with whoever would have given it.

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-16T10:00" });
  const units = [{ regionId: "qidong" }, { regionId: "rudong" }, { departmentId: "housing" }];
  const answer = () => ({ units, within: 5, asks: ["cause"] as const });
  issues(office, bulletin({ signing: "none" }, { answer }));
  await office.advanceTo("2020-06-17T09:01");
});
afterAll(() => office.close());

const paperOn = (facts: { handover: { items: { kind: string }[] } }) =>
  facts.handover.items.filter(({ kind }) => kind === "paper");
const owed = { kind: "paper", no: "1号", what: "回复", due: "2020-06-24" };

test("a liaison goes on leave: whoever stands in has it on the list, and answers for the county", async () => {
  await office.says("如东联络员", "请假 6月17日到6月19日 由如东领导代理");
  const list = (await office.cardsOf("如东领导")).find(({ title }) => title.includes("由您代理如东联络员"));
  expect(JSON.stringify(list)).toContain("每日快讯（2020-06-16）");
});

test("a county's liaison leaves: it passes to the county's lead, with its day", async () => {
  const { facts } = await office.says("市办", "离任 启东联络员");
  expect(paperOn(facts)).toEqual([{ ...owed, title: "每日快讯（2020-06-16）", to: "启东领导" }]);
  expect((await office.says("启东领导", "今日")).facts.papersToAnswer).toHaveLength(1);
});

test("a department's only one leaves: the office reads that nobody answers", async () => {
  const { facts, text } = await office.says("市办", "离任 住建联络员");
  expect(paperOn(facts)).toMatchObject([{ ...owed, to: "" }]);
  expect(text).toContain("暂无人接手，请市办安排");
});

test("what is answered passes to nobody", async () => {
  await office.says("如东领导", "回复 1号");
  await office.presses("如东领导", "回复", { cause: "秸秆焚烧", measures: "加密巡查" });
  expect(paperOn((await office.says("市办", "离任 如东联络员")).facts)).toEqual([]);
});
