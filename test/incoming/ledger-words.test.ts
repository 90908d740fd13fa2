import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importFile } from "../../src/incoming/import-file.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// What offices write into the cells of their ledgers, and what of it an issue keeps.

type Row = Readonly<Record<string, string>>;
const csv = (...rows: Row[]) => {
  const heads = [...new Set(["县区", "问题描述", ...rows.flatMap(Object.keys)])];
  const lines = rows.map((row) =>
    heads
      .map((head) => `"${row[head] ?? { 县区: "海安", 问题描述: "东城花园裸土未覆盖" }[head] ?? ""}"`)
      .join(","),
  );
  return { name: "台账.csv", bytes: new TextEncoder().encode([heads.join(","), ...lines].join("\n")) };
};

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterEach(() => office.close());

const sends = async (file: { name: string; bytes: Uint8Array }) =>
  importFile(office.bot, file, {
    person: await office.bot.store.read((r) => r.people.byName("市办")),
    partial: false,
  });
const brings = async (...rows: Row[]) => {
  const result = await sends(csv(...rows));
  if ("code" in result) throw new Error(JSON.stringify(result));
  return result;
};
const faults = async (...rows: Row[]) =>
  (await sends(csv(...rows))).rejected.map(({ row, column, reason }) => `${row} ${column} ${reason}`);
const kept = async (no: string) => office.bot.store.read((r) => r.issues.byNo(no));
const NEXT = "NT-2020-000007";
const history = async (no: string) =>
  (await office.says("市办", `问题 ${no}`)).facts.issue.history.map(
    ({ step, text }: { step: string; text: string | null }) => `${step}${text === null ? "" : `：${text}`}`,
  );

describe("a deadline in words counts from the day of assignment", () => {
  test.each([
    ["6月底前", "2020-06-30"],
    ["6月30日前完成整改", "2020-06-30"],
    ["2020.6.30前", "2020-06-30"],
    ["6.30", "2020-06-30"],
    ["2.3", null],
    ["月底前", "2020-06-30"],
    ["立即整改到位", "2020-06-11"],
    ["即知即改", "2020-06-11"],
    ["一周内", "2020-06-15"],
    ["3个工作日内", "2020-06-11"],
    ["端午节前", "2020-06-24"],
    ["年底", "2020-12-31"],
    ["2021年3月底", "2021-03-31"],
  ])("%s", async (words, due) => {
    const row = { 交办时间: "2020-06-08", 整改时限: words };
    if (due === null) return expect(await faults(row)).toEqual([expect.stringMatching(/早于交办时间/)]);
    await brings(row);
    expect(await kept(NEXT)).toMatchObject({ due });
    // The same again is the same, on whatever day it comes.
    await office.wakesAt("2020-07-01T10:00");
    expect(await brings(row)).toMatchObject({ added: 0, unchanged: 1 });
  });

  test.each([
    ["长期坚持", /分步写明做到什么、哪一天前/],
    ["立行立改，长期坚持", /分步写明/],
    ["常态化管控", /分步写明/],
    ["6.3", /是6月3日还是6月30日/],
    ["6月32日", /6月没有32日/],
    ["2020-06-32", /不是日期|没有32日|没有这一天/],
    ["13月底前", /没有13月/],
    ["5日前", /不能确定（5日按7月5日/],
    ["5月底前", /早于交办时间/],
    ["1月15日", /早于交办时间/],
    ["尽快", /请写日期或天数/],
    ["6月中旬", /请写日期或天数/],
    ["长".repeat(1900), /请写日期或天数/],
  ])("%s is none", async (words, reason) => {
    expect(await faults({ 交办时间: "2020-06-08", 整改时限: words })).toEqual([
      expect.stringMatching(new RegExp(`^2 整改时限 .*(${reason.source})`)),
    ]);
  });

  test("and the words stay in the history", async () => {
    await brings({ 交办时间: "2020-06-08", 整改时限: "6月底前", 类别: "施工扬尘", 照片: "1.jpg" });
    expect(await history(NEXT)).toEqual(["交办：照片：1.jpg；台账原文：类别“施工扬尘”、整改时限“6月底前”"]);
  });
});

