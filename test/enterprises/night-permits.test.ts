import { afterAll, beforeAll, expect, test } from "vitest";
import { faultsOf, importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// 海安's dustfall of May 2020 is 4.9 in the demonstration, the only one above 4.5.
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
});
afterAll(() => office.close());

const applies = (who: string, text: string) => office.says(who, text);
const WORKS = "依据 混凝土连续浇筑";

test("a county applies, the housing department hears of it and grants, the county hears of that", async () => {
  const asked = await applies("如东联络员", `申请夜施 如东 “人民路工地” 6月18日至6月20日 ${WORKS}`);
  expect(asked.code).toBeNull();
  const { id } = asked.facts.permit;
  expect(asked.facts.permit).toMatchObject({
    county: "如东",
    site: "人民路工地",
    basis: "混凝土连续浇筑",
    from: "2020-06-18",
    to: "2020-06-20",
    state: "applied",
  });
  await office.expectCards([
    { to: "住建联络员", title: "待批夜间施工许可：如东人民路工地" },
    { to: "城管联络员", title: "待批夜间施工许可：如东人民路工地" },
  ]);
  const others = async () =>
    (await office.cardsOf("城管联络员")).find(({ subject }) => subject === `night-permit:${id}`)?.buttons ??
    [];
  const late = (await others()).find(({ label }) => label === "批准");
  const granted = await office.presses("住建联络员", "批准");
  expect(granted.facts.permit).toMatchObject({
    id,
    state: "granted",
    approvedBy: expect.stringContaining("住房"),
  });
  await office.expectCards([{ to: "如东联络员", title: `夜间施工许可${id}号已批准：人民路工地` }]);
  // The other department's button is about what is no more.
  expect((await others()).map(({ label }) => label)).not.toContain("批准");
  const token = late?.kind === "press" ? late.token : "";
  expect(await office.presses("城管联络员", token)).toMatchObject({ code: "already-done" });

  const seen = await office.says("住建联络员", `夜施 ${id}`);
  expect(seen.labels).toContain("暂停");
  const suspended = await office.presses("住建联络员", "暂停", { text: "噪声投诉" });
  expect(suspended.facts.permit).toMatchObject({ state: "suspended", reason: "噪声投诉" });
  await office.expectCards([{ to: "如东联络员", title: /已暂停/ }]);
  await office.says("住建联络员", `夜施 ${id}`);
  expect((await office.presses("住建联络员", "恢复")).facts.permit).toMatchObject({ state: "granted" });
  const withdrawn = await office.says("如东联络员", `夜施 ${id}`);
  expect(withdrawn.labels).toContain("撤回许可");
  expect(withdrawn.labels).not.toContain("暂停");
  expect((await office.presses("如东联络员", "撤回许可")).facts.permit).toMatchObject({ state: "withdrawn" });
  await office.expectCards([{ to: "如东联络员", title: /已恢复/ }]);
});

test("a permit for a county whose dustfall is over is refused, naming month and value", async () => {
  const refused = await applies("海安联络员", `申请夜施 海安 “工地甲” 6月18日至6月20日 ${WORKS}`);
  expect(refused.code).toBe("conflict");
  expect(refused.message).toMatch(/^海安2020年5月降尘量\d\.\d吨\/平方公里·月，高于4\.5，夜间施工从严管控/);
  expect(refused.message).toContain("抢修、抢险请在依据里写明");
});

test("what can't wait is applied for all the same, and the office alone grants it", async () => {
  const asked = await applies("海安联络员", "申请夜施 海安 “供水管道” 6月15日至6月16日 依据 管道抢修");
  expect(asked.code).toBeNull();
  const { id } = asked.facts.permit;
  await office.expectCards([{ to: "市办", title: "待批夜间施工许可：海安供水管道" }]);
  const seen = await office.says("住建联络员", `夜施 ${id}`);
  expect(seen.labels).not.toContain("批准");
  expect((await office.presses("市办", "批准")).facts.permit).toMatchObject({ state: "granted" });
  await office.expectCards([{ to: "海安联络员", title: /已批准/ }]);
});

test.each([
  ["another county", "启东联络员", `申请夜施 如东 “某工地” 6月18日 ${WORKS}`, "forbidden"],
  ["days that have passed", "启东联络员", `申请夜施 启东 “某工地” 6月1日至6月20日 ${WORKS}`, "bad-date"],
  [
    "more days than the pack allows",
    "启东联络员",
    `申请夜施 启东 “某工地” 6月18日至8月20日 ${WORKS}`,
    "bad-date",
  ],
  ["somebody who doesn't apply", "住建联络员", `申请夜施 启东 “某工地” 6月18日 ${WORKS}`, "forbidden"],
])("an application is refused: %s", async (_why, who, text, code) => {
  expect(await applies(who, text)).toMatchObject({ code });
});

