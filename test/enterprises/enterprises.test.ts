import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CODE_ALPHABET } from "../../src/office/invitation.ts";
import { revealCodes } from "../../src/office/shown-codes.ts";
import { faultsOf, importText } from "../support/import-text.ts";
import { type AnOffice, anOffice } from "../support/office.ts";
import { withoutListed } from "../support/own-list.ts";

const HEAD = "企业,县区,行业,绩效分级,级别,减排措施,可核查指标,联系人,联系电话";
const FIRST = [
  "海安某玻璃有限公司,海安,玻璃,A级,黄色,自主采取减排措施,当日用电曲线,王厂长,13800000001",
  "海安某铸造有限公司,海安,铸造,C,黄色,停2号冲天炉,用电负荷降至40%以下,李主任,",
  "海安某铸造有限公司,海安,铸造,C,橙色,停1、2号冲天炉,用电负荷降至10%以下,,13800000002",
  "如东某化工有限公司,如东,农药,B,Ⅱ级,3号线停产,3号线电表读数不变,,",
];
let office: AnOffice;
beforeAll(async () => {
  office = await anOffice();
  await withoutListed(office);
  expect(await importText(office, [HEAD, ...FIRST], { by: "市办" })).toMatchObject({
    kind: "enterprises",
    added: 4,
    rejected: [],
  });
});
afterAll(() => office.close());

const measuresOf = async (name: string) => (await office.says("市办", `企业 “${name}”`)).facts.measures;

test("the list is brought by a file, and the same file changes nothing", async () => {
  const again = await importText(office, [HEAD, ...FIRST], { by: "市办" });
  expect(again).toMatchObject({ added: 0, corrected: 0, unchanged: 4 });
  const { facts } = await office.says("市办", "企业 “海安某铸造有限公司”");
  expect(facts).toMatchObject({ county: "海安", industry: "铸造", grade: "C" });
  expect(facts.measures).toEqual([
    { level: "orange", measure: "停1、2号冲天炉", indicator: "用电负荷降至10%以下" },
    { level: "yellow", measure: "停2号冲天炉", indicator: "用电负荷降至40%以下" },
  ]);
});

test.each([
  [
    "a column for each level",
    [
      "附件1 南通市重污染天气应急减排清单（2020年版）,,,,,,,",
      "企业名称,县（市、区）,所属行业,绩效分级,黄色预警减排措施,橙色预警减排措施,红色预警减排措施,核查方式",
    ],
  ],
  [
    "a merged head above the levels",
    ["企业名称,县（市、区）,所属行业,绩效分级,应急减排措施,,,核查方式", ",,,,黄色预警,橙色预警,红色预警,"],
  ],
])("a list with %s is one with a row for each", async (what, heads) => {
  const name = `启东某涂料有限公司${heads.length}${what.length}`;
  const file = [...heads, `${name},启东市,涂料,C级,喷涂限产30%,喷涂停产,全厂停产,喷涂线电表`];
  const brought = await importText(office, file, { by: "市办" });
  expect(brought).toMatchObject({ kind: "enterprises", added: 3, rejected: [] });
  expect(await measuresOf(name)).toEqual(
    expect.arrayContaining([
      { level: "yellow", measure: "喷涂限产30%", indicator: "喷涂线电表" },
      { level: "orange", measure: "喷涂停产", indicator: "喷涂线电表" },
      { level: "red", measure: "全厂停产", indicator: "喷涂线电表" },
    ]),
  );
});

test("a later list replaces an enterprise's measures at the levels that it names, and no others", async () => {
  const more = [
    "如东某化工有限公司,如东,农药,B,橙色,2、3号线停产,电表读数不变,,",
    "如东某化工有限公司,如东,农药,B,红色,全厂停产,电表读数不变,,",
  ];
  await importText(office, [HEAD, ...more], { by: "市办" });
  expect(await measuresOf("如东某化工有限公司")).toEqual([
    { level: "orange", measure: "2、3号线停产", indicator: "电表读数不变" },
    { level: "red", measure: "全厂停产", indicator: "电表读数不变" },
  ]);
  await importText(office, [HEAD, more[0] ?? ""], { by: "市办" });
  expect(await measuresOf("如东某化工有限公司")).toHaveLength(2);
});

test.each([
  [
    "another county",
    "海安某玻璃有限公司,海安,玻璃,A,橙色,甲,乙,,",
    "海安某玻璃有限公司,如东,玻璃,A,红色,甲,乙,,",
    "3 县区",
  ],
  [
    "another grade",
    "海安某玻璃有限公司,海安,玻璃,A,橙色,甲,乙,,",
    "海安某玻璃有限公司,海安,玻璃,B,红色,甲,乙,,",
    "3 绩效分级",
  ],
  ["a level that there isn't", "某厂,海安,玻璃,A,橙色,甲,乙,,", "某厂,海安,玻璃,A,蓝色,甲,乙,,", "3 级别"],
  [
    "a grade that there isn't",
    "某厂,海安,玻璃,A,橙色,甲,乙,,",
    "某二厂,海安,玻璃,E,红色,甲,乙,,",
    "3 绩效分级",
  ],
  [
    "two indicators of one measure",
    "某厂,海安,玻璃,A,橙色,甲,乙,,",
    "某厂,海安,玻璃,A,橙色,甲,丙,,",
    "3 可核查指标",
  ],
])("rows that say %s are rejected", async (_what, first, second, fault) => {
  const result = await importText(office, [HEAD, first, second], { by: "市办" });
  expect(faultsOf(result).join()).toContain(fault);
});

