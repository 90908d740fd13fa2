import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aFolder } from "../../support/folder.ts";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HEAD = "站点,镇街,编码,县区,经度,纬度,国控,点位长,启用日期";
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-07-20T09:00" });
});
afterAll(() => office.close());
const brings = (...rows: string[]) => importText(office, [HEAD, ...rows]);
const stationOf = async (name: string) =>
  (await office.bot.store.read((r) => r.air.stations())).find((one) => one.name === name);

test("a station of a town belongs to the town; without a name of its own it is called by it", async () => {
  const rows = [
    "墩头子站,墩头镇,7001A,海安,120.4,32.6,否,海安点位长,2020-07-01",
    ",海安南莫镇,7002A,海安,120.3,32.7,,,2020-07-01",
    "四甲子站,四甲镇,7003A,海门,121.2,31.9,,,2020-07-01",
  ];
  expect(await brings(...rows)).toMatchObject({ kind: "stations", added: 3 });
  expect(await stationOf("墩头子站")).toMatchObject({ regionId: "haian-duntou", national: false });
  expect(await stationOf("海安南莫镇站")).toMatchObject({ regionId: "haian-nanmo", longitude: 120.3 });
  expect(await stationOf("四甲子站")).toMatchObject({ regionId: "haimen-sijia" });
  expect(await brings(...rows)).toMatchObject({ added: 0, corrected: 0, unchanged: 3 });
  const { readiness } = (await office.says("海安联络员", "镇街 海安 准备情况")).facts;
  expect(readiness[0]).toMatchObject({ built: 6 });
  expect(readiness[0].without).not.toContain("墩头镇");
});

test("a file of towns alone comes in by its 镇街, 编码 and 县区", async () => {
  const lines = ["镇街,编码,县区,启用日期", "雅周镇,7010A,海安,2020-07-01"];
  expect(await importText(office, lines)).toMatchObject({ kind: "stations", added: 1 });
});

test("its days come in by its name, of its hours too, and make its town's value", async () => {
  const hours = Array.from(
    { length: 22 },
    (_, h) => `2020-07-10 ${String(h + 1).padStart(2, "0")}:00,墩头子站,${30 + (h % 2)},60,8,20,0.7,80`,
  );
  await importText(office, ["时间,站点,PM2.5,PM10,SO2,NO2,CO,O3", ...hours]);
  await importText(office, [
    "日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h",
    "2020-07-11,墩头子站,50,60,8,20,0.7,80",
  ]);
  const { facts } = await office.says("市办", "镇街 海安 2020-07-10..2020-07-11");
  // 30.5 of the hours is 30, and 30 and 50 are 40.
  expect(facts.rows.find(({ town }: { town: string }) => town === "墩头镇")).toMatchObject({
    value: 40,
    validDays: 2,
  });
});

test("who is named becomes its chief in the place of who was; nobody named leaves them", async () => {
  const chiefs = async () => {
    const id = (await stationOf("墩头子站"))?.id ?? "";
    return office.bot.store.read((r) => r.ownStations.chiefsOf(id));
  };
  const [first] = await chiefs();
  expect(first).toBeDefined();
  expect(await brings("墩头子站,墩头镇,7001A,海安,,,,,")).toMatchObject({ unchanged: 1 });
  expect(await chiefs()).toEqual([first]);
  expect(await brings("墩头子站,,7001A,海安,,,,通州点位长、海安点位长,")).toMatchObject({ corrected: 1 });
  expect(await chiefs()).toHaveLength(2);
  await brings("墩头子站,,7001A,海安,,,,通州点位长,");
  expect(await chiefs()).not.toContain(first);
});

