import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const HEAD = "月份,县区,PM2.5,名次,总数";
const brings = (...rows: string[]) => importText(office, [HEAD, ...rows]);

type Row = { county: string; rank: number; of: number; amongLast: boolean; monthsAmongLast: number };
const rowOf = (facts: { rows: Row[] }, county: string) => facts.rows.find((row) => row.county === county);

test.each(["全省排名 2018-04", "2018年4月全省排名"])(
  "%s: who stands where, who is among the last, who isn't ranked",
  async (phrase) => {
    await brings("2018-04,启东,27,3,54", "2018-04,海安,37,41,54", "2018-04,如皋,38,46,54");
    const { command, facts, text } = await office.says("市办", phrase);
    expect(command).toBe("provincial");
    expect(facts.rows.map((row: Row) => [row.county, row.rank, row.of, row.amongLast])).toEqual([
      ["启东", 3, 54, false],
      ["海安", 41, 54, false],
      ["如皋", 46, 54, true],
    ]);
    expect(facts.unknown).toContain("如东");
    expect(text).toContain("全省后10位：如皋。");
  },
);

test("海安全省第几 shows a county's year, and how long it has been among the last", async () => {
  const { command, facts, text } = await office.says("市办", "海安全省第几");
  expect(command).toBe("provincial");
  expect(facts.month).toBe("2020-05");
  expect(facts.rows).toHaveLength(12);
  expect(facts.rows.at(-1)).toMatchObject({ rank: facts.rank, of: 54 });
  expect(text).toContain(`${facts.rank}/54`);
});

describe("months in a row", () => {
  const among = async (month: string) =>
    rowOf((await office.says("市办", `全省排名 ${month}`)).facts, "通州")?.monthsAmongLast;

  test("count calendar months; an unpublished one neither counts nor breaks", async () => {
    await brings("2018-01,通州,50,46,54", "2018-02,通州,50,54,54", "2018-04,通州,50,45,54");
    expect([await among("2018-01"), await among("2018-02"), await among("2018-04")]).toEqual([1, 2, 3]);
  });

  test("a published month without the county breaks the row: an unknown rank isn't among the last", async () => {
    await brings("2018-01,通州,50,46,54", "2018-02,启东,30,1,54", "2018-03,通州,50,46,54", "2018-04,通州,,,");
    expect(await among("2018-03")).toBe(1);
    expect((await office.says("市办", "全省排名 2018-04")).code).toBeNull();
  });

  test("two of ours that share the place before the border are both in", async () => {
    await brings("2018-01,通州,50,44,54", "2018-01,海安,50,44,54", "2018-01,如皋,49,43,54");
    const { facts } = await office.says("市办", "全省排名 2018-01");
    expect(facts.rows.map((row: Row) => [row.county, row.amongLast])).toEqual([
      ["如皋", false],
      ["海安", true],
      ["通州", true],
    ]);
  });

  test("three of them meet the plan's rule of 约谈, and the card says so", async () => {
    await brings("2018-01,通州,50,46,54", "2018-02,通州,50,54,54", "2018-03,通州,50,45,54");
    const { text } = await office.says("市办", "通州全省排名 2018-03");
    expect(text).toContain("已连续3个月，达到约谈条件（连续3个月）");
  });
});

test("a county that was only renamed keeps its months; a merged one has none before it began", async () => {
  const later = await anOffice({ at: "2020-10-15T08:30" });
  await importText(later, [
    HEAD,
    "2020-06,海门,40,50,54",
    "2020-06,港闸,40,50,54",
    "2020-06,崇川,40,50,54",
    "2020-08,海门,40,50,54",
    "2020-08,崇川,40,50,54",
  ]);
  await later.bot.store.write(async (w) => {
    for (const row of await w.provincialRanks.between("2020-07", "2020-07"))
      await w.provincialRanks.put({ ...row, rank: 50 });
  });
  const { facts } = await later.says("市办", "全省排名 2020-08");
  expect(rowOf(facts, "海门")?.monthsAmongLast).toBeGreaterThanOrEqual(3);
  expect(rowOf(facts, "崇川")?.monthsAmongLast).toBe(1);
  later.close();
});

test("a month that isn't over, or isn't known, has no ranking", async () => {
  expect(await office.says("市办", "全省排名 6月")).toMatchObject({
    code: "no-data",
    message: "2020年6月还没有结束，全省排名要到月后才公布。",
  });
  expect(await office.says("市办", "全省排名 2017-05")).toMatchObject({ code: "no-data" });
  expect(await office.says("市办", "市开发区全省第几")).toMatchObject({
    code: "no-data",
    message: expect.stringContaining("没有全省位次"),
  });
});