describe("a source stays as it was written", () => {
  test("and is found under the plan's source that the pack puts it to, and by its own word", async () => {
    await brings(
      { 来源: "省督察", 问题描述: "东城花园裸土未覆盖" },
      { 来源: "12345热线", 问题描述: "学府路油烟直排" },
    );
    expect(await kept(NEXT)).toMatchObject({ source: "省督察" });
    const numbers = async (asked: string) =>
      (await office.says("市办", asked)).facts.rows.map(({ no }: { no: string }) => no);
    expect(await numbers("问题 上级交办")).toContain(NEXT);
    expect(await numbers("问题 上级交办")).not.toContain("NT-2020-000008");
    expect(await numbers("问题 “12345热线”")).toEqual(["NT-2020-000008"]);
  });
});

describe("a kind of problem has the plan's name, whatever the ledger calls it", () => {
  test.each([
    ["施工扬尘", "工地扬尘"],
    ["ＶＯＣｓ", "挥发性有机物"],
    ["vocs", "挥发性有机物"],
    ["渣土运输", "道路扬尘"],
    ["柴油货车", "移动源"],
    ["其 它", "其他"],
  ])("%s is %s", async (said, name) => {
    await brings({ 类别: said });
    expect(await kept(NEXT)).toMatchObject({ category: name });
  });

  test("and a word that nobody has declared is no kind by default", async () => {
    expect(await faults({ 类别: "噪声" })).toEqual([expect.stringMatching(/^2 类别 只能填工地扬尘、/)]);
  });
});

describe("a unit of the city's ledger", () => {
  test.each([
    ["市住建局", "housing", null],
    ["南通市住建局", "housing", null],
    ["住建局", "housing", null],
    ["自然资源和规划局", "natural-resources", null],
    ["市住建局、市城管局", "housing", "市住建局、市城管局"],
    ["市住建局和市城管局", "housing", "市住建局和市城管局"],
    ["牵头：市城管局；配合：市公安局", "city-management", "牵头：市城管局；配合：市公安局"],
    ["市住房和城乡建设局、海安市人民政府", "housing", "市住房和城乡建设局、海安市人民政府"],
    ["海安", null, null],
    ["海安市人民政府", null, null],
    ["海安市住建局", null, "海安市住建局"],
    ["海安县城管局", null, "海安县城管局"],
    ["南通市海安生态环境局", null, "南通市海安生态环境局"],
    ["海安市住建局、市住建局", null, "海安市住建局、市住建局"],
    ["镇政府", null, "镇政府"],
    ["城东镇", null, "城东镇"],
    ["高新区管委会", null, "高新区管委会"],
    ["江苏某某建设有限公司", null, "江苏某某建设有限公司"],
  ])("%s", async (said, department, words) => {
    await brings({ 责任单位: said });
    expect(await kept(NEXT)).toMatchObject({ departmentId: department, unitWords: words });
  });

  test.each([
    ["如皋市住建局", /“如皋市住建局”属于如皋，与本行的县/],
    ["市住建局、如皋市城管局", /“如皋市城管局”属于如皋/],
    ["市住健局", /不是市级部门.*您要找的是“住建”吗/],
    ["市某某公司", /不是市级部门/],
    ["张三", /不是市级部门/],
    ["、", /不是市级部门/],
  ])("%s is none", async (said, reason) => {
    expect(await faults({ 责任单位: said })).toEqual([
      expect.stringMatching(new RegExp(`^2 责任单位 .*${reason.source}`)),
    ]);
  });

  test("is told, seen on the card with who helps, and goes by another name once it is another's", async () => {
    await brings({ 责任单位: "海安市住建局", 配合单位: "海安市城管局", 整改要求: "立即覆盖" });
    const { text } = await office.says("海安联络员", `问题 ${NEXT}`);
    expect(text).toMatch(/责任单位：?\s*海安市住建局/);
    expect(text).toMatch(/协办单位：?\s*海安市城管局/);
    await office.says("市办", `问题 ${NEXT} 更多`);
    await office.presses("市办", "改派", { county: "如皋", due: "2020-07-10", text: "属地有误" });
    expect(await kept(NEXT)).toMatchObject({ unitWords: null });
  });
});

