import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

// 日程 says to whom each job goes: to the office, which sees to all of them.

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-19T10:00" });
  await office.advanceTo("2020-06-19T10:01");
});
afterAll(() => office.close());

type Event = { job?: string; title: string; words: string; audience?: string[] };
const rowOf = async (who: string, said: string, title: string) => {
  const { card } = await office.says(who, said);
  const table = card.blocks.find((block) => block.kind === "table");
  if (table?.kind !== "table") throw new Error(`${said} has no table`);
  const heads = table.columns.map((column) => column.title);
  const row = table.rows.find((cells) => cells[1] === title) ?? [];
  return Object.fromEntries(heads.map((head, i) => [head, row[i]]));
};

test("every job that there is names somebody", () => {
  for (const { name, audience } of office.bot.registry.schedules) expect(audience, name).not.toEqual([]);
});

test.each([
  ["日程 下周", "空气质量周通报", "市领导、督查、市办、县区领导和联络员、部门联络员、绑定的群", "待发"],
  ["日程 下周", "周一早报", "市领导", "待发"],
  ["日程 7月", "任务滞后预警", "市办、县区领导和联络员、部门联络员、绑定的群", "待发"],
  ["日程 7月", "月度公开排名", "审签后发市办、督查、县区领导和联络员", "待拟稿"],
  ["日程 7月", "预警提醒函候选", "市办", "待发"],
])("%s: %s goes to %s", async (said, title, to, state) => {
  expect(await rowOf("市办", said, title)).toMatchObject({
    发给: sorted(to, await rowOf("市办", said, title)),
    情况: state,
  });
});

/** The order in which a job names its roles is its own. */
function sorted(to: string, { 发给: is = "" }: Record<string, string | undefined>): string {
  const parts = (text: string) => text.replace("审签后发", "").split("、").toSorted().join();
  return parts(to) === parts(is) && to.startsWith("审签后发") === is.startsWith("审签后发") ? is : to;
}

test("what comes every working day says it in its line, and a job by itself in its note", async () => {
  const { text } = await office.says("市办", "日程 下周");
  expect(text).toContain("昨日快报：每个工作日08:30，发给市办");
  expect((await office.says("市办", "日程 周一早报")).text).toContain("发给：市领导；停运后");
});

test("others see what they get themselves, without the column; of what is signed first nothing", async () => {
  const { card, facts } = await office.says("海安联络员", "日程 7月");
  const table = card.blocks.find((block) => block.kind === "table");
  expect(table?.kind === "table" && table.columns.map(({ title }) => title)).toEqual([
    "时间",
    "事项",
    "情况",
  ]);
  const jobs = (facts.events as Event[]).map(({ job }) => job);
  expect(jobs).toContain("weekly-notice");
  expect(jobs).not.toContain("monthly-ranking");
  expect((facts.events as Event[]).every(({ audience }) => audience === undefined)).toBe(true);
});
