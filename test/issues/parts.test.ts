import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const NO = "NT-2020-000007";

describe("a unit that helps has a course of its own", () => {
  beforeEach(async () => {
    await office.says("市办", "交办 海安 住建局主办 城管局、如皋协办 “交界处堆土未盖” 5个工作日");
    await office.expectCards(
      ["海安联络员", "住建联络员", "城管联络员", "如皋联络员"].map((to) => ({ to, title: /交界处堆土/ })),
    );
  });
  const helping = async () =>
    Object.fromEntries(
      (await office.says("市办", NO)).facts.issue.helping.map((h: { unit: string; state: string }) => [
        h.unit,
        h.state,
      ]),
    );

  test("it signs for its part and hands it in; whoever answers for the issue accepts it", async () => {
    expect((await office.says("城管联络员", "签收 7")).facts.issue.state).toBe("assigned");
    expect(await helping()).toEqual({ 城管: "acknowledged", 如皋: "assigned" });
    const done = await office.says("城管联络员", "反馈情况 7 已出动雾炮车两台，堆土已覆盖");
    expect(done.labels).toEqual(["补充说明"]);
    expect(done.text).toContain("已反馈，待认可");
    await office.expectCards([
      { to: "市办", title: /签收任务/ },
      ...["海安联络员", "住建联络员", "市办"].map((to) => ({ to, title: /协办单位已反馈/ })),
    ]);
    const accepted = await office.says("住建联络员", "认可反馈 7");
    expect(accepted.text).toContain("南通市城市管理局（已认可）");
    await office.expectCards(["城管联络员", "如皋联络员"].map((to) => ({ to, title: /已认可反馈/ })));
    expect(await helping()).toEqual({ 城管: "accepted", 如皋: "assigned" });
  });

  test("what isn't enough comes back with the reason, and is handed in again", async () => {
    await office.says("如皋联络员", "反馈情况 7 已清扫");
    expect((await office.says("市办", "退回反馈 7 没有照片")).facts.issue.history.at(-1)).toMatchObject({
      step: "退回反馈",
      text: "如皋；没有照片",
    });
    expect(await helping()).toEqual({ 城管: "assigned", 如皋: "acknowledged" });
    expect((await office.says("如皋联络员", "反馈情况 7 已补照片")).code).toBeNull();
    await office.says("市办", "认可反馈 7");
    expect(await helping()).toEqual({ 城管: "assigned", 如皋: "accepted" });
  });

  test("of several that were handed in, those are meant that are named", async () => {
    for (const who of ["城管联络员", "如皋联络员"]) await office.says(who, "反馈情况 7 办好了");
    await office.says("市办", `问题 ${NO}`);
    await office.presses("市办", "认可反馈", { units: "城管局" });
    expect(await helping()).toEqual({ 城管: "accepted", 如皋: "handed-in" });
    await office.says("市办", `问题 ${NO}`);
    const strange = await office.presses("市办", "认可反馈", { units: "水务局" });
    expect([strange.code, strange.message]).toEqual([
      "usage",
      expect.stringContaining("“水务局”没有这件问题的任务"),
    ]);
  });

  test.each([
    ["城管联络员", "认可反馈 7", "forbidden"],
    ["交通联络员", "签收 7", "forbidden"],
    ["市办", "认可反馈 7", "no-data"],
    ["住建联络员", "反馈情况 7 办好了", "forbidden"],
  ])("%s may not: %s", async (who, said, code) => {
    expect((await office.says(who, said)).code).toBe(code);
  });

  test("once it has handed in its part it is reminded of nothing more", async () => {
    await office.says("城管联络员", "反馈情况 7 办好了");
    await office.advanceTo("2020-06-24T12:00");
    const reminded = async (name: string) =>
      (await office.cardsOf(name)).some(
        (card) => card.title.includes("提醒") && JSON.stringify(card).includes(NO),
      );
    expect(await reminded("城管联络员")).toBe(false);
    expect(await reminded("如皋联络员")).toBe(true);
    expect((await office.says("城管联络员", "签收 7")).code).toBe("already-done");
  });
});

