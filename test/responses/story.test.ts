import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnOffice, Expected } from "../support/office.ts";
import { expectWellLaid } from "../support/well-laid.ts";
import { aResponseOffice, starts } from "./stage.ts";

// One alert from the province's order to its lifting, as those whom it concerns see it.

const COUNTIES = "海安、如皋、如东、启东、崇川、通州、海门、市开发区、苏锡通园区、通州湾示范区".split("、");
const ALERT = "启动响应 黄色 苏大气办〔2020〕3号 12月11日0时起";
/** Whom the pack's yellow and red level names. */
const YELLOW = ["生态环境", "住建", "城管", "公安"];
const RED = [...YELLOW, "工信"];
const CONTACTS = ["玻璃厂联系人", "铸造厂联系人"];

let office: AnOffice;
beforeAll(async () => {
  office = await aResponseOffice("2020-12-10T17:00");
  await office.expectCards([], { job: "response" });
});
afterAll(() => office.close());

const each = (names: readonly string[], title: string | RegExp): Expected[] =>
  names.map((to) => ({ to, title }));
const leads = () => COUNTIES.map((name) => `${name}领导`);
const liaisons = () => COUNTIES.map((name) => `${name}联络员`);
const departments = (shorts: readonly string[]) => shorts.map((name) => `${name}联络员`);
/** Of the newest button of a label. */
async function tokenOf(name: string, label = "签收"): Promise<string> {
  const buttons = (await office.cardsOf(name)).flatMap((card) => card.buttons);
  const found = buttons.findLast((button) => button.label === label);
  if (found?.kind !== "press") throw new Error(`${name} sees no ${label}`);
  return found.token;
}
const sent = (expected: readonly Expected[]) => office.expectCards(expected, { job: "response" });

test("what the order says is read, and nothing starts before it is confirmed", async () => {
  const asked = await office.says("市办", ALERT);
  expect(asked.facts.said).toEqual({
    level: "yellow",
    documentNo: "苏大气办〔2020〕3号",
    start: "12月11日0时",
    drill: false,
  });
  expect((await office.says("市办", "应急")).facts.running).toBe(false);
  expect((await office.says("海安联络员", ALERT)).code).toBe("forbidden");
  await sent([]);
});

test("started, counties, departments and contacts are each told once, and see their own measures", async () => {
  const started = await starts(office, ALERT);
  expect(started.facts).toMatchObject({
    level: "yellow",
    counties: { orders: 10, acknowledged: 0 },
    enterprises: { orders: 4, acknowledged: 0 },
  });
  const title = "黄色预警响应启动，请签收";
  await sent([
    ...each([...leads(), ...liaisons(), ...departments(YELLOW), ...CONTACTS], title),
    ...each(["市领导", "督查"], "重污染天气黄色预警Ⅲ级响应启动"),
    ...each(["市办"], /^黄色预警响应看板：签收0\/18$/),
  ]);
  const own = await office.says("铸造厂联系人", "应急");
  expect(own.facts).toMatchObject({ unit: "海安铸造厂", acknowledged: false });
  expect(own.facts.measures).toEqual([{ measure: "停2号冲天炉", indicator: "负荷降至40%以下" }]);
  expect((await office.says("住建联络员", "应急")).facts.unit).toBe("住建");
  expect((await office.says("铸造厂联系人", "应急 “海安玻璃厂”")).facts.unit).toBe("海安铸造厂");
});

test("the same order entered by another officer is one; another of a lower level says how to change it", async () => {
  expect((await starts(office, ALERT)).code).toBe("already-done");
  const again = await starts(office, "启动响应 黄色 苏大气办〔2020〕4号");
  expect(again.code).toBe("conflict");
  const higher = await starts(office, "启动响应 橙色 苏大气办〔2020〕4号");
  expect(higher.message).toContain("升级");
  expect((await starts(office, "演练 黄色 演练1号")).code).toBe("conflict");
  await sent([]);
});

test("acknowledged once for a unit, whoever of it does, it shows on the office's board where that stands", async () => {
  const token = await tokenOf("海安联络员");
  expect((await office.presses("海安领导", "签收")).facts).toMatchObject({
    unit: "海安",
    acknowledged: true,
  });
  expect((await office.presses("海安联络员", token)).code).toBe("already-done");
  await expect(office.presses("海安联络员", "签收")).rejects.toThrow("sees no button");
  await office.presses("铸造厂联系人", "签收");
  await office.presses("生态环境联络员", "签收");
  const board = (await office.cardsOf("市办")).findLast((card) => card.title.includes("看板"));
  expect(board?.title).toBe("黄色预警响应看板：签收3/18");
  await sent([]);
});

test("nobody acknowledges or shows for another's unit", async () => {
  expect((await office.presses("启东联络员", await tokenOf("如东联络员"))).code).toBe("stale-action");
  expect((await office.says("启东联络员", "应急 “如东化工厂”")).code).toBe("no-data");
});

