import { afterAll, beforeAll, expect, test } from "vitest";
import { officeOf } from "../../src/office/office.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const invited = async (who: string, said: string, fill = {}) => {
  const answer = await office.says(who, said, fill);
  return [answer.code, answer.message ?? answer.text];
};

const TOWN = { role: "镇街联络员", county: "海安" };

test.each([
  ["市办", "邀请", { ...TOWN, name: "王五", unit: "曲塘镇" }, null, "范围：曲塘镇"],
  ["海安领导", "邀请 赵六 县区部门联络员 海安 住建局", {}, null, "范围：海安住建局"],
  ["市办", "邀请 钱一 城东镇联络员", {}, null, "角色：镇街联络员"],
  ["市办", "邀请 钱二 镇街联络员 海安 大公镇", {}, null, "范围：大公镇"],
  ["市办", "邀请 钱三 海安李堡镇联络员", {}, null, "范围：李堡镇"],
  ["市办", "邀请 钱四 海门街道联络员", {}, null, "范围：海门街道"],
  ["海安领导", "邀请 钱五 海安住建局联络员", {}, null, "范围：海安住建局"],
  ["市办", "邀请 钱六 海安市住房和城乡建设局联络员", {}, null, "角色：县区部门联络员"],
  ["市办", "邀请 钱七 住建局联络员", {}, null, "角色：部门联络员"],
  ["海安领导", "邀请 孙七 三星镇联络员", {}, "forbidden", "您只能邀请本县（市、区）"],
  ["市办", "邀请 孙七 海安三星镇联络员", {}, "usage", "“三星镇”不是海安的镇街或部门"],
  ["市办", "邀请 孙七 城东镇领导", {}, "usage", "县区领导不需要写镇街或县区部门"],
  ["市办", "邀请 孙七 城南镇联络员", {}, "usage", "城南镇"],
  ["市办", "邀请 孙七 镇街联络员 海安", {}, "usage", "镇街联络员须写明镇街，例如“邀请 孙七 城东镇联络员”"],
  ["市办", "邀请", { ...TOWN, name: "孙七", unit: "三星镇" }, "usage", "“三星镇”不是海安的镇街或部门"],
  ["市办", "邀请", { ...TOWN, name: "孙七", unit: "住建局" }, "usage", "须写明一个镇街，“住建局”不是"],
  ["市办", "邀请 孙七 督查", { unit: "城东镇" }, "usage", "督查不需要写镇街或县区部门"],
  ["如皋领导", "邀请", { ...TOWN, name: "孙七", unit: "城东镇" }, "forbidden", "您只能邀请本县（市、区）"],
])("%s says %s %j", async (who, said, fill, code, words) => {
  const [refused, shown] = await invited(who, said, fill);
  expect(refused).toBe(code);
  expect(shown).toContain(words);
});

test("a county's bureau is never taken for the county", async () => {
  const [, shown] = await invited("市办", "邀请 周八 海安住建局联络员");
  expect(shown).toContain("角色：县区部门联络员");
  // Each county has one: nobody is taken for its liaison where none is named.
  const [, loose] = await invited("市办", "邀请 周九 县区部门联络员 住建局");
  expect(loose).toContain("须写明县（市、区）");
});

test("by a change of post or a list of people somebody comes to a town or a bureau as well", async () => {
  const day = Temporal.PlainDate.from("2020-06-15");
  const { subunitCalled } = officeOf(office.bot.office.pack);
  expect(
    ["城东镇", "海安城东镇", "海安市住房和城乡建设局", "海安住建局"].map((n) => subunitCalled(n, day)?.short),
  ).toEqual(["城东镇", "城东镇", "海安住建局", "海安住建局"]);
  expect(subunitCalled("住建局", day), "every county has one").toBeNull();
  const moved = await office.says("市办", "调岗 城东镇联络员 曲塘镇联络员 今天起");
  expect([moved.code, moved.message ?? moved.text]).toEqual([null, expect.stringContaining("曲塘镇")]);
});

test("what is read back before it is done says the post in its words", async () => {
  const [, shown] = await invited("市办", "邀请 吴十 城东镇联络员 尽快来");
  expect(shown).toMatch(/角色：联络员\n镇街或县区部门：城东镇/);
});

test("people of its towns and bureaus are listed with a county", async () => {
  const { facts } = await office.says("海安联络员", "人员");
  const names = facts.rows.map((row: { name: string }) => row.name);
  expect(names).toEqual(expect.arrayContaining(["海安生态环境局联络员"]));
  expect(names).not.toContain("海门街道联络员");
});
