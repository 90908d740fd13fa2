import { Decimal } from "decimal.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConcentration } from "../../../src/intake/concentration.ts";
import { anyText } from "../../support/any-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { readSheets, readText } from "../../support/read-table.ts";

const HEAD = "日期,县区,站点,PM2.5,PM10,SO2,NO2,CO,O3_8h";
const STATION = "演示·海安一号站";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-12-31T08:30" });
});
afterAll(() => office.close());

const read = (...lines: string[]) => readText(office, [HEAD, ...lines].join("\n"));
async function rejections(...lines: string[]) {
  return (await read(...lines)).rejected.map(
    ({ row, column, value, reason }) => `${row} ${column} ${value} ${reason}`,
  );
}

test("reads a county's day and a station's day into published units", async () => {
  expect(
    await read("2020-05-04,海安,,35,70,9,28,0.8,101", `2020/5/4,,${STATION},34.5,71.5,9.4,28,1.25,101`),
  ).toEqual({
    kind: "daily-air",
    leftOut: 0,
    rows: [
      {
        date: "2020-05-04",
        county: "haian",
        station: null,
        "PM2.5": 35,
        PM10: 70,
        SO2: 9,
        NO2: 28,
        CO: 8,
        O3_8h: 101,
        state: null,
      },
      {
        date: "2020-05-04",
        county: null,
        station: expect.stringMatching(/haian/),
        "PM2.5": 34,
        PM10: 72,
        SO2: 9,
        NO2: 28,
        CO: 12,
        O3_8h: 101,
        state: null,
      },
    ],
    rejected: [],
  });
});

test("a name is looked up at the date of the data", async () => {
  const { rows } = await read("2020-07-27,海门,,1,1,1,1,1,1", "2020-07-28,海门,,1,1,1,1,1,1");
  expect(rows.map((row) => row.county)).toEqual(["haimen-city", "haimen"]);
});

test("empty, -, — and / are missing, and a row of nothing but missing values is kept", async () => {
  const { rows, rejected } = await read("2020-05-04,海安,-,, -,—,/,——,－");
  expect(rejected).toEqual([]);
  expect(rows).toEqual([
    {
      date: "2020-05-04",
      county: "haian",
      station: null,
      "PM2.5": null,
      PM10: null,
      SO2: null,
      NO2: null,
      CO: null,
      O3_8h: null,
      state: null,
    },
  ]);
});

test.each([
  "2020-05-04",
  "2020/5/4",
  "2020.5.4",
  "20200504",
  "2020年5月4日",
  "2020-05-04 00:00:00",
  "２０２０－０５－０４",
  " 2020-5-4 ",
])("reads the date %s", async (date) => {
  expect((await read(`${date},海安,,1,1,1,1,1,1`)).rows[0]?.date).toBe("2020-05-04");
});

test.each([
  ["no such date", "2020-02-30,海安,,1,1,1,1,1,1", /^2 日期 2020-02-30 没有这一天/],
  ["no date", "昨天,海安,,1,1,1,1,1,1", /^2 日期 昨天 不是日期，请写成 2020-05-04/],
  ["a serial number", "43955,海安,,1,1,1,1,1,1", /日期变成了数字/],
  ["a time of day", "2020-05-04 13:00,海安,,1,1,1,1,1,1", /请去掉钟点/],
  ["the future", "2021-01-01,海安,,1,1,1,1,1,1", /在今天之后/],
  ["before 2013", "2012-12-31,海安,,1,1,1,1,1,1", /早于2013年/],
  ["an unknown county", "2020-05-04,海按,,1,1,1,1,1,1", /^2 县区 海按 没有名为“海按”的县（市、区）/],
  ["an unknown station", "2020-05-04,,一号,1,1,1,1,1,1", /^2 站点 一号 没有名为“一号”的站点/],
  ["no place", "2020-05-04,,,1,1,1,1,1,1", /没有写明县区或站点/],
  ["a negative value", "2020-05-04,海安,,-3,1,1,1,1,1", /^2 PM2\.5 -3 不能是负数/],
  ["no number", "2020-05-04,海安,,<5,1,1,1,1,1", /不是数字/],
  ["infinity", "2020-05-04,海安,,Infinity,1,1,1,1,1", /不是数字/],
  ["an exponent", "2020-05-04,海安,,1e2,1,1,1,1,1", /不是数字/],
  ["four decimals", "2020-05-04,海安,,35.1234,1,1,1,1,1", /小数最多3位/],
  ["PM2.5 over 1000", "2020-05-04,海安,,1000.1,1,1,1,1,1", /0至1000/],
  ["PM10 over 2000", "2020-05-04,海安,,1,2001,1,1,1,1", /0至2000/],
  ["SO2 over 2620", "2020-05-04,海安,,1,1,2621,1,1,1", /0至2620/],
  ["NO2 over 3840", "2020-05-04,海安,,1,1,1,3841,1,1", /0至3840/],
  ["O3 over 1200", "2020-05-04,海安,,1,1,1,1,1,1201", /0至1200/],
  ["CO in the wrong unit", "2020-05-04,海安,,1,1,1,1,800,1", /^2 CO 800 一氧化碳单位应为 mg\/m³/],
  ["a digit group", "2020-05-04,海安,,1,1,1,1,1,1,1", /比表头多出数据/],
])("rejects %s", async (_, line, reason) => {
  const { rows, rejected } = await read(line);
  expect(rows).toEqual([]);
  expect(rejected.map((r) => `${r.row} ${r.column} ${r.value} ${r.reason}`)).toEqual([
    expect.stringMatching(reason),
  ]);
});

