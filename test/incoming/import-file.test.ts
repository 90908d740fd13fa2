import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { importCard } from "../../src/incoming/import-card.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import { anOffice } from "../support/office.ts";

const csv = (...rows: string[]) => ({
  name: "空气.csv",
  bytes: new TextEncoder().encode(["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h", ...rows].join("\n")),
});
const by = { person: null, partial: false };

test("a correction names the notices that went out with other figures, with each old figure and the new one", async () => {
  const office = await anOffice({ at: "2020-06-07T08:00" });
  await office.advanceTo("2020-06-29T10:00");
  const result = await importFile(
    office.bot,
    csv("2020-06-09,海安,99,150,9,30,1.0,90", "2020-06-27,海安,98,150,9,30,1.0,90"),
    by,
  );
  const [card] = (await office.cardsOf("海安领导")).filter(({ title }) => title.includes("6月8日至14日"));
  const facts = card?.facts as { parts: { rows: { county: string; pm25: number }[] }[] } | undefined;
  const [part] = facts?.parts ?? [];
  const printed = part?.rows.find(({ county }) => county === "海安")?.pm25;
  const now = (await office.says("市办", "海安 2020-06-08..2020-06-14")).facts.pollutants["PM2.5"].value;
  expect(now).not.toBe(printed);
  expect(result).toMatchObject({
    corrected: 2,
    affected: [
      {
        job: "weekly-notice",
        title: "空气质量周通报",
        period: "2020-06-08..2020-06-14",
        publishedAt: "2020-06-15T09:00:00+08:00",
        changes: expect.arrayContaining([
          { of: "海安", figure: "PM2.5", printed: `${printed}`, now: `${now}` },
        ]),
      },
      // Nothing of its own week is corrected: it is compared with the week before, and tells the year to date.
      {
        period: "2020-06-15..2020-06-21",
        changes: [
          { of: "海安", figure: "环比" },
          { of: "海安", figure: "优良率环比" },
          { of: "海安", figure: "累计优良率" },
          { of: "海安", figure: "累计优良率同比" },
        ],
      },
      { period: "2020-06-22..2020-06-28", publishedAt: "2020-06-29T09:00:00+08:00" },
    ],
  });
  expect(JSON.stringify(importCard("空气.csv", result))).toMatch(
    new RegExp(`已发布的空气质量周通报（2020年6月8日至14日）用的是旧值.*海安PM2.5：${printed}→${now}`),
  );
  office.close();
});

test("a correction that leaves the printed figures as they are says so, and one that brings them back does too", async () => {
  const office = await anOffice({ at: "2020-06-14T08:00" });
  const [day] = await office.bot.store.read((r) => r.air.days("haian", "2020-06-09", "2020-06-09"));
  const line = (so2: number) =>
    `2020-06-09,海安,${day?.["PM2.5"]},${day?.PM10},${so2},${day?.NO2},${(day?.CO ?? 0) / 10},${day?.O3_8h}`;
  await office.advanceTo("2020-06-15T10:00");
  const result = await importFile(office.bot, csv(line((day?.SO2 ?? 0) + 1)), by);
  expect(result).toMatchObject({ corrected: 1, affected: [{ changes: [] }] });
  expect(JSON.stringify(importCard("空气.csv", result))).toContain("公布的数字不变");
  const high = await importFile(office.bot, csv("2020-06-09,海安,99,150,9,30,1.0,90"), by);
  expect(high).toMatchObject({ affected: [{ changes: expect.arrayContaining([expect.anything()]) }] });
  const back = await importFile(office.bot, csv(line(day?.SO2 ?? 0)), by);
  expect(back).toMatchObject({ corrected: 1, affected: [{ changes: [] }] });
  office.close();
});

test("days that come after the notice, and last year's that it is compared with, touch it as well", async () => {
  const office = await anOffice({ at: "2020-06-14T08:00" });
  const empty = new Database(office.file);
  for (const table of ["region_day", "station_day"])
    empty.prepare(`delete from ${table} where date = '2020-06-14'`).run();
  empty.close();
  await office.advanceTo("2020-06-15T10:00");
  const late = await importFile(office.bot, csv("2020-06-14,海安,150,200,9,30,1.0,90"), by);
  expect(late).toMatchObject({
    ...{ added: 1, corrected: 0 },
    affected: [
      { changes: expect.arrayContaining([expect.objectContaining({ of: "海安", figure: "有效天" })]) },
    ],
  });
  const lastYear = await importFile(office.bot, csv("2019-06-09,如东,200,300,9,30,1.0,90"), by);
  expect(lastYear).toMatchObject({
    affected: [
      { changes: expect.arrayContaining([expect.objectContaining({ of: "如东", figure: "同比" })]) },
    ],
  });
  office.close();
});

test("a correction that nobody has published yet affects nothing, and neither does a repeat", async () => {
  const office = await anOffice({ at: "2020-06-16T08:00" });
  const file = csv("2020-06-15,海安,99,150,9,30,1.0,90");
  expect(await importFile(office.bot, file, by)).toMatchObject({ corrected: 1, affected: [] });
  expect(await importFile(office.bot, file, by)).toMatchObject({ corrected: 0, unchanged: 1, affected: [] });
  office.close();
});

test("a county's figure that equals what its stations gave is unchanged, and from then on goes before them", async () => {
  const office = await anOffice();
  const [day] = await office.bot.store.read((r) => r.air.days("haian", "2020-05-04", "2020-05-04"));
  const { "PM2.5": pm25, PM10, SO2, NO2, CO, O3_8h } = day as NonNullable<typeof day>;
  const same = `2020-05-04,海安,${pm25},${PM10},${SO2},${NO2},${(CO ?? 0) / 10},${O3_8h}`;
  expect(await importFile(office.bot, csv(same), by)).toMatchObject({ added: 0, corrected: 0, unchanged: 1 });
  const station = new TextEncoder().encode(
    "日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h\n2020-05-04,演示·海安一号站,400,500,9,30,1.0,90",
  );
  await importFile(office.bot, { name: "站点.csv", bytes: station }, by);
  const [after] = await office.bot.store.read((r) => r.air.days("haian", "2020-05-04", "2020-05-04"));
  expect(after).toEqual(day);
  office.close();
});

