import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { officeCalendar } from "../../../src/domain/calendar.ts";
import { contentOf } from "../../../src/incoming/kinds/ledger/issue-row.ts";
import { hasText } from "../../../src/intake/sheet.ts";
import { readTerm, readWrittenTime } from "../../../src/intake/term.ts";
import { anyText } from "../../support/any-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { readSheets, readText } from "../../support/read-table.ts";

const counting = {
  today: Temporal.PlainDate.from("2020-06-08"),
  calendar: officeCalendar([]),
  atOnce: 3,
};
const HEAD = "编号,来源,批次,县区,属地镇街,点位/企业,问题描述,类别,等级,责任单位,交办时间,整改时限,照片";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const read = (text: string) => readText(office, text);
const rows = (...lines: string[]) => read([HEAD, ...lines].join("\n"));
/** A good row with some cells changed, by their heads. */
const row = (over: Readonly<Record<string, string>> = {}) =>
  HEAD.split(",")
    .map((head) => over[head] ?? { 县区: "海安", 问题描述: "工地裸土未覆盖" }[head] ?? "")
    .join(",");

test("reads every column of an office's ledger", async () => {
  const line =
    "通气办交〔2020〕12号,上级交办,省第3批,海安,城东镇,东城花园,工地裸土未覆盖,工地扬尘,较大,住建局,2020-06-10 14:30,5个工作日,1.jpg、2.jpg";
  const { rows: found, rejected } = await rows(line);
  expect(rejected).toEqual([]);
  expect(found).toMatchObject([
    {
      no: { text: "通气办交〔2020〕12号", ours: false },
      source: "上级交办",
      batch: "省第3批",
      region: "haian",
      town: "城东镇",
      place: "东城花园",
      problem: "工地裸土未覆盖",
      category: "工地扬尘",
      level: "较大",
      department: "housing",
      due: { kind: "after", days: 5, unit: "working" },
      photos: "1.jpg、2.jpg",
    },
  ]);
  expect(found[0]?.assigned).toEqual({
    day: Temporal.PlainDate.from("2020-06-10"),
    time: Temporal.PlainTime.from("14:30"),
  });
});

test("two columns are enough, in any order, in English, beside others that aren't ours", async () => {
  const { rows: found, rejected } = await read("序号,problem,状态,county,备注\n1,裸土未覆盖,待签收,海安,x");
  expect(rejected).toEqual([]);
  expect(found).toMatchObject([
    { problem: "裸土未覆盖", region: "haian", no: null, due: null, assigned: null, department: null },
  ]);
});

describe("a bad cell is reported with sheet, row, column, value and reason", () => {
  test.each([
    ["no county", { 县区: "" }, "县区", "", /没有写明县区/],
    ["an unknown county", { 县区: "海按" }, "县区", "海按", /没有名为“海按”的县/],
    ["no problem", { 问题描述: " " }, "问题描述", " ", /没有写明问题/],
    ["a problem of one sign", { 问题描述: "裸" }, "问题描述", "裸", /太短/],
    [
      "a problem too long",
      { 问题描述: "裸".repeat(201) },
      "问题描述",
      /^裸{40}…$/,
      /不能超过200字，现有201字/,
    ],
    ["a source too long", { 来源: "转".repeat(51) }, "来源", /…$/, /不能超过50字/],
    ["an unknown category", { 类别: "扬尘" }, "类别", "扬尘", /只能填工地扬尘、道路扬尘、/],
    ["an unknown level", { 等级: "特大" }, "等级", "特大", /只能填一般、较大、重大/],
    [
      "an unknown department",
      { 责任单位: "住健局" },
      "责任单位",
      "住健局",
      /“住健局”不是市级部门.*您要找的是“住建”吗/,
    ],
    [
      "another county as the unit",
      { 责任单位: "港闸" },
      "责任单位",
      "港闸",
      /属于港闸，与本行的县（市、区）不符/,
    ],
    ["a future assignment", { 交办时间: "2020-06-15 08:31" }, "交办时间", "2020-06-15 08:31", /在现在之后/],
    ["a mistyped year", { 交办时间: "2002-06-15" }, "交办时间", "2002-06-15", /早于2013年/],
    ["no date", { 交办时间: "上周" }, "交办时间", "上周", /不是日期/],
    ["no such day", { 整改时限: "2020-02-30" }, "整改时限", "2020-02-30", /2月没有30日/],
    ["no deadline at all", { 整改时限: "尽快" }, "整改时限", "尽快", /日期或天数/],
    ["a term of no days", { 整改时限: "0日" }, "整改时限", "0日", /1至730天/],
    ["a town too long", { 属地镇街: "镇".repeat(51) }, "属地镇街", /…$/, /不能超过50字/],
  ] as [string, Record<string, string>, string, string | RegExp, RegExp][])(
    "%s",
    async (_, over, column, value, reason) => {
      const { rows: found, rejected } = await rows(row(), row(over));
      expect(found).toHaveLength(1);
      expect(rejected).toEqual([
        {
          sheet: null,
          row: 3,
          column,
          value: typeof value === "string" ? value : expect.stringMatching(value),
          reason: expect.stringMatching(reason),
        },
      ]);
    },
  );

  test("every bad cell of a row, and data beyond the heads", async () => {
    const { rows: found, rejected } = await rows(`${row({ 类别: "x", 等级: "y" })},多出`);
    expect(found).toEqual([]);
    expect(rejected.map(({ column }) => column)).toEqual(["", "类别", "等级"]);
  });
});

