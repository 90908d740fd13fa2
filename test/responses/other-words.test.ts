import { afterAll, beforeAll, expect, test } from "vitest";
import { isRefusal } from "../../src/chat/refusal.ts";
import { aboutSummary, summaryFacts } from "../../src/responses/summary.ts";
import { summaryCard, summaryModel } from "../../src/responses/summary-words.ts";
import type { AnOffice } from "../support/office.ts";
import { aResponseOffice, starts } from "./stage.ts";

// 演练 and 削峰: what can't be taken for an alert.

let office: AnOffice;
beforeAll(async () => {
  office = await aResponseOffice("2020-11-05T09:30");
});
afterAll(() => office.close());

const sentTitles = async () =>
  (await office.bot.store.read((r) => r.outbox.after(0)))
    .filter(({ row }) => row.job === "response")
    .map(({ row }) => ({ title: row.title, card: JSON.parse(row.card) as { tone?: string } }));

test("everything of a rehearsal says so in its title and its text, in a colour of its own", async () => {
  await starts(office, "应急演练 红色 演练1号");
  await office.presses("铸造厂联系人", "签收");
  await office.advanceTo("2020-11-05T16:30");
  await office.says("市办", "应急");
  await office.presses("市办", "演练降级", { level: "黄色", documentNo: "演练2号" });
  await office.says("督查", "应急 抽查");
  const [name] = (await office.says("督查", "应急 抽查")).facts.drawn as string[];
  const checked = await office.presses("督查", `未落实 ${name}`, { text: "未停产" });
  expect(checked.facts.issue).toBeNull();
  await office.says("市办", "应急");
  await office.presses("市办", "演练解除", { documentNo: "演练结束" });
  const all = await sentTitles();
  // Industry is ordered nothing at the lower level, and hears so.
  expect(
    all.filter(({ title }) => title === "【演练】红色预警响应降级为黄色，您单位不再有措施"),
  ).toHaveLength(1);
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(({ title, card }) => !title.startsWith("【演练】") || card.tone !== "muted")).toEqual([]);
  for (const { card } of all) {
    const text = JSON.stringify(card).replaceAll(/【演练】[^"]*/g, "");
    expect(text).not.toContain("预警");
  }
  const past = await office.says("市办", "应急 历史");
  expect(past.facts).toMatchObject({ responses: 0, rows: [{ drill: true }] });
});

test("the summary of a rehearsal says so on each page, in each line and table", async () => {
  const { bot } = office;
  const facts = await bot.store.read(async (store) => {
    const [response] = await store.responses.newest(1);
    if (response === undefined) throw new Error("nothing was rehearsed");
    return summaryFacts(aboutSummary(response, bot), { store, office: bot.office });
  });
  if (isRefusal(facts)) throw new Error(facts.message);
  const stamp = { number: null, signedBy: null, redHead: null, marks: [], corrects: null, body: "市办" };
  const { marks, blocks } = summaryModel(facts, { ...stamp, date: Temporal.PlainDate.from("2020-11-06") });
  expect(marks).toEqual(["演练，非真实响应"]);
  const texts = blocks.flatMap((block) => ("text" in block && block.text !== "基本情况" ? [block.text] : []));
  expect(texts).toHaveLength(4);
  expect(texts.filter((text) => !text.startsWith("【演练】"))).toEqual([]);
  expect(summaryCard(facts).title).toBe("【演练】重污染天气黄色预警Ⅲ级响应总结评估");
});

test("a workbook of a rehearsal says so in its name, its sheet and its rows", async () => {
  await starts(office, "演练 黄色 演练3号");
  const list = await office.says("市办", "应急 全部");
  expect(list.facts.total).toBe(18);
  const made = await office.opens("市办", "【演练】应急响应签收执行表.xlsx");
  expect(made.name).toBe("【演练】应急响应签收执行表.xlsx");
  await office.says("市办", "应急");
  await office.presses("市办", "演练解除", { documentNo: "演练结束" });
});

test.each([
  ["削峰 11月5日20时到11月6日8时", "11月5日", "11月6日"],
  ["启动削峰 11月6日8时", null, "11月6日"],
  ["削峰 11月5日到11月6日", "11月5日 16:30", "11月7日 00:00"],
  ["削峰 今天到明天", null, null],
])("%s has its times in the form, and starts nothing by itself", async (said, from, to) => {
  const { text, labels } = await office.says("市办", said);
  expect(labels).toEqual(["启动削峰", "组织演练", "记录"]);
  for (const day of [from, to]) if (day !== null) expect(text).toContain(day);
  expect(await office.bot.store.read((r) => r.responses.running())).toEqual([]);
});

test.each(["削峰 某时", "削峰 11月6日20时到11月6日8时"])(
  "%s is refused with how to write it",
  async (said) => {
    const { code, message } = await office.says("市办", said);
    expect([code, message]).toEqual(["bad-date", expect.stringMatching(/请写成|早于启动时间/)]);
  },
);

test("削峰 is called no alert anywhere, and asks what the pack asks of it", async () => {
  const before = (await sentTitles()).length;
  await office.says("市办", "削峰");
  const started = await office.presses("市办", "启动削峰", { end: "11月6日20时", area: "海安" });
  expect(started.facts).toMatchObject({
    kind: "peak-shaving",
    counties: { orders: 1 },
    enterprises: { orders: 2 },
  });
  expect((await office.says("铸造厂联系人", "应急")).facts.measures[0].measure).toContain("错峰生产");
  for (const { title, card } of (await sentTitles()).slice(before)) {
    expect(JSON.stringify(card)).not.toContain("预警");
    expect([title, card.tone]).toEqual([expect.stringMatching(/削峰/), "notice"]);
  }
  await office.says("市办", "应急");
  expect((await office.says("市办", "应急")).labels).not.toContain("升级");
});

test("the province's alert ends 削峰, and the real thing ends a rehearsal", async () => {
  await starts(office, "启动响应 橙色 苏大气办〔2020〕7号");
  const { rows } = (await office.says("市办", "应急 历史")).facts;
  expect(rows.slice(0, 2)).toMatchObject([
    { kind: "alert", ended: false },
    { kind: "peak-shaving", ended: true },
  ]);
  await office.says("市办", "应急");
  await office.presses("市办", "解除", { documentNo: "苏大气办〔2020〕8号" });
  await starts(office, "演练 黄色 演练4号");
  await starts(office, "启动响应 黄色 苏大气办〔2020〕9号");
  expect((await office.says("市办", "应急")).facts).toMatchObject({ drill: false, level: "yellow" });
});

test("who is exempt is told so and asked nothing; revoked, the measures hold in the running response", async () => {
  await office.says("市办", "应急");
  await office.presses("市办", "解除", { documentNo: "苏大气办〔2020〕10号" });
  const said = "申报豁免 海安 “海安玻璃厂” 绩效A级 11月1日至12月31日 措施 自主减排 批准单位 市生态环境局";
  const { id } = (await office.says("海安联络员", said)).facts.exemption;
  await office.presses("市办", "同意列入");
  const started = await starts(office, "启动响应 黄色 苏大气办〔2020〕11号");
  expect(started.facts.enterprises).toMatchObject({ orders: 4, exempt: 1 });
  const own = (await office.cardsOf("玻璃厂联系人")).at(-1);
  expect(own?.title).toBe("黄色预警响应启动：您单位豁免");
  expect(own?.buttons.map(({ label }) => label)).not.toContain("签收");
  await office.says("市办", `豁免 ${id}`);
  await office.presses("市办", "取消豁免", { why: "弄虚作假", text: "台账造假" });
  const minute = (await office.bot.clock.now()).add({ minutes: 1 }).toZonedDateTimeISO("Asia/Shanghai");
  await office.advanceTo(minute.toPlainDateTime().toString());
  expect((await office.cardsOf("玻璃厂联系人")).at(-1)?.title).toBe("豁免已取消，请立即落实减排措施");
  // The office's board counts it where it stands.
  const board = (await office.cardsOf("市办")).findLast(({ title }) => title.includes("看板"));
  expect(board?.title).toBe("黄色预警响应看板：签收0/18");
  expect((await office.presses("玻璃厂联系人", "签收")).facts).toMatchObject({
    exempt: null,
    acknowledged: true,
  });
  expect((await office.says("市办", "应急")).facts.enterprises).toMatchObject({ exempt: 0, acknowledged: 1 });
});

test.each([
  ["no number", { documentNo: "" }, "usage"],
  ["a day that is long past", { start: "2020-10-01 00:00" }, "bad-date"],
  ["a day that is too far off", { start: "2020-11-20 00:00" }, "bad-date"],
  ["an end that has passed", { start: "11月5日0时", end: "11月5日8时" }, "bad-date"],
  ["a time that is none", { start: "25时" }, "bad-date"],
  ["an end before its start", { start: "11月7日8时", end: "11月7日7时" }, "bad-date"],
  ["a county that there isn't", { area: "海按" }, "unknown-county"],
])("an order with %s is refused", async (_what, fill, code) => {
  expect((await starts(office, "启动响应 红色 苏大气办〔2020〕10号", fill)).code).toBe(code);
});
