import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hoursOfDay } from "../../../src/domain/air/hour-number.ts";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HEAD = "时间,站点,PM2.5,PM10,SO2,NO2,CO,O3";
const NAME = "演示·海安一号站";
const ID = "demo-haian-1";
/** A day of which nobody has published anything. */
const DAY = "2018-06-01";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const brings = (rows: readonly string[], head = HEAD) => importText(office, [head, ...rows]);
const two = (n: number) => String(n).padStart(2, "0");
/** A day's rows, 01:00 … 24:00, each with its values or, for null, without. */
const aDay = (values: (label: number) => string | null, name = NAME, date = DAY) =>
  Array.from({ length: 24 }, (_, i) => `${date} ${two(i + 1)}:00,${name},${values(i + 1) ?? ",,,,,"}`);
const steady = (pm25: number) => `${pm25},50,8,20,0.7,80`;
/** A figure that moves a little around its mean from hour to hour, as air does: one that doesn't is doubted. */
const near = (mean: number, label: number, by = 1) => mean + (label % 2 === 0 ? by : -by);
const course = (pm25: number | null, co: number, o3: number | null, label: number) =>
  `${pm25 ?? near(30, label)},${near(50, label)},${near(8, label)},${near(20, label)},${near(co, label, 0.1).toFixed(1)},${o3 ?? near(80, label)}`;
const around = (pm25: number) => (label: number) => course(near(pm25, label), 0.7, null, label);
const rising = (label: number) => (label === 5 ? null : course(20 + label, 0.6, 60 + 3 * label, label));

const hours = async (date = DAY, id = ID) => {
  const { first, last } = hoursOfDay(date);
  return office.bot.store.read((r) => r.air.hours(id, first, last));
};
const day = async (date = DAY) => {
  const { facts, code } = await office.says("市办", `海安 ${date}`);
  return code === null ? facts.pollutants : code;
};

test("a day of hours comes in, a missing one as missing, and a second time changes nothing", async () => {
  expect(await brings(aDay(rising))).toMatchObject({ kind: "hourly-air", rows: 24, added: 24 });
  expect(await brings(aDay(rising))).toMatchObject({ added: 0, corrected: 0, unchanged: 24 });
  const stored = await hours();
  expect(stored).toHaveLength(24);
  expect(stored[4]).toMatchObject({ "PM2.5": null, O3: null });
  expect(stored[23]).toMatchObject({ "PM2.5": 44, PM10: 51, SO2: 9, NO2: 21, CO: 7, O3: 132 });
});

test.each([
  `${DAY} 01:00`,
  `${DAY} 1:00`,
  `${DAY}T01:00:00`,
  "2018/6/1 01:00",
  "2018年6月1日 01:00",
  "2018年6月1日1时",
  "2018060101",
])("reads the hour %s", async (time) => {
  expect(await brings([`${time},${NAME},${steady(30)}`])).toMatchObject({ added: 1 });
  expect(await hours()).toEqual([expect.objectContaining({ hour: hoursOfDay(DAY).first, "PM2.5": 30 })]);
});

test("00:00 of a day is 24:00 of the day before", async () => {
  await brings([`2018-06-02 00:00,${NAME},${steady(30)}`]);
  expect(await brings([`${DAY} 24:00,${NAME},${steady(30)}`])).toMatchObject({ unchanged: 1 });
});

test.each([
  [`${DAY},${NAME},${steady(30)}`, /^2 时间 2018-06-01 没有写钟点.*如果是日均值，请把列名改为“日期”/],
  [`${DAY} 09:30,${NAME},${steady(30)}`, /应是整点/],
  [`${DAY} 25:00,${NAME},${steady(30)}`, /没有这个钟点/],
  [`2018-02-30 09:00,${NAME},${steady(30)}`, /没有这一天/],
  [`上午,${NAME},${steady(30)}`, /不是时间/],
  [`2020-06-15 09:00,${NAME},${steady(30)}`, /这个小时还没有结束/],
  [`2012-06-15 09:00,${NAME},${steady(30)}`, /早于2013年/],
  [`${DAY} 09:00,一号,${steady(30)}`, /^2 站点 一号 没有名为“一号”的站点/],
  [`${DAY} 09:00,${NAME},-999,50,8,20,0.7,80`, /^2 PM2\.5 -999 .*填充值/],
  [`${DAY} 09:00,${NAME},30,50,8,20,700,80`, /一氧化碳单位应为 mg/],
])("%s is refused, and nothing is stored", async (row, fault) => {
  expect(faultsOf(await brings([row]))).toEqual([expect.stringMatching(fault)]);
  expect(await hours()).toEqual([]);
});

