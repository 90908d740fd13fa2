import { expect, test } from "vitest";
import dailyAir from "../../src/incoming/kinds/daily-air.ts";
import { regionOfRow } from "../../src/incoming/kinds/ledger/region-of-row.ts";
import { cleaned, isMissing, readDate, readMonth, readScaled } from "../../src/intake/cells.ts";
import { meaningOf } from "../../src/intake/column-names.ts";
import { readConcentration } from "../../src/intake/concentration.ts";
import { kindOf } from "../../src/intake/kind.ts";
import { readTerm, readWrittenTime } from "../../src/intake/term.ts";
import { namesOf } from "../../src/office/names.ts";
import { anOffice } from "../support/office.ts";

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
];

test.each([
  ["a sign for no value", isMissing],
  ["a date", readDate],
  ["a month", readMonth],
  ["a number", (text: string) => readScaled(text, 3)],
  ["a concentration", (text: string) => readConcentration("CO", text)],
  ["a term", readTerm],
  ["a moment", readWrittenTime],
  ["a head", (text: string) => String(meaningOf({ text }, dailyAir.columns))],
  ["a plain text", cleaned],
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

test("a head as long as a cell is quoted short", () => {
  const head = `日期${"_".repeat(1500)}`;
  expect(kindOf([head, "日期", "县区"], [dailyAir])).toEqual({
    refusal: expect.stringMatching(/^“日期_{38}…”和“日期”是同一列/),
  });
});
