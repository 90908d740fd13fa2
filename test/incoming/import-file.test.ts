import { expect, test } from "vitest";
import { importCard } from "../../src/incoming/import-card.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import { anOffice } from "../support/office.ts";

const csv = (...rows: string[]) => ({
  name: "空气.csv",
  bytes: new TextEncoder().encode(["日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h", ...rows].join("\n")),
});
const by = { person: null, partial: false };

test("a correction names the weekly notices that were published with the old figure", async () => {
  const office = await anOffice({ at: "2020-06-07T08:00" });
  await office.advanceTo("2020-06-29T10:00");
  const result = await importFile(
    office.bot,
    csv("2020-06-09,海安,99,150,9,30,1.0,90", "2020-06-27,海安,98,150,9,30,1.0,90"),
    by,
  );
  expect(result).toMatchObject({
    corrected: 2,
    affected: [
      { job: "weekly-notice", period: "2020-06-08..2020-06-14", publishedAt: "2020-06-15T09:00:00+08:00" },
      { job: "weekly-notice", period: "2020-06-22..2020-06-28", publishedAt: "2020-06-29T09:00:00+08:00" },
    ],
  });
  expect(JSON.stringify(importCard("空气.csv", result))).toContain(
    "已发布的空气质量周通报（2020-06-08..2020-06-14）",
  );
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
