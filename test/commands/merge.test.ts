import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { draft } from "../../src/issues/create.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterEach(() => office.close());

const assign = async (title: string, county = "海安") =>
  (await office.says("市办", "交办", { county, title })).facts.issue.no as string;
const issueOf = async (no: string) => (await office.says("市办", `问题 ${no}`)).facts.issue;

test("the first ends and goes on as the second, which names it; units are told, cards are drawn anew", async () => {
  const older = await assign("东城花园工地裸土未覆盖");
  const newer = await assign("东城花园二期裸露土方没有苫盖");
  await office.photographs("海安联络员", newer, ["before"]);
  await office.expectCards([
    { to: "海安联络员", title: /^新的交办/ },
    { to: "海安联络员", title: /^新的交办/ },
  ]);
  const { facts, text, labels } = await office.says("督查", `并案 ${newer} ${older}`);
  expect(text).toContain(`已并案：${newer}并入${older}`);
  expect(labels).toContain(`看 ${older}`);
  expect(facts.issue).toMatchObject({ no: newer, state: "merged", overdue: false });
  expect(facts.issue.history.at(-1)).toMatchObject({ step: "并案", by: "督查", text: `并入${older}` });
  // Its evidence stays with it.
  expect(facts.issue.evidence).toHaveLength(1);

  const survivor = await office.says("海安联络员", `问题 ${older}`);
  expect(survivor.facts.issue).toMatchObject({ state: "assigned", absorbed: [newer], evidence: [] });
  expect(survivor.card.blocks).toContainEqual(
    expect.objectContaining({ items: expect.arrayContaining([{ label: "并入", value: newer }]) }),
  );
  await office.expectCards([
    { to: "海安联络员", title: /并案：东城花园二期/ },
    { to: "市办", title: /并案：东城花园二期/ },
  ]);
  const drawn = (await office.cardsOf("海安联络员")).filter((card) => card.facts?.issue !== undefined);
  expect(
    drawn.some((card) => JSON.stringify(card.blocks).includes(`"label":"并入","value":"${newer}"`)),
  ).toBe(true);
  // Nothing falls due for it any more.
  const merged = await office.bot.store.read((r) => r.issues.byNo(newer));
  expect(await office.bot.store.read((r) => r.issueClock.openOf(merged?.id ?? 0))).toEqual([]);
});

describe("is refused, saying what to do", () => {
  test.each([
    ["an unknown one", "NT-2020-000099 NT-2020-000006", "unknown-issue", /没有编号为NT-2020-000099/],
    ["an unknown other", "NT-2020-000006 NT-2020-000099", "unknown-issue", /没有编号为NT-2020-000099/],
    ["itself", "NT-2020-000006 NT-2020-000006", "usage", /不能并入自己/],
    ["one that is under review", "NT-2020-000002 NT-2020-000006", "stale-action", /已有变化/],
    ["only one", "NT-2020-000006", "usage", /例如“并案 NT-2020-\d{6} NT-2020-\d{6}”/],
    ["none", "", "usage", /请写明/],
  ])("%s", async (_, numbers, code, message) => {
    const answer = await office.says("市办", `并案 ${numbers}`);
    expect([answer.code, answer.message]).toEqual([code, expect.stringMatching(message)]);
    expect(await issueOf("NT-2020-000006")).toMatchObject({ state: "assigned", absorbed: [] });
    await office.expectCards([]);
  });

  test("one that has ended already, at either side", async () => {
    await office.says("市办", "并案 NT-2020-000006 NT-2020-000001");
    const again = await office.says("市办", "并案 NT-2020-000006 NT-2020-000003");
    expect(again).toMatchObject({ code: "already-done" });
    const into = await office.says("市办", "并案 NT-2020-000003 NT-2020-000006");
    expect(into).toMatchObject({
      code: "usage",
      message: "NT-2020-000006已并案，不能再并入。请并入它所并入的问题。",
      instead: ["问题 NT-2020-000006"],
    });
  });

  test("one that is closed: found again it is no duplicate but back again", async () => {
    await office.says("海安联络员", "问题 NT-2020-000006");
    await office.presses("海安联络员", "签收");
    await office.photographs("海安联络员", "NT-2020-000006");
    await office.presses("海安联络员", "提交整改", { measures: "已覆盖" });
    await office.says("海安领导", "问题 NT-2020-000006");
    await office.presses("海安领导", "县级确认");
    await office.says("督查", "问题 NT-2020-000006");
    await office.presses("督查", "复核通过");
    const no = await assign("演示大道地块工地裸土未覆盖");
    const answer = await office.says("市办", `并案 ${no} NT-2020-000006`);
    expect(answer).toMatchObject({
      code: "usage",
      message: expect.stringMatching(/已销号，不能再并入.*反弹/),
    });
    expect(await issueOf(no)).toMatchObject({ state: "assigned" });
  });

  test.each(["海安联络员", "海安领导", "市领导", "住建联络员", "海安点位长"])("%s", async (who) => {
    const answer = await office.says(who, "并案 NT-2020-000006 NT-2020-000001");
    expect(answer.code).toBe("forbidden");
    expect(await issueOf("NT-2020-000006")).toMatchObject({ state: "assigned" });
  });
});

