import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

const CHIEF = "海安点位长";

let office: AnOffice;
let stations: string[];
beforeAll(async () => {
  office = await anOffice();
  await office.says(CHIEF, "我的点位");
  await office.presses(CHIEF, "增减点位");
  await office.presses(CHIEF, "不再负责演示·城东镇站");
  stations = (await office.says("市办", "实况 海安")).facts.stations.map(
    (s: { station: string }) => s.station,
  );
});
afterAll(() => office.close());

test("a chief is asked which of the county's and its towns' stations are theirs, and no other ones are offered", async () => {
  expect(stations.length).toBeGreaterThan(1);
  const asked = await office.says(CHIEF, "我的点位");
  expect(asked.text).toContain("请选择您负责的点位");
  const towns = ["演示·城东镇站", "演示·李堡镇站", "演示·曲塘镇站"];
  expect(asked.labels).toEqual([...stations, ...towns]);
});

test("then 我的点位 and 实况 show them beside the county's mean", async () => {
  const [first = "", second = ""] = stations;
  await office.says(CHIEF, "我的点位");
  const taken = await office.presses(CHIEF, first);
  expect(taken.card.title).toBe("已设为我的点位");
  for (const phrase of ["我的点位", "实况"]) {
    const { card, facts } = await office.says(CHIEF, phrase);
    const [table] = card.blocks;
    const names = table?.kind === "table" ? table.rows.map(([name]) => name) : [];
    expect(names).toEqual([first, "海安（均值）"]);
    expect(facts.stations).toMatchObject([
      { station: first, county: "海安", values: { "PM2.5": expect.any(Number) } },
    ]);
  }
  await office.presses(CHIEF, "增减点位");
  await office.presses(CHIEF, second);
  const both = (await office.says(CHIEF, "我的点位")).facts.stations;
  expect(both.map((s: { station: string }) => s.station).toSorted()).toEqual([first, second].toSorted());
  await office.presses(CHIEF, "增减点位");
  await office.presses(CHIEF, `不再负责${first}`);
  expect((await office.says(CHIEF, "我的点位")).facts.stations).toMatchObject([{ station: second }]);
});

test("a county asked for by name is shown whole, and everybody else's 实况 stays as it was", async () => {
  expect((await office.says(CHIEF, "实况 海安")).facts.stations).toHaveLength(stations.length);
  expect((await office.says("海安联络员", "实况")).facts.rows.length).toBeGreaterThan(5);
});

test("it is a chief's own: others are refused, and a station of another county is nobody's to take", async () => {
  expect((await office.says("海安联络员", "我的点位")).code).toBe("forbidden");
  await office.says("海门点位长", "我的点位");
  expect((await office.says("海门点位长", "我的点位")).labels).not.toContain(stations[0]);
  const asked = await office.says(CHIEF, "我的点位");
  const token = asked.card.buttons.find(({ label }) => label === "增减点位");
  expect(token?.kind).toBe("press");
  expect((await office.presses("海门点位长", token?.kind === "press" ? token.token : "")).code).toBe(
    "stale-action",
  );
});
