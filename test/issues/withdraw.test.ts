import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importFile } from "../../src/incoming/import-file.ts";
import type { AnOffice } from "../support/office.ts";
import { aStage, type Stage } from "./loop/stage.ts";

let stage: Stage;
let office: AnOffice;
beforeEach(async () => {
  stage = await aStage("2020-06-15T10:00", { jobs: false });
  stage.emptied();
  office = stage.office;
});
afterEach(() => stage.close());

const NO = "NT-2020-000007";
const given = () => office.says("市办", "交办 海安 “工地裸土未覆盖” 2020-06-30");
const issueOf = async (no = NO) => (await office.says("市办", `问题 ${no}`)).facts.issue;
const figures = async (period: string) => (await office.says("市办", `统计 ${period}`)).facts;

describe("an order that is taken back", () => {
  test("ends where everybody has it, with the reason; nothing falls due any more", async () => {
    await given();
    await office.advanceTo("2020-06-16T10:00");
    const reminded = (await office.cardsOf("海安联络员")).filter((card) => card.facts?.issue !== undefined);
    const button = reminded[0]?.buttons.find(({ label }) => label === "签收");
    await office.expectCards([
      { to: "海安联络员", title: /^新的交办/ },
      { to: "海安联络员", title: /^待签收提醒/ },
    ]);
    const { facts } = await office.says("市办", "撤回 7 发错了地方");
    expect(facts.issue).toMatchObject({ state: "withdrawn", overdue: false });
    expect(facts.issue.history.at(-1)).toMatchObject({ step: "撤回", by: "市办", text: "发错了地方" });
    await office.expectCards([{ to: "海安联络员", title: "海安交办已撤回：工地裸土未覆盖" }]);

    // Both of its cards say so, not the newest one alone; the line that told of it stands below.
    const cards = (await office.cardsOf("海安联络员")).filter((card) => JSON.stringify(card).includes(NO));
    expect(cards.map(({ title }) => title)).toEqual([
      `已撤回 ${NO}`,
      `已撤回 ${NO}`,
      "海安交办已撤回：工地裸土未覆盖",
    ]);
    for (const { blocks, buttons } of cards.slice(0, 2)) {
      expect(blocks).toContainEqual(
        expect.objectContaining({
          items: expect.arrayContaining([{ label: "撤回理由", value: "发错了地方" }]),
        }),
      );
      expect(buttons.map(({ label }) => label)).toEqual(["经过图", "公文"]);
    }
    const late = await office.presses("海安联络员", button?.kind === "press" ? button.token : "");
    expect([late.code, late.message]).toEqual(["stale-action", expect.stringContaining("现为“已撤回”")]);

    const issue = await office.bot.store.read((r) => r.issues.byNo(NO));
    expect(await office.bot.store.read((r) => r.issueClock.openOf(issue?.id ?? 0))).toEqual([]);
    await office.advanceTo("2020-06-19T18:00");
    expect((await issueOf()).escalation).toBe(0);
  });

  test("was told to the county's lead once the time was over, who hears of this, too", async () => {
    await given();
    await office.advanceTo("2020-06-17T10:01");
    await office.expectCards([
      { to: "海安联络员", title: /^新的交办/ },
      { to: "海安联络员", title: /^待签收提醒/ },
      { to: "海安领导", title: /^逾期未签收/ },
    ]);
    await office.says("市办", "撤回 7 发错了地方");
    await office.expectCards(
      ["海安联络员", "海安领导"].map((to) => ({ to, title: "海安交办已撤回：工地裸土未覆盖" })),
    );
  });

  test("counts as 撤回 alone, neither given out nor overdue; a period that was over before keeps its figures", async () => {
    await given();
    await office.advanceTo("2020-07-01T10:00");
    await office.says("市办", "交办 如东 “堆场未覆盖” 2020-07-08");
    await office.advanceTo("2020-07-20T10:00");
    const [june, july] = [(await figures("6月")).city, (await figures("7月")).city];
    await office.says("市办", "撤回 7 重复");
    await office.says("市办", "撤回 8 重复");
    expect((await figures("6月")).city).toEqual(june);
    expect(june.withdrawn).toBe(0);
    const { city } = await figures("7月");
    expect(city).toMatchObject({ withdrawn: 2, assigned: july.assigned - 1 });
    expect(city.acknowledged.of).toBe(july.acknowledged.of - 1);
    expect(city.onTime.of).toBe(july.onTime.of - 1);
    expect(city.closed.of).toBe(july.closed.of - 2);
    expect((await office.says("市办", "统计 7月")).text).toContain("撤回：2件");
  });

  test("keeps its number; it is listed when it is asked for, exported, and imported again as it is", async () => {
    await given();
    await office.says("市办", "撤回 7 发错了");
    expect((await office.says("市办", "交办 海安 “河道焚烧” 2020-06-30")).facts.issue.no).toBe(
      "NT-2020-000008",
    );
    const numbers = async (list: string) =>
      (await office.says("市办", list)).facts.rows.map((row: { no: string }) => row.no);
    expect(await numbers("问题 海安")).not.toContain(NO);
    expect(await numbers("问题 已撤回")).toEqual([NO]);
    expect(await numbers("问题 撤回")).toEqual([NO]);
    await office.says("市办", "问题 已撤回 导出");
    const [name = ""] = (await office.says("市办", "问题 已撤回 导出")).card.files?.map((f) => f.name) ?? [];
    const { bytes } = await office.opens("市办", name);
    const person = await office.bot.store.read((r) => r.people.byName("市办"));
    const result = await importFile(office.bot, { name, bytes }, { person, partial: false });
    expect(result).toMatchObject({ added: 0, corrected: 0, unchanged: 1 });
  });
});