test("names every bad cell of every bad row, and keeps the good rows", async () => {
  const { rows, rejected } = await read(
    "2020-05-04,海按,,-3,1,1,1,x,1",
    "2020-05-05,海安,,1,1,1,1,1,1",
    "2020-05-06,海安,,1,1,1,1,51,1",
  );
  expect(rows.map((row) => row.date)).toEqual(["2020-05-05"]);
  expect(rejected.map((r) => `${r.row}${r.column}`)).toEqual(["2县区", "2PM2.5", "2CO", "4CO"]);
});

test("a long hostile cell is quoted short", async () => {
  const [reason] = await rejections(`2020-05-04,海安,,${"9".repeat(1900)},1,1,1,1,1`);
  expect(reason?.length).toBeLessThan(80);
});

describe("the same day and place twice", () => {
  test("said alike counts once, under whichever name", async () => {
    const { rows, rejected } = await read(
      "2020-05-04,海安,,35,1,1,1,1,1",
      "2020/5/4,海安市,,35.0,1,1,1,1.0,1",
    );
    expect([rows.length, rejected.length]).toEqual([1, 0]);
  });

  test("said differently is rejected, every row of it", async () => {
    const first = "2020-05-04,海安,,35,1,1,1,1,1";
    const { rows, rejected } = await read(
      first,
      "2020-05-04,海安,,36,1,1,1,1,1",
      "2020-05-04,海安,,35,1,1,1,0.9,1",
      "2020-05-05,海安,,1,1,1,1,1,1",
    );
    expect(rows.map((row) => row.date)).toEqual(["2020-05-05"]);
    expect(rejected.map((r) => `${r.row} ${r.column} ${r.value}`)).toEqual([
      "2 PM2.5 35",
      "3 PM2.5 36",
      "4 CO 0.9",
    ]);
    expect(rejected[0]?.reason).toMatch(/与第3行是同一天同一地点但数值不同/);
  });

  test("a station's day isn't its county's day", async () => {
    expect(
      (await read("2020-05-04,海安,,35,1,1,1,1,1", `2020-05-04,海安,${STATION},36,1,1,1,1,1`)).rows,
    ).toHaveLength(2);
  });
});

test.each([
  ["PM2.5", "34.5", 34],
  ["PM2.5", "35.5", 36],
  ["PM2.5", "36.5", 36],
  ["PM2.5", "36.501", 37],
  ["PM2.5", "007", 7],
  ["PM2.5", "３５", 35],
  ["PM2.5", "1000", 1000],
  ["CO", "0.8", 8],
  ["CO", "0.85", 8],
  ["CO", "0.75", 8],
  ["CO", "1.05", 10],
  ["CO", "1.051", 11],
  ["CO", "1", 10],
  ["CO", "50", 500],
  ["CO", "50.0", 500],
] as const)("%s %s is stored as %i: half to even, from the text", (pollutant, text, stored) => {
  expect(readConcentration(pollutant, text)).toEqual({ value: stored });
});

test("rounds every decimal as exact arithmetic does, on whichever path it is read", () => {
  const decimal = fc
    .tuple(fc.nat(49_999), fc.integer({ min: 0, max: 3 }))
    .map(([n, places]) => new Decimal(n).div(1000).toFixed(places));
  fc.assert(
    fc.property(decimal, fc.constantFrom("PM2.5", "CO"), (text, pollutant) => {
      const exact = new Decimal(text)
        .times(pollutant === "CO" ? 10 : 1)
        .toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN)
        .toNumber();
      expect(readConcentration(pollutant, text)).toEqual(
        exact === 0 && pollutant === "PM2.5"
          ? { reason: expect.stringMatching(/不会是0/) }
          : { value: exact },
      );
    }),
    { numRuns: 2000, seed: 2020 },
  );
});

test("never throws, whatever the cells", async () => {
  const cell = fc.oneof(
    anyText({ maxLength: 12 }),
    fc.constantFrom("2020-05-04", "海安", "35", "-", "0.8", "__proto__"),
  );
  const header = HEAD.split(",");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 11 }), { maxLength: 6 }), async (cells) => {
      const result = await readSheets(office, [{ name: null, rows: [header, ...cells] }]);
      expect(result.rows.length).toBeLessThanOrEqual(cells.length);
    }),
    { numRuns: 500, seed: 2020 },
  );
});

test.each(["=1+34", "+35", "@SUM(1)", "=cmd|'/c calc'!A0", "＝35", "\t=35"])(
  "a formula in a cell, %j, is no number and no name: the row is rejected with its place",
  async (formula) => {
    const rejected = await read(
      `2020-05-04,海安,,"${formula}",70,9,28,0.8,101`,
      `2020-05-05,"${formula}",,35,70,9,28,0.8,101`,
    );
    expect(rejected.rows).toEqual([]);
    expect(rejected.rejected.map(({ row, column }) => [row, column])).toEqual([
      [2, "PM2.5"],
      [3, "县区"],
    ]);
  },
);