describe("a region", () => {
  test.each([
    ["海　安　市", "haian"],
    ["南通海安", "haian"],
    ["320685", "haian"],
    ["海安市人民政府", "haian"],
    ["通州湾", "tongzhouwan"],
    ["通州湾管委会", "tongzhouwan"],
    ["通州", "tongzhou"],
    ["经济技术开发区", "kaifaqu"],
    ["南通市经济技术开发区管委会", "kaifaqu"],
    ["海门区", "haimen-city"],
  ])("%s", async (said, id) => {
    await brings({ 县区: said });
    expect(await kept(NEXT)).toMatchObject({ regionId: id });
  });

  test.each([
    ["海安区", /您要找的是“海安”吗/],
    ["市区", /不是一个县（市、区），请写明是哪一个/],
    ["各县（市、区）", /不是一个县/],
    ["全市", /不是一个县/],
    ["海安、如皋", /一行只填一个县/],
    ["南通市", /没有名为“南通市”的县/],
  ])("%s is none", async (said, reason) => {
    expect(await faults({ 县区: said })).toEqual([
      expect.stringMatching(new RegExp(`^2 县区 .*${reason.source}`)),
    ]);
  });
});

describe("what is finished on paper is history", () => {
  const finished = { 交办时间: "2020-05-06", 整改时限: "2020-05-29", 状态: "已销号", 销号时间: "2020-05-27" };

  test.each([
    [{ 状态: "已办结" }],
    [{ 状态: "已完成，裸土已覆盖" }],
    [{ 状态: "" }],
    [{ 状态: "", 是否销号: "是" }],
  ])("by the words %j", async ({ 状态, ...more }) => {
    const said = "是否销号" in more ? more : { 状态 };
    const { 状态: _, ...dates } = finished;
    await brings({ ...dates, ...said });
    expect(await kept(NEXT)).toMatchObject({ state: "closed" });
  });

  test("nobody is told, no clock runs, and it counts by its own dates", async () => {
    const june = async () => (await office.says("市办", "统计 6月")).facts;
    const before = await june();
    const result = await brings(finished);
    expect(result.report?.blocks).toContainEqual({
      kind: "note",
      text: `编号${NEXT}，已通知0人。其中1件台账上已销号，作为历史记录导入，不通知、不计时。`,
    });
    const issue = await kept(NEXT);
    expect(await office.bot.store.read((r) => r.issueClock.openOf(issue?.id ?? 0))).toEqual([]);
    expect(await history(NEXT)).toEqual(["交办", "销号：导入前已在台账上销号"]);
    expect((await office.says("市办", "统计 5月")).facts).toMatchObject({
      assigned: 1,
      due: 1,
      inTime: 1,
      closed: 1,
    });
    expect(await june()).toEqual(before);
    await office.expectCards([]);
    await office.says("市办", `问题 ${NEXT}`);
    expect((await office.opens("市办", `${NEXT}销号单.docx`)).bytes.length).toBeGreaterThan(1000);
  });

  test("what its mending says in free words may be that it is over, and stays in the history", async () => {
    const { 状态: _, 销号时间: __, ...open } = finished;
    expect(await faults({ ...open, 整改情况: "已完成整改，裸土已覆盖" })).toEqual([
      expect.stringMatching(/^2 销号时间 .*请填写销号时间/),
    ]);
    await brings({ ...finished, 状态: "", 整改情况: "已完成整改，裸土已覆盖" });
    expect(await kept(NEXT)).toMatchObject({ state: "closed" });
    await brings({ ...open, 问题描述: "学府路油烟直排", 整改情况: "已覆盖防尘网300平方米" });
    expect(await kept("NT-2020-000008")).toMatchObject({ state: "assigned" });
    expect(await history("NT-2020-000008")).toEqual(["交办：台账整改情况：已覆盖防尘网300平方米"]);
  });

  test("the same file again changes nothing; what has come back since is pointed out", async () => {
    await brings(finished);
    expect(await brings(finished)).toMatchObject({ added: 0, unchanged: 1 });
    await office.says("市办", `问题 ${NEXT} 更多`);
    await office.presses("市办", "重新整改（反弹）", { text: "又有裸土", due: "2020-07-10" });
    const again = await brings(finished);
    expect(again).toMatchObject({ added: 0, unchanged: 1 });
    expect(again.report?.blocks).toEqual([
      { kind: "note", text: expect.stringMatching(/^NT-2020-000007台账写已销号，这里还没有/) },
    ]);
    expect(await kept(NEXT)).toMatchObject({ state: "rectifying" });
  });

  test("an issue that stands here isn't closed by a ledger, and the answer says so", async () => {
    const { 销号时间: _, 状态: __, ...open } = finished;
    await brings({ ...open, 状态: "整改中" });
    const again = await brings(finished);
    expect(again).toMatchObject({ added: 0, corrected: 0, unchanged: 1 });
    expect(JSON.stringify(again.report?.blocks)).toContain(`${NEXT}台账写已销号，这里还没有`);
    expect(await kept(NEXT)).toMatchObject({ state: "assigned" });
  });

  test.each([
    [{ ...finished, 销号时间: "" }, /^2 销号时间 .*请填写销号时间/],
    [{ ...finished, 交办时间: "" }, /^2 交办时间 .*请填写交办时间/],
    [{ ...finished, 销号时间: "2020-05-05" }, /^2 销号时间 .*早于交办时间/],
    [{ ...finished, 销号时间: "2020-06-16" }, /^2 销号时间 .*在现在之后/],
    [{ ...finished, 状态: "整改中" }, /^2 销号时间 .*状态却没有销号/],
    [{ ...finished, 状态: "70%" }, /^2 状态 看不出是否销号/],
    [{ ...finished, 状态: "已作废" }, /^2 状态 .*请删去这一行/],
  ])("refuses %j", async (row, reason) => {
    expect(await faults(row)).toEqual([expect.stringMatching(reason)]);
  });
});

