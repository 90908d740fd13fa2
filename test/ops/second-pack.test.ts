import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// Another city and year, with two counties and three measures: nothing in the program rests on the shipped plan.
const plan = "test/packs/lanwan-2023";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ plan, at: "2023-06-12T08:30" });
});
afterAll(() => office.close());

test("its demonstration has two years of air, reports of every indicator and something to do", async () => {
  const { facts } = await office.says("市办", "东山 2023-05");
  expect(facts).toMatchObject({ county: "东山", days: { calendar: 31 }, sufficient: true });
  expect(facts.yearOnYear["PM2.5"]).not.toBeNull();
  expect(
    (await office.says("市办", "任务 2")).facts.measure.indicators.map((i: { county: string }) => i.county),
  ).toEqual(["东山", "西河"]);
  expect((await office.says("东山联络员", "今日")).text).toContain("LW-2023-000001");
});

test("its notices go out on its Mondays, to its people", async () => {
  await office.advanceTo("2023-06-12T09:00");
  const cards = await office.cardsOf("西河领导");
  expect(cards.map((card) => card.title).join()).toMatch(/空气质量周通报/);
});

test("an issue goes round the loop under its numbers and terms", async () => {
  const given = await office.says("市办", "交办 西河 “裸土未覆盖” 3个工作日");
  expect(given.facts.issue).toMatchObject({ no: "LW-2023-000003", county: "西河", due: "2023-06-15" });
  const signed = await office.presses("西河联络员", "签收");
  expect(signed.facts.issue).toMatchObject({ no: "LW-2023-000003", state: "acknowledged" });
});
