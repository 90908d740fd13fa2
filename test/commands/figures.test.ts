import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

// biome-ignore lint/suspicious/noExplicitAny: facts are read the way a script reads them
const rowOf = (facts: any, county: string) =>
  facts.rows.find((row: { county: string }) => row.county === county);

test("last week's figures by county, each with what it rests on", async () => {
  const { command, facts } = await office.says("市办", "统计");
  expect(command).toBe("figures");
  expect(facts.period).toMatchObject({ from: "2020-06-08", to: "2020-06-14", complete: true });
  // Three were given out; 海安's time to acknowledge passes on working days, and hasn't ended yet.
  expect(facts.city).toMatchObject({
    assigned: 3,
    acknowledged: { met: 3, of: 3, pct: 100 },
    onTime: { pct: null, of: 0 },
  });
  expect(rowOf(facts, "海安")).toMatchObject({
    rank: null,
    assigned: 1,
    acknowledged: { pct: null, met: 0, of: 0 },
  });
});

test("a running period counts to now; what is due today isn't late yet", async () => {
  const before = (await office.says("市办", "统计 6月")).facts;
  expect(before.period.complete).toBe(false);
  expect(rowOf(before, "如皋")).toMatchObject({ rank: 1, onTime: { pct: 0, met: 0, of: 1 } });
  await office.says("市办", "交办 海安 裸土未覆盖 2020-06-15");
  expect(rowOf((await office.says("市办", "统计 6月")).facts, "海安").onTime.of).toBe(0);
  await office.advanceTo("2020-06-16T00:00");
  expect(rowOf((await office.says("市办", "统计 6月")).facts, "海安").onTime).toEqual({
    pct: 0,
    met: 0,
    of: 1,
  });
});

test("a closing counts with its days, and a relapse with the closing it came after", async () => {
  const no = "NT-2020-000002";
  await office.says("通州领导", no);
  await office.presses("通州领导", "县级确认");
  await office.says("督查", no);
  await office.presses("督查", "复核通过");
  const { facts } = await office.says("市办", "统计 6月");
  // From 2 June 09:10 to 15 June 08:30.
  expect(rowOf(facts, "通州")).toMatchObject({
    meanDays: { days: 13, n: 1 },
    relapsed: { pct: 0, met: 0, of: 1 },
  });
  await office.says("市办", `问题 ${no} 更多`);
  await office.presses("市办", "重新整改（反弹）", { text: "再次停用净化设施", due: "5个工作日" });
  const after = rowOf((await office.says("市办", "统计 6月")).facts, "通州");
  expect(after.relapsed).toEqual({ pct: 100, met: 1, of: 1 });
  expect(after.closed).toMatchObject({ met: 0 });
});

test("after the merger 港闸's issues count with 崇川", async () => {
  const august = await anOffice({ at: "2020-08-03T08:30" });
  const { facts } = await august.says("市办", "统计 2020年7月1日至8月2日");
  expect(rowOf(facts, "港闸")).toBeUndefined();
  expect(rowOf(facts, "崇川")).toMatchObject({ onTime: { met: 0, of: 1 } });
  august.close();
});

test("a period that lies ahead is refused", async () => {
  expect((await office.says("市办", "统计 7月")).code).toBe("bad-period");
});