describe("a row that is there twice", () => {
  const row = { 交办时间: "2020-06-08", 整改时限: "6月底前", 来源: "信访" };

  test("is one issue, and the answer counts it, when the file comes again, too", async () => {
    const file = [
      row,
      { ...row, 序号: "2" },
      { ...row, 问题描述: "学府路油烟直排" },
      { ...row, 照片: "2.jpg" },
    ];
    const said = expect.stringContaining("另有2行与前面的行内容相同，不重复计。");
    const first = await brings(...file);
    expect(first).toMatchObject({ rows: 2, added: 2 });
    expect(first.report?.facts).toMatchObject({ issues: { repeats: 2 } });
    expect(first.report?.blocks).toEqual([{ kind: "note", text: said }]);
    const again = await brings(...file);
    expect(again).toMatchObject({ rows: 2, added: 0, unchanged: 2 });
    expect(again.report?.blocks).toEqual([{ kind: "note", text: said }]);
  });

  test("contradicts itself where only one is finished", async () => {
    expect(
      await faults(
        { ...row, 状态: "整改中", 销号时间: "" },
        { ...row, 状态: "已销号", 销号时间: "2020-06-12" },
      ),
    ).toEqual([
      expect.stringMatching(/^2 状态 与第3行是同一问题但内容不同/),
      expect.stringMatching(/^3 状态 与第2行是同一问题但内容不同/),
    ]);
  });
});

test("a number that exists already with other contents is judged by what differs", async () => {
  const row = { 编号: "督1号", 交办时间: "2020-06-12", 整改时限: "2020-06-30" };
  await brings(row);
  expect(await faults({ ...row, 县区: "如皋", 整改时限: "7月底前" })).toEqual([
    expect.stringMatching(/^2 县区 与现有问题不同/),
    expect.stringMatching(/^2 整改时限 与现有问题不同/),
  ]);
  const described = { ...row, 整改要求: "立即覆盖" };
  expect(await brings(described)).toMatchObject({ corrected: 1 });
  expect(await kept(NEXT)).toMatchObject({ requirement: "立即覆盖" });
});
