import { afterAll, beforeAll, expect, test } from "vitest";
import { exemptEnterprises, exemptOn } from "../../src/enterprises/exemptions.ts";
import { readTable } from "../../src/intake/table.ts";
import { changePerson } from "../support/evidence.ts";
import { faultsOf, importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const PLANT = "海安蓝天新材料有限公司";
const ENTERPRISES = "企业,县区,行业,绩效分级,级别,减排措施,可核查指标";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T08:30" });
  await importText(office, [ENTERPRISES, `${PLANT},海安,化工,A,橙色,停用一条线,电量下降30%`]);
});
afterAll(() => office.close());

const isExempt = async (name: string) =>
  office.bot.store.read(async (store) => {
    const id = (await store.enterprises.byName(name))?.id ?? null;
    const now = await office.bot.clock.now();
    const around = { store, office: office.bot.office };
    const one = await exemptOn({ name, id }, now, around);
    // The whole list says the same of it.
    if (id !== null) expect((await exemptEnterprises(now, around)).get(id)?.id).toBe(one?.id);
    return one !== null;
  });
/** What the enterprise's own card says of it. */
const onItsCard = async () => (await office.says("市办", `企业 “${PLANT}”`)).facts.exemption;
const proposes = (who: string, name: string, days = "6月15日至12月31日") =>
  office.says(who, `申报豁免 海安 “${name}” 绩效A级 ${days} 措施 自主减排 批准单位 市生态环境局`);

test("an entry that a county proposes holds from the second signature on, and says that it is on both lists", async () => {
  const proposed = await proposes("海安联络员", PLANT);
  expect(proposed.code).toBeNull();
  const { id } = proposed.facts.exemption;
  expect(proposed.facts.exemption).toMatchObject({
    ...{ name: PLANT, county: "海安", basis: "绩效A级", grade: "A", measures: "自主减排" },
    ...{ from: "2020-06-15", to: "2020-12-31", approvedBy: "市生态环境局", state: "proposed" },
    inEmergencyList: true,
  });
  expect(proposed.text).toContain("也在应急减排清单里（橙色预警有措施）");
  expect(proposed.labels).not.toContain("同意列入");
  expect(await isExempt(PLANT)).toBe(false);
  expect(await onItsCard()).toEqual({ no: id, holds: false, state: "待同意" });
  await office.expectCards([{ to: "市办", title: `请同意列入豁免清单：${PLANT}` }]);

  const signed = await office.presses("市办", "同意列入");
  expect(signed.facts.exemption).toMatchObject({ id, state: "listed" });
  expect(await isExempt(PLANT)).toBe(true);
  expect(await onItsCard()).toEqual({ no: id, holds: true, state: "有效" });
  const own = await office.says("海安联络员", `企业 “${PLANT}”`);
  expect(own.text).toContain("豁免：绩效A级，2020年6月15日至2020年12月31日");
  expect((await office.presses("海安联络员", "看豁免")).facts.exemption).toMatchObject({ id });
  await office.expectCards([{ to: "海安联络员", title: `已列入豁免清单：${PLANT}` }]);
  expect(await office.presses("市办", "同意列入").catch((error: Error) => error.message)).toBeDefined();
});

test("who proposed it never signs second: the city's lead does for the only one of the office", async () => {
  const own = await proposes("市办", "海安供热中心");
  const { id } = own.facts.exemption;
  expect(own.labels).not.toContain("同意列入");
  await office.expectCards([{ to: "市领导", title: "请同意列入豁免清单：海安供热中心" }]);
  const asked = await office.says("市领导", `豁免 ${id}`);
  expect(asked.labels).toEqual(expect.arrayContaining(["同意列入", "不同意"]));
  const token = asked.card.buttons.find(({ label }) => label === "同意列入");
  if (token?.kind !== "press") throw new Error("no button");
  expect(await office.presses("海安联络员", token.token)).toMatchObject({ code: expect.any(String) });
  const refused = await office.presses("市领导", "不同意", { text: "材料不全" });
  expect(refused.facts.exemption).toMatchObject({ state: "refused", reason: "材料不全" });
  await office.expectCards([
    { to: "市办", title: "未同意列入豁免清单：海安供热中心" },
    { to: "海安联络员", title: "未同意列入豁免清单：海安供热中心" },
  ]);
  // Refused, it may be proposed again.
  expect((await proposes("市办", "海安供热中心")).code).toBeNull();
  await office.presses("市领导", "同意列入");
  await office.expectCards([
    { to: "市领导", title: /海安供热中心/ },
    { to: "市办", title: "已列入豁免清单：海安供热中心" },
    { to: "海安联络员", title: "已列入豁免清单：海安供热中心" },
  ]);
});

