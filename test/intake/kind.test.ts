import { expect, test } from "vitest";
import countyTargets from "../../src/incoming/kinds/county-targets.ts";
import dailyAir from "../../src/incoming/kinds/daily-air.ts";
import issues from "../../src/incoming/kinds/issues.ts";
import { meaningOf } from "../../src/intake/column-names.ts";
import { kindOf as told } from "../../src/intake/kind.ts";

const kindOf = (header: readonly string[]) => {
  const found = told<{ id: string } & Parameters<typeof told>[1][number]>(header, [
    countyTargets,
    dailyAir,
    issues,
  ]);
  return "refusal" in found ? found : { kind: found.kind.id, at: found.at };
};
const columnOf = (text: string) => {
  const said = meaningOf({ text }, dailyAir.columns) ?? meaningOf({ text }, countyTargets.columns);
  return said === null || said.other !== null ? null : said.column;
};

const daily = ["日期", "县区", "PM2.5", "PM10", "SO2", "NO2", "CO", "O3_8h"];

test.each([
  ["日期", "date"],
  ["Date", "date"],
  ["日期(年-月-日)", "date"],
  ["县（市、区）", "county"],
  ["区县", "county"],
  ["监测站点", "station"],
  ["PM2.5", "PM2.5"],
  ["pm25", "PM2.5"],
  ["PM₂.₅", "PM2.5"],
  ["ＰＭ２．５", "PM2.5"],
  ["PM2.5(μg/m³)", "PM2.5"],
  ["PM2.5（µg/m3）", "PM2.5"],
  ["PM2.5 微克/立方米", "PM2.5"],
  ["细颗粒物(PM2.5)", "PM2.5"],
  ["PM10日均浓度(μg/m³)", "PM10"],
  ["二氧化硫", "SO2"],
  ["NO₂", "NO2"],
  ["CO(mg/m³)", "CO"],
  ["O3", "O3_8h"],
  ["O3-8h", "O3_8h"],
  ["O₃_8h", "O3_8h"],
  ["O3(8h)", "O3_8h"],
  ["臭氧", "O3_8h"],
  ["臭氧(日最大8小时滑动平均)", "O3_8h"],
  ["约束性（%）", "constraint"],
  ["奋斗目标", "stretch"],
])("the head %s is %s", (head, column) => {
  expect(columnOf(head)).toBe(column);
});

test.each(["AQI", "PM2.5(IAQI)", "PM2.5分指数", "O3-8h-90per", "首要污染物", "备注", "", "CO2"])(
  "the head %j isn't ours",
  (head) => {
    expect(columnOf(head)).toBeNull();
  },
);

test.each([
  ["CO(μg/m³)", "CO", "µg/m³"],
  ["PM2.5（mg/m³）", "PM2.5", "mg/m³"],
  ["PM10 毫克/立方米", "PM10", "mg/m³"],
  ["NO2浓度（单位：ug/m3）", "NO2", "µg/m³"],
])("the head %s names its unit", (text, column, unit) => {
  expect(meaningOf({ text }, dailyAir.columns)).toMatchObject({ column, unit, other: null });
});

test("refuses a unit that measures something else", () => {
  expect(kindOf(daily.map((head) => (head === "PM10" ? "PM10(t/km²)" : head)))).toEqual({
    refusal: "“PM10(t/km²)”的单位不对：PM10应为 µg/m³，请换算后再发。",
  });
});

test.each([
  ["O3日均值", "是日均（24小时平均），不是日最大8小时平均"],
  ["O3_24h", "是日均（24小时平均），不是日最大8小时平均"],
  ["O3(1h)", "是1小时平均，不是日最大8小时平均"],
  ["臭氧最大1小时平均", "是1小时平均，不是日最大8小时平均"],
  ["O3-8h-90per", "是百分位数，不是日最大8小时平均"],
  ["PM2.5月均", "是月均，不是日均（24小时平均）"],
  ["PM10(月)", "是月均，不是日均（24小时平均）"],
  ["SO2年均值", "是年均，不是日均（24小时平均）"],
  ["CO(8h)", "是日最大8小时平均，不是日均（24小时平均）"],
  ["NO2分指数", "是分指数，不是日均（24小时平均）"],
  ["CO第95百分位数", "是百分位数，不是日均（24小时平均）"],
])("the head %s is another statistic than its item's", (text, other) => {
  expect(meaningOf({ text }, dailyAir.columns)).toMatchObject({ other });
});

test.each([
  "O3_8h",
  "O3-8h",
  "O3(8h)",
  "O3_8h_max",
  "O3MDA8",
  "臭氧8小时滑动平均最大值",
  "O3最大8小时",
  "O3最大8小时滑动平均",
  "臭氧日最大8小时滑动平均",
  "臭氧（O3）最大8小时滑动平均",
  "臭氧日最大8小时平均浓度（微克/立方米）",
])("the head %s is the daily maximum 8-hour mean", (text) => {
  expect(meaningOf({ text }, dailyAir.columns)).toMatchObject({ column: "O3_8h", other: null });
});

