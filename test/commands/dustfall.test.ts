import { afterAll, beforeAll, expect, test } from "vitest";
import { expectFacts } from "../support/facts.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
  const rows = [
    "2020-05,海安,甲点,3.3,30",
    "2020-05,海安,乙点,4.1,30",
    "2020-05,海安,丙点,,30",
    "2020-05,如东,丁点,5.2,33",
  ];
  await office.bot.store.write(async (w) => {
    for (const row of await w.dustfall.between("2020-05", "2020-05"))
      await w.dustfall.put({ ...row, value: null });
  });
  await importText(office, ["月份,县区,点位,降尘量,天数", ...rows]);
});
afterAll(() => office.close());

type Row = { county: string; value: number; passes: boolean; validPoints: number; points: number };
const rowOf = (rows: readonly Row[], county: string) => rows.find((row) => row.county === county);

test.each(["降尘", "降尘 5月", "各县降尘", "5月降尘量", "排名 降尘", "降尘排名 5月"])(
  "%s shows the month by county, least first, with what each rests on",
  async (phrase) => {
    const { facts, text } = await office.says("市办", phrase);
    expectFacts("ranking", facts);
    expect(facts).toMatchObject({ metric: "dustfall", month: "2020-05", limit: 4.5 });
    expect(rowOf(facts.rows, "海安")).toMatchObject({
      rank: 1,
      value: 3.7,
      passes: true,
      validPoints: 2,
      points: 6,
    });
    expect(rowOf(facts.rows, "如东")).toMatchObject({ rank: 2, value: 5.2, passes: false, irregular: 1 });
    expect(facts.unranked).toHaveLength(9);
    expect(facts.unranked).toContainEqual({ county: "启东", reason: "3个点位样品全部失效" });
    expect(text).toContain("高于4.5吨/平方公里·月：如东。");
    expect(text).toContain("1个点位暴露天数超出28—32天");
  },
);

test("one county's month shows its points, lost and irregular ones by name", async () => {
  const { facts, text, command } = await office.says("如东联络员", "如东 5月 降尘");
  expect(command).toBe("dustfall");
  expect(facts.points).toContainEqual({ site: "丁点", value: 5.2, days: 33, irregular: true, note: null });
  expect(text).toContain("5.2吨/平方公里·月，超标（要求不高于4.5）；有效点位1/4个。");
  expect(text).toContain("33（超出28—32天）");
});

test("海安降尘 shows the months of a year", async () => {
  const { facts } = await office.says("市办", "海安降尘");
  expect(facts.rows).toHaveLength(12);
  expect(facts.rows.at(-1)).toMatchObject({ month: "2020-05", value: 3.7, passes: true });
});

test("a month that isn't over, or of which nothing is known, has no figure; the newest is offered", async () => {
  expect(await office.says("市办", "降尘 6月")).toMatchObject({
    code: "no-data",
    message: "2020年6月还没有结束，降尘量要到月后才有；最近的是2020年5月。",
    instead: ["降尘 2020-05"],
  });
  expect(await office.says("市办", "降尘 2018-05")).toMatchObject({ code: "no-data" });
  const empty = await anOffice({ demoData: false });
  expect(await empty.bot.store.read((r) => r.dustfall.newestMonth("2013-01", "2030-01"))).toBeNull();
  empty.close();
});

test("a plan that sets no limit judges nothing", async () => {
  const targets = office.bot.office.pack.targets.filter(({ metric }) => metric !== "dustfall-month");
  const other = {
    ...office.bot,
    office: { ...office.bot.office, pack: { ...office.bot.office.pack, targets } },
  };
  const own = { ...office, bot: other };
  const { dustfallMonthCard } = await import("../../src/air/dustfall-card.ts");
  const { periodOf } = await import("../../src/domain/period.ts");
  const [from, to] = [Temporal.PlainDate.from("2020-05-01"), Temporal.PlainDate.from("2020-05-31")];
  const card = await own.bot.store.read((r) =>
    dustfallMonthCard(r, own.bot.office, periodOf(from, to), Temporal.PlainDate.from("2020-06-15")),
  );
  expect(card).toMatchObject({ facts: { limit: null } });
  expect(JSON.stringify(card)).toContain("计划没有规定降尘要求");
});
