import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bulletin, issues } from "../support/bulletin.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// 今日 shows each what of the office's papers waits for them, and says nothing of what doesn't.

const today = (office: AnOffice, who: string) => office.says(who, "今日");

describe("a paper on its way", () => {
  let office: AnOffice;
  beforeAll(async () => {
    office = await anOffice({ at: "2020-06-16T10:00" });
    const units = [{ regionId: "qidong" }, { departmentId: "housing" }];
    issues(office, bulletin({}, { answer: () => ({ units, within: 5, asks: ["cause"] as const }) }));
  });
  afterAll(() => office.close());

  test("while there is none, nobody reads of papers", async () => {
    for (const who of ["市办", "市领导", "启东联络员"]) {
      const { text, labels } = await today(office, who);
      expect(text).not.toMatch(/文件|候选/);
      expect(labels).not.toContain("待审签");
    }
  });

  test("waits for the office's check, then for the signature of the city's lead, each with 待审签", async () => {
    await office.advanceTo("2020-06-17T09:00");
    const check = await today(office, "市办");
    expect(check.text).toMatch(/审核文件1件/);
    expect(check.facts).toMatchObject({ papersToCheck: ["1号"], papersToSign: [] });
    expect(check.labels).toContain("待审签");
    expect((await today(office, "市领导")).facts).toMatchObject({ waiting: 0, papersToSign: [] });
    await office.says("市办", "审核 1号");
    expect((await today(office, "市办")).facts.papersToCheck).toEqual([]);
    const sign = await today(office, "市领导");
    expect(sign.text).toContain("等您办的：签发文件1件");
    expect(sign.facts).toMatchObject({ waiting: 1, papersToSign: ["1号"] });
    expect((await office.presses("市领导", "待审签")).facts.mine).toMatchObject([{ no: "1号" }]);
  });

  test("issued, it waits for the answer of the units that it names, with the day; once it is given, for nobody", async () => {
    await office.says("市领导", "签发 1号");
    for (const who of ["启东联络员", "住建联络员"]) {
      const { facts, text } = await today(office, who);
      expect(facts.papersToAnswer).toEqual([{ no: "1号", due: "2020-06-24" }]);
      expect(text).toMatch(/快讯〔2020〕1号\s+回复\s+6月24日/);
    }
    for (const who of ["海安联络员", "市办", "市领导"])
      expect((await today(office, who)).facts.papersToAnswer).toEqual([]);
    await today(office, "启东联络员");
    await office.presses("启东联络员", "回复 1号");
    await office.presses("启东联络员", "回复", { cause: "工地扬尘", measures: "加密洒水" });
    expect((await today(office, "启东领导")).facts.papersToAnswer).toEqual([]);
  });

  test("past its day it is overdue; withdrawn, nobody answers it", async () => {
    await office.advanceTo("2020-06-25T10:00");
    expect((await today(office, "住建联络员")).text).toContain("6月24日（逾期）");
    await office.says("市办", "撤回公文 1号 “发错对象”");
    expect((await today(office, "住建联络员")).facts.papersToAnswer).toEqual([]);
  });
});

test("the office reads whom it has to decide on, until it has", async () => {
  const office = await anOffice();
  expect((await today(office, "市办")).text).not.toContain("候选");
  await office.advanceTo("2020-07-01T12:00");
  const { text, facts, labels } = await today(office, "市办");
  expect(text).toContain("定约谈候选1个");
  expect(facts.interviewCandidates).toEqual(["海安"]);
  expect(labels).toContain("约谈候选");
  for (const who of ["市领导", "海安联络员"])
    expect((await today(office, who)).facts).toMatchObject({ interviewCandidates: [], letterCandidates: [] });
  await office.says("市办", "约谈 海安");
  await office.presses("市办", "不约谈", { reason: "站点检修" });
  expect((await today(office, "市办")).facts.interviewCandidates).toEqual([]);
  office.close();
});

test("and to whom it may write: the last month's, less those that it struck", async () => {
  const office = await anOffice({ at: "2020-12-09T08:00" });
  await office.advanceTo("2020-12-10T12:00");
  const { facts } = await office.says("市办", "今日");
  expect(facts.letterCandidates).toContain("启东");
  await office.presses("市办", "提醒函候选");
  await office.presses("市办", "不发 启东", { reason: "新站点试运行" });
  const after = (await today(office, "市办")).facts.letterCandidates;
  expect(after).toEqual(facts.letterCandidates.filter((unit: string) => unit !== "启东"));
  office.close();
});
