import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const warningTo = async (who: string, day: string) => {
  const found = (await office.cardsOf(who)).find(
    ({ title }) => title.startsWith("任务滞后预警") && title.includes(day),
  );
  if (found === undefined) throw new Error(`${who} was not warned on ${day}`);
  return { card: found, says: JSON.stringify(found.blocks), facts: JSON.parse(JSON.stringify(found.facts)) };
};
type Line = { indicator: string; county: string | null; inARow: number; rung: string };

test("a warning is an official paper: numbered, frozen, and nobody had to sign it", async () => {
  await office.advanceTo("2020-06-16T12:00");
  const { facts } = await warningTo("市办", "6月16日");
  expect(facts.rows.every(({ inARow, rung }: Line) => inARow === 1 && rung === "一般提醒")).toBe(true);
  const [paper] = (await office.says("市办", "文件 滞后预警")).facts.rows;
  expect(paper).toMatchObject({ kind: "lagging-warning", number: "通气办预〔2020〕1号", state: "issued" });
  expect(paper.title).toBe("任务滞后预警（2020年6月16日）");
});

describe("two taps answer it", () => {
  test("the cause, then the day: this month's end, the next one's, or any other", async () => {
    expect((await office.presses("城管联络员", "施工进度慢")).labels).toEqual([
      "6月30日前",
      "7月31日前",
      "其他日期",
    ]);
    const done = await office.presses("城管联络员", "6月30日前");
    expect(done.card.title).toBe("已答复：城管2020年6月30日前赶上");
    const { rows } = (await office.says("市办", "承诺")).facts;
    expect(rows).toMatchObject([{ short: "城管", cause: "施工进度慢", on: "2020-06-30", broken: [] }]);
  });

  test("a later answer takes the place of the first, and a day that is over is none", async () => {
    await office.presses("如东联络员", "资金未到位");
    expect((await office.presses("如东联络员", "其他日期", { on: "2020-06-16" })).code).toBe("bad-date");
    await office.presses("如东领导", "企业不配合");
    await office.presses("如东领导", "7月31日前");
    await office.presses("如东联络员", "手续未办完");
    await office.presses("如东联络员", "其他日期", { on: "2020-08-20" });
    const rows = (await office.says("市办", "承诺")).facts.rows as { short: string }[];
    expect(rows.filter(({ short }) => short === "如东")).toMatchObject([
      { cause: "手续未办完", on: "2020-08-20" },
    ]);
    // Others read of their own only.
    expect((await office.says("如东联络员", "承诺")).facts.rows).toMatchObject([{ short: "如东" }]);
  });
});

test("the next warning is a level higher, and says whose promised day has passed, to the unit and the office", async () => {
  await office.advanceTo("2020-07-01T12:00");
  const whole = await warningTo("市办", "7月1日");
  expect(whole.facts.rows.some(({ inARow, rung }: Line) => inARow === 2 && rung === "重点提醒")).toBe(true);
  expect(whole.says).toMatch(/承诺到期仍滞后：城管（承诺6月30日，\d项）/);
  const unit = await warningTo("城管联络员", "7月1日");
  expect(unit.says).toContain("级别：重点提醒（连续2期）");
  expect(unit.says).toMatch(
    /承诺6月30日前赶上（施工进度慢），到期仍滞后\d项：.*餐饮油烟治理项目.*请重新答复/,
  );
  expect((await warningTo("如东联络员", "7月1日")).says).toContain("已承诺8月20日前赶上（手续未办完）");
  // What was printed in June stays as it was.
  expect((await warningTo("城管联络员", "6月16日")).says).toContain("级别：一般提醒");
});

test("the third in a row is the highest level, beside tasks that lag anew", async () => {
  await office.advanceTo("2020-07-16T12:00");
  const { facts } = await warningTo("市办", "7月16日");
  const levels = new Map((facts.rows as Line[]).map(({ inARow, rung }) => [inARow, rung]));
  expect(levels.get(3)).toBe("预警通报");
  expect(Math.min(...levels.keys())).toBeLessThan(3);
});

test("a district that has become part of another is neither warned nor held to a promise", async () => {
  await office.advanceTo("2020-08-03T12:00");
  const newest = await office.bot.store.read((r) => r.outbox.after(0));
  const warned = newest.filter(
    ({ row }) => row.title.includes("任务滞后预警") && row.title.includes("8月3日"),
  );
  expect(warned.length).toBeGreaterThan(0);
  expect(warned.filter(({ audience }) => audience.startsWith("港闸"))).toEqual([]);
});
