import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

/** Titles of what somebody has been sent, as it was sent. */
const titles = async (name: string) =>
  (await office.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ audience }) => audience === name)
    .map(({ row }) => row.title);
const person = async (who: string) => (await office.says("市办", `人员 “${who}”`)).facts.person;
const assign = async (county: string, title: string) =>
  (await office.says("市办", `交办 ${county} “${title}” 3个工作日`)).facts.issue.no as string;

test("a move takes effect on its day: the old post has its rights until then, the new one from then on", async () => {
  const old = await assign("如东", "工地裸土未覆盖");
  expect((await office.says("市办", "调岗 如东联络员 如皋联络员 6月17日起")).code).toBeNull();
  expect((await person("如东联络员")).state).toBe("6月17日起调任如皋联络员");
  expect((await office.says("如东联络员", `问题 ${old}`)).code).toBeNull();
  await office.advanceTo("2020-06-17T09:01");
  expect(await person("如东联络员")).toMatchObject({ posts: "如皋联络员", state: "在岗" });
  expect((await office.says("如东联络员", `签收 ${old}`)).code).toBe("forbidden");
  expect(
    (await titles("如东领导")).some(
      (title) => title === "如东联络员已调任如皋联络员" || /交接单/.test(title),
    ),
  ).toBe(true);
  const { items } = (await office.says("市办", "交接单 如东联络员")).facts.handover;
  expect(items.find(({ no }: { no: string }) => no === old)).toMatchObject({ to: "如东领导" });
  const now = await assign("如皋", "道路积尘");
  expect((await office.says("如东联络员", `签收 ${now}`)).code).toBeNull();
});

test("two posts: rights, lists and notices of both, and none of one used for the other", async () => {
  await office.says("市办", "兼任 海安联络员 如皋联络员");
  expect((await person("海安联络员")).posts).toBe("海安联络员，兼如皋联络员");
  const there = await assign("如皋", "道路积尘");
  const here = await assign("海安", "工地裸土未覆盖");
  expect((await titles("海安联络员")).filter((title) => /道路积尘|工地裸土/.test(title))).toHaveLength(2);
  const { toAcknowledge } = (await office.says("海安联络员", "今日")).facts;
  expect(toAcknowledge).toEqual(expect.arrayContaining([here, there]));
  expect((await office.says("海安联络员", `签收 ${there}`)).code).toBeNull();
  expect((await office.says("海安联络员", "问题 如皋")).code).toBeNull();
  expect((await office.says("海安联络员", "问题 启东")).code).toBe("forbidden");
  await office.says("市办", "免兼 海安联络员 如皋联络员");
  expect((await office.says("海安联络员", `问题 ${there}`)).code).toBe("forbidden");
});

test("a station chief elsewhere looks there, and acknowledges nothing", async () => {
  await office.says("市办", "兼任 海安联络员 如皋点位长");
  const there = await assign("如皋", "道路积尘");
  expect((await office.says("海安联络员", `问题 ${there}`)).code).toBeNull();
  expect((await office.says("海安联络员", `签收 ${there}`)).code).toBe("forbidden");
});

test("a post from a day to a day ends by itself", async () => {
  await office.says("市办", "兼任 海安联络员 如皋联络员 今天到6月16日");
  await office.advanceTo("2020-06-17T09:01");
  expect((await person("海安联络员")).posts).toBe("海安联络员");
});

test.each([
  ["调岗 海安联络员 海安联络员", "already-done"],
  ["调岗 海安联络员 火星联络员", "usage"],
  ["调岗 海安联络员 如皋联络员 2020-05-01起", "bad-date"],
  ["调岗 海安联络员 市办", "forbidden"],
  ["调岗 市办 海安联络员", "conflict"],
  ["调岗 没有的人 如皋联络员", "unknown-person"],
  ["调岗 海安联络员", "usage"],
  ["兼任 海安联络员 市领导", "forbidden"],
  ["免兼 海安联络员", "no-data"],
])("%s is refused as %s", async (phrase, code) => {
  expect((await office.says("市办", phrase)).code).toBe(code);
});

test.each(["海安领导", "市领导", "督查"])("%s moves nobody and ends nothing", async (who) => {
  for (const phrase of ["调岗 海安联络员 如皋联络员", "兼任 海安联络员 如皋点位长", "离任 住建联络员"])
    expect((await office.says(who, phrase)).code, phrase).toBe("forbidden");
});
