import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

// The office enters its counties' towns by one file: new ones, other names, mergers, ends, each from a day on.

const HEAD = "县区,镇街,启用日期,停用日期,并入";
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-10-12T09:00" });
});
afterAll(() => office.close());
const brings = (...rows: string[]) => importText(office, [HEAD, ...rows], { by: "市办" });
const day = (date: string, station: string, value: number) => `${date},${station},${value},60,8,20,0.7,80`;
const measures = (...rows: string[]) =>
  importText(office, ["日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h", ...rows]);
const ranked = async (county: string, period: string) => {
  const { facts } = await office.says("市办", `镇街 ${county} ${period}`);
  return Object.fromEntries(
    (facts.rows ?? []).map(({ town, value }: { town: string; value: number | null }) => [town, value]),
  );
};

test("a county that the pack doesn't list gets its towns, stations of them, and a ranking", async () => {
  expect((await office.says("市办", "镇街 如皋 2020-10-09")).text).toContain(
    "如皋的镇街名单还没有录入，请市办发送镇街名单表",
  );
  expect(await brings("如皋,长江镇,,,", "如皋,白蒲镇,,,", "如皋,搬经镇,2020-10-01,,")).toMatchObject({
    ...{ kind: "towns", added: 3 },
  });
  const { readiness } = (await office.says("如皋联络员", "镇街 如皋 准备情况")).facts;
  expect(readiness).toMatchObject([{ towns: 3, built: 0, without: ["长江镇", "白蒲镇", "搬经镇"] }]);
  const stations = ["长江镇,9001A,如皋,2020-10-01", "白蒲镇,9002A,如皋,2020-10-01"];
  expect(await importText(office, ["镇街,编码,县区,启用日期", ...stations])).toMatchObject({ added: 2 });
  await measures(day("2020-10-09", "如皋长江镇站", 30), day("2020-10-09", "如皋白蒲镇站", 20));
  expect(await ranked("如皋", "2020-10-09")).toEqual({ 白蒲镇: 20, 长江镇: 30 });
});

test("people and orders of an entered town are as those of any other", async () => {
  const invited = await office.says("如皋领导", "邀请 顾明 镇街联络员 长江镇");
  expect(invited.code).toBeNull();
  expect((await office.says("市办", "镇街 名单 如皋")).facts.towns).toMatchObject([
    { town: "长江镇", from: null, to: null, into: null },
    { town: "白蒲镇" },
    { town: "搬经镇", from: "2020-10-01" },
  ]);
});

test("a town that another takes in keeps its past, and its station's days are that one's from then on", async () => {
  await measures(day("2020-10-11", "如皋长江镇站", 30), day("2020-10-11", "如皋白蒲镇站", 20));
  const row = "如皋,白蒲镇,,2020-10-10,长江镇";
  expect(await brings(row)).toMatchObject({ corrected: 1 });
  expect(await ranked("如皋", "2020-10-09")).toEqual({ 白蒲镇: 20, 长江镇: 30 });
  expect(await ranked("如皋", "2020-10-11")).toEqual({ 长江镇: 25 });
  // The same file again is nothing new.
  expect(await brings(row)).toMatchObject({ corrected: 0, unchanged: 1 });
});

test("a town that is called otherwise from a day on is named so from then on; one that is closed is gone", async () => {
  expect(
    await brings(
      "如皋,搬经镇,,2020-10-10,搬经街道",
      "如皋,搬经街道,2020-10-11,,",
      "海安,雅周镇,,2020-10-10,",
    ),
  ).toMatchObject({
    ...{ added: 1, corrected: 2 },
  });
  const towns = async (county: string) =>
    (await office.says("市办", `镇街 ${county} 准备情况`)).facts.readiness[0].without;
  expect(await towns("如皋")).toEqual(["搬经街道"]);
  expect(await towns("海安")).not.toContain("雅周镇");
  expect((await office.says("市办", "镇街 名单 海安")).facts.towns).toContainEqual({
    ...{ county: "海安", town: "雅周镇", from: null, to: "2020-10-10", into: null },
  });
});

test("the list goes out as a table that comes in again", async () => {
  const { card } = await office.says("市办", "镇街 名单 如皋");
  const table = card.blocks.find((block) => block.kind === "table");
  expect(table?.columns.map(({ title }) => title).join()).toBe(HEAD);
  const rows = (table?.rows ?? []).map((cells) => cells.map((cell) => (cell === "—" ? "" : cell)).join());
  expect(await brings(...rows)).toMatchObject({ added: 0, corrected: 0 });
});

test("a later start still has what was entered, also where the pack is read anew", async () => {
  const pack = office.bot.office.pack;
  await office.bot.store.write((w) => w.plan.load(pack, "anew", 0));
  expect(await ranked("如皋", "2020-10-11")).toEqual({ 长江镇: 25 });
  const towns = await office.bot.store.read((r) => r.plan.enteredTowns());
  expect(towns.find(({ id }) => id === "haian-yazhou")).toMatchObject({ to: "2020-10-10" });
});

