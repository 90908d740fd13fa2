import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { STEPS } from "../../src/issues/loop.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
});
afterAll(() => office.close());

test.each([
  ["海安联络员", { toAcknowledge: ["NT-2020-000006"], overdue: [], toReview: [] }],
  ["海安领导", { toAcknowledge: ["NT-2020-000006"], overdue: [] }],
  ["住建联络员", { toAcknowledge: ["NT-2020-000006"], toReport: 1 }],
  ["如皋联络员", { toAcknowledge: [], overdue: ["NT-2020-000001"] }],
  ["如东联络员", { toAcknowledge: [], overdue: [], toReport: 1 }],
  ["市办", { toAcknowledge: [], overdue: [], toReview: [], toReport: 0 }],
  ["通州领导", { toReview: ["NT-2020-000002"] }],
  ["市领导", { waiting: 0, toAcknowledge: [], overdue: [] }],
])("今日 shows %s what waits for them: %j", async (who, expected) => {
  const { command, facts } = await office.says(who, "今日");
  expect(command).toBe("today");
  expect(facts).toMatchObject({ date: "2020-06-15", ...expected });
});

test("what can be done about it is one press away", async () => {
  const { labels } = await office.says("海安联络员", "今日");
  expect(labels).toContain("签收 NT-2020-000006");
  const own = await anOffice();
  await own.says("海安联络员", "今日");
  expect((await own.presses("海安联络员", "签收 NT-2020-000006")).facts.issue.state).toBe("acknowledged");
  expect((await own.says("海安联络员", "今日")).facts.toAcknowledge).toEqual([]);
  own.close();
});

test("only the responsible unit gets the button", async () => {
  for (const who of ["市办", "市领导", "海安点位长"]) {
    expect((await office.says(who, "今日")).labels.filter((l) => l.startsWith("签收"))).toEqual([]);
  }
});

test.each(["市领导", "督查", "海安点位长"])("%s, who can't report, is not asked to", async (who) => {
  expect((await office.says(who, "今日")).labels).not.toContain("填报进度");
});

test("a deadline within three days is due soon, past it overdue", async () => {
  const at = async (date: string) => {
    const day = await anOffice({ at: `${date}T08:30` });
    const { facts } = await day.says("启东联络员", "今日");
    day.close();
    return [facts.dueSoon.length, facts.overdue.length];
  };
  // Qidong's issue is due on Monday, 6 July.
  expect(await at("2020-07-02")).toEqual([0, 0]);
  expect(await at("2020-07-03")).toEqual([1, 0]);
  expect(await at("2020-07-06")).toEqual([1, 0]);
  expect(await at("2020-07-07")).toEqual([0, 1]);
});

test("nothing to do is said in so many words", async () => {
  const { text, facts } = await office.says("启东联络员", "今日");
  expect(facts.lagging + facts.toReport).toBe(0);
  expect(text).toContain("今天没有等您办的事");
});

/** Issues that each county has been given, and what each then did with them. */
async function aBusyOffice() {
  const busy = await anOffice();
  for (const [county, many] of [
    ["海安", 5],
    ["如皋", 4],
    ["如东", 2],
  ] as const)
    for (let n = 1; n <= many; n++) await busy.says("市办", `交办 ${county} “第${n}处裸土” 3个工作日`);
  return busy;
}

describe("what waits for others stands below, counted, with a button that lists it", () => {
  test("the city's lead has nothing to do, and sees how many wait for whom", async () => {
    const busy = await aBusyOffice();
    const { text, labels, facts } = await busy.says("市领导", "今日");
    expect(facts).toMatchObject({ waiting: 0, toAcknowledge: [], overdue: [], toReport: 0 });
    expect(text).toContain("今天没有等您办的事");
    expect(text).toContain("另有12件等县区签收：海安6、如皋4、如东2。");
    expect(text).toMatch(/另有4件等县区整改（超期1件）：/);
    // No step of anybody's stands among the buttons.
    expect(labels).toEqual(["超期清单", "待签收清单", "整改中清单", "待确认清单", "滞后任务", "问题清单"]);
    expect((await busy.presses("市领导", "待签收清单")).facts.total).toBe(12);
    busy.close();
  });

  test("each count is that of the list behind its button", async () => {
    const busy = await aBusyOffice();
    await busy.says("如皋联络员", "申请延期 1 到7月20日 设备未到货");
    for (const who of ["市办", "督查", "市领导", "海安领导", "海安点位长", "如皋联络员", "住建联络员"]) {
      const { facts } = await busy.says(who, "今日");
      for (const { step, n } of facts.watched) {
        const asked = STEPS.find(({ id }) => id === step)?.owed?.asked;
        expect([who, step, (await busy.says(who, `问题 ${asked}`)).facts.total]).toEqual([who, step, n]);
      }
    }
    busy.close();
  });
});

describe("what waits for me is what I may and have to do", () => {
  test("whoever confirmed it watches, and somebody else verifies", async () => {
    const own = await anOffice();
    await own.presses("通州领导", (await own.says("通州领导", "今日")).labels[0] ?? "");
    for (const who of ["市办", "督查"]) {
      const { facts, labels } = await own.says(who, "今日");
      expect([facts.toReview, labels[0]]).toEqual([["NT-2020-000002"], "复核通过 NT-2020-000002"]);
    }
    const { facts } = await own.says("通州领导", "今日");
    expect(facts.toReview).toEqual([]);
    expect(facts.watched).toContainEqual({ step: "verify", n: 1, overdue: 0, counties: { 通州: 1 } });
    expect((await own.presses("督查", "复核通过 NT-2020-000002")).facts.issue.state).toBe("closed");
    own.close();
  });

  test("an extension that is asked for waits for the office, with the county named", async () => {
    const own = await anOffice();
    await own.says("启东联络员", "问题 我的");
    const [no] = (await own.says("启东联络员", "问题 整改中")).facts.rows.map((r: { no: string }) => r.no);
    await own.says("启东联络员", `${no} 申请延期到7月9日 设备未到货`);
    const { facts, text, labels } = await own.says("市办", "今日");
    expect(facts.toDecide).toEqual([no]);
    expect(text).toMatch(/启东\s+审批延期/);
    expect(labels[0]).toBe(`同意延期 ${no}`);
    expect((await own.says("启东联络员", "今日")).text).toContain("另有1件等市办或督查审批延期。");
    own.close();
  });

  test("the most urgent first; more than is shown is counted, not read", async () => {
    const own = await anOffice();
    for (let n = 1; n <= 30; n++) await own.says("市办", `交办 如皋 “第${n}处裸土” ${n}日`);
    const { facts, text, card, labels } = await own.says("如皋联络员", "今日");
    expect([facts.waiting, facts.overdue]).toEqual([31, ["NT-2020-000001"]]);
    expect(facts.toAcknowledge.length).toBeLessThan(facts.waiting);
    const rows = card.blocks.find((b) => b.kind === "table")?.rows ?? [];
    expect(rows).toHaveLength(10);
    expect(rows.map(([no]) => no).slice(0, 2)).toEqual(["NT-2020-000001", "NT-2020-000007"]);
    expect(text).toContain("等您办的：签收30件、整改1件");
    expect(text).toContain("另有21件等您办的");
    expect(labels).toContain("待签收清单");
    own.close();
  });
});