test("a name means what it meant on the day of assignment", async () => {
  const inAugust = await anOffice({ at: "2020-08-10T08:30" });
  const { rows: found } = await readText(
    inAugust,
    "县区,问题,交办时间\n海门,裸土,2020-07-01\n海门,裸土,2020-08-01\n海门,裸土,",
  );
  inAugust.close();
  expect(found.map(({ region }) => region)).toEqual(["haimen-city", "haimen", "haimen"]);
});

test("the region itself as the unit is no department", async () => {
  expect((await rows(row({ 责任单位: "海安" }))).rows[0]?.department).toBe("none");
});

test("what stands twice counts once; one number with two contents rejects both", async () => {
  const twice = await rows(row(), row(), row({ 编号: "A1" }), row({ 编号: "A1" }));
  expect([twice.rows.length, twice.rejected]).toEqual([2, []]);
  const torn = await rows(row({ 编号: "A1" }), row({ 编号: "A1", 问题描述: "另一问题" }), row());
  expect(torn.rows).toHaveLength(1);
  expect(torn.rejected).toMatchObject([
    { row: 2, column: "编号", value: "A1", reason: "与第3行是同一问题但内容不同，请只保留正确的一行" },
    { row: 3, column: "编号", value: "A1", reason: "与第2行是同一问题但内容不同，请只保留正确的一行" },
  ]);
});

test("what a row says is written as it always was: rows of earlier years are known again by it", async () => {
  const { rows: found } = await rows(
    row({
      编号: "督1号",
      批次: "省第3批",
      责任单位: "住建局",
      交办时间: "2020-06-10 14:30",
      整改时限: "5日",
      照片: "1.jpg",
    }),
  );
  expect(contentOf(found[0])).toBe(
    '[["assigned",{"day":"2020-06-10","time":"14:30:00"}],["batch","省第3批"],["category",null],["department","housing"],' +
      '["due",{"kind":"after","days":5,"unit":"calendar"}],["level",null],["no",{"text":"督1号","ours":false}],["place",null],' +
      '["problem","工地裸土未覆盖"],["region","haian"],["source",null],["town",null]]',
  );
});

test("a running number is none, unless a batch says whose it is; a number counts within source and batch", async () => {
  const { rows: found, rejected } = await rows(
    row({ 编号: "1" }),
    row({ 编号: "1", 问题描述: "另一问题" }),
    row({ 编号: "1", 批次: "省第3批" }),
    row({ 编号: "1", 批次: "省第4批", 问题描述: "另一问题" }),
  );
  expect(rejected).toEqual([]);
  expect(found.map(({ no, batch }) => [no?.text ?? null, batch])).toEqual([
    [null, null],
    [null, null],
    ["1", "省第3批"],
    ["1", "省第4批"],
  ]);
});

test("a row under one of our numbers may leave everything else empty, and is not judged for what it was before", async () => {
  const line = row({ 编号: "nt-2020-000007", 县区: "", 问题描述: "", 类别: "旧类别" });
  const { rows: found, rejected } = await rows(line);
  expect(rejected).toEqual([]);
  expect(found[0]).toMatchObject({
    no: { text: "NT-2020-000007", ours: true },
    region: null,
    problem: null,
    category: "旧类别",
  });
});

test.each([
  ["2020-06-30", { kind: "on", date: Temporal.PlainDate.from("2020-06-30") }],
  ["2020年6月30日", { kind: "on", date: Temporal.PlainDate.from("2020-06-30") }],
  ["5个工作日", { kind: "after", days: 5, unit: "working" }],
  ["５个工作日内", { kind: "after", days: 5, unit: "working" }],
  ["15日", { kind: "after", days: 15, unit: "calendar" }],
  ["15天之内", { kind: "after", days: 15, unit: "calendar" }],
])("the deadline %s", (text, value) => {
  expect(readTerm(text, counting)).toEqual({ value });
});

test.each([
  ["2020-06-15", "2020-06-15", null],
  ["2020-06-15 00:00", "2020-06-15", null],
  ["2020-06-15 9:30", "2020-06-15", "09:30"],
  ["2020/6/15 09:30:15", "2020-06-15", "09:30"],
  ["2020-06-15T09:30:00", "2020-06-15", "09:30"],
  ["2020年6月15日9时30分", "2020-06-15", "09:30"],
  ["2020年6月15日 9时", "2020-06-15", "09:00"],
  ["２０２０．６．１５　１４：０５", "2020-06-15", "14:05"],
])("the time %s", (text, day, time) => {
  expect(readWrittenTime(text)).toEqual({
    value: {
      day: Temporal.PlainDate.from(day),
      time: time === null ? null : Temporal.PlainTime.from(time),
    },
  });
});

test.each(["2020-06-15 25:00", "2020-06-15 9:75", "2020-06-31 9:30", "9:30", "44000", "2020-06-15 9"])(
  "%s is no time",
  (text) => {
    expect(readWrittenTime(text)).toEqual({ reason: expect.stringMatching(/\S/) });
  },
);

test("never throws, whatever the cells, and reads, reports or leaves out every row that says something", async () => {
  const cell = fc.oneof(
    anyText({ maxLength: 12 }),
    fc.constantFrom("海安", "1", "2020-06-10", "5个工作日", "NT-2020-000001", "—", "未定", "=1+1"),
  );
  const width = HEAD.split(",").length;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: width + 1 }), { maxLength: 4 }),
      async (body) => {
        const { rows, rejected, leftOut } = await readSheets(office, [
          { name: null, rows: [HEAD.split(","), ...body] },
        ]);
        const bad = new Set(rejected.map((r) => r.row));
        expect(rows.length + bad.size).toBeLessThanOrEqual(body.length);
        expect(rows.length + bad.size + leftOut > 0).toBe(body.some(hasText));
      },
    ),
    { numRuns: process.env.TEST_FULL ? 3000 : 200 },
  );
});
