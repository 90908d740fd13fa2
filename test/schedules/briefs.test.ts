import { afterEach, beforeEach, expect, test } from "vitest";
import type { Block } from "../../src/chat/card.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { piecesAfter } from "../support/pieces.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const of = async (job: string) => (await piecesAfter(office.bot, 0)).filter((piece) => piece.job === job);
const items = (blocks: readonly Block[] = []) =>
  blocks.flatMap((block) => (block.kind === "facts" ? block.items : []));
const listOf = (facts: Readonly<Record<string, unknown>> | undefined, name: string) =>
  (facts?.[name] ?? []) as string[];

test("on Monday the city's lead reads on ten lines what the cards say", async () => {
  await office.advanceTo("2020-06-15T09:00");
  const [brief, ...more] = await of("morning-brief");
  expect(more).toEqual([]);
  expect(brief?.to).toBe("市领导");
  const lines = items(brief?.card.blocks);
  expect(lines.length).toBeLessThanOrEqual(10);
  expect(lines.map(({ label }) => label)).toEqual(
    expect.arrayContaining(["今年", "今年最差", "上周最差", "滞后任务", "问题", "等您办"]),
  );
  // The very words and figures of 全市.
  const city = await office.says("市领导", "全市");
  const shown = items(city.card.blocks);
  for (const label of ["滞后任务", "PM2.5约束性≤36", "PM2.5奋斗≤35"])
    expect(lines.find((line) => line.label === label)?.value).toBe(
      shown.find((item) => item.label === label)?.value,
    );
  const year = lines.find(({ label }) => label === "今年")?.value;
  const mean = shown.find(({ label }) => label === "PM2.5均值")?.value.match(/\d+/)?.[0];
  expect(year).toContain(`PM2.5均值${mean}，`);
  expect(year).toMatch(/截至6月14日，有效\d+天/);
  const ranking = await office.says("市领导", "排名 本年 PM2.5");
  expect(lines.find(({ label }) => label === "今年最差")?.value).toContain(ranking.facts.rows.at(-1).county);
});

test("after a holiday it comes on the next working day, and not to others", async () => {
  // 4 May 2020 was off, to the 5th.
  const own = await anOffice({ at: "2020-05-03T10:00" });
  await own.advanceTo("2020-05-06T09:30");
  const briefs = (await piecesAfter(own.bot, 0)).filter(({ job }) => job === "morning-brief");
  expect(briefs.map(({ to, title }) => [to, title])).toEqual([["市领导", "周一早报 5月6日"]]);
  own.close();
});

test("on Friday each unit reads what is late and what falls due next week, and who has nothing reads nothing", async () => {
  const given = await office.says("市办", "交办 如东 “下周到期的一件” 6月24日");
  await office.says("市办", "交办 如东 “再下周才到期” 6月30日");
  const late = await office.says("市办", "交办 海安 “已经超期的一件” 1个工作日");
  await office.advanceTo("2020-06-19T09:00");
  const lists = await of("week-ahead");
  const mine = lists.find(({ to }) => to === "如东联络员");
  expect(mine?.title).toBe("下周清单 如东（1件）");
  expect(mine?.card.facts).toMatchObject({ until: "2020-06-28", late: [], due: [given.facts.issue.no] });
  expect(lists.map(({ to }) => to)).toContain("海安联络员");
  for (const { card } of lists)
    expect([...listOf(card.facts, "late"), ...listOf(card.facts, "due")]).not.toEqual([]);
  const haian = lists.find(({ to }) => to === "海安联络员");
  expect(listOf(haian?.card.facts, "late")).toContain(late.facts.issue.no);
});

test("before the reporting day, on it and after it whoever owes figures is reminded, with the sheet", async () => {
  // Working days of July 2020: the 2nd is its second, the 7th its fifth.
  await office.advanceTo("2020-07-01T10:00");
  expect(await of("report-reminder")).toEqual([]);
  await office.advanceTo("2020-07-02T10:00");
  const first = await of("report-reminder");
  const builder = first.find(({ to }) => to === "住建联络员");
  expect(builder?.title).toMatch(/^填报提醒 住建：6月进度\d+项未报$/);
  expect(JSON.stringify(builder?.card.blocks)).toContain("请在7月7日前报");
  expect(builder?.card.files?.map(({ name }) => name)).toEqual(["填报表-2020-07-02.xlsx"]);
  expect((await office.presses("住建联络员", "填报")).facts.rows.length).toBeGreaterThan(0);
  await office.advanceTo("2020-07-07T10:00");
  const second = (await of("report-reminder")).slice(first.length).find(({ to }) => to === "住建联络员");
  expect(listOf(second?.card.facts, "unreported")).toEqual(listOf(builder?.card.facts, "unreported"));
  await office.advanceTo("2020-07-08T10:00");
  const third = (await of("report-reminder")).findLast(({ to }) => to === "住建联络员");
  expect(JSON.stringify(third?.card.blocks)).toContain("现已逾期");
  await office.advanceTo("2020-07-31T10:00");
  expect((await of("report-reminder")).findLast(({ to }) => to === "住建联络员")).toEqual(third);
});

test("the list of a Friday whose next week lies in a year without days off says so", async () => {
  const own = await anOffice({ at: "2026-12-25T08:30" });
  await own.says("市办", "交办 如东 “元旦到期的一件” 2027-01-01");
  await own.advanceTo("2026-12-25T09:00");
  const lists = (await piecesAfter(own.bot, 0)).filter(({ job }) => job === "week-ahead");
  const mine = lists.find(({ to }) => to === "如东联络员");
  expect(JSON.stringify(mine?.card.blocks)).toContain("未录入2027年放假安排，按周末推算");
  own.close();
});

test("the office's weekly notice says how the audit log stands, for the office alone", async () => {
  await office.advanceTo("2020-06-15T08:59");
  const sealed = await office.bot.store.read((r) => r.audit.latest(5));
  await office.advanceTo("2020-06-15T09:00");
  const notices = await of("weekly-notice");
  const noted = notices.filter(({ card }) => JSON.stringify(card).includes("审计记录"));
  expect(noted.map(({ to }) => to)).toEqual(["市办"]);
  const said = JSON.stringify(noted[0]?.card).match(/审计记录(\d+)条，末条校验码([0-9a-f]{12})/);
  // What was written for the same slot may come before it or after it.
  const all = await office.bot.store.read((r) => r.audit.about({}, 1000, 0));
  const at = all.rows.toReversed()[Number(said?.[1]) - 1];
  expect(at?.hash.slice(0, 12)).toBe(said?.[2]);
  expect(at?.id).toBeGreaterThanOrEqual(sealed[0]?.id ?? 0);
});