describe("a station's day is made of its hours", () => {
  const ofStations = (n: number, values: (label: number) => string | null) =>
    ["一", "二", "三", "四"].slice(0, n).flatMap((no) => aDay(values, `演示·海安${no}号站`));

  test("where none was published, and the county's of its stations'", async () => {
    await brings(ofStations(4, rising));
    expect(await day()).toMatchObject({ "PM2.5": { value: 33 }, O3_8h: { value: 122 }, CO: { value: 0.6 } });
  });

  test("19 hours make no mean, and two stations of four no county", async () => {
    await brings(ofStations(4, (label) => (label > 19 ? null : around(30)(label))));
    expect(await day()).toMatchObject({ "PM2.5": { value: null }, O3_8h: { value: 80 } });
    await brings(ofStations(2, around(31)));
    expect(await day()).toMatchObject({ "PM2.5": { value: null } });
  });

  test("a corrected hour makes another day, and the old hour stays on record", async () => {
    await brings(ofStations(4, around(30)));
    expect(await brings(ofStations(4, around(40)))).toMatchObject({ added: 0, corrected: 96 });
    expect(await day()).toMatchObject({ "PM2.5": { value: 40 } });
  });

  test("an hour that comes without a value takes none away", async () => {
    await brings(ofStations(4, around(30)));
    expect(await brings(ofStations(4, () => null))).toMatchObject({ unchanged: 96 });
    expect(await day()).toMatchObject({ "PM2.5": { value: 30 } });
  });

  const published = (pm25: number) =>
    importText(office, [
      "日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h",
      ...["一", "二", "三", "四"].map((no) => `${DAY},演示·海安${no}号站,${pm25},50,8,20,0.7,80`),
    ]);

  test("never of a published one's", async () => {
    await published(35);
    await brings(ofStations(4, around(30)));
    expect(await day()).toMatchObject({ "PM2.5": { value: 35 } });
  });

  test("and gives way when it is published, whatever its hours come to afterwards", async () => {
    await brings(ofStations(4, around(30)));
    expect(await published(30)).toMatchObject({ added: 0, unchanged: 4 });
    await brings(ofStations(4, around(40)));
    expect(await day()).toMatchObject({ "PM2.5": { value: 30 } });
    expect(await published(35)).toMatchObject({ corrected: 4 });
    expect(await day()).toMatchObject({ "PM2.5": { value: 35 } });
  });

  test("hours in any order and in any pieces give the same day", async () => {
    const rows = ofStations(4, rising);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.integer({ min: 0, max: rows.length }),
        async (shuffled, cut) => {
          const own = await anOffice();
          const rest = [shuffled.slice(0, cut), shuffled.slice(cut)].filter((part) => part.length > 0);
          for (const part of rest) await importText(own, [HEAD, ...part]);
          const { facts } = await own.says("市办", `海安 ${DAY}`);
          own.close();
          expect(facts.pollutants).toMatchObject({ "PM2.5": { value: 33 }, O3_8h: { value: 122 } });
        },
      ),
      { numRuns: 5, seed: 1 },
    );
  });
});