describe("a slip is refused by its cell, and nothing is stored", () => {
  test.each([
    [
      "甲站,墩头镇,8001A,海安,32.6,120.4,,,2020-07-01",
      [
        "2 经度 32.6 应在73至136之间，经度、纬度像是写反了，请对调",
        "2 纬度 120.4 应在3至54之间，经度、纬度像是写反了，请对调",
      ],
    ],
    ["甲站,墩头镇,8001A,海安,120.4,,,,2020-07-01", ["2 纬度  只有经度，请补上纬度"]],
    ["甲站,墩头镇,8001A,海安,,32.6,,,2020-07-01", ["2 经度  只有纬度，请补上经度"]],
    ["甲站,墩头镇,8001A,海安,200,32.6,,,2020-07-01", ["2 经度 200 应在73至136之间，请核对"]],
    ["甲站,墩头,8001A,海安,,,,,2020-07-01", ["2 镇街 墩头 海安没有名为“墩头”的镇街，您要找的是“墩头镇”吗？"]],
    ["甲站,四甲镇,8001A,海安,,,,,2020-07-01", [/^2 镇街 四甲镇 海安没有名为“四甲镇”的镇街/]],
    [
      "甲站,桃园镇,8001A,如皋,,,,,2020-07-01",
      ["2 镇街 桃园镇 如皋没有名为“桃园镇”的镇街，请先发送镇街名单表增补"],
    ],
    ["甲站,墩头镇,8001A,海安,,,是,,2020-07-01", ["2 国控 是 镇街站点不是国控站点，请填“否”，或把镇街留空"]],
    [
      "甲站,墩头镇,8001A,海安,,,,海安点长,2020-07-01",
      ["2 点位长 海安点长 没有名为“海安点长”的点位长，您要找的是“海安点位长”吗？"],
    ],
    ["墩头子站,南莫镇,7001A,海安,,,,,", ["2 镇街 南莫镇 站点已有墩头镇的数据，不能改镇街；请停用后另建站点"]],
    ["墩头子站,,7001A,如皋,,,,,", ["2 县区 如皋 站点已有墩头镇的数据，不能改县区；请停用后另建站点"]],
    ["演示·海安一号站,墩头镇,,海安,,,,,", ["2 镇街 墩头镇 站点已有海安的数据，不能改镇街；请停用后另建站点"]],
  ])("%s", async (row, faults) => {
    const before = await office.bot.store.read((r) => r.air.stations());
    const found = faultsOf(await brings(row));
    expect(found).toEqual(faults.map((one) => (typeof one === "string" ? one : expect.stringMatching(one))));
    expect(await office.bot.store.read((r) => r.air.stations())).toEqual(before);
  });
});

test("a merged town keeps its past under its own name, and its stations make the new one's value from then on", async () => {
  // A pack is known by its folder's name.
  const plan = join(aFolder(), "nantong-2020");
  cpSync("seeds/nantong-2020", plan, { recursive: true });
  const file = join(plan, "towns.yaml");
  const towns = readFileSync(file, "utf8")
    .replace(/(haian-libao, .*) }/, "$1, to: 2020-07-10, successor: haian-chengdong-2020 }")
    .replace(/(haian-chengdong, .*) }/, "$1, to: 2020-07-10, successor: haian-chengdong-2020 }");
  const heir =
    "- { id: haian-chengdong-2020, name: 城东镇, short: 城东镇, county: haian, from: 2020-07-11 }\n";
  writeFileSync(file, towns + heir);
  const merged = await anOffice({ plan, at: "2020-07-20T09:00" });
  try {
    const days = ["2020-07-09", "2020-07-12"].flatMap((date) => [
      `${date},演示·城东镇站,20,60,8,20,0.7,80`,
      `${date},演示·李堡镇站,40,60,8,20,0.7,80`,
    ]);
    await importText(merged, ["日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h", ...days]);
    const ranked = async (period: string) => {
      const { facts } = await merged.says("城东镇联络员", `镇街 海安 ${period}`);
      return Object.fromEntries(
        facts.rows.map(({ town, value }: { town: string; value: number | null }) => [town, value]),
      );
    };
    expect(await ranked("2020-07-09")).toMatchObject({ 城东镇: 20, 李堡镇: 40 });
    const after = await ranked("2020-07-12");
    expect(after).toMatchObject({ 城东镇: 30 });
    expect(Object.keys(after)).not.toContain("李堡镇");

    const added = await importText(merged, [HEAD, "城东二站,城东镇,7100A,海安,,,,,2020-07-12"]);
    expect(added).toMatchObject({ added: 1 });
    const stations = await merged.bot.store.read((r) => r.air.stations());
    expect(stations.find(({ name }) => name === "城东二站")?.regionId).toBe("haian-chengdong-2020");
    const gone = await importText(merged, [HEAD, "李堡二站,李堡镇,7101A,海安,,,,,2020-07-12"]);
    expect(faultsOf(gone).join()).toContain("海安没有名为“李堡镇”的镇街");
  } finally {
    merged.close();
  }
});
