import { afterAll, beforeAll, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-12-09T08:00" });
});
afterAll(() => office.close());
const job = "warning-letter";

type Row = {
  unit: string;
  reason: string | null;
  paper: { id: number; number: string } | null;
  grounds: Grounds;
};
type Grounds = {
  air: null | { pm25: number; mean: { actual: number; required: number; short: number }; rank: number };
  tasks: { name: string; actual: string }[];
};
const candidate = (facts: { candidates: Row[] }, unit: string) =>
  facts.candidates.find((row) => row.unit === unit);

test("on the 8th working day the office is told who is behind, with what led to it", async () => {
  await office.advanceTo("2020-12-10T12:00");
  await office.expectCards([{ to: "市办", title: /^提醒函候选：\d+个单位（2020-11）$/ }], { job });
  const { facts } = await office.says("市办", "提醒函");
  const { air } = candidate(facts, "启东")?.grounds ?? { air: null };
  expect(air?.mean).toMatchObject({ required: -10, short: 10 + (air?.mean.actual ?? 0) });
  // The same as whoever asks for the county's months is told.
  const asked = (await office.says("市办", "启东 2020-01-01..2020-11-30")).facts;
  expect(air).toMatchObject({
    pm25: asked.pollutants["PM2.5"].value,
    mean: { actual: asked.yearOnYear["PM2.5"] },
  });
  expect(candidate(facts, "生态环境")?.grounds.tasks.length).toBeGreaterThanOrEqual(2);
  expect(candidate(facts, "海安")).toBeUndefined();
});

test("the office strikes and adds with a reason; nobody else does", async () => {
  expect((await office.says("启东联络员", "提醒函")).labels).toEqual([]);
  const struck = await office.presses("市办", "不发 启东", { reason: "新站点试运行" });
  expect(struck.text).toContain("不发：新站点试运行");
  expect((await office.presses("市办", "增加单位", { unit: "海按", reason: "PM10上升" })).message).toContain(
    "“海安”",
  );
  expect(
    (await office.presses("市办", "增加单位", { unit: "海安", reason: "秋冬季扬尘反弹" })).facts.candidates,
  ).toContainEqual(expect.objectContaining({ unit: "海安", reason: "秋冬季扬尘反弹" }));
  expect((await office.presses("市办", "增加单位", { unit: "海安", reason: "再加" })).code).toBe(
    "already-done",
  );
});

test("each candidate has its buttons: those of the card are the first four, a row brings its own", async () => {
  const { card, facts } = await office.says("市办", "提醒函");
  const [table] = card.blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
  const last = (facts.candidates as Row[]).at(-1)?.unit ?? "";
  expect(facts.candidates.length).toBeGreaterThan(4);
  expect(table?.opens?.at(-1)).toBe(`提醒函 ${last} 2020-11`);
  const one = await office.says("市办", `提醒函 ${last} 2020-11`);
  expect(one.facts.candidates).toMatchObject([{ unit: last }]);
  expect(one.labels.slice(0, 2)).toEqual([`拟函 ${last}`, `不发 ${last}`]);
  // One that the figures don't propose can be added from there.
  const other = await office.says("市办", "提醒函 如东 2020-11");
  expect([other.text, other.labels[0]]).toEqual([expect.stringContaining("如东不在本月候选里"), "增加单位"]);
  expect((await office.says("启东联络员", "提醒函 启东")).facts).toMatchObject({
    candidates: [],
    letters: [],
  });
  expect((await office.says("启东联络员", "提醒函 海安")).code).toBe("forbidden");
});

