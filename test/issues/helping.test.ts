import Database from "better-sqlite3";
import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { open } from "../../src/bot/router.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { readDocument } from "../output/document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";
import { aStage } from "./loop/stage.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const ORDER = "交办 海安 住建局主办 城管局、如皋协办 “交界处堆土未盖” 5个工作日";
const NO = "NT-2020-000007";
/** Titles of everything that somebody was sent about the issue, as it was sent. */
const sentTo = async (name: string) =>
  (await piecesAfter(office.bot, 0))
    .filter(({ to, title }) => to === name && title.includes("交界处堆土"))
    .map(({ title }) => title);

describe("an order with a lead and helping units", () => {
  test("gives the lead its issue, and every helper a card of its own with the lead's name and the term", async () => {
    const { facts, text } = await office.says("市办", ORDER);
    expect(facts.understood.args).toMatchObject({
      county: "海安",
      department: "住建",
      helping: ["城管", "如皋"],
    });
    expect(facts.issue).toMatchObject({
      assignee: "住建",
      helping: [
        { unit: "城管", due: "2020-06-22" },
        { unit: "如皋", due: "2020-06-22" },
      ],
    });
    expect(text).toContain("协办单位：南通市城市管理局（待签收）、如皋（待签收）");
    await office.expectCards([
      ...["海安联络员", "住建联络员"].map((to) => ({ to, title: "新的交办：交界处堆土未盖" })),
      ...["城管联络员", "如皋联络员"].map((to) => ({ to, title: "请协办：交界处堆土未盖" })),
    ]);
    const [card] = (await office.cardsOf("城管联络员")).reverse();
    expect(JSON.stringify(card?.blocks)).toContain("您单位协办：海安（住建）主办，请于6月22日前配合完成");
    expect(card?.buttons.map((b) => b.label)).toEqual(["签收任务", "反馈情况", "补充说明"]);
  });

  test.each([
    ["交办 海安 “堆土未盖” 3天 城管局主办 城管局协办", /城管是主办单位，不能又是协办单位/],
    ["交办 海安 “堆土未盖” 3天 城管局、城管局协办", /写了两次/],
    ["交办 海安 “堆土未盖” 3天 海安协办", /海安是责任地区，不用再写协办/],
    ["交办 海安、如皋 “堆土未盖” 3天 配合如皋", /如皋是责任地区/],
    ["交办 海安 “堆土未盖” 3天 城管局协办 抄送城管局", /城管已是协办单位，不用再写抄送/],
  ])("%s is refused, and says how to mend it", async (said, why) => {
    const answer = await office.says("市办", said);
    expect([answer.code, answer.message]).toEqual(["usage", expect.stringMatching(why)]);
    expect(answer.message).toMatch(/请/);
    await office.expectCards([]);
  });

  test("the form takes them by name, with a deadline of their own that isn't later than the issue's", async () => {
    const fill = { county: "海安", title: "堆土未盖", department: "住建局", due: "2020-06-30" };
    const late = await office.says("市办", "交办", { ...fill, helping: "城管局", helpBy: "2020-07-01" });
    expect(late.code).toBe("bad-date");
    const strange = await office.says("市办", "交办", { ...fill, helping: "城管局、苏州市水务局" });
    expect([strange.code, strange.message]).toEqual([
      "unknown-department",
      expect.stringContaining("“苏州市水务局”不是本市的部门"),
    ]);
    const given = await office.says("市办", "交办", {
      ...fill,
      helping: "城管局、如皋",
      helpBy: "2020-06-24",
    });
    expect(given.facts.issue.helping.map((h: { due: string }) => h.due)).toEqual([
      "2020-06-24",
      "2020-06-24",
    ]);
  });

  test("read back for another reason, it is confirmed with the units that were named", async () => {
    const asked = await office.says("市办", `${ORDER} 抄送公安局 急`);
    expect(asked.text).toMatch(/协办单位：城管、如皋[\s\S]*抄送：公安/);
    await office.expectCards([]);
    const done = await office.presses("市办", "确认");
    expect(done.facts.issue).toMatchObject({
      helping: [{ unit: "城管" }, { unit: "如皋" }],
      copies: ["公安"],
    });
  });

  test("several counties get an issue each, each with the same helpers", async () => {
    const { facts } = await office.says("市办", "交办 海安、如东 “沿线堆土” 3天 城管局协办");
    expect(facts.issues).toHaveLength(2);
    expect((await office.says("城管联络员", "问题 协办")).facts.total).toBe(2);
    expect((await office.says("市办", "问题 协办")).facts.total).toBe(2);
    expect((await office.says("市办", "问题 协办 海安")).facts.total).toBe(0);
    expect((await office.says("如东联络员", "问题 协办")).facts.total).toBe(0);
  });

  test("a unit without a liaison is named to whoever gave the order", async () => {
    const person = await office.bot.store.read((r) => r.people.byName("城管联络员"));
    const raw = new Database(office.file);
    raw.prepare("update person set active = 0 where id = ?").run(person?.id);
    raw.close();
    const { text } = await office.says("市办", ORDER);
    expect(text).toContain("城管还没有联络员绑定，请电话通知协办");
  });

  test("a draft is given out with them", async () => {
    const other = await aStage();
    const draft = await other.issueIn("draft", { departmentId: null });
    const fill = {
      county: "海安",
      department: "住建局",
      helping: "城管局",
      copies: "公安局",
      due: "2020-06-30",
    };
    expect(await other.presses("市办", "assign", draft, { ...fill, helping: "住建局" })).toMatchObject({
      code: "usage",
      message: expect.stringContaining("住建是主办单位"),
    });
    expect(await other.presses("市办", "assign", draft, fill)).toBeNull();
    expect((await other.office.says("城管联络员", `问题 ${draft.no}`)).text).toContain("您单位协办");
    expect((await other.office.says("公安联络员", `问题 ${draft.no}`)).text).toContain("供知悉");
    other.close();
  });

  test("a copy is told once and has no duty", async () => {
    await office.says("市办", "交办 海安 抄送如皋、城管局 “堆土未盖” 3天");
    await office.expectCards([
      { to: "海安联络员", title: /^新的交办/ },
      ...["如皋联络员", "城管联络员"].map((to) => ({ to, title: "抄送：堆土未盖" })),
    ]);
    const seen = await office.says("城管联络员", `问题 ${NO}`);
    expect(seen.text).toContain("供知悉，不用办理");
    expect(seen.facts.issue.copies).toEqual(["如皋", "城管"]);
    expect(seen.labels).not.toContain("补充说明");
    expect((await office.says("城管联络员", "今日")).facts.toHelp).toEqual([]);
    await office.advanceTo("2020-06-22T12:00");
    const sent = await office.bot.store.read((r) => r.outbox.after(0));
    expect(sent.filter((m) => m.audience === "城管联络员" && m.row.title.includes("堆土"))).toHaveLength(1);
  });
});

