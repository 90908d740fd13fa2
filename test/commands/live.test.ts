import { afterEach, beforeEach, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const HEAD = "时间,站点,PM2.5,PM10,SO2,NO2,CO,O3";
let office: AnOffice;
/** An evening long after the demonstration's hours, so that only what a test brings in is there. */
beforeEach(async () => {
  office = await anOffice({ at: "2020-09-10T10:05" });
});
afterEach(() => office.close());

const brings = (...rows: string[]) => importText(office, [HEAD, ...rows]);
const at = (time: string, no: string, pm25: number | "", county = "海安") =>
  `2020-09-${time},演示·${county}${no}号站,${pm25},50,8,20,0.7,80`;

test("a county's newest hour is the mean of its stations, each with its own time", async () => {
  await brings(
    at("10 10:00", "一", 30),
    at("10 10:00", "二", 33),
    at("10 10:00", "三", 34),
    at("10 09:00", "四", 99),
  );
  const { command, facts, text } = await office.says("市办", "实况 海安");
  expect(command).toBe("live");
  expect(facts).toMatchObject({
    county: "海安",
    hour: "2020-09-10T10:00",
    ageHours: 0,
    fresh: true,
    values: { "PM2.5": 32, CO: 0.7 },
    validStations: 3,
    stationCount: 4,
  });
  expect(facts.stations.map((s: { hour: string }) => s.hour.slice(-5))).toEqual([
    "10:00",
    "10:00",
    "10:00",
    "09:00",
  ]);
  expect(text).toContain("9月10日 10:00，最新；有效站点3/4个。");
  // How many of the day's ten hours there are: a day needs 20.
  expect(facts.hoursOver).toBe(10);
  expect(facts.stations.map((s: { hoursToday: number }) => s.hoursToday)).toEqual([1, 1, 1, 1]);
  expect(text).toContain("1/10");
});

test("too few stations make no mean, never that of one station", async () => {
  await brings(at("10 10:00", "一", 30), at("10 10:00", "二", 33), at("10 09:00", "三", 34));
  const { facts } = await office.says("市办", "海安实况");
  expect(facts).toMatchObject({ values: { "PM2.5": null }, validStations: 2 });
});

test("it is what somebody asks for who wants to know how the air is now", async () => {
  await brings(...["一", "二", "三", "四"].map((no) => at("10 10:00", no, 40)));
  for (const said of ["现在空气怎么样", "海安现在PM2.5多少", "海安现在空气质量怎么样", "空气怎么样"])
    expect((await office.says("市办", said)).command, said).toBe("live");
});

test("a missing item is missing in the mean as well", async () => {
  await brings(...["一", "二", "三", "四"].map((no, i) => at("10 10:00", no, i < 2 ? "" : 40)));
  expect((await office.says("市办", "海安实况")).facts.values).toMatchObject({ "PM2.5": null, PM10: 50 });
});

test.each([
  ["2020-09-10T10:59", 0, true, false],
  ["2020-09-10T11:30", 1, true, false],
  ["2020-09-10T12:00", 2, false, true],
])("at %s an hour of 10:00 is %i hours old: fresh %s", async (now, age, fresh, says) => {
  await brings(...["一", "二", "三"].map((no) => at("10 10:00", no, 30)));
  await office.advanceTo(now);
  const { facts, text } = await office.says("市办", "海安实况");
  expect(facts).toMatchObject({ ageHours: age, fresh });
  expect(text.includes("数据没有更新：海安2小时前。")).toBe(says);
});

test("of all counties, and of the city by its national stations; those without hours are named", async () => {
  await brings(...["一", "二", "三"].map((no) => at("09 24:00", no, 30)), at("10 09:00", "一", 21, "崇川"));
  const { facts, text } = await office.says("海安联络员", "实况");
  expect(facts.rows.map((row: { county: string }) => row.county)).toEqual(
    expect.arrayContaining(["南通", "海安", "崇川"]),
  );
  expect(text).toContain("9月9日 24:00");
  expect(text).toMatch(/数据没有更新：海安10小时前。/);
  expect(text).toMatch(/最近七天没有小时数据：如皋、/);
  expect((await office.presses("海安联络员", "海安")).facts.county).toBe("海安");
});

test("hours older than a week are no longer live, and without any there is none", async () => {
  expect(await office.says("市办", "实况")).toMatchObject({ code: "no-data", instead: ["日报 昨天"] });
  await brings(at("10 10:00", "一", 30));
  await office.advanceTo("2020-09-17T10:00");
  expect(await office.says("市办", "实况 海安")).toMatchObject({ code: "no-data" });
});

test("a station that is out of use counts no more", async () => {
  await brings(...["一", "二", "三", "四"].map((no) => at("10 10:00", no, 30)));
  const stations = await office.bot.store.read((r) => r.air.stations());
  const closed = stations
    .filter(({ id }) => id === "demo-haian-4")
    .map((s) => ({ ...s, validTo: "2020-09-01" }));
  await office.bot.store.write((w) => w.air.addStations(closed));
  expect((await office.says("市办", "实况 海安")).facts).toMatchObject({ validStations: 3, stationCount: 3 });
});

test("as a picture where it was measured: the counties, or one with its stations, of the item that was asked for", async () => {
  const june = await anOffice();
  const city = await june.says("海安联络员", "实况 图");
  expect(city.facts.chart).toMatchObject({ kind: "station-map", title: "南通市PM2.5实况" });
  expect(city.facts.chart.places).toHaveLength(11);
  expect(city.facts.chart.notes).toContain("颗粒物小时值按日均限值折算级别");
  const { type, bytes } = await june.opens("海安联络员", "南通市PM2.5实况.png");
  expect(type).toBe("image/png");
  expect(bytes.length).toBeGreaterThan(10_000);
  const county = await june.says("市办", "实况 海安 图 臭氧");
  const own = county.facts.chart.places.find(({ name }: { name: string }) => name === "演示·海安二号站");
  expect(own).toMatchObject({ longitude: expect.any(Number), level: "优" });
  expect(county.facts.chart.title).toBe("海安市O₃实况");
  // Without coordinates there is nothing to be drawn, and that is how to mend it.
  const stations = await june.bot.store.read((r) => r.air.stations());
  const nowhere = stations.map((s) => ({ ...s, longitude: null, latitude: null }));
  await june.bot.store.write((w) => w.air.addStations(nowhere));
  expect(await june.says("市办", "实况 海安 图")).toMatchObject({
    code: "no-data",
    message: expect.stringContaining("经度、纬度"),
  });
  june.close();
});

test("the demonstration has the hours of its first morning", async () => {
  const june = await anOffice();
  const { facts } = await june.says("市办", "实况");
  expect(facts.rows[0]).toMatchObject({ county: "南通", hour: "2020-06-15T08:00", fresh: true });
  june.close();
});