describe("交办 of what is known already names it", () => {
  test("with buttons to look and to merge the newer into the older; the form shows which", async () => {
    const older = await assign("东城花园工地裸土未覆盖");
    const { card, facts, text } = await office.says("市办", "交办", {
      county: "海安",
      title: "东城花园二期裸露土方没有苫盖",
    });
    expect(facts.suspects).toEqual([older]);
    expect(text).toContain(`疑似重复：${older}（6月15日，东城花园工地裸土未覆盖）`);
    const merge = card.buttons.find((b) => b.label === `并入 ${older}`);
    expect(merge?.kind === "press" && merge.fields).toMatchObject([{ name: "into", value: older }]);
    // Both go on until somebody decides.
    expect(await issueOf(facts.issue.no)).toMatchObject({ state: "assigned" });
    await office.presses("市办", merge?.kind === "press" ? merge.token : "", { into: older });
    expect(await issueOf(facts.issue.no)).toMatchObject({ state: "merged" });
    expect(await issueOf(older)).toMatchObject({ absorbed: [facts.issue.no] });
    // What has been merged is nobody's duplicate any more.
    const third = await office.says("市办", "交办", { county: "海安", title: "东城花园工地裸土没有覆盖" });
    expect(third.facts.suspects).toEqual([older]);
  });

  test.each([
    ["another site", { county: "海安", title: "西郊家园工地裸土未覆盖" }],
    ["another county", { county: "如皋", title: "东城花园工地裸土未覆盖" }],
    ["the contrary", { county: "海安", title: "东城花园工地裸土已覆盖" }],
  ])("%s is no suspect", async (_, fill) => {
    await assign("东城花园工地裸土未覆盖");
    const { facts, text } = await office.says("市办", "交办", fill);
    expect(facts.suspects).toBeUndefined();
    expect(text).not.toContain("疑似重复");
  });

  test.each([
    ["2020-07-15T09:59", true],
    ["2020-07-15T10:01", false],
  ])("given out within thirty days: at %s %j", async (at, named) => {
    const older = await assign("东城花园工地裸土未覆盖");
    await office.wakesAt(at);
    const { facts } = await office.says("市办", "交办", { county: "海安", title: "东城花园工地裸土未覆盖" });
    expect(facts.suspects).toEqual(named ? [older] : undefined);
  });

  test("in a county that has taken others in, what was given to those counts", async () => {
    await office.says("市办", "交办", { county: "港闸", title: "东城花园工地裸土未覆盖", due: "2020-08-20" });
    await office.wakesAt("2020-07-10T10:00");
    const older = await assign("西郊家园工地裸土未覆盖", "港闸");
    await office.wakesAt("2020-08-03T10:00");
    const { facts } = await office.says("市办", "交办", { county: "崇川", title: "西郊家园裸土没有苫盖" });
    expect(facts.suspects).toEqual([older]);
  });
});

test("a draft shows to whoever decides about it what it may repeat, with and without a county", async () => {
  const older = await assign("东城花园工地裸土未覆盖");
  await office.bot.store.write(async (store) => {
    const { office: parts, names, demo, registry, clock } = office.bot;
    const now = await clock.now();
    const today = parts.today(now);
    const by = await store.people.byName("如皋联络员");
    if (by === null) throw new Error("nobody");
    const around = { store, office: parts, names, demo, ...registry, now, today };
    const problem = { title: "东城花园裸土没有苫盖", source: "部门督查", level: "一般" };
    const due = today.add({ days: 15 });
    await draft({ ...problem, regionId: "haian", due }, by, around);
    await draft({ ...problem, regionId: "nantong", due }, by, around);
  });
  const [placed, unplaced] = ["NT-2020-000008", "NT-2020-000009"] as const;
  const says = async (who: string, no: string) => (await office.says(who, `问题 ${no}`)).facts;
  expect((await says("市办", placed)).suspects).toEqual([older]);
  // The likeliest first: it says the same in the same words.
  expect((await says("督查", unplaced)).suspects).toEqual([placed, older]);
  // Whoever sent it sees only what is theirs.
  expect((await says("如皋联络员", placed)).suspects).toBeUndefined();
  // The notice to the office says so too.
  const [notice] = (await office.cardsOf("市办")).filter(
    (card) => card.title === "待交办：东城花园裸土没有苫盖",
  );
  expect(notice?.facts?.suspects).toEqual([older]);
});
