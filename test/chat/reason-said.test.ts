import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// What is said behind the number of something is why: the form of the act holds it already, quoted or not.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterAll(() => office.close());

/** What the field of a button's form holds on the card that answers a phrase. */
async function held(who: string, phrase: string, label: string, field = "text") {
  const { card } = await office.says(who, phrase);
  const button = card.buttons.find((one) => one.label === label);
  return button?.kind === "press"
    ? (button.fields.find(({ name }) => name === field)?.value ?? null)
    : "none";
}

test.each([
  ["住建联络员", "暂停夜施 1 扰民", "暂停", "扰民"],
  ["住建联络员", "暂停夜施 1号 “群众投诉，噪声扰民”", "暂停", "群众投诉，噪声扰民"],
  ["住建联络员", "暂停夜施 1 海安群众 6月10日投诉扰民", "暂停", "海安群众 6月10日投诉扰民"],
  ["住建联络员", "暂停夜施 1：工地扬尘", "暂停", "工地扬尘"],
  ["住建联络员", "夜施 1 暂停 噪声投诉", "暂停", "噪声投诉"],
  ["住建联络员", "不批夜施 2 材料不全", "不予批准", "材料不全"],
  ["市办", "撤回记录 1 填错了", "撤回记录", "填错了"],
  ["市办", "取消保障 进博会 活动延期", "取消保障", "活动延期"],
  ["市办", "取消保障 “进博会” 活动延期 另行通知", "取消保障", "活动延期 另行通知"],
])("%s：%s", async (who, phrase, label, text) => {
  expect(await held(who, phrase, label)).toBe(text);
});

test("移出清单 takes the reason behind the enterprise's name", async () => {
  const phrase = "移出清单 “演示·海安铸造有限公司” 已关停";
  expect(await held("市办", phrase, "移出清单", "reason")).toBe("已关停");
});

test("an exemption: the cause by its word, the rest as what was found", async () => {
  const found = (phrase: string) =>
    Promise.all(["why", "text"].map((field) => held("市办", phrase, "取消豁免", field)));
  expect(await found("取消豁免 1 弄虚作假")).toEqual(["弄虚作假", null]);
  expect(await found("取消豁免 1 弄虚作假 台账造假")).toEqual(["弄虚作假", "弄虚作假 台账造假"]);
  expect(await found("豁免 1 取消 未落实措施")).toEqual([null, "未落实措施"]);
  const asked = "申报豁免 如皋 “文峰路管网工地” 建设施工 6月15日至9月30日 措施 湿法作业 批准单位 市住建局";
  const { id } = (await office.says("如皋联络员", asked)).facts.exemption;
  // Not the order with that number is refused.
  expect(await held("市办", `不同意豁免 ${id} 材料不全`, "不同意")).toBe("材料不全");
});

test("what is only asked is no reason, and the form of another act stays empty", async () => {
  expect(await held("住建联络员", "夜施 1 现在怎么样", "暂停")).toBeNull();
  expect(await held("住建联络员", "夜施 1", "暂停")).toBeNull();
  expect(await held("市办", "工作记录 1 谢谢", "撤回记录")).toBeNull();
  expect((await office.says("市办", "提醒函 海安 5月")).facts.month).toBe("2020-05");
});

test("pressed as it stands the act has the reason", async () => {
  await office.says("住建联络员", "暂停夜施 1 扰民");
  const { facts } = await office.presses("住建联络员", "暂停", {
    text: (await held("住建联络员", "暂停夜施 1 扰民", "暂停")) ?? "",
  });
  expect(facts.permit).toMatchObject({ state: "suspended", reason: "扰民" });
});
