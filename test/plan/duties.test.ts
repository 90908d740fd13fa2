import { afterAll, describe, expect, test } from "vitest";
import { readTable } from "../../src/intake/table.ts";
import { faultsOf, importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// Standing duties: measure 20 asks each county each month, measures 20 and 21 in the cold season. In the demonstration 启东
// looks at too few machines in November, and 如皋 doesn't report October.
const opened: AnOffice[] = [];
const on = async (at: string) => {
  const office = await anOffice({ at });
  opened.push(office);
  return office;
};
afterAll(() => {
  for (const office of opened) office.close();
});

const MACHINES = "m21-winter-inspection";
const DIESEL = "m20-winter-diesel";
const CHECKS = "m20-monthly-checks";
type Row = { id: string; county: string | null; level: string | null; reportedOn: string | null };
const rowsOf = async (office: AnOffice, id: string): Promise<Row[]> =>
  (await office.says("市办", `任务 ${/^m(\d+)/.exec(id)?.[1]}`)).facts.measure.indicators.filter(
    (row: Row) => row.id === id,
  );
const rowOf = async (office: AnOffice, id: string, county: string) =>
  (await rowsOf(office, id)).find((row) => row.county === county);
const lagging = async (office: AnOffice, whose: string) =>
  (await office.says("市办", `滞后 ${whose}`)).facts.rows;

test("each county has it for itself; what is of the cold season is the plan's until it comes, and asked of nobody", async () => {
  const office = await on("2020-06-15T09:00");
  const counties = office.bot.office
    .regionsOf({ to: Temporal.PlainDate.from("2020-06-15") }, Temporal.PlainDate.from("2020-06-15"))
    .map(({ short }) => short);
  expect((await rowsOf(office, CHECKS)).map(({ county }) => county)).toEqual(counties);
  expect((await rowsOf(office, CHECKS)).every(({ level }) => level === "绿")).toBe(true);
  for (const id of [MACHINES, DIESEL])
    expect(await rowsOf(office, id)).toMatchObject([{ county: null, level: null }]);
  const { facts } = await office.says("海安联络员", "填报");
  expect(facts.rows.map(({ id }: Row) => id)).toContain(CHECKS);
  expect(facts.rows.map(({ id }: Row) => id)).not.toContain(MACHINES);
});

describe("a month that is over", () => {
  test.each([
    ["2020-10-20T09:00", null, "the first month runs"],
    ["2020-11-03T09:00", null, "it isn't due before the fifth working day"],
    ["2020-11-07T09:00", "灰", "it is due, and nobody has reported it"],
    ["2020-12-15T09:00", "绿", "the month after it was reported"],
  ])("on %s stands at %s: %s", async (at, level, _why) => {
    expect(await rowOf(await on(at), MACHINES, "如皋")).toMatchObject({ level });
  });

  test("counts before its day where it is reported, and is red however near where its target was missed", async () => {
    const office = await on("2020-12-02T09:00");
    expect(await rowOf(office, MACHINES, "启东")).toMatchObject({ level: "红", reportedOn: "2020-11-30" });
    const [row] = (await lagging(office, "启东")).filter(({ id }: Row) => id === MACHINES);
    expect(row).toMatchObject({
      county: "启东",
      deadline: "2020-11-30",
      target: 50,
      actual: 41.5,
      behindPct: 17,
    });
    expect((await lagging(office, "如东")).filter(({ id }: Row) => id === MACHINES)).toEqual([]);
  });
});

test("what grows over the season is judged by its days, across the year's end", async () => {
  const office = await on("2020-11-30T09:00");
  // 1 October to 31 March are 182 days; 60 have passed.
  const row = await rowOf(office, DIESEL, "海安");
  expect(row).toMatchObject({ expected: 26.37, deadline: "2021-03-31", level: "绿" });
  const january = await on("2021-01-12T09:00");
  expect(await rowOf(january, MACHINES, "海安")).toMatchObject({ reportedOn: "2020-12-31", level: "绿" });
  const asked = (await january.says("海安联络员", "填报")).facts.rows.map(({ id }: Row) => id);
  expect(asked).toEqual(expect.arrayContaining([DIESEL, MACHINES]));
  expect(asked).not.toContain(CHECKS);
});

describe("reporting", () => {
  test("a report without a date is of the month that is open, and of no other", async () => {
    const office = await on("2020-11-09T09:00");
    const { text } = await office.says("如皋联络员", "填报 21");
    expect(text).toContain("10月≥50%");
    const label = "填报：秋冬季禁用区内作业工程机械每月抽查率（如皋）";
    const done = await office.presses("如皋联络员", label, { value: "55" });
    expect(done.facts).toMatchObject({ date: "2020-10-31", level: "绿", county: "如皋" });
    // Fewer than last month is no decrease: each month begins anew.
    await office.says("如皋联络员", "填报 21");
    const next = await office.presses("如皋联络员", label, { value: "12" });
    expect(next.facts).toMatchObject({ date: "2020-11-09", level: null });
    await office.says("如皋联络员", "填报 21");
    expect((await office.presses("如皋联络员", label, { value: "11" })).code).toBe("usage");
    await office.says("如皋联络员", "填报 21");
    const early = await office.presses("如皋联络员", label, { value: "20", date: "2020-09-30" });
    expect(early).toMatchObject({
      code: "bad-date",
      message: expect.stringContaining("2020年10月至2021年3月"),
    });
    expect(await office.says("海安联络员", "填报 22")).toMatchObject({ code: "forbidden" });
  });

  test("the sheet of the month holds it with the month's last day, for whoever owes it, and comes back filled in", async () => {
    const office = await on("2020-11-09T09:00");
    const { card } = await office.says("如皋联络员", "填报表");
    const { bytes, name } = await office.opens("如皋联络员", card.files?.[0]?.name ?? "");
    expect(name).toBe("填报表-如皋-2020-11-09.xlsx");
    const sheets = await readTable(bytes, name);
    if ("refusal" in sheets) throw new Error(sheets.refusal);
    const rows = sheets[0]?.rows ?? [];
    const machines = rows.find((cells) => cells.some((cell) => cell?.includes("工程机械每月抽查率")));
    expect(machines?.slice(0, 5)).toEqual([
      "2020-10-31",
      "21",
      "秋冬季禁用区内作业工程机械每月抽查率",
      "如皋",
      "10月：≥50%",
    ]);
    const line = "日期,指标,县区,完成值";
    const filled = "2020-10-31,秋冬季禁用区内作业工程机械每月抽查率,如皋,66%";
    expect(await importText(office, [line, filled], { by: "如皋联络员" })).toMatchObject({ added: 1 });
    expect(await rowOf(office, MACHINES, "如皋")).toMatchObject({ level: "绿" });
    const others = await importText(office, [line, filled.replace("如皋", "海安")], { by: "如皋联络员" });
    expect(faultsOf(others)).toEqual([expect.stringContaining("这项任务不由您填报")]);
    const outside = await importText(office, [line, filled.replace("10-31", "09-30")], { by: "市办" });
    expect(faultsOf(outside)).toEqual([expect.stringContaining("2020年10月至2021年3月")]);
  });
});

test("who missed a month is told by the warnings that go out anyway, and by nothing else", async () => {
  const office = await on("2020-12-15T18:00");
  await office.expectCards([]);
  await office.advanceTo("2020-12-16T09:30");
  const [warning] = (await office.cardsOf("启东领导")).filter(({ title }) => title.includes("预警"));
  expect(JSON.stringify(warning?.facts)).toContain(MACHINES);
});

test("who owes a duty of the month that is over is asked once, with the sheet; who has recorded it isn't", async () => {
  const office = await on("2020-10-31T18:00");
  await office.says("如东联络员", "记录 抽测 “抽测30辆”");
  await office.advanceTo("2020-11-02T09:10");
  const asked = async (who: string) =>
    (await office.cardsOf(who)).filter(({ facts }) => JSON.stringify(facts).includes('"duties":'));
  const [card, ...more] = await asked("如皋联络员");
  expect(more).toEqual([]);
  expect(JSON.stringify(card)).toContain("秋冬季禁用区内作业工程机械每月抽查率");
  expect(await asked("如东联络员")).toEqual([]);
  expect(await asked("如皋领导")).toEqual([]);
  await office.advanceTo("2020-11-09T18:00");
  expect(await asked("如皋联络员")).toHaveLength(1);
  const reminded = (await office.cardsOf("如皋联络员")).filter(({ title }) => title.includes("填报提醒"));
  expect(JSON.stringify(reminded)).not.toContain(MACHINES);
});
