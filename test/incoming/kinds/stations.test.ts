import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HEAD = "站点,编码,县区,国控,启用日期,停用日期,经度,纬度";
let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const brings = (...rows: string[]) => importText(office, [HEAD, ...rows]);
const stationOf = async (name: string) =>
  (await office.bot.store.read((r) => r.air.stations())).find((one) => one.name === name);
const NO = ["一", "二", "三", "四"];
const days = (date: string, values: readonly (number | "")[]) =>
  importText(office, [
    "日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h",
    ...values.map((value, i) => `${date},演示·海安${NO[i]}号站,${value},50,8,20,0.7,80`),
  ]);
const pm25 = async (date: string) => {
  const { facts, code } = await office.says("市办", `海安 ${date}`);
  return code ?? facts.pollutants["PM2.5"].value;
};

test("a new station comes in, and a known one gets what was missing; the rest stays", async () => {
  const rows = ["新港子站,1001A,海安,否,2020-06-01,,120.5,32.5", "演示·海安一号站,9001a,海安,,,,,"];
  expect(await brings(...rows)).toMatchObject({ kind: "stations", added: 1, corrected: 1 });
  expect(await stationOf("新港子站")).toEqual({
    id: "1001A",
    name: "新港子站",
    code: "1001A",
    regionId: "haian",
    national: false,
    validFrom: "2020-06-01",
    validTo: null,
    longitude: 120.5,
    latitude: 32.5,
  });
  expect(await stationOf("演示·海安一号站")).toMatchObject({
    id: "demo-haian-1",
    code: "9001A",
    validFrom: null,
  });
  expect(await brings(...rows)).toMatchObject({ added: 0, corrected: 0, unchanged: 2 });
});

test("it is known by its code when it is called otherwise, and national files then know it", async () => {
  await brings("演示·海安一号站,9001A,海安,,,,,");
  expect(await brings("海安监测站,9001A,海安,,,,,")).toMatchObject({ corrected: 1 });
  expect(await stationOf("海安监测站")).toMatchObject({ id: "demo-haian-1" });
  const hours = await importText(office, ["date,hour,type,1A,9001A", "20180601,9,PM2.5,1,33"]);
  expect(hours).toMatchObject({ kind: "hourly-air", added: 1 });
});

describe("a region's days rest on the stations that are in use", () => {
  test("one that is closed is no longer missed", async () => {
    await days("2018-06-01", [30, 32, "", ""]);
    expect(await pm25("2018-06-01")).toBeNull();
    await brings("演示·海安三号站,,海安,,,2018-05-31,,", "演示·海安四号站,,海安,,,2018-05-31,,");
    expect(await pm25("2018-06-01")).toBe(31);
  });

  test("a new one is missed from its first day on, and not before", async () => {
    await days("2018-06-01", [30, 32, 34, ""]);
    await days("2018-06-02", [30, 32, 34, ""]);
    expect([await pm25("2018-06-01"), await pm25("2018-06-02")]).toEqual([32, 32]);
    await brings("新港子站,1001A,海安,否,2018-06-02,,,");
    expect([await pm25("2018-06-01"), await pm25("2018-06-02")]).toEqual([32, null]);
  });

  test("a day outside its time doesn't count", async () => {
    await brings("演示·海安四号站,,海安,,2018-06-02,,,");
    await days("2018-06-01", [30, 30, 30, 90]);
    await days("2018-06-02", [30, 30, 30, 90]);
    expect([await pm25("2018-06-01"), await pm25("2018-06-02")]).toEqual([30, 45]);
  });

  test("the city's on its national ones", async () => {
    const before = (await office.says("市办", "全市 2020-05-11")).facts.pollutants["PM2.5"].value;
    const stations = (await office.bot.store.read((r) => r.air.stations())).filter((one) => one.national);
    const rows = stations.slice(1).map(({ name }) => `${name},,${name.slice(3, -3)},否,,,,`);
    expect(await brings(...rows)).toMatchObject({ corrected: 4 });
    const { facts } = await office.says("市办", "全市 2020-05-11");
    expect(facts.pollutants["PM2.5"].value).not.toBe(before);
  });

  test("published notices with the old figures are named", async () => {
    await office.advanceTo("2020-06-22T10:00");
    const result = await brings("演示·海安四号站,,海安,,,2020-01-31,,");
    const periods = "affected" in result ? result.affected.map(({ period }) => period) : [];
    expect(periods).toEqual(["2020-06-08..2020-06-14", "2020-06-15..2020-06-21"]);
  });
});

describe("a slip is refused by its cell, and nothing is stored", () => {
  test.each([
    ["新港子站,1001A,海安,否,,,,", "2 启用日期  新站点请写明启用日期"],
    [
      "新港子站,1001A,海按,否,2020-06-01,,,",
      "2 县区 海按 没有名为“海按”的县（市、区），您要找的是“海安”吗？",
    ],
    ["新港子站,一号,海安,否,2020-06-01,,,", "2 编码 一号 编码应由字母和数字组成，例如 1001A"],
    ["新港子站,1001A,海安,也许,2020-06-01,,,", "2 国控 也许 请填“是”（国控）或“否”"],
    ["新港子站,1001A,海安,否,2020-06-02,2020-06-01,,", "2 停用日期 2020-06-01 早于启用日期，请核对"],
    [
      "新港子站,1001A,海安,否,2020-06-01,,12.5,32.5",
      "2 经度 12.5 应在73至136之间，经度、纬度像是写反了，请对调",
    ],
    ["演示·海安一号站,,如皋,,,,,", "2 县区 如皋 站点已有海安的数据，不能改县区；请停用后另建站点"],
  ])("%s", async (row, fault) => {
    const before = await office.bot.store.read((r) => r.air.stations());
    expect(faultsOf(await brings(row))).toEqual([fault]);
    expect(await office.bot.store.read((r) => r.air.stations())).toEqual(before);
  });

  test("one code for two", async () => {
    const two = ["甲站,1001A,海安,否,2020-06-01,,,", "乙站,1001A,海安,否,2020-06-01,,,"];
    expect(faultsOf(await brings(...two))).toEqual(["3 编码 1001A 与“甲站”的编码相同，请核对"]);
    await brings("演示·海安一号站,9001A,海安,,,,,");
    expect(faultsOf(await brings("演示·海安二号站,9001A,海安,,,,,"))).toEqual([
      "2 编码 9001A 编码9001A是“演示·海安一号站”的，请核对",
    ]);
  });

  test("a district that became part of another is no move", async () => {
    const later = await anOffice({ at: "2020-09-10T08:30" });
    expect(await importText(later, [HEAD, "演示·港闸一号站,2001A,崇川,,,,,"])).toMatchObject({
      corrected: 1,
    });
    later.close();
  });
});
