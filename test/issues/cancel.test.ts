import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AnOffice } from "../support/office.ts";
import { aStage, type Stage } from "./loop/stage.ts";

let stage: Stage;
let office: AnOffice;
beforeEach(async () => {
  stage = await aStage("2020-06-15T10:00", { jobs: false });
  stage.emptied();
  office = stage.office;
  await office.says("市办", "交办 海安 “工地裸土未覆盖” 2020-06-30 住建局");
  await office.says("海安联络员", "签收 7");
  await office.advanceTo("2020-06-15T11:00");
});
afterEach(() => stage.close());

const issueOf = async () => (await office.says("市办", "问题 7")).facts.issue;
const asks = () => office.says("市办", "作废 7 工地已经拆除");
/** Whose post becomes another one, as an operator does it. */
function holds(name: string, role: string, regionId: string | null): void {
  stage.raw.prepare("update person set role = ?, region_id = ? where name = ?").run(role, regionId, name);
}

test("作废 of what is acknowledged asks the unit and the city's lead; meanwhile its clocks go on", async () => {
  await office.expectCards([
    { to: "海安联络员", title: /^新的交办/ },
    { to: "住建联络员", title: /^新的交办/ },
    { to: "市办", title: /^海安已签收/ },
  ]);
  const { facts, text } = await asks();
  expect(facts.issue.state).toBe("acknowledged");
  expect(text).toContain("提请作废：工地已经拆除（待责任单位或市领导同意）");
  await office.expectCards(
    ["海安联络员", "住建联络员", "海安领导", "市领导"].map((to) => ({
      to,
      title: "海安提请作废，待同意：工地裸土未覆盖",
    })),
  );
  const again = await asks();
  expect([again.code, again.message]).toEqual(["usage", expect.stringMatching(/已经提请作废，请等待/)]);
  for (const who of ["海安领导", "住建联络员", "市领导"])
    expect((await office.says(who, "今日")).facts.toDecide).toContain("NT-2020-000007");
  expect((await office.says("海安联络员", "今日")).facts.toDecide).toEqual([]);
  // Who may consent is reminded every working day, and the deadline comes as if nobody had asked.
  await office.advanceTo("2020-06-16T10:00");
  await office.expectCards(
    ["海安领导", "住建联络员", "市领导"].map((to) => ({ to, title: /^作废待同意提醒/ })),
  );
  await office.advanceTo("2020-07-01T10:00");
  expect((await issueOf()).escalation).toBe(1);
});

describe("consent", () => {
  test.each([
    ["海安领导", "button"],
    ["海安领导", "word"],
    ["住建联络员", "button"],
    ["市领导", "word"],
  ])("by %s, by %s: it is cancelled once, and who asked is told", async (who, how) => {
    await asks();
    await office.expectCards([
      { to: "海安联络员", title: /./ },
      { to: "住建联络员", title: /./ },
      { to: "市办", title: /./ },
      ...["海安联络员", "住建联络员", "海安领导", "市领导"].map((to) => ({ to, title: /^海安提请作废/ })),
    ]);
    const done = await (how === "word"
      ? office.says(who, "同意作废 7")
      : office.presses(who, "同意作废", { text: "属实" }));
    expect(done.facts.issue).toMatchObject({ state: "cancelled" });
    expect(done.facts.issue.history.at(-1)).toMatchObject({ step: "同意作废", by: who });
    const heard = ["海安联络员", "住建联络员", "海安领导", "市办"].filter((name) => name !== who);
    await office.expectCards(heard.map((to) => ({ to, title: "海安已同意作废：工地裸土未覆盖" })));
    const late = await office.says("市领导", "不同意作废 7 仍在施工");
    expect([late.code, late.message]).toEqual(["stale-action", expect.stringContaining("现为“已作废”")]);
  });

  test("refused, it goes on, who asked is told, and may ask again", async () => {
    await asks();
    expect((await office.says("海安领导", "不同意作废 7")).facts).toMatchObject({ asks: ["不同意的理由"] });
    const { facts } = await office.says("海安领导", "不同意作废 7 仍在施工");
    expect(facts.issue.state).toBe("acknowledged");
    expect((await office.cardsOf("市办")).some(({ title }) => title.startsWith("海安作废未获同意"))).toBe(
      true,
    );
    const late = await office.says("市领导", "同意作废 7");
    expect([late.code, late.message]).toEqual(["stale-action", expect.stringContaining("没有待同意的作废")]);
    expect((await asks()).code).toBeNull();
  });

  test.each(["海安联络员", "如皋联络员", "督查", "市办", "海安点位长"])("not by %s", async (who) => {
    await asks();
    expect((await office.says(who, "同意作废 7")).code).toBe("forbidden");
    expect((await issueOf()).state).toBe("acknowledged");
  });

  test.each([
    ["county-lead", "haian"],
    ["city-lead", null],
  ])("never by who asked, who is %s by now", async (role, regionId) => {
    await asks();
    holds("市办", role, regionId);
    const { code, message, labels } = await office.says("市办", "同意作废 7");
    expect([code, message, labels]).toEqual([
      "forbidden",
      expect.stringContaining("提请作废的人不能再办理“同意作废”"),
      [],
    ]);
    expect((await office.says("市办", "今日")).facts.toDecide).not.toContain("NT-2020-000007");
  });

  test("of a bare 同意 is none: what else waits for it is decided by that word", async () => {
    await asks();
    expect((await office.says("海安领导", "同意 7")).code).not.toBeNull();
    expect((await issueOf()).state).toBe("acknowledged");
  });
});

test("督查 asks for what they gave out themselves; given to another unit, it is nobody's to consent to any more", async () => {
  expect((await office.says("督查", "提请作废 7 重复")).code).toBe("forbidden");
  await asks();
  await office.says("市办", "问题 7 更多");
  await office.presses("市办", "改派", { county: "如皋", due: "2020-06-30", text: "属如皋" });
  expect((await office.says("市领导", "同意作废 7")).code).toBe("stale-action");
  expect((await office.says("市办", "撤回 7 重复")).facts.issue.state).toBe("withdrawn");
});
