import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFacts } from "../support/facts.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

type Row = { measure: string; county: string | null; level: string; behindPct: number | null; id: string };

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test("滞后 lists what is behind or unreported as of yesterday, with the promised facts", async () => {
  const { command, facts } = await office.says("市办", "滞后");
  expect(command).toBe("lagging");
  expectFacts("lagging", facts);
  expect(facts.asOf).toBe("2020-06-14");
});

test("red before yellow before grey, within a level the furthest behind first", async () => {
  const rows = (await office.says("市办", "滞后")).facts.rows as Row[];
  const weight = (row: Row) => "红黄灰".indexOf(row.level) * 1000 - (row.behindPct ?? 0);
  expect(rows).toEqual(rows.toSorted((a, b) => weight(a) - weight(b)));
  expect(new Set(rows.map((row) => row.level))).toEqual(new Set(["红", "黄", "灰"]));
});

test("the demonstration's stories are where its README says", async () => {
  const rows = (await office.says("市办", "滞后")).facts.rows as Row[];
  const levels = Object.fromEntries(rows.map((row) => [row.id, row.level]));
  expect(levels).toMatchObject({
    "m18-boiler-projects": "红",
    "m16-oil-gas-recovery": "红",
    "m14-abatement-upgrades": "黄",
    "m13-fume-projects": "灰",
  });
  expect(levels).not.toHaveProperty("m23-fuel-batches");
});

test("a department is asked for the measures that it leads", async () => {
  const rows = (await office.says("市办", "滞后 生态环境局")).facts.rows as Row[];
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(office.bot.office.measure(row.measure)?.lead).toContain(
      office.bot.names.department("生态环境局")?.id,
    );
  }
});

test("a county sees its own share only, and may not ask for another's", async () => {
  const rows = (await office.says("如东联络员", "滞后")).facts.rows as Row[];
  expect(rows.map((row) => row.county)).toEqual(["如东"]);
  expect((await office.says("海安联络员", "滞后")).facts.rows).toEqual([]);
  expect((await office.says("海安联络员", "滞后 如东")).code).toBe("forbidden");
});

test("a county whose own tasks are well reads so, that the rest is 未分解, and the city's lag", async () => {
  const asked = await office.says("海安联络员", "滞后");
  expect(asked.card.title).toBe("海安滞后任务：本地4项无滞后");
  expect(asked.text).toContain("分到本地的4项没有滞后，其余任务指标没有分解到县区。");
  const ofCity = ((await office.says("市办", "滞后")).facts.rows as Row[]).filter(
    ({ county }) => county === null,
  );
  expect(asked.facts).toMatchObject({ divided: false, city: ofCity });
  expect(asked.text).toContain(`全市滞后${ofCity.length}项`);
  const status = await office.says("海安联络员", "海安");
  expect(status.text).toMatch(
    new RegExp(
      `滞后任务：? *本地4项无滞后，其余未分解，全市滞后${ofCity.length}项（红\\d+、黄\\d+、未报\\d+）`,
    ),
  );
  expect(status.facts.lagging).toBe(0);
});

test("once its targets are entered, a county without a lag has none", async () => {
  const divided = await anOffice();
  await divided.bot.store.write((w) =>
    w.plan.setCountyTarget({
      regionId: "haian",
      indicator: "m18-boiler-projects",
      span: "year",
      constraint: "1",
      stretch: null,
    }),
  );
  await divided.bot.store.write((w) =>
    w.progress.report({
      indicatorId: "m18-boiler-projects",
      regionId: "haian",
      date: "2020-06-10",
      value: "1",
      note: null,
      personId: null,
      reportedAt: 0,
    }),
  );
  const asked = await divided.says("海安联络员", "滞后");
  expect(asked.facts).not.toHaveProperty("divided");
  expect(asked.text).toContain("没有滞后或未报的任务");
  divided.close();
});

test("the new 崇川 answers for what was 港闸's", async () => {
  const september = await anOffice({ at: "2020-09-15T08:30" });
  const tasks = (await september.says("崇川联络员", "填报 3")).facts.rows as Row[];
  expect(tasks.map((row) => row.county)).toEqual(["崇川"]);
  september.close();
});

test.each([
  ["滞后 海按", "unknown-county", "海安"],
  ["滞后 住健局", "unknown-department", "住建"],
])("%s is refused as %s with a suggestion", async (phrase, code, near) => {
  const answer = await office.says("市办", phrase);
  expect(answer.code).toBe(code);
  expect(answer.message).toContain(near);
});

test("a county's card shows the city's lag as it is now: a report made since counts at once", async () => {
  const said = async () => (await office.says("市办", "海安")).text.match(/全市滞后(\d+)项/)?.[1];
  const before = Number(await said());
  const late = (await office.says("市办", "滞后")).facts.rows.find(
    (row: { county: string | null; level: string }) => row.county === null && row.level === "灰",
  );
  await office.bot.store.write((w) =>
    w.progress.report({
      indicatorId: late.id,
      regionId: null,
      date: "2020-06-14",
      value: String(late.target),
      personId: null,
      reportedAt: 0,
    }),
  );
  expect(Number(await said())).toBe(before - 1);
});
