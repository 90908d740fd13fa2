import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// 今日 shows whose signature permits and exemptions wait for, and what ends within days.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterAll(() => office.close());

const today = async (who: string) => (await office.says(who, "今日")).facts;

test("a permit that waits is shown to whoever grants it, until it is decided", async () => {
  const before = (await today("住建联络员")).nightsToGrant;
  const { facts } = await office.says(
    "如东联络员",
    "申请夜施 如东 “人民路工地” 6月18日至6月20日 依据 混凝土连续浇筑",
  );
  const { id } = facts.permit;
  const shown = await office.says("住建联络员", "今日");
  expect(shown.facts.nightsToGrant).toEqual(expect.arrayContaining([...before, id]));
  expect(shown.text).toContain(`批夜间施工许可${before.length + 1}件`);
  expect((await today("如东联络员")).nightsToGrant).toEqual([]);
  expect((await today("市办")).nightsToGrant).not.toContain(id);
  await office.says("住建联络员", `夜施 ${id}`);
  await office.presses("住建联络员", "批准");
  expect((await today("住建联络员")).nightsToGrant).not.toContain(id);
});

test("an exemption waits for the second signature, and is shown again in the week of its end", async () => {
  const said = "申报豁免 海安 “演示新材料有限公司” 绩效A级 今天到6月20日 措施 自主减排 批准单位 市生态环境局";
  const { id } = (await office.says("海安联络员", said)).facts.exemption;
  expect((await today("市办")).exemptionsToSecond).toContain(id);
  expect((await today("海安联络员")).exemptionsToSecond).toEqual([]);
  await office.says("市办", `豁免 ${id}`);
  await office.presses("市办", "同意列入");
  const county = await today("海安联络员");
  expect(county.exemptionsEnding).toContain(id);
  expect((await today("如皋联络员")).exemptionsEnding).not.toContain(id);
  expect((await today("市办")).exemptionsToSecond).not.toContain(id);
});

test("what is to be done with one of them is said with its number or its name, and its card has the button", async () => {
  const said =
    "申报豁免 海安 “演示高分子新材料有限公司” 绩效A级 今天到年底 措施 自主减排 批准单位 市生态环境局";
  const { id } = (await office.says("海安联络员", said)).facts.exemption;
  expect((await office.says("市办", `同意豁免 ${id}`)).labels).toContain("同意列入");
  await office.presses("市办", "同意列入");
  const revoked = await office.says("市办", `取消豁免 ${id} 弄虚作假`);
  const button = revoked.card.buttons.find(({ label }) => label === "取消豁免");
  const why = button?.kind === "press" ? button.fields.find(({ name }) => name === "why") : undefined;
  expect(why?.value).toBe("弄虚作假");
  expect((await office.says("市办", "豁免 海安高分子新材料")).facts.exemption.id).toBe(id);
  expect((await office.says("市办", "豁免 新材料")).code).toBe("usage");
  expect((await office.says("如皋联络员", "豁免 高分子新材料")).code).toBe("no-data");

  const night = "申请夜施 如东 “城西路工地” 6月18日至6月20日 依据 混凝土连续浇筑";
  const { id: no } = (await office.says("如东联络员", night)).facts.permit;
  expect((await office.says("住建联络员", `批准夜施 ${no}`)).labels).toContain("批准");
  await office.presses("住建联络员", "批准");
  expect((await office.says("住建联络员", `暂停夜施 ${no}`)).labels).toContain("暂停");
});

test("a county that applies for nights isn't asked which county it is; the office is", async () => {
  const said = "申请夜施 “城北路工地” 6月18日至6月20日 依据 混凝土连续浇筑";
  expect((await office.says("如东联络员", said)).text).toContain("地区：如东");
  expect((await office.says("市办", said)).message).toContain("哪个县");
});