describe("is withdrawn", () => {
  test("by button as by word, with its reason; 作废 means the same before anybody has acknowledged", async () => {
    await given();
    expect((await office.presses("市办", "撤回", {})).code).toBe("usage");
    expect((await office.says("市办", "撤回 7")).facts).toMatchObject({
      step: "withdraw",
      asks: ["撤回理由"],
    });
    expect((await issueOf()).state).toBe("assigned");
    expect((await office.says("市办", "作废 7 发错了")).facts.issue.state).toBe("withdrawn");
    const again = await office.says("市办", "撤回 7 发错了");
    expect([again.code, again.message]).toEqual(["already-done", expect.stringMatching(/已由市办于.*撤回/)]);
  });

  test.each(["督查", "海安联络员", "海安领导", "市领导"])("not by %s", async (who) => {
    await given();
    expect((await office.says(who, "撤回 7 不想办")).code).toBe("forbidden");
    expect((await issueOf()).state).toBe("assigned");
  });

  test("not once it is acknowledged", async () => {
    await given();
    await office.says("海安联络员", "签收 7");
    const { code, message } = await office.says("市办", "撤回 7 发错了");
    expect([code, message]).toEqual(["stale-action", expect.stringMatching(/签收前才能撤回.*提请作废/)]);
  });
});

describe("a batch", () => {
  const batch = () => office.says("市办", "交办 海安、如皋 “国道两侧裸土” 3个工作日");

  test("is withdrawn by one button on the answer to its order, and each unit is told", async () => {
    expect((await batch()).labels).toEqual([`看 ${NO}`, "看 NT-2020-000008", "全部撤回"]);
    const { facts, card } = await office.presses("市办", "全部撤回", { text: "省里另行交办" });
    expect([card.title, facts.withdrawn]).toEqual(["已撤回2件", [NO, "NT-2020-000008"]]);
    for (const no of facts.withdrawn) expect((await issueOf(no)).state).toBe("withdrawn");
    await office.expectCards(
      ["海安", "如皋"].flatMap((county) => [
        { to: `${county}联络员`, title: "新的交办：国道两侧裸土" },
        { to: `${county}联络员`, title: `${county}交办已撤回：国道两侧裸土` },
      ]),
    );
  });

  test("stays whole where one of it is acknowledged: none is withdrawn, and which one stands in the way is said", async () => {
    const { card } = await batch();
    await office.says("如皋联络员", "签收 8");
    const button = card.buttons.find(({ label }) => label === "全部撤回");
    const answer = await office.presses("市办", button?.kind === "press" ? button.token : "", {
      text: "省里另行交办",
    });
    expect(answer.code).toBe("stale-action");
    expect(answer.message).toMatch(/^NT-2020-000008现为“已签收”.*这批没有撤回，请逐件办理/);
    expect((await issueOf(NO)).state).toBe("assigned");
  });
});
