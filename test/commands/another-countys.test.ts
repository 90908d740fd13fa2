import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterAll(() => office.close());

const HAIAN = "由启东和市级单位查看，您的权限限于海安。";

test.each([
  ["企业 启东", `启东的企业${HAIAN}`],
  ["启东企业 B级", `启东的企业${HAIAN}`],
  ["企业 启东铸造有限公司", `“铸造有限公司”${HAIAN}`],
  ["企业 “演示·启东铸造有限公司”", `“演示·启东铸造有限公司”${HAIAN}`],
  ["夜施 4", `启东的夜间施工许可4号${HAIAN}`],
  ["豁免 4", `启东的豁免4号${HAIAN}`],
  ["提醒函 启东", "启东的提醒函由启东和市办、市领导、督查查看。"],
  ["提醒函 住建", "住建的提醒函由住建和市办、市领导、督查查看。"],
])("%s of another county isn't “none”: it is said who looks at it", async (phrase, message) => {
  expect(await office.says("海安联络员", phrase)).toMatchObject({ code: "forbidden", message });
});

test("what there isn't is none for everybody, what is one's own is shown", async () => {
  for (const [phrase, code] of [
    ["夜施 400", "no-data"],
    ["豁免 400", "no-data"],
    ["工作记录 400", "no-data"],
    ["企业 “没有这家”", "no-data"],
    ["企业 海安", null],
    ["夜施 1", null],
    ["豁免 1", null],
    ["提醒函 海安", null],
  ] as const)
    expect([phrase, (await office.says("海安联络员", phrase)).code]).toEqual([phrase, code]);
});

test("a record of another county's work is that county's, what is of the whole city is everybody's", async () => {
  const { facts } = await office.says("启东联络员", "记录 走航 “港区高值” 地点 吕四港");
  const { id } = facts.record;
  expect(await office.says("海安联络员", `工作记录 ${id}`)).toMatchObject({
    code: "forbidden",
    message: `启东的工作记录${id}号${HAIAN}`,
  });
  const ofAll = (await office.says("市办", "记录 走航 “全市联动”")).facts.record.id;
  expect((await office.says("海安联络员", `工作记录 ${ofAll}`)).code).toBeNull();
});
