import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
  await office.says("市办", "交办 海安 “工地裸土未覆盖” 2020-06-30");
  await office.expectCards([{ to: "海安联络员", title: /^新的交办/ }]);
});
afterEach(() => office.close());

const NO = "NT-2020-000007";
const issueOf = async () => (await office.says("市办", `问题 ${NO}`)).facts.issue;
/** What the liaison has before them of the order: the card that was sent first, and the lines since. */
const before = async (name = "海安联络员") =>
  (await office.cardsOf(name)).filter((card) => JSON.stringify(card).includes(NO));
const linesTo = async (name = "海安联络员") =>
  (await before(name)).flatMap(({ facts }) => (facts?.line === undefined ? [] : [facts.line]));

describe("by word", () => {
  test.each([
    ["时限 6月22日", { due: "2020-06-22" }, "整改期限6月30日→6月22日"],
    ["时限改为5个工作日", { due: "2020-06-22" }, "整改期限6月30日→6月22日"],
    ["“东城工地裸土未覆盖”", { title: "东城工地裸土未覆盖" }, "描述“工地裸土未覆盖”→“东城工地裸土未覆盖”"],
    ["级别 较大", { level: "较大" }, "等级一般→较大"],
    ["等级：重大", { level: "重大" }, "等级一般→重大"],
    ["地点 城南路23号", { place: "城南路23号" }, "地点未填→“城南路23号”"],
    ["类别 工地扬尘", { category: "工地扬尘" }, "类别未填→工地扬尘"],
    [
      "地点“城南路 东侧”，时限6月22日，级别较大",
      { place: "城南路 东侧", due: "2020-06-22", level: "较大" },
      "整改期限6月30日→6月22日；等级一般→较大；地点未填→“城南路 东侧”",
    ],
  ])("更正 7 %s", async (words, differs, line) => {
    const { facts, code } = await office.says("市办", `更正 7 ${words}`);
    expect([code, facts.issue]).toEqual([null, expect.objectContaining({ state: "assigned", ...differs })]);
    expect(facts.issue.history.at(-1)).toMatchObject({ step: "更正", by: "市办", text: line });
    expect(await linesTo()).toEqual([`${NO}：${line}`]);
  });

  test("what is left over is read back, and nothing is corrected before it is confirmed", async () => {
    const asked = await office.says("市办", "更正 7 时限 6月22日 张局长负责");
    expect(asked.facts.asks).toEqual(["张局长负责"]);
    expect(asked.labels).toEqual(["确认", "修改", "取消"]);
    const [confirm] = asked.card.buttons;
    expect((await issueOf()).due).toBe("2020-06-30");
    await office.expectCards([]);
    expect(
      (await office.presses("市办", confirm?.kind === "press" ? confirm.token : "")).facts.issue.due,
    ).toBe("2020-06-22");
    expect(await linesTo()).toHaveLength(1);
  });

  test("a second text that nothing names is asked about, too", async () => {
    expect((await office.says("市办", "更正 7 描述 积尘 城南路")).facts.asks).toEqual(["按地点“城南路”理解"]);
    expect((await office.says("市办", "更正 7 城南路工地超期限未整改")).facts.issue).toMatchObject({
      title: "城南路工地超期限未整改",
      due: "2020-06-30",
    });
  });

  test.each([
    ["时限 6月14日", "bad-date", /已经过去/],
    ["时限 昨天", "bad-date", /已经过去/],
    ["时限 很快", "bad-date", /期限“很快”看不懂/],
    ["时限 2月30日", "bad-date", /没有/],
    ["级别 特大", "usage", /等级没有“特大”这一项。可选：一般、较大、重大/],
    ["类别 天气", "usage", /没有“天气”这个类别/],
    ["“土”", "usage", /描述太短/],
    ["级别 一般", "usage", /没有要更正的内容/],
    [`“${"长".repeat(201)}”`, "usage", /不能超过200字/],
  ])("%s changes nothing and says why", async (words, code, message) => {
    const answer = await office.says("市办", `更正 7 ${words}`);
    expect([answer.code, answer.message]).toEqual([code, expect.stringMatching(message)]);
    expect(await issueOf()).toMatchObject({ title: "工地裸土未覆盖", level: "一般", due: "2020-06-30" });
    await office.expectCards([]);
  });

  test("without saying what, its form is offered; without saying which, those that can be corrected", async () => {
    const { labels, facts } = await office.says("市办", "更正 7");
    expect([labels, facts.step]).toEqual([["更正"], "amend"]);
    expect((await office.presses("市办", "更正", { place: "城南路" })).facts.issue.place).toBe("城南路");
    expect((await office.says("市办", "更正")).facts.asks).toEqual(["NT-2020-000006", NO]);
  });
});

test("the answer to an order offers 更正 and 撤回, as long as nobody has acknowledged it", async () => {
  const given = await office.says("市办", "交办 如皋 “花市街积尘” 2020-06-30");
  expect(given.labels).toEqual(["更正", "撤回", "催办", "更多"]);
  await office.says("如皋联络员", "签收 8");
  expect((await office.says("市办", "问题 8")).labels).toEqual(["催办", "更多"]);
});