test("coordinates written the wrong way round are told as that, and a telephone number has to be one", async () => {
  const row = "某厂,海安,玻璃,A,橙色,甲,乙,王某,12,32.5,120.4";
  const result = await importText(office, [`${HEAD},经度,纬度`, row], { by: "市办" });
  const faults = faultsOf(result).join();
  for (const fault of ["2 经度 32.5", "2 纬度 120.4"]) expect(faults).toContain(fault);
  expect(faults).toContain("经度、纬度像是写反了，请对调");
  expect(faults).toContain("2 联系电话 12 不是电话号码");
});

describe("who sees it", () => {
  test("a county its own, the office all with an Excel that can be imported again", async () => {
    expect((await office.says("海安联络员", "企业")).facts.total).toBe(2);
    expect((await office.says("海安联络员", "企业 “如东某化工有限公司”")).code).toBe("forbidden");
    expect((await office.says("市办", "企业 海安 C级")).facts.rows).toMatchObject([
      { name: "海安某铸造有限公司" },
    ]);
    await office.says("市办", "企业");
    expect((await office.opens("市办", "应急减排清单.xlsx")).bytes.length).toBeGreaterThan(1000);
  });

  test("a part of a name finds it; of several it is asked which", async () => {
    expect((await office.says("市办", "企业 “某铸造”")).facts.enterprise).toBe("海安某铸造有限公司");
    expect((await office.says("市办", "企业 “有限公司”")).code).toBe("usage");
  });
});

describe("a contact of an enterprise", () => {
  const contact = { browser: "contact" };
  beforeAll(async () => {
    await office.says("海安联络员", "企业 “海安某铸造有限公司”");
    const invited = await office.presses("海安联络员", "邀请联系人", {
      name: "李主任",
      phone: "13800000002",
    });
    expect(invited.text).not.toMatch(new RegExp(`[${CODE_ALPHABET}]{8}`));
    const queued = await office.bot.store.read((r) => r.outbox.after(0));
    const sent = queued.find(({ row }) => row.key.startsWith("enterprise-contact/"));
    const code = /[A-HJ-NP-Z2-9]{8}/.exec(revealCodes(sent?.row.card ?? ""))?.[0];
    expect((await office.says(contact, `绑定 ${code}`)).facts).toMatchObject({ role: "enterprise-contact" });
  });

  test("sees their own enterprise", async () => {
    for (const phrase of ["企业", "企业 “如东某化工有限公司”"])
      expect((await office.says(contact, phrase)).facts.enterprise, phrase).toBe("海安某铸造有限公司");
  });

  test("may use no command but what is declared for them", async () => {
    const person = (await office.speakerOf("李主任")).person;
    const { today } = { today: office.bot.office.today(await office.bot.clock.now()) };
    const usable = office.bot.registry.commands
      .filter(({ kind }) => kind !== "welcome")
      .filter(
        ({ who }) => person && who.check({ person, args: {}, office: office.bot.office, today }) === null,
      )
      .map(({ name }) => name)
      .sort();
    expect(usable).toEqual([
      "account",
      "accounts",
      "digesthour",
      "enterprises",
      "hello",
      "help",
      "quiet",
      "response",
      "settings",
    ]);
    const help = (await office.says(contact, "帮助")).text;
    expect(help).toContain("报执行");
    expect(help).not.toContain("直接说地名");
    for (const phrase of ["问题", "全市", "海安 5月", "今日", "人员", "文件", "排名", "交办 海安 “裸土” 3天"])
      expect((await office.says(contact, phrase)).code, phrase).toBe("forbidden");
  });

  test("presses no button of others, even one that was drawn for them", async () => {
    const person = (await office.speakerOf("李主任")).person;
    const token = await office.bot.store.write((w) =>
      w.buttons.draw({ personId: person?.id ?? 0, action: "enterprise.end", params: { enterprise: 2 } }, 0),
    );
    const answer = await office.presses("李主任", token, { reason: "试" });
    expect(answer.message).toContain("企业联系人只能");
  });

  test("is listed by no county, stands in for nobody, and changes no post", async () => {
    expect((await office.says("海安联络员", "人员")).text).not.toContain("李主任");
    expect((await office.says("市办", "人员")).text).toContain("李主任");
    expect((await office.says("市办", "请假 李主任 今天到6月20日 由海安领导代理")).code).toBe("forbidden");
    expect((await office.says("市办", "兼任 李主任 海安点位长")).code).toBe("forbidden");
    expect((await office.says("市办", "邀请 赵工 企业联系人")).code).toBe("usage");
  });
});