test("what is missing never erases what stood there; 清除 does, and the old value stays in the log", async () => {
  const office = await anOffice({ at: "2020-06-16T08:00" });
  const day = async () =>
    (await office.bot.store.read((r) => r.air.days("haian", "2020-06-14", "2020-06-14")))[0];
  await importFile(office.bot, csv("2020-06-14,海安,31,55,8,20,0.7,120"), by);
  expect(await importFile(office.bot, csv("2020-06-14,海安,,,—,缺测,,"), by)).toMatchObject({ unchanged: 1 });
  expect(await importFile(office.bot, csv("2020-06-14,海安,32,,,,,"), by)).toMatchObject({ corrected: 1 });
  expect(await day()).toMatchObject({ "PM2.5": 32, PM10: 55, SO2: 8, NO2: 20, CO: 7, O3_8h: 120 });
  expect(await importFile(office.bot, csv("2020-06-14,海安,,清除,,,清除,"), by)).toMatchObject({
    corrected: 1,
  });
  expect(await day()).toMatchObject({ "PM2.5": 32, PM10: null, SO2: 8, CO: null, O3_8h: 120 });
  expect(await importFile(office.bot, csv("2020-06-13,如皋,清除,55,8,20,0.7,120"), by)).toMatchObject({
    rejected: [],
  });
  office.close();
});

test("a station's cleared item is missing from its county's day as well", async () => {
  const office = await anOffice({ at: "2020-06-16T08:00" });
  const stations = await office.bot.store.read((r) => r.air.stations());
  const own = stations.filter(({ regionId }) => regionId === "rudong").map(({ name }) => name);
  const of = (value: string) => own.map((name) => `2020-06-14,${name},${value},55,8,20,0.7,120`).join("\n");
  const file = (value: string) => ({
    name: "站点.csv",
    bytes: new TextEncoder().encode(`日期,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h\n${of(value)}\n`),
  });
  const day = async () =>
    (await office.bot.store.read((r) => r.air.days("rudong", "2020-06-14", "2020-06-14")))[0];
  await importFile(office.bot, file("33"), by);
  expect(await day()).toMatchObject({ "PM2.5": 33 });
  await importFile(office.bot, file("清除"), by);
  expect(await day()).toMatchObject({ "PM2.5": null, PM10: 55 });
  office.close();
});

test("a table with a column for each place touches only the item that it is of", async () => {
  const office = await anOffice({ at: "2020-06-16T08:00" });
  await importFile(office.bot, csv("2020-06-14,海安,31,55,8,20,0.7,120"), by);
  const bytes = new TextEncoder().encode(
    "2020年6月各县（市、区）PM10日均浓度\n日期,海安,如皋\n2020-06-14,61,62\n",
  );
  const result = await importFile(office.bot, { name: "PM10.csv", bytes }, by);
  expect(result).toMatchObject({
    rows: 2,
    read: { lines: expect.arrayContaining(["县区取自标题、表名或分组：海安、如皋"]) },
  });
  const [day] = await office.bot.store.read((r) => r.air.days("haian", "2020-06-14", "2020-06-14"));
  expect(day).toMatchObject({ "PM2.5": 31, PM10: 61, O3_8h: 120 });
  office.close();
});

test("days may stand as heads over the counties' rows", async () => {
  const office = await anOffice({ at: "2020-06-16T08:00" });
  const text = "各县（市、区）PM2.5日均浓度\n县区,2020-06-13,2020-06-14\n海安,41,42\n如皋,43,\n";
  const result = await importFile(
    office.bot,
    { name: "PM2.5.csv", bytes: new TextEncoder().encode(text) },
    by,
  );
  expect(result).toMatchObject({ kind: "daily-air", rows: 4, rejected: [] });
  const days = await office.bot.store.read((r) => r.air.days("haian", "2020-06-13", "2020-06-14"));
  expect(days.map((day) => day["PM2.5"])).toEqual([41, 42]);
  office.close();
});

test("a column that looks like another unit keeps the whole file out, also when only good rows are asked for", async () => {
  const office = await anOffice({ at: "2020-06-16T08:00" });
  const rows = [
    "2020-06-13,海安,0.031,55,8,20,0.7,120",
    "2020-06-14,海安,0.032,55,8,20,0.7,120",
    "2020-06-14,如皋,1,55,8,20,0.7,120",
  ];
  const result = await importFile(office.bot, csv(...rows), { person: null, partial: true });
  expect(result).toMatchObject({
    code: "import-rejected",
    message: expect.stringContaining("像是以mg/m³为单位"),
  });
  expect("rejected" in result && result.rejected.map(({ row, column }) => `${row} ${column}`)).toEqual([
    "2 PM2.5",
    "3 PM2.5",
  ]);
  office.close();
});

test("a refusal says what was read as well", async () => {
  const office = await anOffice({ at: "2020-06-16T08:00" });
  const result = await importFile(
    office.bot,
    csv("2020-06-14,海安,-3,55,8,20,0.7,120", ",平均,31,55,8,20,0.7,120"),
    by,
  );
  expect(result).toMatchObject({
    code: "import-rejected",
    read: { lines: [expect.stringMatching(/^读入：第2行，8列用了8列/), "略过：第3行（合计、平均等行）"] },
  });
  office.close();
});