test("an entry that overlaps one that stands is refused; one from the day after its end is not", async () => {
  const again = await proposes("海安联络员", PLANT, "12月1日至12月31日");
  expect(again).toMatchObject({ code: "already-done", message: expect.stringContaining("到期次日") });
  expect((await proposes("海安联络员", PLANT, "2021-01-01至2021-12-31")).code).toBeNull();
  await office.expectCards([{ to: "市办", title: /请同意/ }]);
  expect(await proposes("海安联络员", "海安某厂", "1月1日至6月1日")).toMatchObject({ code: "bad-date" });
  expect(await proposes("如东联络员", "海安某厂")).toMatchObject({ code: "forbidden" });
});

test("revoked for fraud it is exempt no more at once, everybody concerned hears why, and the past stays", async () => {
  const before = await office.bot.clock.now();
  await office.advanceTo("2020-06-15T08:40");
  const list = await office.says("市办", "豁免 海安");
  const { id } = list.facts.rows.find(
    (row: { name: string; from: string }) => row.name === PLANT && row.from === "2020-06-15",
  );
  expect((await office.says("市领导", `豁免 ${id}`)).labels).not.toContain("取消豁免");
  await office.says("市办", `豁免 ${id}`);
  const revoked = await office.presses("市办", "取消豁免", { why: "弄虚作假", text: "台账造假" });
  expect(revoked.facts.exemption).toMatchObject({ state: "revoked", reason: "弄虚作假：台账造假" });
  expect(await onItsCard()).toMatchObject({ holds: false });
  expect(await isExempt(PLANT)).toBe(false);
  await office.expectCards([
    { to: "海安联络员", title: `豁免已取消：${PLANT}` },
    { to: "市办", title: /^昨日快报/ },
  ]);
  const was = await office.bot.store.read((store) =>
    exemptOn({ name: PLANT, id: null }, before, { store, office: office.bot.office }),
  );
  expect(was?.id).toBe(id);
});

const HEAD = "企业,县区,依据,绩效分级,豁免措施,起,止,批准单位,联系人,联系电话";
const rows = [
  "启东热电,启东,民生保障,,供热机组不停,2020-06-01,2020-12-31,市发改委,王某,13812345678",
  "如皋高铁站工程,如皋,建设施工类,,土石方以外工序,2020-06-01,2020-07-15,市住建局,,",
];

test("a table comes in for one second signature of all, again it changes nothing, and is taken back before that", async () => {
  const brought = await importText(office, [HEAD, ...rows], { by: "市办" });
  expect(brought).toMatchObject({ kind: "exemptions", added: 2 });
  await office.says("市办", "豁免 待同意");
  await office.expectCards([{ to: "市领导", title: "请同意列入豁免清单：2家" }]);
  expect(await importText(office, [HEAD, ...rows], { by: "市办" })).toMatchObject({ added: 0, unchanged: 2 });
  if (!("batch" in brought)) throw new Error("nothing came in");
  expect((await office.says("市办", `撤回导入 ${brought.batch} 重来`)).code).toBeNull();
  const next = await importText(office, [HEAD, ...rows], { by: "市办" });
  if (!("batch" in next)) throw new Error("nothing came in");
  await office.says("市办", "豁免 待同意");
  await office.expectCards([{ to: "市领导", title: "请同意列入豁免清单：2家" }]);
  expect((await office.presses("市领导", "全部同意")).facts.listed).toEqual(["启东热电", "如皋高铁站工程"]);
  expect(await isExempt("启东热电")).toBe(true);
  expect(await office.says("市办", `撤回导入 ${next.batch} 重来`)).toMatchObject({ code: "conflict" });
});

