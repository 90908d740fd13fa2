import { expect, test } from "vitest";
import { contextOf } from "../../src/bot/lantian.ts";
import { officeCalendar } from "../../src/domain/calendar.ts";
import dailyAir from "../../src/incoming/kinds/daily-air.ts";
import { regionOfRow } from "../../src/incoming/kinds/ledger/region-of-row.ts";
import { tablesOfSheets } from "../../src/incoming/read-tables.ts";
import { dayTold } from "../../src/incoming/told.ts";
import { asideOf } from "../../src/intake/aside.ts";
import { cleaned, isMissing, readDate, readMonth, readScaled } from "../../src/intake/cells.ts";
import { meaningOf } from "../../src/intake/column-names.ts";
import { readConcentration } from "../../src/intake/concentration.ts";
import { kindOf } from "../../src/intake/kind.ts";
import { statisticsIn } from "../../src/intake/statistics.ts";
import { readTerm, readWrittenTime } from "../../src/intake/term.ts";
import { shifted } from "../../src/intake/units.ts";
import { namesOf } from "../../src/office/names.ts";
import { anOffice } from "../support/office.ts";

const counting = {
  today: Temporal.PlainDate.from("2020-06-08"),
  calendar: officeCalendar([]),
  atOnce: 3,
};
const LENGTH = 300_000;
const repeated = (start: string, again: string, end: string) =>
  `${start}${again.repeat(LENGTH / again.length)}${end}`;
/** Texts at which a careless pattern begins anew for each character: minutes for each of them. */
const SLOW = [
  repeated("", " ", "x"),
  repeated("", "-", "x"),
  repeated("0.", "0", "1"),
  repeated("", "9", "."),
  repeated("1", "\t", "号"),
  repeated("", "5 ", "日"),
  repeated("2020年", "5月", "日"),
  repeated("", "（原", "x"),
  repeated("（原", "海安", ""),
  repeated("", "(", "μg"),
  repeated("日期", "_", ""),
  repeated("", "日均", "值x"),
  repeated("", "1", "x"),
  repeated("1", ",111", "x"),
  repeated("合计", "合计", "x"),
  repeated("注：", "注：", "x"),
  repeated("2020年5月1日", "至1日", "x"),
  repeated("单位：", "mg/m³，", "x"),
];

test.each([
  ["a sign for no value", isMissing],
  ["a date", readDate],
  ["a month", readMonth],
  ["a number", (text: string) => readScaled(text, 3)],
  ["a concentration", (text: string) => readConcentration("CO", text)],
  ["a term", (text: string) => readTerm(text, counting)],
  ["a moment", readWrittenTime],
  ["a head", (text: string) => String(meaningOf({ text }, dailyAir.columns))],
  ["a plain text", cleaned],
  ["a total or a note", (text: string) => String(asideOf([text, text, text]))],
  ["a statistic", (text: string) => String(statisticsIn(text.slice(0, 120)))],
  ["a number in another unit", (text: string) => shifted(text, 3)],
  ["a day in a title", (text: string) => dayTold().within(text)],
])("whoever looks for %s goes through a cell once, however long it is", (_, read) => {
  for (const text of SLOW) expect(read(text)).toBeDefined();
});

test("whoever looks for a region does so too", async () => {
  const { bot, close } = await anOffice();
  const { office } = bot;
  for (const text of SLOW)
    expect(regionOfRow(text, "2020-06-15", { office, names: namesOf(office) })).toBeNull();
  close();
});

test("whoever looks for the table in a sheet of such cells does so too", async () => {
  const { bot, close } = await anOffice();
  const context = await contextOf(bot);
  for (const text of SLOW.map((slow) => slow.slice(0, 1990))) {
    const rows = Array.from({ length: 40 }, () => Array.from({ length: 20 }, () => text));
    expect(tablesOfSheets([{ name: "一", rows }], bot.registry.imports, context)).toHaveProperty("refusal");
  }
  close();
});

test("a head as long as a cell is quoted short", () => {
  const head = `日期${"_".repeat(1500)}`;
  expect(kindOf([head, "日期", "县区"], [dailyAir])).toEqual({
    refusal: expect.stringMatching(/^“日期_{38}…”和“日期”是同一列/),
  });
});