test("by button as by word: the same line, the same card in the unit's hands, a day off is named", async () => {
  const { text, facts } = await office.presses("市办", "更正", { due: "2020-06-25", place: "城南路" });
  expect(text).toContain("期限6月25日是休息日，写明的日期不顺延");
  expect(facts.issue).toMatchObject({ due: "2020-06-25", place: "城南路" });
  await office.expectCards([{ to: "海安联络员", title: "海安交办已更正：工地裸土未覆盖" }]);
  const [card, line, ...more] = await before();
  expect(more).toEqual([]);
  expect(card?.facts?.issue).toMatchObject({ due: "2020-06-25", place: "城南路" });
  expect(line?.facts?.line).toBe(`${NO}：整改期限6月30日→6月25日；地点未填→“城南路”`);
  // The button on the card that was drawn anew is good.
  expect((await office.presses("海安联络员", "签收")).facts.issue.state).toBe("acknowledged");
});

test("a button from before a correction answers that the order has changed", async () => {
  const [card] = await before();
  const button = card?.buttons.find(({ label }) => label === "签收");
  await office.says("市办", "更正 7 地点 城南路");
  const { code, message } = await office.presses("海安联络员", button?.kind === "press" ? button.token : "");
  expect([code, message]).toEqual(["stale-action", expect.stringContaining("已有变化")]);
});

test("an order that becomes 重大 reaches the county's lead, whole, as it would have at once", async () => {
  await office.says("市办", "更正 7 级别 重大");
  await office.expectCards([
    { to: "海安联络员", title: "海安交办已更正：工地裸土未覆盖" },
    { to: "海安领导", title: "海安交办已更正：工地裸土未覆盖" },
  ]);
  const [card] = await before("海安领导");
  expect(card?.facts?.issue).toMatchObject({ no: NO, level: "重大" });
  // From now on it has an hour.
  await office.advanceTo("2020-06-15T11:01");
  expect((await issueOf()).escalation).toBe(1);
  // What isn't grave any more is no less told to those who were told that it was.
  await office.says("市办", "更正 7 级别 一般");
  expect(await linesTo("海安领导")).toEqual([`${NO}：等级重大→一般`]);
});

describe("the clocks", () => {
  const climbed = async () => (await issueOf()).escalation;

  test("go on where no deadline changes", async () => {
    await office.advanceTo("2020-06-16T15:00");
    await office.says("市办", "更正 7 地点 城南路");
    await office.advanceTo("2020-06-17T10:01");
    expect(await climbed()).toBe(1);
    await office.says("市办", "更正 7 “城南路裸土未覆盖”");
    expect(await climbed()).toBe(1);
  });

  test("begin anew where the deadline does, from the foot of the ladder", async () => {
    await office.advanceTo("2020-06-17T10:01");
    expect(await climbed()).toBe(1);
    await office.says("市办", "更正 7 时限 7月3日");
    expect(await climbed()).toBe(0);
    await office.advanceTo("2020-06-19T10:00");
    expect(await climbed()).toBe(0);
    await office.advanceTo("2020-06-19T10:02");
    expect(await climbed()).toBe(1);
  });
});

test("the audit keeps what it was and what it became", async () => {
  await office.says("市办", "更正 7 级别 较大");
  const raw = new Database(office.file, { readonly: true });
  const row = raw.prepare("select act, subject, detail from audit order by id desc limit 1").get();
  raw.close();
  const issue = await office.bot.store.read((r) => r.issues.byNo(NO));
  expect(row).toMatchObject({ act: "amend", subject: `issue:${issue?.id}` });
  expect(JSON.parse((row as { detail: string }).detail)).toEqual({
    note: "等级一般→较大",
    from: "terminal/市办",
  });
});

describe("who may", () => {
  const correct = (who: string, no = 7) => office.says(who, `更正 ${no} 地点 城南路`);

  test("the office corrects anybody's order, 督查 their own", async () => {
    await office.says("督查", "交办 如皋 “花市街积尘” 2020-06-30");
    expect((await correct("督查", 8)).facts.issue.place).toBe("城南路");
    expect((await office.says("市办", "更正 8 级别 较大")).facts.issue.level).toBe("较大");
    // Whoever gave it out hears that somebody else has changed it.
    expect(await linesTo("督查")).toEqual([]);
    await office.expectCards([
      { to: "如皋联络员", title: /^新的交办/ },
      { to: "如皋联络员", title: /^如皋交办已更正/ },
      { to: "如皋联络员", title: /^如皋交办已更正/ },
      { to: "督查", title: /^如皋交办已更正/ },
    ]);
  });

  test.each(["督查", "海安联络员", "海安领导", "如皋联络员", "市领导", "海安点位长"])(
    "not %s",
    async (who) => {
      expect((await correct(who)).code).toBe("forbidden");
      expect((await issueOf()).place).toBeNull();
    },
  );

  test("nobody once it is acknowledged, and they are told what to do instead", async () => {
    await office.says("海安联络员", "签收 7");
    const { code, message } = await correct("市办");
    expect(code).toBe("stale-action");
    expect(message).toMatch(/现为“已签收”，签收前才能更正；要改期限、换单位请办理“改派”/);
  });
});