test("a column stands with its group: what one of them doesn't say the other does", () => {
  const under = (over: string, text: string) => meaningOf({ over, text }, dailyAir.columns);
  expect(under("二氧化硫（SO2）24小时平均", "浓度/（μg/m3）")).toMatchObject({ column: "SO2", other: null });
  expect(under("颗粒物（PM10）24小时平均", "浓度/（μg/m3）")).toMatchObject({ column: "PM10", other: null });
  expect(under("一氧化碳（CO）24小时平均", "浓度/（mg/m3）")).toMatchObject({ column: "CO", unit: "mg/m³" });
  expect(under("二氧化硫（SO2）24小时平均", "分指数")).toMatchObject({
    other: expect.stringContaining("分指数"),
  });
  expect(under("臭氧（O3）最大1小时平均", "浓度/（μg/m3）")).toMatchObject({
    other: expect.stringContaining("1小时"),
  });
  expect(under("基本情况", "日期")).toMatchObject({ column: "date" });
});

test("tells daily air by its columns, in any order, with others beside them", () => {
  const found = kindOf(["序号", "O3_8h", "CO", "NO2", "SO2", "PM10", "PM2.5", "AQI", "station", "date"]);
  expect(found).toMatchObject({ kind: "daily-air" });
  expect("at" in found && Object.fromEntries(found.at)).toEqual({
    O3_8h: 1,
    CO: 2,
    NO2: 3,
    SO2: 4,
    PM10: 5,
    "PM2.5": 6,
    station: 8,
    date: 9,
  });
});

test("tells county targets, with one kind of target or both", () => {
  expect(kindOf(["县区", "指标", "约束性", "奋斗"])).toMatchObject({ kind: "county-targets" });
  expect(kindOf(["county", "indicator", "constraint"])).toMatchObject({ kind: "county-targets" });
});

test.each([
  ["a missing item", daily.filter((head) => head !== "CO"), /像是日均空气数据，但缺少列：CO。/],
  ["a misspelt item", daily.map((head) => (head === "PM2.5" ? "PM2,55" : head)), /缺少列：PM2\.5/],
  ["hours", ["时间", "站点", ...daily.slice(2)], /缺少列：日期/],
  ["no place", ["日期", ...daily.slice(2)], /缺少列：县区或站点/],
  ["no target", ["县区", "指标"], /县级目标，但缺少列：约束性或奋斗/],
  ["something else", ["姓名", "电话"], /认不出这是什么表.*日均空气数据：日期、县区或站点/],
  ["nothing", [], /认不出/],
  ["two columns of one meaning", [...daily, "细颗粒物"], /“PM2\.5”和“细颗粒物”是同一列/],
  ["a hostile head", [...daily, "__proto__"], /不允许的列名“__proto__”/],
  ["another hostile head", ["constructor", ...daily], /不允许/],
  ["a third hostile head", ["Prototype", ...daily], /不允许/],
])("refuses %s", (_, header, reason) => {
  expect(kindOf(header)).toEqual({ refusal: expect.stringMatching(reason) });
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("a ledger is told from other tables, and told what it lacks", () => {
  const ledger =
    "编号,来源,批次,县区,属地镇街,点位/企业,问题描述,类别,等级,责任单位,交办时间,整改时限,照片".split(",");
  expect(kindOf(ledger)).toMatchObject({ kind: "issues" });
  expect(kindOf(["县区", "存在问题"])).toMatchObject({ kind: "issues" });
  expect(kindOf(["县区", "指标", "约束性"])).toMatchObject({ kind: "county-targets" });
  expect(kindOf(ledger.filter((head) => head !== "问题描述"))).toEqual({
    refusal: "像是问题台账，但缺少列：问题描述。请补上后再发。",
  });
  expect(kindOf(["日期", "县区", "PM2.5"])).toEqual({
    refusal: expect.stringContaining("像是日均空气数据"),
  });
  expect(kindOf(["整改期限", "整改时限", "县区", "问题"])).toEqual({
    refusal: "“整改期限”和“整改时限”是同一列，请只保留一列。",
  });
});

test("a table that could be two is the one that explains most of its columns; neither, where none explains more", () => {
  expect(kindOf([...daily, "问题"])).toMatchObject({ kind: "daily-air" });
  expect(kindOf(["县区", "指标", "约束性", "奋斗", "问题"])).toMatchObject({ kind: "county-targets" });
  expect(kindOf(["县区", "指标", "约束性", "问题", "来源"])).toEqual({
    refusal: "既像县级目标又像问题台账，请分成两个文件，各留自己的列。",
  });
});