test("one letter a unit is drafted and waits to be checked; what was struck gets none", async () => {
  await office.says("市办", "提醒函 海安 2020-11");
  const { facts, card } = await office.presses("市办", "拟函 海安", {
    cause: "工地扬尘",
    requests: "请压实责任",
  });
  expect(card.title).toMatch(/^已拟提醒函（\d+号文件），待审核$/);
  expect(candidate(facts, "海安")?.paper).not.toBeNull();
  await office.expectCards([{ to: "市办", title: /^待审核：预警提醒函（海安 2020年11月）$/ }], { job });
  const all = await office.presses(
    "市办",
    card.buttons.find(({ label }) => label.startsWith("全部拟函"))?.label ?? "",
  );
  expect(all.facts.candidates.filter((row: Row) => row.paper === null).map((row: Row) => row.unit)).toEqual([
    "启东",
  ]);
});

test("signed, it reaches the unit's people and nobody else", async () => {
  const { facts } = await office.says("市办", "提醒函");
  const no = candidate(facts, "海安")?.paper?.id;
  await office.says("市办", `审核 ${no}号`);
  await office.says("市领导", `签发 ${no}号`);
  const sent = await office.bot.store.read((r) => r.outbox.after(0));
  const readers = sent
    .filter(({ row }) => row.title === "预警提醒函：海安（2020年11月）")
    .map(({ audience }) => audience);
  expect(readers.toSorted()).toEqual(["海安联络员", "海安领导"].toSorted());
  const own = (await office.says("海安联络员", "提醒函")).facts.letters;
  expect(own).toMatchObject([
    { unit: "海安", paper: { number: "通气办函〔2020〕1号" }, effect: { after: null } },
  ]);
  expect((await office.says("启东联络员", "提醒函")).facts.letters).toEqual([]);
});

test("the unit answers by the letter's term, and the office hears of it; whoever doesn't is late", async () => {
  await office.says("海安联络员", "提醒函");
  await office.presses("海安联络员", "回复 2020年11月");
  await office.presses("海安联络员", "回复", {
    ...{ cause: "秋冬季扬尘", measures: "工地全覆盖，住建局负责", date: "2020-12-31" },
  });
  const { text, labels } = await office.says("海安联络员", "提醒函");
  expect(text).toContain("12月10日回复，12月31日前完成");
  expect(labels).toEqual([]);
  const heard = (await office.cardsOf("市办")).find(({ title }) => title.startsWith("回复情况 1/1："));
  expect(JSON.stringify(heard)).toContain("工地全覆盖，住建局负责");
  const { facts } = await office.says("市办", "提醒函");
  const no = candidate(facts, "市开发区")?.paper?.id;
  await office.says("市办", `审核 ${no}号`);
  await office.says("市领导", `签发 ${no}号`);
  await office.advanceTo("2020-12-25T08:00");
  const letters = (await office.says("市办", "提醒函")).facts.letters as { unit: string; answer: object }[];
  expect(letters.find(({ unit }) => unit === "市开发区")?.answer).toMatchObject({
    due: "2020-12-24",
    at: null,
  });
  expect((await office.says("市办", "提醒函")).text).toContain("逾期未回复（应于12月24日前）");
});

test("a month later its effect stands beside it", async () => {
  await office.wakesAt("2021-01-13T12:00");
  const [letter] = (await office.says("海安联络员", "提醒函")).facts.letters;
  const { before, after } = letter.effect as { before: Grounds; after: Grounds };
  const asked = (await office.says("市办", "海安 2020")).facts;
  expect(after.air?.mean.actual).toBe(asked.yearOnYear["PM2.5"]);
  expect(before.air?.mean.actual).not.toBe(after.air?.mean.actual);
});

test("a unit that is no more gets no letter", async () => {
  const early = await anOffice({ at: "2020-07-10T08:00" });
  const pressed = await early.says("市办", "提醒函");
  expect(pressed.facts.candidates).toEqual([]);
  await early.presses("市办", "增加单位", { unit: "港闸", reason: "扬尘反弹" });
  await early.wakesAt("2020-07-28T12:00");
  await early.says("市办", "提醒函 6月");
  expect((await early.presses("市办", "拟函 崇川", { requests: "请整改" })).message).toContain(
    "港闸区已并入崇川区",
  );
  early.close();
});