describe("layouts of the national centre", () => {
  const code = async (id: string, called: string) => {
    const station = (await office.bot.store.read((r) => r.air.stations())).find((s) => s.id === id);
    if (station) await office.bot.store.write((w) => w.air.addStations([{ ...station, code: called }]));
  };
  const wide = (...rows: string[]) => importText(office, ["date,hour,type,1001A,9001A,9002A", ...rows]);

  test("a snapshot's rolling means are never the hour's", async () => {
    const head =
      "timepoint,area,positionname,stationcode,aqi,quality,co,co_24h,no2,no2_24h,o3,o3_24h,o3_8h,o3_8h_24h,pm10,pm10_24h,pm2_5,pm2_5_24h,so2,so2_24h";
    const row = `2018-06-01T09:00:00,南通市,${NAME},9001A,52,良,0.6,0.7,21,20,97,120,88,110,54,50,33,31,7,8`;
    expect(await brings([row], head)).toMatchObject({ kind: "hourly-air", rows: 1, added: 1 });
    expect(await hours()).toEqual([
      expect.objectContaining({ "PM2.5": 33, PM10: 54, SO2: 7, NO2: 21, CO: 6, O3: 97 }),
    ]);
  });

  test("of a column a station only the office's own are read; the rest are counted", async () => {
    await code(ID, "9001A");
    await code("demo-haian-2", "9002A");
    const rows = [
      "AQI,50",
      "PM2.5,33",
      "PM2.5_24h,31",
      "PM10,54",
      "SO2,7",
      "NO2,21",
      "O3,97",
      "O3_8h,88",
      "CO,0.6",
    ];
    const lines = rows.map((row) => row.split(",")).map(([type, v]) => `20180601,9,${type},1,${v},`);
    const result = await wide(...lines);
    expect(result).toMatchObject({
      kind: "hourly-air",
      added: 2,
      rejected: [],
      report: { facts: { otherStations: 1 } },
    });
    expect(await hours()).toEqual([
      expect.objectContaining({ "PM2.5": 33, PM10: 54, SO2: 7, NO2: 21, CO: 6, O3: 97 }),
    ]);
    expect(await hours(DAY, "demo-haian-2")).toEqual([expect.objectContaining({ "PM2.5": null })]);
    expect(await wide(...lines)).toMatchObject({ added: 0, unchanged: 2 });
  });

  test("its hour 0 is the end of the day before", async () => {
    await code(ID, "9001A");
    await wide("20180602,0,PM2.5,1,33,");
    expect(await hours()).toEqual([expect.objectContaining({ hour: hoursOfDay(DAY).last, "PM2.5": 33 })]);
  });

  test("a bad cell is named by its row and its station's column", async () => {
    await code(ID, "9001A");
    const result = await wide("20180601,9,PM2.5,1,33,", "20180601,9,CO,1,700,", "20180601,10,NOX,1,7,");
    expect(faultsOf(result)).toEqual([
      "3 9001A 700 一氧化碳单位应为 mg/m³，请换算后再填",
      "4 type NOX 不认识的污染物“NOX”",
    ]);
    expect(await hours()).toEqual([]);
  });

  test("a file with none of the office's stations is refused by the head of its first", async () => {
    expect(faultsOf(await wide("20180601,9,PM2.5,1,33,"))).toEqual([
      expect.stringMatching(/^1 1001A 1001A 没有一列是本办公室的站点/),
    ]);
  });
});

test("a workbook's midnight, a bare date among times, is 00:00", async () => {
  const rows = [`${DAY} 23:00,${NAME},${steady(30)}`, `2018-06-02,${NAME},${steady(31)}`];
  expect(await brings(rows)).toMatchObject({ added: 2 });
  expect((await hours()).map((hour) => hour["PM2.5"])).toEqual([30, 31]);
});

test("a table of days is still one of days, and one of days without a date is no table of hours", async () => {
  const daily = `${DAY},${NAME},33,50,8,20,0.7,80`;
  expect(await importText(office, ["日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h", daily])).toMatchObject({
    kind: "daily-air",
  });
  expect(faultsOf(await importText(office, ["时间,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h", daily]))).toEqual([
    expect.stringMatching(/没有写钟点/),
  ]);
});

test("what an instrument shows is kept, doubted and said, whatever it shows", async () => {
  const result = await brings([
    `${DAY} 08:00,${NAME},-3,0,8,20,0.7,80`,
    `${DAY} 09:00,${NAME},1200,50,8,20,0.7,80`,
  ]);
  expect(result).toMatchObject({ added: 2, rejected: [], report: { facts: { doubtedHours: 2 } } });
  expect((await hours()).map((hour) => hour["PM2.5"])).toEqual([null, null]);
  const { first, last } = hoursOfDay(DAY);
  const measured = await office.bot.store.read((r) => r.air.measuredHours(ID, first, last));
  expect(measured.map((hour) => [hour["PM2.5"], hour.PM10, hour.doubts])).toEqual([
    [-3, 0, { "PM2.5": "negative" }],
    [1200, 50, { "PM2.5": "range" }],
  ]);
});
