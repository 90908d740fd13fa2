import { afterAll, beforeAll, expect, test } from "vitest";
import type { DrawnCard } from "../../src/chat/card.ts";
import type { Affected } from "../../src/papers/affected.ts";
import { importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

// Papers print more than air: what has been reported otherwise since is held against them, too.

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-10T08:30" });
  await importText(office, [
    TARGETS,
    ...["海安,PM2.5,全年,38,37", "海安,PM2.5,6月,22,", "海安,m18-boiler-projects,,1,"],
  ]);
  await office.advanceTo("2020-06-10T09:01");
  await office.presses("市办", "审核通过");
  await office.presses("市领导", "签发");
  await office.advanceTo("2020-06-16T12:00");
});
afterAll(() => office.close());

const TARGETS = "县区,指标,时段,约束性,奋斗";
const PROGRESS = "日期,措施,指标,县区,完成值,说明";
const FUME = "餐饮油烟治理项目";
const affected = async (lines: readonly string[], by?: string): Promise<readonly Affected[]> => {
  const result = await importText(office, lines, by === undefined ? {} : { by });
  if (!("affected" in result)) throw new Error(JSON.stringify(result));
  return result.affected;
};
const told = async (name: string) => {
  const sent = await office.bot.store.read((r) => r.outbox.after(0));
  const own = sent.filter(({ row, audience }) => audience === name && row.title.includes("已发的文件有旧值"));
  return own.map(({ row }) => JSON.parse(row.card) as DrawnCard);
};

test("a report that comes late makes no paper wrong", async () => {
  expect(await affected([PROGRESS, `2020-06-12,13,${FUME},,33,`])).toEqual([]);
});

test("another figure for a reported day names the lag warning and the notice that printed the old one", async () => {
  const found = await affected([PROGRESS, `2020-06-12,13,${FUME},,18,更正`], "城管联络员");
  const warning = found.find(({ job }) => job === "lagging-warning");
  expect(warning?.changes).toEqual([
    {
      of: "全市",
      figure: FUME,
      printed: "16项/≥63项",
      now: "18项/≥63项",
    },
  ]);
  expect(found.map(({ job }) => job)).not.toContain("monthly-ranking");
  // Who brought it can't correct papers: the office is told.
  const [card] = await told("市办");
  expect(card?.title).toBe(`城管联络员更正了数据，已发的文件有旧值：${found.length}件`);
  expect(card?.buttons.map(({ label }) => label)).toContain(`更正${warning?.no}`);
  expect(await told("城管联络员")).toEqual([]);
});

test("so does a figure that is reported by form", async () => {
  await office.advanceTo("2020-06-16T12:01");
  await office.says("城管联络员", "填报 13");
  const { text, labels } = await office.presses("城管联络员", `填报：${FUME}`, {
    ...{ value: "19", date: "2020-06-12" },
  });
  expect(text).toMatch(
    /已发布的任务滞后预警（2020年6月15日）用的是旧值，已告知市办：全市餐饮油烟治理项目：16项\/≥63项→19项\/≥63项/,
  );
  expect(labels).toEqual(["继续填报"]);
  expect(await told("市办")).toHaveLength(2);
});

test("the correction says how things stood on the day of the paper, by what is known now", async () => {
  const warning = await office.bot.store.read((r) => r.officialPapers.ofKey("lagging-warning", "2020-06-16"));
  const before = (await office.says("市办", `文件 ${warning?.id}号`)).facts.figures;
  await office.advanceTo("2020-06-24T10:00");
  await office.says("市办", `更正公文 ${warning?.id}号`);
  const anew = await office.bot.store.read((r) => r.officialPapers.correctionOf(warning?.id ?? 0));
  const { figures } = (await office.says("市办", `文件 ${anew?.id}号`)).facts;
  expect(figures.asOf).toBe(before.asOf);
  expect(figures.lines.find(({ indicator }: { indicator: string }) => indicator === FUME)).toMatchObject({
    actual: 19,
  });
});

test("another figure of dustfall names the month's ranking", async () => {
  const points = await office.bot.store.read((r) => r.dustfall.between("2020-05", "2020-05"));
  const { site = "" } = points.find(({ regionId, value }) => regionId === "haian" && value !== null) ?? {};
  const [ranking] = await affected(["月份,县区,点位,降尘量", `2020-05,海安,${site},9.9`]);
  expect(ranking).toMatchObject({ job: "monthly-ranking", period: "2020-05-01..2020-05-31" });
  expect(ranking?.changes).toEqual([
    {
      of: "海安",
      figure: expect.stringContaining("降尘"),
      printed: expect.anything(),
      now: expect.anything(),
    },
  ]);
});

test("another target of a county names the notice and the lag warning that printed the old one, where they did", async () => {
  const found = await affected([TARGETS, "海安,PM2.5,全年,36,35", "海安,m18-boiler-projects,,2,"]);
  const of = (job: string) => found.filter((one) => one.job === job).flatMap(({ changes }) => changes ?? []);
  expect(of("lagging-warning")).toEqual([
    { of: "海安", figure: expect.any(String), printed: "未报/≥1项", now: "未报/≥2项" },
  ]);
  expect(of("weekly-notice")).toContainEqual({
    of: "海安",
    figure: "PM2.5约束性目标剩余",
    printed: expect.any(String),
    now: expect.any(String),
  });
  expect(found.map(({ job }) => job)).not.toContain("monthly-ranking");
});

test("a target that comes late makes no paper wrong, nor does a month's: papers print the year's", async () => {
  expect(await affected([TARGETS, "如皋,PM2.5,全年,38,37"])).toEqual([]);
  expect(await affected([TARGETS, "海安,PM2.5,6月,23,"])).toEqual([]);
});

test("another place in the province's list names the 约谈 that rests on it", async () => {
  await office.advanceTo("2020-07-01T12:00");
  await office.says("市办", "约谈 海安");
  await office.presses("市办", "认定并拟约谈通知", {
    ...{ on: "2020-07-15", time: "9:30", place: "三楼会议室", by: "办公室主任", whom: "市政府负责人" },
  });
  await office.presses("市办", "审核通过");
  await office.presses("市领导", "签发");
  const found = await affected(["月份,县区,名次,总数,PM2.5", "2020-05,海安,54,54,30"]);
  expect(found).toMatchObject([{ job: "interview" }]);
  expect(found[0]?.changes?.[0]).toMatchObject({ figure: "2020-05全省位次", now: "54/54" });
});
