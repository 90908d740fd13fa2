import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnOffice, anOffice, type Fill } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

const FUME = "填报：餐饮油烟治理项目";
const RECOVERY = "填报：油气回收治理改造项目";

/** Opens the list of one measure and hands in the form of one of its indicators. */
async function reports(who: string, measure: string, label: string, fill: Fill) {
  await office.says(who, `填报 ${measure}`);
  return office.presses(who, label, fill);
}

test("填报 offers what has not been reported for the cycle, each with its form", async () => {
  const { facts, card } = await office.says("城管联络员", "填报");
  expect(facts.rows.map((row: { id: string }) => row.id)).toContain("m13-fume-projects");
  const button = card.buttons.find((b) => b.label === FUME);
  expect(button?.kind === "press" && button.fields.map((f) => [f.name, f.kind, f.required])).toEqual([
    ["value", "number", true],
    ["date", "date", false],
    ["reason", "text", false],
    ["note", "longtext", false],
  ]);
});

test("a report counts at once, and the task is no longer grey", async () => {
  const own = await anOffice();
  await own.says("城管联络员", "填报 13");
  const { facts } = await own.presses("城管联络员", FUME, { value: "30", note: "六月上旬" });
  expect(facts).toMatchObject({
    indicator: "m13-fume-projects",
    value: 30,
    date: "2020-06-15",
    county: null,
  });
  const { measure } = (await own.says("市办", "任务 13")).facts;
  const shown = measure.indicators.find((i: { id: string }) => i.id === "m13-fume-projects");
  expect(shown).toMatchObject({ actual: 30, level: "绿", reportedOn: "2020-06-15" });
  const [newest] = await own.bot.store.read((r) => r.audit.latest(1));
  expect(newest).toMatchObject({ actor: "城管联络员", act: "report.value", outcome: "done" });
  own.close();
});

describe("figures out of range", () => {
  test.each([
    [FUME, "13", "-1", "bad-number", /负数/],
    [FUME, "13", "20.5", "bad-number", /整数/],
    [FUME, "13", "631", "bad-number", /10倍/],
    [FUME, "13", "很多", "bad-number", /不是数字/],
    [FUME, "13", "99999999999999", "bad-number", /不是数字/],
    [FUME, "13", "", "usage", /完成值/],
  ])("%s: value %s%s is refused as %s", async (label, measure, value, code, says) => {
    const answer = await reports("市办", measure, label, { value });
    expect(answer.code).toBe(code);
    expect(answer.message).toMatch(says);
  });
});

describe("dates", () => {
  test.each([
    ["2020-06-16", "bad-date", /还没到/],
    ["2019-12-31", "bad-date", /2020年以内/],
    ["2020-03-30", "bad-date", /不能更早/],
    ["6月31日", "bad-date", /./],
    ["什么时候", "bad-date", /不是日期/],
  ])("%s is refused as %s", async (date, code, says) => {
    const answer = await reports("市办", "13", FUME, { value: "30", date });
    expect(answer.code).toBe(code);
    expect(answer.message).toMatch(says);
  });
});

describe("a decrease", () => {
  test("asks for a reason and changes nothing without one", async () => {
    const answer = await reports("市办", "16", RECOVERY, { value: "11" });
    expect(answer.code).toBe("usage");
    expect(answer.message).toContain("比上次（12个）少");
    const blank = await reports("市办", "16", RECOVERY, { value: "11", reason: "   " });
    expect(blank.code).toBe("usage");
  });

  test("is taken with its reason, which stays in the record", async () => {
    const own = await anOffice();
    await own.says("市办", "填报 16");
    const answer = await own.presses("市办", RECOVERY, { value: "11", reason: "一个项目核减" });
    expect(answer.code).toBeNull();
    const [newest] = await own.bot.store.read((r) =>
      r.progress.history("m16-oil-gas-recovery", null, "2020-06-15", 1),
    );
    expect(newest).toMatchObject({ value: "11", by: "市办", note: "下降原因：一个项目核减" });
    own.close();
  });

  test("an unchanged figure is no decrease", async () => {
    const own = await anOffice();
    await own.says("市办", "填报 16");
    expect((await own.presses("市办", RECOVERY, { value: "12" })).code).toBeNull();
    own.close();
  });
});

describe("who may report", () => {
  test("a county reports its own share", async () => {
    const own = await anOffice();
    await own.says("海安联络员", "填报 3");
    const label = "填报：集中喷涂工程中心率先建成投用（海安）";
    const answer = await own.presses("海安联络员", label, { done: "已完成" });
    expect(answer.facts).toMatchObject({ indicator: "m3-spray-centre-pilots", county: "海安", value: 1 });
    own.close();
  });

  test.each([
    ["海安联络员", "填报 16", "forbidden"],
    ["住建联络员", "填报 16", "forbidden"],
    ["市领导", "填报", "no-data"],
    ["海安点位长", "填报", "no-data"],
  ])("%s gets nothing to fill in by %s", async (who, phrase, code) => {
    expect((await office.says(who, phrase)).code).toBe(code);
  });

  test("another person's button does nothing", async () => {
    const { card } = await office.says("城管联络员", "填报 13");
    const button = card.buttons.find((b) => b.label === FUME);
    const token = button?.kind === "press" ? button.token : "";
    expect((await office.presses("海安联络员", token, { value: "30" })).code).toBe("stale-action");
  });

  test("a form is read by its own fields only", async () => {
    const answer = await reports("市办", "13", FUME, { value: "30", wert: "1" });
    expect(answer.code).toBe("usage");
    expect(answer.message).toContain("value（完成值）");
  });
});