test("a reading of the meter is checked, and counts as carried out", async () => {
  expect((await office.presses("铸造厂联系人", "报执行", {})).code).toBe("usage");
  for (const reading of ["12千瓦", "-1", "1000000000"])
    expect((await office.presses("铸造厂联系人", "报执行", { reading })).code, reading).toBe("bad-number");
  await office.presses("铸造厂联系人", "报执行", { reading: "12850.5", text: "2号炉17时停" });
  expect((await office.says("市办", "应急")).facts.enterprises).toMatchObject({ executed: 1, evidence: 1 });
});

test("the same reading and words again within half an hour are the one that was heard; anything else is new", async () => {
  const again = { reading: "12850.5", text: "2号炉17时停" };
  expect(await office.presses("铸造厂联系人", "报执行", again)).toMatchObject({
    code: "already-done",
    message: expect.stringContaining("已报同样的内容"),
  });
  const shown = async () => (await office.says("铸造厂联系人", "应急")).facts.executed;
  expect(await shown()).toBe(1);
  for (const other of [{ reading: "12850.5" }, { ...again, reading: "12850.6" }, { text: again.text }])
    await office.presses("铸造厂联系人", "报执行", other);
  expect(await shown()).toBe(4);
});

test("who is silent is reminded once after an hour; after two the lead hears of it, and checks are drawn", async () => {
  await office.advanceTo("2020-12-10T18:00");
  const silent = liaisons().filter((name) => name !== "海安联络员");
  await sent(
    each(
      [...silent, ...departments(YELLOW.filter((name) => name !== "生态环境")), "玻璃厂联系人"],
      "请尽快签收：黄色预警响应",
    ),
  );
  await office.advanceTo("2020-12-10T19:00");
  await sent([
    ...each(
      leads().filter((name) => name !== "海安领导"),
      "逾期未签收：黄色预警响应",
    ),
    ...["海安", "如东", "启东"].flatMap((name) =>
      each([`${name}领导`, `${name}联络员`], `${name}1家企业逾期未签收`),
    ),
    ...each(["督查"], "请抽查减排措施（抽1家，待查1家）"),
  ]);
});

test("a county answers for those that nobody speaks for", async () => {
  expect((await office.presses("如东联络员", "已通知无联系人企业")).card.title).toBe("已登记电话通知1家企业");
  expect((await office.says("市办", "应急 未签收 启东")).facts.rows).toHaveLength(2);
  expect((await office.says("市办", "应急 未签收 如东")).facts.rows).toMatchObject([{ unit: "如东" }]);
});

test("what isn't carried out becomes an issue of its county with one tap", async () => {
  const checks = await office.says("督查", "应急 抽查");
  const [name] = checks.facts.drawn as string[];
  const label = `未落实 ${name}`;
  const token = checks.card.buttons.flatMap((b) => (b.label === label && b.kind === "press" ? b.token : []));
  // A county sees what was drawn of its own, and settles nothing of it.
  const [drawn] = checks.card.blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
  for (const county of ["海安", "如东", "启东"]) {
    const own = await office.says(`${county}联络员`, "应急 抽查");
    expect(own.labels).toEqual([]);
    expect(own.facts.drawn).toEqual(drawn?.[1] === county ? [name] : []);
  }
  const found = await office.presses("督查", label, { text: "炉子未停" });
  expect(found.facts.issue).toMatch(/^NT-2020-/);
  expect((await office.says("市办", `问题 ${found.facts.issue}`)).text).toContain("炉子未停");
  expect((await office.says("督查", "应急 抽查")).labels).not.toContain(label);
  expect((await office.presses("督查", token[0] ?? "", { text: "炉子未停" })).code).toBe("already-done");
});

test("counties report at nine and four with what is known filled in; a reminder, then the lead", async () => {
  await office.advanceTo("2020-12-11T09:00");
  await sent(liaisons().map((to) => ({ to, title: /^请报12月11日 09:00执行情况：/ })));
  const form = (await office.cardsOf("海安联络员")).at(-1)?.buttons[0];
  expect(form?.kind === "press" && form.fields[0]?.value).toBe("1");
  for (const executing of ["3", "1.5", "-1"])
    expect((await office.presses("海安联络员", "报执行情况", { executing })).code, executing).toBe(
      "bad-number",
    );
  await office.presses("海安联络员", "报执行情况", { executing: "2" });
  await office.advanceTo("2020-12-11T11:00");
  const silent = COUNTIES.filter((name) => name !== "海安");
  await sent([
    ...silent.map((name) => ({ to: `${name}联络员`, title: `请报执行情况：${name}` })),
    ...silent.map((name) => ({ to: `${name}领导`, title: `执行情况逾期未报：${name}` })),
  ]);
});

