import { afterEach, beforeEach, expect, test } from "vitest";
import { dateOrderOf } from "../../src/domain/date-order.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import { sendingTo } from "../support/evidence.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const HEAD = "日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h";
const air = (dates: string[], { title = "", head = HEAD } = {}) => ({
  name: "空气.csv",
  bytes: Buffer.from(
    [...(title === "" ? [] : [title]), head, ...dates.map((date) => `${date},海安,31,55,8,20,0.7,120`)].join(
      "\n",
    ),
  ),
});

let office: AnOffice;
let sends: ReturnType<typeof sendingTo>;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
  sends = sendingTo(office);
});
afterEach(() => office.close());

/** Whether the file's PM2.5 stands on each of these days. */
const stands = (...days: string[]) =>
  office.bot.store.read(async (r) => {
    const found: boolean[] = [];
    for (const day of days) found.push((await r.air.days("haian", day, day))[0]?.["PM2.5"] === 31);
    return found;
  });

test("dates that could be others are shown as they were read, and nothing is stored before it is confirmed", async () => {
  const asked = await sends("市办", "", air(["06/01/2020", "06/02/2020", "06/03/2020"]));
  expect(asked).toMatchObject({
    title: "请核对：空气.csv",
    labels: ["确认", "按日/月/年读", "取消"],
  });
  expect(asked.text).toContain("“06/01/2020”当作6月1日，也可能是1月6日");
  expect(asked.text).toContain(
    "日期按“月/日/年”读：“06/01/2020”是2020-06-01、“06/02/2020”是2020-06-02、“06/03/2020”是2020-06-03",
  );
  expect(await stands("2020-06-03", "2020-03-06")).toEqual([false, false]);
  expect((await office.presses("市办", asked.token("确认"))).card.title).toBe("已导入：空气.csv");
  expect(await stands("2020-06-01", "2020-06-02", "2020-06-03", "2020-03-06")).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test("the second button takes the other order, which counts for the same sender's next file of the shape", async () => {
  const asked = await sends("市办", "", air(["06/01/2020", "06/02/2020"]));
  const done = await office.presses("市办", asked.token("按日/月/年读"));
  expect(done.card.title).toBe("已导入：空气.csv");
  expect(await stands("2020-01-06", "2020-02-06", "2020-06-01")).toEqual([true, true, false]);
  expect(await office.presses("市办", asked.token("确认"))).toMatchObject({ code: "stale-action" });
  expect((await sends("市办", "", air(["06/03/2020"]))).title).toBe("已导入：空气.csv");
  expect(await stands("2020-03-06", "2020-06-03")).toEqual([true, false]);
  // What the dates themselves tell is stronger than what was said of others.
  expect((await sends("市办", "", air(["06/04/2020", "05/31/2020"]))).title).toBe("已导入：空气.csv");
  expect(await stands("2020-06-04", "2020-04-06")).toEqual([true, false]);
});

test.each([
  ["a part above 12", ["06/03/2020", "06/13/2020"], ["2020-06-03", "2020-06-13"]],
  ["the day first", ["03-06-2020", "13-06-2020"], ["2020-06-03", "2020-06-13"]],
  ["the same either way", ["06/06/2020"], ["2020-06-06"]],
])("nothing is asked where the file tells it: %s", async (_, dates, days) => {
  const done = await sends("市办", "", air(dates));
  expect(done.title).toBe("已导入：空气.csv");
  expect(done.text).toContain("日期按“");
  expect(await stands(...days)).toEqual(days.map(() => true));
});

test("dates of both orders are refused by cell", async () => {
  const refused = await importFile(office.bot, air(["06/13/2020", "13/06/2020"]), {
    ...{ person: null, partial: false },
  });
  expect("rejected" in refused && refused.rejected.map(({ row }) => row)).toEqual([2, 3]);
});

test("columns and dates in doubt are asked about at once", async () => {
  const head = HEAD.replace("日期", "观测日期");
  const asked = await sends("市办", "", air(["06/02/2020", "06/03/2020"], { head }));
  expect(asked.labels).toEqual(["确认", "按日/月/年读", "改列", "取消"]);
  await office.presses("市办", asked.token("确认"));
  expect(await stands("2020-06-02", "2020-06-03")).toEqual([true, true]);
});

test("a terminal is answered with the same reading, and nothing enters", async () => {
  const result = await importFile(office.bot, air(["06/02/2020", "06/03/2020"]), {
    ...{ person: null, partial: true },
  });
  expect(result).toMatchObject({
    code: "import-rejected",
    message: expect.stringContaining("“06/02/2020”当作6月2日，也可能是2月6日"),
    read: { lines: expect.arrayContaining([expect.stringContaining("日期按“月/日/年”读")]) },
  });
  expect(await stands("2020-06-02", "2020-02-06")).toEqual([false, false]);
});

test("all dates of a ledger are of one order: a deadline above 12 tells that of the days before it", async () => {
  const text = "县区,问题描述,交办时间,整改时限\n海安,工地裸土未覆盖,06/03/2020 9:30,06/28/2020";
  const done = await sends("市办", "", { name: "台账.csv", bytes: Buffer.from(text) });
  expect(done.title).toBe("已导入：台账.csv");
  const { issue } = (await office.says("市办", "问题 NT-2020-000007")).facts;
  expect(issue).toMatchObject({ assignedAt: "2020-06-03T09:30:00+08:00", due: "2020-06-28" });
});

test.each([
  ["the month in the title", ["03/06/2020"], [6], "day-first"],
  ["what lies ahead", ["06/12/2020"], [], "month-first"],
  ["days that follow one another", ["01/05/2020", "02/05/2020", "03/05/2020"], [], "day-first"],
] as const)("the likelier order goes by %s", (_, dates, months, order) => {
  const found = dateOrderOf([dates], { months: new Set(months), today: "2020-06-15" });
  expect(found).toEqual({ order, isSure: false });
});