describe("a slip is refused by its cell, and nothing is stored", () => {
  test.each([
    ["如糕,长江镇,,,", /^2 县区 如糕 没有名为“如糕”的县（市、区）/],
    ["如皋,长江镇,2020-10-12,2020-10-11,", "2 停用日期 2020-10-11 早于启用日期，请核对"],
    ["如皋,长江镇,,,白蒲镇", "2 停用日期  并入或更名的请填停用日期（原镇街的最后一天）"],
    ["如皋,长江镇,,2020-10-20,长江镇", "2 并入 长江镇 不能并入自己，请核对"],
    [
      "海安,李堡镇,,2020-10-20,城东",
      /^2 并入 城东 海安在2020-10-21没有名为“城东”的镇街，您要找的是“城东镇”吗？/,
    ],
    ["海安,李堡镇,,2020-10-20,雅周镇", /^2 并入 雅周镇 海安在2020-10-21没有名为“雅周镇”的镇街/],
    ["如皋,长江镇,2020-10-05,,", "2 启用日期 2020-10-05 自2020-10-11起是合并后的镇街，启用日期不能再改"],
    ["如皋,搬经街道,,2020-10-05,", "2 停用日期 2020-10-05 早于启用日期2020-10-11，请核对"],
    ["海安,李堡镇,昨日,,", /^2 启用日期 昨日/],
    ["海安,无此镇,,清除,", "2 停用日期 清除 没有停用过名为“无此镇”的镇街，新设的请留空"],
    ["海安,雅周镇,,清除,李堡镇", "2 并入 李堡镇 恢复的镇街不能同时并入别的，请留空"],
  ])("%s", async (row, reason) => {
    const before = await office.bot.store.read((r) => r.plan.enteredTowns());
    const faults = faultsOf(await brings(row));
    expect(faults).toEqual([typeof reason === "string" ? reason : expect.stringMatching(reason)]);
    expect(await office.bot.store.read((r) => r.plan.enteredTowns())).toEqual(before);
  });
});

test("only the office enters towns", async () => {
  const brought = await importText(office, [HEAD, "海安,新镇,,,"], { by: "海安领导" });
  expect(brought).toMatchObject({ code: "forbidden" });
});

describe("what was brought in by mistake", () => {
  const towns = async () =>
    (await office.says("市办", "镇街 名单 如东")).facts.towns.map(
      ({ town, to, into }: Record<string, string | null>) => [town, to, into],
    );
  const whole = [
    ["岔河镇", null, null],
    ["双甸镇", null, null],
  ];
  const batchOf = (brought: object) => Number((brought as { batch: number }).batch);
  const takesBack = (batch: number) => office.says("市办", `撤回导入 ${batch}`);

  test("is taken back whole: a merger, and who took another in is as before, with its days", async () => {
    const first = await brings("如东,岔河镇,,,", "如东,双甸镇,,,");
    await importText(office, [
      "镇街,编码,县区,启用日期",
      "岔河镇,9101A,如东,2020-10-01",
      "双甸镇,9102A,如东,2020-10-01",
    ]);
    await measures(day("2020-10-11", "如东岔河镇站", 20), day("2020-10-11", "如东双甸镇站", 30));
    const apart = { 岔河镇: 20, 双甸镇: 30 };
    expect(await ranked("如东", "2020-10-11")).toEqual(apart);
    const merger = await brings("如东,双甸镇,,2020-10-10,岔河镇");
    expect(await ranked("如东", "2020-10-11")).toEqual({ 岔河镇: 25 });
    const tooEarly = await takesBack(batchOf(first));
    expect(tooEarly).toMatchObject({ code: "conflict" });
    expect(tooEarly.message).toContain(`请先撤回第${batchOf(merger)}号`);
    expect((await takesBack(batchOf(merger))).facts).toMatchObject({ removed: 1, restored: 2 });
    expect(await towns()).toEqual(whole);
    expect(await ranked("如东", "2020-10-11")).toEqual(apart);
    // Its stations rest on them: they can be ended, not be undone; and nothing of it is half done.
    expect((await takesBack(batchOf(first))).message).toMatch(
      /^(岔河|双甸)镇已有站点、人员或问题，不能撤回。不再有的镇街，请在镇街名单表里填停用日期。$/,
    );
    expect(await towns()).toEqual(whole);
  });

  test("new towns go, while nothing rests on them", async () => {
    const brought = await brings("如东,新店镇,2020-10-01,,");
    expect(await towns()).toHaveLength(3);
    expect((await takesBack(batchOf(brought))).facts).toMatchObject({ removed: 1, restored: 0 });
    // Also where another goes on as one of them.
    const renamed = await brings("如东,新店镇,2020-10-11,,", "如东,双甸镇,,2020-10-10,新店镇");
    expect(await towns()).toContainEqual(["双甸镇", "2020-10-10", "新店镇"]);
    expect((await takesBack(batchOf(renamed))).facts).toMatchObject({ removed: 1, restored: 1 });
    expect(await towns()).toEqual(whole);
  });

  test("an end is taken off by a word, never by an empty cell, and the answer says so", async () => {
    await brings("如东,双甸镇,,2020-10-10,");
    await measures(day("2020-10-11", "如东双甸镇站", 34));
    expect(await ranked("如东", "2020-10-11")).toEqual({ 岔河镇: 20 });
    const left = await brings("如东,双甸镇,,,");
    expect(left).toMatchObject({ corrected: 0, unchanged: 1, report: { facts: { stillEnded: ["双甸镇"] } } });
    expect(JSON.stringify(left)).toContain(
      "表里没有写停用日期，仍为停用：双甸镇（2020-10-10）。要恢复，请在停用日期填“清除”。",
    );
    expect(await brings("如东,双甸镇,,清除,")).toMatchObject({ corrected: 1 });
    expect(await towns()).toEqual(whole);
    // With the days that have come meanwhile.
    expect(await ranked("如东", "2020-10-11")).toEqual({ 岔河镇: 20, 双甸镇: 34 });
    const again = await brings("如东,双甸镇,,清除,");
    expect(again).toMatchObject({ corrected: 0, unchanged: 1 });
    expect(again).not.toHaveProperty("report");
  });
});