describe("a county hands down", () => {
  beforeEach(async () => {
    await office.says("市办", "交办 海安 “城东镇工地裸土未覆盖” 5个工作日");
    await office.says("海安联络员", "签收 7");
    await office.expectCards([
      { to: "海安联络员", title: /新的交办/ },
      { to: "市办", title: /签收/ },
    ]);
  });

  test("to a town and a bureau of its own, with a day of its own, and stays answerable", async () => {
    const done = await office.says("海安联络员", "转办 7 城东镇、生态环境局 6月18日前");
    expect(done.facts.issue).toMatchObject({
      state: "acknowledged",
      due: "2020-06-22",
      handedDown: [
        { unit: "城东镇", due: "2020-06-18", state: "assigned" },
        { unit: "海安生态环境局", due: "2020-06-18", state: "assigned" },
      ],
    });
    await office.expectCards(
      ["城东镇联络员", "海安生态环境局联络员"].map((to) => ({ to, title: "海安转办：城东镇工地裸土未覆盖" })),
    );
    const [card] = (await office.cardsOf("城东镇联络员")).reverse();
    expect(JSON.stringify(card?.blocks)).toContain("海安转办您单位，请于6月18日前办理完成（待签收）");
    expect(card?.buttons.map((b) => b.label)).toEqual(["签收任务", "反馈情况", "补充说明"]);
    await office.presses("城东镇联络员", "签收任务");
    await office.photographs("城东镇联络员", NO, ["after"]);
    await office.says("城东镇联络员", "反馈情况 7 已覆盖防尘网");
    expect((await office.says("海安联络员", "认可反馈 7")).facts.issue.handedDown[0].state).toBe("accepted");
    await office.advanceTo("2020-06-23T12:00");
    const late = (await office.cardsOf("海安联络员")).at(-1);
    expect(JSON.stringify(late), "the county stays answerable").toContain(NO);
  });

  test.each(["把7号转办给城东镇", "7号转办城东镇", "转办给城东镇 7号", "请把7号转办给城东镇 6月18日前"])(
    "%s",
    async (said) => {
      const done = await office.says("海安联络员", said);
      expect(done.message ?? done.facts.issue.handedDown).toMatchObject([{ unit: "城东镇" }]);
    },
  );

  test("a town sees what was handed down to it and nothing else of its county", async () => {
    await office.says("海安联络员", "转办 7 城东镇");
    expect((await office.says("城东镇联络员", "今日")).facts.toHelp).toEqual([NO]);
    expect((await office.says("城东镇联络员", "问题 协办")).facts.rows).toMatchObject([{ no: NO }]);
    expect((await office.says("城东镇联络员", "问题 6")).code).toBe("forbidden");
    expect((await office.says("海门街道联络员", "问题 7")).code).toBe("forbidden");
    expect((await office.says("城东镇联络员", "海安")).code, "how its county stands").toBeNull();
    expect((await office.says("城东镇联络员", "如皋")).code).toBe("forbidden");
    for (const act of ["签收 7", "反馈情况 7 好了"])
      expect((await office.says("城东镇联络员", act)).code).toBeNull();
    for (const act of ["7号申请延期到6月30日 等材料", "销号 7"])
      expect((await office.says("城东镇联络员", act)).code).toBe("forbidden");
  });

  test.each([
    ["转办 7 三星镇", "usage", "“三星镇”不是海安的镇街或部门"],
    ["转办 7 城东镇 6月30日前", "bad-date", "办理期限不能晚于整改期限6月22日"],
    ["转办 7 城东镇、城东乡", "usage", "“城东乡”不是海安的镇街或部门。您要找的是“城东镇”吗"],
  ])("%s is refused, and says how to mend it", async (said, code, why) => {
    const refused = await office.says("海安联络员", said);
    expect([refused.code, refused.message]).toEqual([code, expect.stringContaining(why)]);
    await office.expectCards([]);
  });

  test("is told of a unit that has nobody here, and takes a matter back", async () => {
    await office.says("海安联络员", "转办 7 李堡镇");
    await office.expectCards([{ to: "海安联络员", title: "请另行通知：李堡镇" }]);
    await office.says("海安联络员", `问题 ${NO}`);
    const back = await office.presses("海安联络员", "转办", { leaving: "李堡镇", units: "城东镇" });
    expect(back.facts.issue.handedDown).toMatchObject([{ unit: "城东镇" }]);
    const again = await office.presses("海安联络员", "转办", { leaving: "李堡镇" });
    expect(again.message).toContain("李堡镇不是这件问题的转办单位，现有转办单位：城东镇");
  });

  test("what goes to another county is no longer its towns'", async () => {
    await office.says("海安联络员", "转办 7 城东镇");
    await office.says("市办", `问题 ${NO} 更多`);
    await office.presses("市办", "改派", { county: "如皋", due: "2020-06-30", text: "属如皋" });
    expect((await office.says("市办", NO)).facts.issue.handedDown).toEqual([]);
    expect((await office.says("城东镇联络员", "问题 7")).code).toBe("forbidden");
  });
});

test("an order that goes on as another unit's is told to that unit too", async () => {
  await office.says("市办", "交办 海安 “河边堆土未盖” 5天");
  await office.says("市办", "交办 如皋 “河边堆土” 5天");
  await office.expectCards(["海安联络员", "如皋联络员"].map((to) => ({ to, title: /新的交办/ })));
  await office.says("市办", "问题 7 更多");
  await office.presses("市办", "并案", { into: "NT-2020-000008" });
  await office.expectCards([
    { to: "海安联络员", title: /并案/ },
    { to: "如皋联络员", title: "NT-2020-000007并入：河边堆土" },
  ]);
});
