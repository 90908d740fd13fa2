import { afterAll, beforeAll, expect, test } from "vitest";
import { readAlertOrder } from "../../src/domain/responses/order-words.ts";
import type { AnOffice } from "../support/office.ts";
import { aResponseOffice, starts } from "./stage.ts";

// The province's order in the words of an officer who is in a hurry.

let office: AnOffice;
beforeAll(async () => {
  office = await aResponseOffice("2020-12-10T17:00");
});
afterAll(() => office.close());

test.each([
  ["启动橙色预警", { level: "orange" }],
  ["省里发了橙色预警，苏大气办〔2020〕3号，12月11日0时起，全市", { level: "orange", start: "12月11日0时" }],
  ["我市启动重污染天气黄色预警响应 自12月11日0时起", { level: "yellow", start: "12月11日0时" }],
  ["启动Ⅱ级响应 苏大气办〔2020〕3号", { level: "orange", documentNo: "苏大气办〔2020〕3号" }],
  ["启动橙色预警苏大气办〔2020〕3号12月11日起", { documentNo: "苏大气办〔2020〕3号", start: "12月11日0时" }],
  ["发布红色预警 12月12日", { level: "red", start: "12月12日0时" }],
])("“%s” is read as what is to be started, and starts nothing by itself", async (said, read) => {
  const { facts, labels } = await office.says("市办", said);
  expect(facts.said).toMatchObject({ drill: false, ...read });
  expect(labels).toHaveLength(1);
  expect((await office.says("市办", "应急")).facts.running).toBe(false);
});

test("until when it is expected is read, too, and stands in the form", async () => {
  const asked = await office.says("市办", "启动橙色预警 苏大气办〔2020〕3号 12月11日0时至12月13日24时 海安");
  expect(asked.text).toContain("预计至：12月14日 00:00");
  const [button] = asked.card.buttons;
  const end = button?.kind === "press" ? button.fields.find(({ name }) => name === "end") : undefined;
  expect(end?.value).toBe("12月13日24时");
  expect((await office.says("市办", "启动红色预警 13月40日")).code).toBe("bad-date");
});

test("a number that words are written together with is the number alone", () => {
  for (const said of [
    "我市根据苏大气办〔2020〕3号启动",
    "省里发布橙色预警，今天20点启动，文号苏大气办〔2020〕3号，全市",
    "启动橙色预警苏大气办〔2020〕3号",
    "按苏大气办〔2020〕3号",
  ])
    expect(readAlertOrder(said).documentNo).toBe("苏大气办〔2020〕3号");
  expect(readAlertOrder("苏污防攻坚指办预警〔2020〕12号").documentNo).toBe("苏污防攻坚指办预警〔2020〕12号");
});

test.each(["演练 橙色预警响应", "演练", "组织一次黄色演练 海安", "开展演练 红色 海安"])(
  "“%s” is a rehearsal, whatever else is lacking",
  async (said) => {
    const asked = await office.says("市办", said);
    expect(asked.facts.said.drill).toBe(true);
    expect(asked.card.title).toBe("【演练】启动应急响应：请核对");
    expect(asked.labels.filter((label) => !label.includes("【演练】"))).toEqual([]);
    const [button] = asked.card.buttons;
    const drill = button?.kind === "press" ? button.fields.find(({ name }) => name === "drill") : undefined;
    expect(drill?.value).toBe("演练");
  },
);

test("a list that is asked about rehearsals starts none", async () => {
  expect((await office.says("市办", "文件 演练")).command).toBe("documents");
});

test("what is raised, lowered or lifted by word is about what runs", async () => {
  for (const said of ["升级红色", "升级 红色", "降级 黄色", "降级到黄色", "解除预警", "解除橙色预警"])
    expect((await office.says("市办", said)).code, said).toBe("no-data");
  await starts(office, "启动橙色预警 苏大气办〔2020〕3号");
  expect((await office.says("市办", "升级为红色 苏大气办〔2020〕5号")).labels).toEqual(["升级"]);
  expect((await office.says("市办", "省里降为黄色预警了")).labels).toEqual(["降级"]);
  expect((await office.says("市办", "升级到橙色")).code).toBe("conflict");
  const lift = await office.says("市办", "省里解除橙色预警 苏大气办〔2020〕9号");
  expect(lift.labels).toEqual(["解除"]);
  expect(lift.text).toContain("苏大气办〔2020〕9号");
  expect((await office.says("海安联络员", "解除预警")).code).toBe("forbidden");
  await office.presses("市办", "解除", { documentNo: "苏大气办〔2020〕9号" });
  await starts(office, "演练 黄色 演练1号");
  expect((await office.says("市办", "演练解除")).labels).toContain("演练解除");
});

test("今日 shows what of a running response waits, marked as the rehearsal that it is", async () => {
  const today = async (who: string) => await office.says(who, "今日");
  expect((await today("海安联络员")).text).toContain("签收【演练】黄色预警响应");
  expect((await today("市办")).facts.responsesToAcknowledge).toEqual([]);
  await office.presses("海安领导", "签收");
  expect((await today("海安联络员")).facts.responsesToAcknowledge).toEqual([]);
  expect((await today("如皋联络员")).facts.responsesToAcknowledge).toHaveLength(1);
  await office.advanceTo("2020-12-11T09:05");
  const asked = await today("海安联络员");
  expect(asked.text).toContain("【演练】报执行情况");
  await office.presses("海安联络员", "报执行情况", { executing: "0" });
  expect((await today("海安联络员")).facts.responseReports).toEqual([]);
});

test("whoever has no part in a rehearsal reads that it is one", async () => {
  await office.says("市办", "演练解除");
  await office.presses("市办", "演练解除", { documentNo: "演练结束" });
  await starts(office, "演练 黄色 演练2号 如东");
  expect((await office.says("玻璃厂联系人", "应急")).message).toContain("【演练】");
});

test("what the office did for it is named in words where it is counted", async () => {
  const { text } = await office.says("市办", "负担 2020年12月");
  expect(text).toContain("启动响应");
  expect(text).not.toMatch(/response\.|[a-z]+\.[a-z]+/);
});
