import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { readDocument } from "../output/document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const NO = "NT-2020-000006";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

/** The pack has issues of level 一般 shown to the public for five working days. */
function packAsks() {
  const { pack } = office.bot.office;
  const issues = {
    ...pack.settings.issues,
    display: { days: 5, unit: "working" as const, levels: ["一般"] },
  };
  office.bot.office = {
    ...office.bot.office,
    pack: { ...pack, settings: { ...pack.settings, issues } },
  };
}

/** In the city's review, from Monday, 15 June. */
async function inReview() {
  await office.bot.store.write(({ people }) =>
    people.add({
      name: "王建国",
      role: "county-liaison",
      regionId: "haian" as never,
      departmentId: null,
      createdAt: 0,
    }),
  );
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "签收");
  await office.photographs("海安联络员", NO);
  await office.says("海安联络员", NO);
  await office.presses("海安联络员", "提交整改", { measures: "13812345678联系王建国，已覆盖" });
  await office.says("海安领导", NO);
  await office.presses("海安领导", "县级确认");
}
const shown = async () => {
  await office.says("督查", NO);
  return office.presses("督查", "公示");
};

describe("where the pack asks for 公示", () => {
  beforeEach(async () => {
    packAsks();
    await inReview();
  });

  test("the review leads to it, and not to 销号; the duty says so", async () => {
    const { labels } = await office.says("督查", NO);
    expect(labels).toContain("公示");
    expect(labels).not.toContain("复核通过");
    expect((await office.says("督查", "今日")).text).toContain("等您办的：公示1件");
    expect((await office.says("督查", `销号 ${NO}`)).message).toContain("销号前须公示，请先办理“公示”");
  });

  test("it lasts the pack's working days, is listed with its last day, and can't be signed before that is over", async () => {
    const card = await shown();
    // Dragon Boat Festival: 25 to 27 June are off, Sunday 28 June is worked.
    expect(card.facts.issue).toMatchObject({ state: "displayed", displayedUntil: "2020-06-22" });
    expect(card.text).toContain("公示中，至6月22日");
    const list = await office.says("督查", "问题 公示中");
    expect(list.facts.rows).toMatchObject([{ no: NO, displayedUntil: "2020-06-22" }]);
    expect(list.text).toContain("公示中至6月22日");
    expect((await office.says("督查", NO)).labels).not.toContain("复核通过");
    await office.advanceTo("2020-06-22T17:00");
    expect((await office.says("督查", `销号 ${NO}`)).message).toContain(
      `${NO}公示至6月22日，期满无异议才能销号；有异议请办理“公示有异议”。`,
    );
    expect((await office.says("督查", "今日")).text).not.toContain(NO);
  });

  test("whoever is told has the notice as Word, and its text to publish, without anybody's name or number", async () => {
    const card = await shown();
    const file = `${NO}销号公示.docx`;
    expect(card.card.files?.map(({ name }) => name)).toContain(file);
    const brought = (await office.cardsOf("海安联络员")).findLast(({ title }) =>
      title.includes("开始销号公示"),
    );
    expect(brought?.files?.map(({ name }) => name)).toContain(file);
    const { text, labels } = await office.says("海安联络员", `销号公示 ${NO}`);
    expect(text).toContain("关于海安市大气污染问题整改情况的公示");
    expect(text).toContain("三、公示期限\n2020年6月15日至2020年6月22日（5个工作日）。");
    expect(text).toContain("二、整改情况\n（略）联系某某，已覆盖。经县级确认、市级复核，拟予销号。");
    expect(text).not.toMatch(/13812345678|王建国/);
    expect(labels).toContain(`看 ${NO}`);
    const { bytes } = await office.opens("海安联络员", file);
    const printed = readDocument(bytes).paragraphs.join("\n");
    for (const line of [
      "公示期限",
      "2020年6月15日至2020年6月22日（5个工作日）。",
      "已覆盖。经县级确认、市级复核",
    ])
      expect(printed).toContain(line);
    expect(printed).not.toMatch(/13812345678|王建国/);
    expect((await office.says("如皋联络员", `销号公示 ${NO}`)).code).toBe("forbidden");
  });

  test("the clock asks for the last signature when it is over, and an idle office is reported", async () => {
    await shown();
    await office.advanceTo("2020-06-23T09:30");
    const asked = (await office.cardsOf("督查"))
      .map(({ title }) => title)
      .filter((t) => t.includes("公示期满"));
    expect(asked).toEqual([expect.stringContaining("公示期满待销号提醒")]);
    expect((await office.says("督查", "今日")).text).toContain(NO);
    await office.says("督查", NO);
    const closed = await office.presses("督查", "复核通过");
    expect(closed.facts.issue).toMatchObject({ state: "closed", displayedUntil: "2020-06-22" });
  });

  test("an office that doesn't sign is reported to the top of the ladder", async () => {
    await shown();
    // Five working days after 22 June, with the holidays between.
    await office.advanceTo("2020-07-01T10:00");
    const steps = (await office.says("市办", NO)).facts.issue.history.map((e: { step: string }) => e.step);
    expect(steps.at(-1)).toBe("公示期满未销号，报市攻坚办");
  });

  test("an objection that holds sends it back, into another round", async () => {
    await shown();
    await office.says("市办", NO);
    const back = await office.presses("市办", "公示有异议", { text: "群众反映夜间仍有扬尘" });
    expect(back.facts.issue).toMatchObject({ state: "rectifying", round: 2, displayedUntil: null });
    const told = (await office.cardsOf("海安联络员")).at(-1);
    expect(told?.title).toContain("公示有异议，须重新整改");
    await office.says("海安联络员", NO);
    expect((await office.presses("海安联络员", "提交整改", { measures: "夜间停工" })).message).toContain(
      "还缺整改后照片1张",
    );
    expect((await office.says("督查", "问题 公示中")).facts.rows).toEqual([]);
  });

  test("a shorter one is refused, a longer one is the office's choice", async () => {
    await office.says("督查", NO);
    expect(await office.presses("督查", "公示", { due: "2020-06-19" })).toMatchObject({
      code: "bad-date",
      message: "公示须到6月22日或以后，请改写日期，或留空。",
    });
    await office.says("督查", NO);
    expect((await office.presses("督查", "公示", { due: "2020-06-30" })).facts.issue.displayedUntil).toBe(
      "2020-06-30",
    );
  });

  test("nobody else displays or hears an objection; the photos stay as they are", async () => {
    expect((await office.says("海安领导", `公示 ${NO}`)).code).toBe("forbidden");
    await shown();
    expect((await office.says("海安领导", `公示有异议 ${NO} “再看”`)).code).toBe("forbidden");
    expect((await office.says("督查", "统计 本周")).facts.onTime).toBeUndefined();
  });
});

test("where the pack asks for none, an issue is closed at once, and the office may still display one", async () => {
  await inReview();
  const { labels } = await office.says("督查", NO);
  expect(labels).toContain("复核通过");
  expect(labels).not.toContain("公示");
  await office.says("督查", `问题 ${NO} 更多`);
  expect((await office.presses("督查", "公示")).message).toContain("办理“公示”请写明期限");
  await office.says("督查", `问题 ${NO} 更多`);
  expect((await office.presses("督查", "公示", { due: "5个工作日" })).facts.issue).toMatchObject({
    state: "displayed",
    displayedUntil: "2020-06-22",
  });
});

test("the shipped pack says nothing of it: the plan doesn't ask", async () => {
  expect((await loadPlanPack("seeds/nantong-2020")).settings.issues.display).toBeUndefined();
});
