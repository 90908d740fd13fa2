import { afterAll, beforeAll, expect, test } from "vitest";
import { faultsOf, importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterAll(() => office.close());

const HEAD = "县区,问题描述,类别,来源,责任单位,状态,交办时间,整改时限,销号时间";
const brings = (row: string) => importText(office, [HEAD, row], { by: "市办" });
const adds = async (word: string, means: string, who = "市办") => {
  await office.says(who, "台账用语");
  return office.presses(who, "添加叫法", { word, means });
};

test("the office adds a word in the chat, and the next ledger is read by it; the record keeps the ledger's own", async () => {
  const row = "海安,码头物料未覆盖,渣土扬尘,,,,2020-06-12,2020-06-30,";
  expect(faultsOf(await brings(row))).toEqual([expect.stringContaining("渣土扬尘 只能填")]);
  const added = await adds(" 渣土扬尘 ", "工地扬尘");
  expect(added.card.title).toBe("已添加：渣土扬尘就是工地扬尘");
  expect(added.facts.own).toEqual([{ word: "渣土扬尘", means: "工地扬尘" }]);
  expect(await brings(row)).toMatchObject({ added: 1 });
  const { issue } = (await office.says("市办", "问题 NT-2020-000007")).facts;
  expect(issue).toMatchObject({ title: "码头物料未覆盖" });
  expect((await office.bot.store.read((r) => r.issues.byNo(issue.no)))?.category).toBe("工地扬尘");
  expect(JSON.stringify(issue.history)).toContain("类别“渣土扬尘”");
  const acts = (await office.bot.store.read((r) => r.audit.latest(50))).map(({ act }) => act);
  expect(acts).toContain("wording.add");
});

test.each([
  ["办结归档", "已销号", "海安,道路积尘,,,,办结归档,2020-05-12,2020-05-30,2020-05-28"],
  ["正在处理中", "未销号", "海安,露天烧烤,,,,正在处理中,2020-06-12,2020-06-30,"],
  ["城市综合体", "县区单位", "海安,楼顶油烟,,,万达城市综合体,,2020-06-12,2020-06-30,"],
])("%s may be a word for %s", async (word, means, row) => {
  expect((await brings(row)).rejected).toHaveLength(1);
  await adds(word, means);
  expect(await brings(row)).toMatchObject({ added: 1 });
});

test("a source's own word is found under the plan's", async () => {
  await adds("省环保督察组", "上级交办");
  await brings("如皋,砂石码头扬尘,,省环保督察组,,,2020-06-12,2020-06-30,");
  expect((await office.says("市办", "问题 上级交办 如皋")).text).toContain("砂石码头扬尘");
});

test("a word means one thing in its column, and what is meant has to be there", async () => {
  expect(await adds("渣土 扬尘", "道路扬尘")).toMatchObject({
    code: "conflict",
    message: expect.stringContaining("已经是“工地扬尘”的叫法"),
  });
  expect(await adds("道路扬尘", "工地扬尘")).toMatchObject({ code: "conflict" });
  expect(await adds("随便", "没有的类")).toMatchObject({
    code: "usage",
    message: expect.stringMatching(/没有“没有的类”这一项.*工地扬尘.*县区单位/),
  });
  // An issue is over or isn't.
  expect(await adds("办结归档", "未销号")).toMatchObject({ code: "conflict" });
  // In another column it may mean another thing.
  expect((await adds("渣土扬尘", "第三方协查")).code).toBeNull();
});

test("an own word is taken out again; those of the plan pack are not, and only the office may change any", async () => {
  await office.says("市办", "台账用语");
  expect(await office.presses("市办", "删去叫法", { word: "施工扬尘" })).toMatchObject({ code: "usage" });
  const removed = await office.presses("市办", "删去叫法", { word: "正在处理中" });
  expect(removed.card.title).toBe("已删去：正在处理中");
  expect(removed.text).not.toMatch(/未销号.*正在处理中/);
  expect((await brings("海安,又一处露天烧烤,,,,正在处理中,2020-06-12,2020-06-30,")).rejected).toHaveLength(1);
  const seen = await office.says("督查", "台账用语");
  expect(seen.labels).toEqual([]);
  expect(seen.text).toContain("渣土扬尘");
  expect(await office.says("海安联络员", "台账用语")).toMatchObject({ code: "forbidden" });
});