test("its bad rows are named, and an entry that two have signed is never changed by a table", async () => {
  const bad = [
    "启东热电,启东,民生保障,,全部免除,2020-06-01,2020-12-31,市发改委,,",
    "如东某厂,如东,领导同意,,全部免除,2020-06-01,2020-12-31,市发改委,,",
    "如东乙厂,如东,绩效A级,A,自主减排,2020-12-31,2020-06-01,市发改委,,",
    "如东丙厂,如东,绩效A级,A,自主减排,2020-01-01,2020-06-01,市发改委,,123",
  ];
  const faults = faultsOf(await importText(office, [HEAD, ...bad]));
  expect(faults).toEqual([
    expect.stringMatching(/^2 企业 启东热电 已在豁免清单（豁免\d+号/),
    "3 依据 领导同意 依据应为绩效A级、民生保障、战略性新兴产业、建设施工、差异化减排",
    "4 止 2020-06-01 早于起始日期，请核对",
    expect.stringMatching(/^5 联系电话 123 不是电话号码/),
  ]);
});

test("the public list as Excel holds what holds now, without names and numbers of people", async () => {
  await office.says("启东联络员", "豁免");
  const file = await office.opens("启东联络员", "豁免清单.xlsx");
  const read = await readTable(file.bytes, file.name);
  const said = JSON.stringify(read);
  expect(said).toContain("启东热电");
  expect(said).not.toContain(PLANT);
  expect(said).not.toContain("13812345678");
  expect(said).not.toContain("王某");
  const [sheet] = "refusal" in read ? [] : read;
  expect(JSON.stringify(sheet)).toContain("豁免不免除达标排放");
});

test("a county sees its own entries only", async () => {
  const own = await office.says("启东联络员", "豁免");
  expect(own.facts.rows.every(({ county }: { county: string }) => county === "启东")).toBe(true);
  const { id } = (await office.says("市办", "豁免 如皋 建设施工")).facts.rows[0];
  expect(await office.says("启东联络员", `豁免 ${id}`)).toMatchObject({ code: "forbidden" });
  expect(await office.says("启东联络员", "豁免 如皋")).toMatchObject({ code: "forbidden" });
});

test("an end is reminded of a month before and a week before, folded, once; past its end nobody is exempt", async () => {
  const job = { job: "exemption-expiry" };
  await office.expectCards([]);
  // The site in 如皋 ends on Wednesday, 15 July: the 30th day before it is today, the 7th 8 July.
  await office.advanceTo("2020-06-15T10:01");
  await office.expectCards(
    ["市办", "如皋联络员"].map((to) => ({ to, title: "1家豁免即将到期" })),
    job,
  );
  // 日程 says to whom a job goes by the roles that it names.
  const { schedules } = office.bot.registry;
  expect(schedules.find(({ name }) => name === job.job)?.audience).toEqual(["office", "county-liaison"]);
  await office.advanceTo("2020-06-16T10:01");
  await office.expectCards([], job);
  expect(await isExempt("如皋高铁站工程")).toBe(true);
});

test("the file that was sent last becomes the material of an entry; without one it is asked for", async () => {
  const { id } = (await office.says("市办", "豁免 启东 民生保障")).facts.rows[0];
  expect((await office.says("市办", `豁免材料 ${id}`)).facts).toMatchObject({ asks: "file" });
  const { person } = await office.speakerOf("市办");
  const kept = await office.bot.vault.keep(Buffer.from("批复"));
  const at = (await office.bot.clock.now()).epochMilliseconds;
  const row = { name: "批复.pdf", type: "application/pdf", personId: person?.id ?? null, at };
  await office.bot.store.write((w) =>
    w.evidence.add({
      ...row,
      ...kept,
      sentSha256: kept.sha256,
      issueId: null,
      round: null,
      kind: "document",
    }),
  );
  expect((await office.says("市办", `豁免材料 ${id}`)).card.title).toBe("已附佐证材料：批复.pdf");
  expect(Buffer.from((await office.opens("市办", "批复.pdf")).bytes).toString()).toBe("批复");
});

test("of several who are asked one signs: the others see that, and have no button any more", async () => {
  changePerson(office, "督查", "role = 'office'");
  try {
    const { facts } = await proposes("海安联络员", "海安化工二厂");
    const { id } = facts.exemption;
    const others = async () =>
      (await office.cardsOf("督查")).find(({ subject }) => subject === `exemption:${id}`);
    const labels = async () => (await others())?.buttons.map(({ label }) => label);
    expect(await labels()).toContain("同意列入");
    await office.presses("市办", "同意列入");
    expect(await labels()).not.toContain("同意列入");
    expect(JSON.stringify((await others())?.blocks)).toContain("有效");
  } finally {
    changePerson(office, "督查", "role = 'supervision'");
  }
});