test("the same site can't have two permits for one night", async () => {
  const text = `申请夜施 启东 “跨河桥” 6月18日至6月20日 ${WORKS}`;
  const { id } = (await applies("启东联络员", text)).facts.permit;
  const again = await applies("启东联络员", text);
  expect(again).toMatchObject({ code: "already-done", instead: [`夜施 ${id}`] });
  await office.expectCards([
    { to: "住建联络员", title: /跨河桥/ },
    { to: "城管联络员", title: /跨河桥/ },
  ]);
});

test("nobody grants what they applied for themselves", async () => {
  const asked = await office.says("市办", `申请夜施 启东 “会展中心” 6月18日至6月20日 ${WORKS}`);
  expect(asked.labels).not.toContain("批准");
  await office.expectCards([
    { to: "住建联络员", title: /会展中心/ },
    { to: "城管联络员", title: /会展中心/ },
  ]);
});

test("the list holds what still concerns somebody, a month all of its nights, and each county sees its own", async () => {
  const city = await office.says("市办", "夜施");
  expect(city.facts.tightened).toEqual([{ county: "海安", month: "2020-05", value: expect.any(Number) }]);
  const counties = new Set(city.facts.rows.map(({ county }: { county: string }) => county));
  expect(counties.size).toBeGreaterThan(2);
  const own = await office.says("如东联络员", "夜施");
  expect(own.facts.rows.every(({ county }: { county: string }) => county === "如东")).toBe(true);
  const month = await office.says("市办", "夜施 6月");
  expect(month.facts.rows.length).toBeGreaterThan(city.facts.rows.length);
  const file = await office.says("市办", "夜施 导出");
  expect(file.card.files?.[0]?.name).toMatch(/\.xlsx$/);
  expect(await office.says("如东联络员", "夜施 海安")).toMatchObject({ code: "forbidden" });
});

const HEAD = "工地,县区,依据,起,止,批准单位";

test("a register comes in by file: again it changes nothing, other days correct it", async () => {
  const row = "通州管网工地,通州,占道须夜间施工,2020-06-20,2020-06-25,市住建局";
  expect(await importText(office, [HEAD, row])).toMatchObject({ kind: "permits", added: 1 });
  expect(await importText(office, [HEAD, row])).toMatchObject({ added: 0, unchanged: 1 });
  const other = "通州管网工地,通州,占道须夜间施工,2020-06-20,2020-06-28,市住建局";
  expect(await importText(office, [HEAD, other])).toMatchObject({ added: 0, corrected: 1 });
  const found = (await office.says("市办", "夜施 通州")).facts.rows;
  expect(found).toContainEqual(
    expect.objectContaining({
      site: "通州管网工地",
      to: "2020-06-28",
      state: "granted",
      approvedBy: "市住建局",
    }),
  );
});

test("its bad rows are named: a county that is tightened, days the wrong way round, nights that are taken", async () => {
  const rows = [
    "海安新工地,海安,混凝土连续浇筑,2020-06-20,2020-06-25,市住建局",
    "海安老工地,海安,混凝土连续浇筑,2020-06-01,2020-06-05,市住建局",
    "海安抢修,海安,供水抢修,2020-06-20,2020-06-21,市办",
    "启东乙,启东,混凝土连续浇筑,2020-06-25,2020-06-20,市住建局",
    "跨河桥,启东,混凝土连续浇筑,2020-06-19,2020-06-25,市住建局",
  ];
  const faults = faultsOf(await importText(office, [HEAD, ...rows]));
  expect(faults).toHaveLength(3);
  expect(faults[0]).toMatch(/^2 县区 海安 海安2020年5月降尘量\d\.\d吨\/平方公里·月，高于4\.5/);
  expect(faults[1]).toBe("5 止 2020-06-20 早于起始日期，请核对");
  expect(faults[2]).toMatch(/^6 起 2020-06-19 该工地已有夜间施工许可\d+号/);
  const foreign = ["启东丙,启东,混凝土连续浇筑,2020-06-20,2020-06-25,市住建局"];
  expect(faultsOf(await importText(office, [HEAD, ...foreign], { by: "工信联络员" }))).toEqual([
    "2 批准单位 市住建局 夜间施工许可由批准的部门或市办登记，请交由他们导入",
  ]);
});

test("an import is taken back while nothing else has become of it", async () => {
  const brought = await importText(
    office,
    [HEAD, "如皋丁,如皋,混凝土连续浇筑,2020-06-20,2020-06-25,市住建局"],
    { by: "市办" },
  );
  expect(brought).toMatchObject({ added: 1 });
  const before = (await office.says("市办", "夜施 如皋")).facts.rows.length;
  if (!("batch" in brought)) throw new Error("nothing came in");
  expect((await office.says("市办", `撤回导入 ${brought.batch} 重复`)).code).toBeNull();
  const after = (await office.says("市办", "夜施 如皋")).facts.rows.length;
  expect(after).toBe(before - 1);
});