describe("who helps", () => {
  beforeEach(async () => {
    await office.says("市办", ORDER);
    await office.expectCards(
      ["海安联络员", "住建联络员", "城管联络员", "如皋联络员"].map((to) => ({ to, title: /交界处堆土/ })),
    );
  });

  test("sees the issue, its course and its papers, marked 协办 below what it leads", async () => {
    await office.says("市办", "交办 如东 城管局 “沿路抛洒积尘” 3天");
    const list = await office.says("城管联络员", "问题");
    expect(list.facts.rows.map((r: { no: string }) => r.no)).not.toContain(NO);
    expect(list.facts.helping).toMatchObject({ total: 1, rows: [{ no: NO, assignee: "住建" }] });
    expect(list.text.indexOf("沿路抛洒积尘")).toBeLessThan(list.text.indexOf("【协办】交界处堆土未盖"));
    expect((await office.says("如皋联络员", "问题 协办")).facts.rows).toMatchObject([{ no: NO }]);
    const today = await office.says("城管联络员", "今日");
    expect(today.facts.toHelp).toEqual([NO]);
    expect(today.text.indexOf("签收")).toBeLessThan(today.text.indexOf("协办"));
    expect((await office.says("城管联络员", `经过 ${NO}`)).code).toBeNull();
    expect((await office.opens("城管联络员", `${NO}经过图.png`)).type).toBe("image/png");
    expect((await office.says("交通联络员", `问题 ${NO}`)).code).toBe("forbidden");
  });

  test.each(["申请延期", "退回"])("may not take %s in the lead's place", async (step) => {
    const said = step === "申请延期" ? "7号申请延期到6月30日 设备未到" : `${step} 7 已经办好了`;
    for (const who of ["城管联络员", "如皋联络员", "如皋领导"])
      expect((await office.says(who, said)).code).toBe("forbidden");
    expect((await office.says("市办", `问题 ${NO}`)).facts.issue.state).toBe("assigned");
  });

  test("adds a word to it, which the lead and the office read", async () => {
    const done = await office.says("城管联络员", "补充 7 已派两台雾炮车到现场");
    expect(done.facts.issue.history.at(-1)).toMatchObject({
      step: "补充说明",
      text: "已派两台雾炮车到现场",
      by: "城管联络员",
    });
    await office.expectCards(
      ["海安联络员", "住建联络员", "市办"].map((to) => ({ to, title: /协办单位有补充说明/ })),
    );
    expect((await office.says("交通联络员", "补充 7 我也来")).code).toBe("forbidden");
    expect((await office.says("住建联络员", "补充 7 我也来")).code).toBe("forbidden");
  });

  test("is reminded the day before and when it is overdue, and of nothing to acknowledge", async () => {
    await office.says("市办", "交办 海安 工信局主办 公安局协办 “交界处堆土未清” 5个工作日");
    await office.advanceTo("2020-06-24T12:00");
    expect(await sentTo("公安联络员")).toEqual([
      "请协办：交界处堆土未清",
      "办理期限提醒：交界处堆土未清",
      "办理超期提醒：交界处堆土未清",
    ]);
    // The lead's side is reminded to acknowledge all the same.
    expect(await sentTo("工信联络员")).toContain("待签收提醒：交界处堆土未清");
  });

  test("hears of a new deadline and of the end, and of nothing else that the lead does", async () => {
    await office.says("海安联络员", "签收 7");
    await office.says("海安联络员", "7号申请延期到6月26日 连续降雨");
    await office.says("市办", "同意 7");
    await office.photographs("海安联络员", NO);
    await office.says("海安联络员", "提交整改 7 已经全部覆盖");
    await office.says("海安领导", "县级确认 7");
    await office.says("督查", "复核通过 7");
    expect(await sentTo("城管联络员")).toEqual([
      "请协办：交界处堆土未盖",
      "海安延期已获同意：交界处堆土未盖",
      "海安已销号：交界处堆土未盖",
    ]);
    const slip = await office.opens("城管联络员", `${NO}销号单.docx`);
    expect(slip.bytes.length).toBeGreaterThan(1000);
  });

  test("has it in no list of a station chief, who acts for no unit", async () => {
    await office.says("市办", "交办 如东 海安协办 “跨区堆土” 3天");
    const list = await office.says("海安点位长", "问题");
    expect([list.facts.helping.total, list.text.includes("跨区堆土")]).toEqual([0, false]);
    expect((await office.says("海安点位长", "问题 NT-2020-000008")).code).toBe("forbidden");
    expect((await office.says("海安点位长", "今日")).facts.toHelp).toEqual([]);
    expect((await office.says("海安领导", "问题")).facts.helping.total).toBe(1);
  });

  test("stands on the closing slip and in the ledger of the lead, and has the issue in its own", async () => {
    await office.photographs("海安联络员", NO);
    await office.says("海安联络员", "签收 7");
    await office.says("海安联络员", "提交整改 7 已经全部覆盖");
    await office.says("海安领导", "县级确认 7");
    await office.says("督查", "复核通过 7");
    await office.says("海安联络员", `问题 ${NO}`);
    const slip = readDocument((await office.opens("海安联络员", `${NO}销号单.docx`)).bytes);
    expect(JSON.stringify(slip)).toMatch(/协办单位.*南通市城市管理局、如皋/);
    await office.says("如皋联络员", "问题 导出");
    const { bytes } = await office.opens("如皋联络员", "问题台账.xlsx");
    const sheet = strFromU8(unzipSync(bytes)["xl/sharedStrings.xml"] ?? new Uint8Array());
    expect(sheet).toContain("交界处堆土未盖");
    expect(sheet).toContain("南通市城市管理局、如皋");
  });

  test("of a region that became part of another is its heir's people", async () => {
    await office.says("市办", "交办 海安 “旧区堆土” 60天 港闸协办");
    expect((await office.says("崇川联络员", "问题 协办")).facts.total).toBe(0);
    await office.wakesAt("2020-08-03T10:00");
    const seen = await office.says("崇川联络员", "问题 协办");
    expect(seen.facts.rows).toMatchObject([{ title: "旧区堆土", helping: [{ unit: "崇川" }] }]);
    expect((await office.says("崇川联络员", "补充 8 已派员")).code).toBeNull();
  });

  test("gets the working days of a suspension back for a deadline of its own", async () => {
    await office.says("市办", `问题 ${NO} 更多`);
    await office.presses("市办", "调整协办", { helping: "公安局", due: "2020-06-18" });
    await office.says("市办", `问题 ${NO} 更多`);
    await office.presses("市办", "依法中止", { due: "2020-06-17", text: "查封期间" });
    await office.advanceTo("2020-06-18T12:00");
    const { issue } = (await office.says("市办", `问题 ${NO}`)).facts;
    expect([issue.state, issue.due]).toEqual(["assigned", "2020-06-28"]);
    expect(issue.helping.find((h: { unit: string }) => h.unit === "公安").due).toBe("2020-06-23");
  });

  test("is asked which issue its word is for", async () => {
    const asked = await office.says("城管联络员", "补充");
    expect(asked.facts.asks).toEqual([NO]);
    expect((await office.says("交通联络员", "补充")).code).toBe("no-data");
  });

  test("is added to and taken off by the office; who is taken off sees nothing more, not even on an old card", async () => {
    await office.says("市办", `问题 ${NO} 更多`);
    const done = await office.presses("市办", "调整协办", {
      helping: "交通局",
      leaving: "城管局",
      due: "2020-06-19",
    });
    expect(done.facts.issue.helping).toMatchObject([
      { unit: "如皋", due: "2020-06-22" },
      { unit: "交通", due: "2020-06-19" },
    ]);
    expect(done.facts.issue.history.at(-1).text).toBe("协办：交通；办理期限6月19日；不再办理：城管");
    await office.expectCards([
      ...["海安联络员", "住建联络员"].map((to) => ({ to, title: /协办单位有调整/ })),
      { to: "交通联络员", title: /^请协办/ },
      { to: "城管联络员", title: `不再由您单位办理：${NO}` },
    ]);
    // The card that they had is drawn anew without what it was about.
    for (const card of await office.cardsOf("城管联络员")) expect(JSON.stringify(card)).not.toContain("堆土");
    expect((await office.says("城管联络员", `问题 ${NO}`)).code).toBe("forbidden");
    expect((await office.says("城管联络员", "补充 7 还想说")).code).toBe("forbidden");
    expect((await office.says("城管联络员", "问题")).facts.helping.total).toBe(0);
    expect((await office.says("交通联络员", `问题 ${NO}`)).code).toBeNull();
  });

  test("an old link to a paper opens nothing for a unit that was taken off", async () => {
    await office.says("城管联络员", `经过 ${NO}`);
    const { card } = await office.says("城管联络员", `经过 ${NO}`);
    const token = card.files?.[0]?.token ?? "";
    await office.says("市办", `问题 ${NO} 更多`);
    await office.presses("市办", "调整协办", { leaving: "城管局" });
    const person = await office.bot.store.read((r) => r.people.byName("城管联络员"));
    const identity = { platform: "terminal", workspace: "", userKey: "城管联络员" } as const;
    const made = await open(office.bot, { identity, person }, token);
    expect(isRefusal(made) && made.code).toBe("forbidden");
  });

  test("a unit that got a copy may be asked to help, and one that helps may get another deadline", async () => {
    await office.says("市办", "交办 海安 抄送公安局 “沿路堆土” 10个工作日");
    await office.says("市办", "问题 NT-2020-000008 更多");
    const asked = await office.presses("市办", "调整协办", { helping: "公安局" });
    expect(asked.facts.issue).toMatchObject({
      helping: [{ state: "assigned", unit: "公安", due: "2020-06-30" }],
      copies: [],
    });
    await office.says("市办", "问题 NT-2020-000008 更多");
    const sooner = await office.presses("市办", "调整协办", { helping: "公安局", due: "2020-06-22" });
    expect(sooner.facts.issue.helping).toEqual([{ state: "assigned", unit: "公安", due: "2020-06-22" }]);
    const sent = await office.bot.store.read((r) => r.outbox.after(0));
    expect(sent.filter((m) => m.audience === "公安联络员").map((m) => m.row.title)).toEqual([
      "抄送：沿路堆土",
      "请协办：沿路堆土",
      "您单位的期限有调整：沿路堆土",
    ]);
  });

  test("a helper that becomes the lead is one no longer", async () => {
    await office.says("市办", `问题 ${NO} 更多`);
    const done = await office.presses("市办", "改派", {
      county: "海安",
      department: "城管局",
      due: "2020-06-30",
      text: "属城管职责",
    });
    expect(done.facts.issue).toMatchObject({ assignee: "城管", helping: [{ unit: "如皋" }] });
    expect((await office.says("城管联络员", "签收 7")).code).toBeNull();
    expect((await office.says("住建联络员", `问题 ${NO}`)).code).toBe("forbidden");
    for (const card of await office.cardsOf("住建联络员")) expect(JSON.stringify(card)).not.toContain("堆土");
  });

  test.each([
    [{}, "usage", /请写明/],
    [{ leaving: "交通局" }, "usage", /不是这件问题的协办单位，现有协办单位：城管、如皋/],
    [{ helping: "住建局" }, "usage", /住建是主办单位/],
    [{ helping: "公安局", leaving: "公安局" }, "usage", /不是这件问题的协办单位/],
    [{ helping: "公安局", due: "2020-06-23" }, "bad-date", /不能晚于整改期限6月22日/],
    [{ helping: "公安局", due: "2020-06-01" }, "bad-date", /已经过去/],
  ])("调整协办 with %j is refused and changes nothing", async (fill, code, why) => {
    await office.says("市办", `问题 ${NO} 更多`);
    const answer = await office.presses("市办", "调整协办", fill as Record<string, string>);
    expect([answer.code, answer.message]).toEqual([code, expect.stringMatching(why)]);
    expect((await office.says("市办", `问题 ${NO}`)).facts.issue.helping).toHaveLength(2);
    await office.expectCards([]);
  });
});