test("an upgrade at two in the morning is another roll-call with other measures, at that hour", async () => {
  await office.advanceTo("2020-12-12T02:00");
  await office.expectCards(
    [
      ...liaisons().map((to) => ({ to, title: /^请报/ })),
      ...liaisons().map((to) => ({ to, title: /^请报执行情况/ })),
      ...leads().map((to) => ({ to, title: /^执行情况逾期/ })),
    ],
    { job: "response" },
  );
  const old = await tokenOf("如皋联络员");
  const earlier = await tokenOf("市办", "升级");
  await office.says("市办", "应急");
  const changed = await office.presses("市办", "升级", { level: "红色", documentNo: "苏大气办〔2020〕5号" });
  expect(changed.facts).toMatchObject({ level: "red", round: 2, counties: { acknowledged: 0 } });
  const title = "黄色预警响应升级为红色，请签收";
  await sent([
    ...each([...leads(), ...liaisons(), ...departments(RED), ...CONTACTS], title),
    ...each(["市领导", "督查"], "重污染天气红色预警Ⅰ级响应：由黄色升级"),
  ]);
  expect((await office.says("铸造厂联系人", "应急")).facts.measures).toEqual([
    { measure: "全厂停产", indicator: "电表读数不变" },
  ]);
  expect((await office.presses("如皋联络员", old)).code).toBe("conflict");
  // Another officer still looks at the yellow board: its 升级 to orange would bring red down.
  const orange = { level: "橙色", documentNo: "苏大气办〔2020〕4号" };
  expect((await office.presses("市办", earlier, orange)).code).toBe("conflict");
});

test("lifted while half haven't answered, everybody hears of it, and nothing falls due any more", async () => {
  for (const name of COUNTIES.slice(0, 5))
    expect((await office.presses(`${name}联络员`, await tokenOf(`${name}联络员`))).code, name).toBeNull();
  await office.says("市办", "应急");
  const lift = await tokenOf("市办", "解除");
  const lifted = await office.presses("市办", "解除", { documentNo: "苏大气办〔2020〕6号" });
  expect(lifted.facts).toMatchObject({ ended: true, counties: { acknowledged: 5 } });
  await sent([
    ...each([...leads(), ...liaisons(), ...departments(RED), ...CONTACTS], "红色预警响应解除"),
    ...each(["市领导", "督查"], "重污染天气红色预警Ⅰ级响应解除"),
  ]);
  expect((await office.presses("市办", lift, { documentNo: "苏大气办〔2020〕6号" })).code).toBe(
    "already-done",
  );
  await office.advanceTo("2020-12-13T20:00");
  await sent([]);
  expect((await office.says("铸造厂联系人", "应急")).text).toContain("现在没有应急响应");
});

test("on the next working day the office is asked to look at the summary, with times and rates; then all but enterprises get it", async () => {
  await office.advanceTo("2020-12-14T09:00");
  const waiting = (await office.cardsOf("市办")).findLast(({ title }) => title.startsWith("待审核"));
  expect(waiting?.title).toBe("待审核：应急响应总结评估（红色预警响应，2020-12-10起）");
  const word = waiting?.files?.find(({ name }) => name.endsWith(".docx"));
  expect(word).toBeDefined();
  const { rollCalls, counties, levels, hours, checks } = await summary();
  expect(levels).toMatchObject([{ level: "黄色" }, { level: "红色", documentNo: "苏大气办〔2020〕5号" }]);
  expect({ hours, checks }).toEqual({ hours: 33, checks: { drawn: 1, carriedOut: 0, notCarriedOut: 1 } });
  const of = (level: string, unit: string) =>
    rollCalls.find((one: { level: string; of: string }) => one.level === level && one.of === unit);
  // Of ten counties one; 如东 answered for the enterprise that nobody speaks for after the term.
  expect(of("黄色", "county")).toMatchObject({ asked: 10, acknowledged: 1, inTime: 1, inTimePct: 10 });
  expect(of("黄色", "enterprise")).toMatchObject({ asked: 4, acknowledged: 2, executed: 1, executedPct: 25 });
  expect(of("红色", "county")).toMatchObject({ asked: 10, acknowledged: 5, inTimePct: 50, meanMinutes: 0 });
  expect(counties.find(({ county }: { county: string }) => county === "海安")).toMatchObject({
    ...{ firms: 2, acknowledged: 0, asked: 2, reported: 1 },
  });
  await office.expectCards([{ to: "市办", title: /^待审核：应急响应总结评估/ }], { job: "response-summary" });
  await expectWellLaid(office, "response-summary");
  await office.presses("市办", "审核通过");
  const readers = ["市办", "市领导", "督查", ...leads(), ...liaisons(), ...departments(RED)];
  await office.expectCards(each(readers, /红色预警Ⅰ级响应总结评估$/), { job: "response-summary" });
  // It went out: nobody is reminded of it.
  await office.advanceTo("2020-12-18T09:30");
  await office.expectCards([], { job: "response" });
});

/** The figures of the summary that waits. */
async function summary() {
  const row = await office.bot.store.read((r) => r.officialPapers.ofKey("response-summary", "1"));
  const print = await office.bot.store.read((r) => r.officialPapers.version(row?.id ?? 0, 1));
  // biome-ignore lint/suspicious/noExplicitAny: facts are read as plain JSON
  return JSON.parse(JSON.stringify(print?.facts)) as any;
}
