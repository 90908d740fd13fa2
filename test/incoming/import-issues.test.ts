import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BroughtIn, importFile } from "../../src/incoming/import-file.ts";
import { receiveTable } from "../../src/incoming/received-table.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const HEAD =
  "编号,来源,批次,县区,属地镇街,点位/企业,问题描述,类别,等级,责任单位,主办单位,配合单位,交办时间,整改时限,照片";
type Row = Readonly<Record<string, string>>;
const csv = (...rows: Row[]) => {
  const heads = HEAD.split(",");
  const lines = rows.map((row) =>
    heads.map((head) => row[head] ?? { 县区: "海安", 问题描述: "工地裸土未覆盖" }[head] ?? "").join(","),
  );
  return { name: "台账.csv", bytes: new TextEncoder().encode([HEAD, ...lines].join("\n")) };
};
/** Sites that have nothing in common, so that nothing is suspected of repeating anything. */
const SITES = "东城花园 西郊家园 学府佳苑 滨江新城 凤山公馆 万达广场 高铁新区 文峰大厦".split(" ");

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterEach(() => office.close());

const person = async (name: string) => {
  const found = await office.bot.store.read((r) => r.people.byName(name));
  if (found === null) throw new Error(`nobody is called ${name}`);
  return found;
};
/** Sends what is queued; the clock stands still, so that nothing else falls due. */
const deliver = () => office.says("市办", "帮助");
async function brings(file: { name: string; bytes: Uint8Array }, partial = false, by = "市办") {
  const result = await importFile(office.bot, file, { person: await person(by), partial });
  if ("code" in result)
    throw new Error(`${result.code} ${result.message} ${JSON.stringify(result.rejected)}`);
  return result;
}
async function refused(file: { name: string; bytes: Uint8Array }, by = "市办") {
  const result = await importFile(office.bot, file, { person: await person(by), partial: false });
  if (!("code" in result)) throw new Error("was brought in");
  return result;
}
const issueOf = async (no: string) => (await office.says("市办", `问题 ${no}`)).facts.issue;
const total = async () => (await office.says("市办", "问题 全部")).facts.total;
const counts = ({ added, corrected, unchanged }: BroughtIn) => ({ added, corrected, unchanged });

test("each row becomes an issue with number, unit, deadline and history, and its unit is told", async () => {
  const result = await brings(
    csv(
      {
        编号: "苏督〔2020〕5-3",
        来源: "上级交办",
        批次: "省第3批",
        属地镇街: "城东镇",
        "点位/企业": "东城花园",
        类别: "工地扬尘",
        等级: "较大",
        责任单位: "市住建局",
        交办时间: "2020-06-12 14:30",
        整改时限: "10个工作日",
        照片: "1.jpg、2.jpg",
      },
      { 县区: "如皋", 问题描述: "学府路餐饮油烟直排" },
    ),
  );
  expect(result).toMatchObject({
    kind: "issues",
    rows: 2,
    added: 2,
    rejected: [],
    affected: [],
    report: {
      facts: {
        issues: {
          numbers: ["NT-2020-000007", "NT-2020-000008"],
          suspected: [],
          withPhotos: 1,
          told: 3,
        },
      },
    },
  });
  expect(await issueOf("NT-2020-000007")).toMatchObject({
    title: "工地裸土未覆盖",
    source: "上级交办",
    batch: "省第3批",
    county: "海安",
    town: "城东镇",
    place: "东城花园",
    category: "工地扬尘",
    level: "较大",
    assignee: "住建",
    state: "assigned",
    assignedAt: "2020-06-12T14:30:00+08:00",
    due: "2020-06-29",
    history: [{ at: "2020-06-12T14:30:00+08:00", step: "交办", by: "市办", text: "照片：1.jpg、2.jpg" }],
  });
  // Without a date it is given out now, with the usual term and source.
  expect(await issueOf("NT-2020-000008")).toMatchObject({
    county: "如皋",
    source: "部门督查",
    level: "一般",
    assignedAt: "2020-06-15T10:00:00+08:00",
    due: "2020-06-30",
  });
  expect((await office.says("市办", "问题 “苏督〔2020〕5-3”")).facts.total).toBe(1);
  await deliver();
  await office.expectCards([
    { to: "海安联络员", title: "新的交办：工地裸土未覆盖" },
    { to: "住建联络员", title: "新的交办：工地裸土未覆盖" },
    { to: "如皋联络员", title: "新的交办：学府路餐饮油烟直排" },
  ]);
});

describe("500 issues with three bad rows", () => {
  const bad: Readonly<Record<number, Row>> = {
    7: { 县区: "海按" },
    250: { 等级: "重大" },
    499: { 交办时间: "2020-06-10", 整改时限: "2020-06-09" },
  };
  const file = csv(
    ...Array.from({ length: 500 }, (_, at) => ({
      编号: `督〔2020〕${at + 1}号`,
      问题描述: `${SITES[at % SITES.length]}${at + 1}号楼工地裸土未覆盖`,
      ...bad[at],
    })),
  );
  const named = [
    { sheet: null, row: 9, column: "县区", value: "海按", reason: expect.stringMatching(/没有名为“海按”/) },
    { sheet: null, row: 252, column: "整改时限", value: "", reason: expect.stringMatching(/没有默认期限/) },
    {
      sheet: null,
      row: 501,
      column: "整改时限",
      value: "2020-06-09",
      reason: expect.stringMatching(/早于交办/),
    },
  ];

  test("nothing enters, and the three are named", async () => {
    const result = await refused(file);
    expect(result).toMatchObject({ code: "import-rejected", message: expect.stringMatching(/^有3处错误/) });
    expect(result.rejected).toEqual(named);
    expect(await total()).toBe(6);
    await deliver();
    await office.expectCards([]);
  });

  test("with partial the others enter, and their liaison gets one list; the same again changes nothing", async () => {
    const result = await brings(file, true);
    expect(counts(result)).toEqual({ added: 497, corrected: 0, unchanged: 0 });
    expect(result.rejected).toEqual(named);
    expect(result.report?.facts).toMatchObject({
      issues: { numbers: expect.arrayContaining(["NT-2020-000503"]) },
    });
    expect(await total()).toBe(503);
    await deliver();
    await office.expectCards([{ to: "海安联络员", title: "新的交办：497件" }]);
    const again = await brings(file, true);
    expect(counts(again)).toEqual({ added: 0, corrected: 0, unchanged: 497 });
    await deliver();
    await office.expectCards([]);
    expect(await total()).toBe(503);
  });
});

test("more than three new issues are one list, gravest first; up to three are a card each", async () => {
  const four = SITES.slice(0, 4).map((site) => ({ 问题描述: `${site}工地裸土未覆盖` }));
  await brings(csv(...four.slice(0, 3), { 县区: "如皋", ...four[3], 等级: "重大", 整改时限: "3日" }));
  await deliver();
  const title = (at: number) => `新的交办：${SITES[at]}工地裸土未覆盖`;
  await office.expectCards([
    ...[0, 1, 2].map((at) => ({ to: "海安联络员", title: title(at) })),
    ...["如皋联络员", "如皋领导"].map((to) => ({ to, title: title(3) })),
  ]);
  await brings(
    csv(...four.slice(0, 3).map((row) => ({ ...row, 县区: "启东" })), {
      县区: "启东",
      问题描述: "危化品储罐区异味",
      等级: "重大",
      整改时限: "3日",
    }),
  );
  await deliver();
  const [list] = (await office.cardsOf("启东联络员")).reverse();
  expect(list?.title).toBe("新的交办：4件");
  const table = list?.blocks.find((block) => block.kind === "table");
  expect(table?.opens).toEqual([
    "问题 NT-2020-000014",
    "问题 NT-2020-000011",
    "问题 NT-2020-000012",
    "问题 NT-2020-000013",
  ]);
});

describe("the same file again", () => {
  const file = csv(
    { 编号: "督1号", "点位/企业": "东城花园", 交办时间: "2020-06-12" },
    { 问题描述: "学府路餐饮油烟直排", 整改时限: "5个工作日" },
  );

  test("changes nothing, whatever has become of the issues since, and on another day", async () => {
    await brings(file);
    const change = { county: "如皋", due: "2020-07-10", text: "属地有误" };
    await office.says("市办", "问题 NT-2020-000007 更多");
    await office.presses("市办", "改派", change);
    await office.wakesAt("2020-08-03T10:00");
    const before = [await issueOf("NT-2020-000007"), await issueOf("NT-2020-000008")];
    expect(counts(await brings(file))).toEqual({ added: 0, corrected: 0, unchanged: 2 });
    expect([await issueOf("NT-2020-000007"), await issueOf("NT-2020-000008")]).toEqual(before);
  });

  test("with another description under the same number is a correction that keeps what was there before", async () => {
    await brings(file);
    await deliver();
    await office.expectCards([
      { to: "海安联络员", title: /^新的交办/ },
      { to: "海安联络员", title: /^新的交办/ },
    ]);
    const other = { 编号: "督1号", 交办时间: "2020-06-12", 类别: "工地扬尘", "点位/企业": "东城花园二期" };
    expect(counts(await brings(csv(other)))).toEqual({ added: 0, corrected: 1, unchanged: 0 });
    expect(counts(await brings(csv(other)))).toEqual({ added: 0, corrected: 0, unchanged: 1 });
    const issue = await issueOf("NT-2020-000007");
    // The deadline stays: what kind of problem it is changes no term that was set.
    expect(issue).toMatchObject({ place: "东城花园二期", category: "工地扬尘", due: "2020-06-28" });
    expect(issue.history.at(-1)).toMatchObject({
      step: "更正",
      by: "市办",
      text: "原点位“东城花园”，原类别“未填”",
    });
    const [audit] = await office.bot.store.read((r) => r.audit.latest(1));
    expect(JSON.parse(audit?.detail ?? "")).toMatchObject({
      corrected: 1,
      corrections: [{ no: "NT-2020-000007", was: { place: "东城花园", category: null } }],
    });
    await deliver();
    await office.expectCards([]);
  });

  test("a correction redraws the cards that show the issue, whose buttons then say that it has changed", async () => {
    await brings(file);
    await deliver();
    const [old] = (await office.cardsOf("海安联络员")).filter((card) => card.title.includes("裸土"));
    const token = old?.buttons.find((b) => b.label === "签收");
    await brings(csv({ 编号: "督1号", 交办时间: "2020-06-12", "点位/企业": "东城花园二期" }));
    await deliver();
    const [card] = (await office.cardsOf("海安联络员")).filter((c) => JSON.stringify(c).includes("裸土"));
    expect(JSON.stringify(card?.blocks)).toContain("东城花园二期");
    const pressed = await office.presses("海安联络员", token?.kind === "press" ? token.token : "");
    expect(pressed.code).toBe("stale-action");
    expect((await office.presses("海安联络员", "签收")).facts.issue.state).toBe("acknowledged");
  });
});

describe("who has to mend it and until when is changed by steps only", () => {
  test.each([
    [{ 县区: "如皋" }, "县区", /请用改派\/延期办理/],
    [{ 责任单位: "城管局" }, "责任单位", /请用改派\/延期办理/],
    [{ 责任单位: "海安" }, "责任单位", /请用改派\/延期办理/],
    [{ 整改时限: "2020-07-31" }, "整改时限", /请用改派\/延期办理/],
    [{ 整改时限: "5个工作日" }, "整改时限", /请用改派\/延期办理/],
    [{ 等级: "较大" }, "等级", /现为“一般”，导入不改等级/],
    [{ 交办时间: "2020-06-11" }, "交办时间", /请改回或留空/],
    [{ 编号: "NT-2020-000099" }, "编号", /没有编号为NT-2020-000099的问题；新问题请把编号留空/],
    [{ 类别: "扬尘" }, "类别", /只能填工地扬尘、/],
    [{ 问题描述: "裸" }, "问题描述", /太短/],
  ] as [Row, string, RegExp][])("%j", async (over, column, reason) => {
    // 海安's issue of the demonstration: 住建, assigned on 12 June at 9:30, due on the 28th.
    const result = await refused(csv({ 编号: "NT-2020-000006", 问题描述: "", ...over }));
    expect(result.rejected).toEqual([
      { sheet: null, row: 2, column, value: over[column], reason: expect.stringMatching(reason) },
    ]);
  });

  test("what an issue says already, in other words, is unchanged; a text may be corrected by our number", async () => {
    const same = {
      编号: "nt-2020-000006",
      县区: "海安市",
      问题描述: "",
      责任单位: "住建局",
      整改时限: "2020.6.28",
    };
    expect(counts(await brings(csv({ ...same, 交办时间: "2020-06-12 09:30" })))).toMatchObject({
      unchanged: 1,
    });
    expect(counts(await brings(csv({ ...same, 属地镇街: "城东镇" })))).toMatchObject({ corrected: 1 });
    expect(await issueOf("NT-2020-000006")).toMatchObject({
      town: "城东镇",
      title: "工地裸土未覆盖，出入口未冲洗",
    });
  });

  test("an issue that has ended is not corrected", async () => {
    await office.says("市办", "并案 NT-2020-000006 NT-2020-000001");
    const result = await refused(csv({ 编号: "NT-2020-000006", 问题描述: "", 属地镇街: "城东镇" }));
    expect(result.rejected).toMatchObject([
      { column: "属地镇街", reason: "NT-2020-000006已并案，不能再更正" },
    ]);
  });
});

test("an issue that is late already is overdue at once: its unit is reminded with the morning, then it is reported", async () => {
  await brings(csv({ 交办时间: "2020-05-20", 整改时限: "2020-06-03" }));
  const issue = await issueOf("NT-2020-000007");
  expect(issue).toMatchObject({ due: "2020-06-03", overdue: true, daysLeft: -12, escalation: 0 });
  await office.advanceTo("2020-06-16T12:59");
  expect((await issueOf("NT-2020-000007")).escalation).toBe(0);
  await office.advanceTo("2020-06-16T13:00");
  expect((await issueOf("NT-2020-000007")).escalation).toBe(3);
  const climbed = (await issueOf("NT-2020-000007")).history.map((e: { step: string }) => e.step);
  expect(climbed).toEqual(["交办", "整改超期，报市攻坚办"]);
});

test("nobody is late in acknowledging what was written down only now", async () => {
  await brings(csv({ 交办时间: "2020-06-01", 整改时限: "2020-07-31" }));
  await office.advanceTo("2020-06-15T18:00");
  expect(await issueOf("NT-2020-000007")).toMatchObject({
    assignedAt: "2020-06-01T09:00:00+08:00",
    escalation: 0,
  });
  // 48 hours from now, not from then.
  await office.advanceTo("2020-06-17T10:05");
  expect((await issueOf("NT-2020-000007")).escalation).toBe(1);
});

test("a merged district's row goes to its heir, and the record keeps the old name", async () => {
  const august = await anOffice({ at: "2020-08-03T10:00" });
  office.close();
  office = august;
  const july = {
    县区: "港闸",
    问题描述: "东城花园裸土未覆盖",
    交办时间: "2020-07-20",
    整改时限: "2020-08-20",
  };
  await brings(
    csv(
      july,
      { 县区: "港闸区", 问题描述: "西郊家园油烟直排" },
      { 县区: "崇川", 问题描述: "学府佳苑焚烧秸秆" },
    ),
  );
  expect(await Promise.all([7, 8, 9].map(async (n) => (await issueOf(`NT-2020-00000${n}`)).county))).toEqual([
    "崇川（原港闸）",
    "崇川（原港闸）",
    "崇川",
  ]);
  await deliver();
  await office.expectCards([1, 2, 3].map(() => ({ to: "崇川联络员", title: /^新的交办/ })));
});

describe("who may", () => {
  const air = {
    name: "空气.csv",
    bytes: new TextEncoder().encode("日期,县区,PM2.5,PM10,SO2,NO2,CO,O3_8h\n2020-06-09,海安,1,1,1,1,1,1"),
  };
  const sends = async (who: string, file: { name: string; bytes: Uint8Array }) => {
    let fetched = false;
    const answer = await receiveTable(
      office.bot,
      await person(who),
      { name: file.name, size: file.bytes.length },
      async () => {
        fetched = true;
        return file.bytes;
      },
    );
    return { answer, fetched };
  };
  const denials = async () =>
    (await office.bot.store.read((r) => r.audit.latest(5)))
      .filter((row) => row.act === "import" && row.outcome === "denied")
      .map((row) => row.actor);

  test("the office and supervision send a ledger; supervision brings in nothing else", async () => {
    expect((await sends("市办", csv({ 编号: "督1号" }))).answer).toMatchObject({ title: "已导入：台账.csv" });
    expect((await sends("督查", csv({ 编号: "督2号" }))).answer).toMatchObject({ title: "已导入：台账.csv" });
    expect(await total()).toBe(8);
    const { answer } = await sends("督查", air);
    expect(answer).toMatchObject({ code: "forbidden", message: "督查不能导入日均空气数据，须由市办办理。" });
    expect(await denials()).toEqual(["督查"]);
  });

  test.each(["海安联络员", "海安领导"])("%s may bring in other tables, and no issues", async (who) => {
    expect(await sends(who, csv({}))).toMatchObject({ answer: { code: "forbidden" } });
    expect(await denials()).toEqual([who]);
    expect(await total()).toBe(6);
  });

  test.each(["市领导", "海安点位长"])("%s may not, and nothing is fetched for them", async (who) => {
    expect(await sends(who, csv({}))).toMatchObject({ answer: { code: "forbidden" }, fetched: false });
    expect(await denials()).toEqual([who]);
    expect(await total()).toBe(6);
  });

  test("a department's person sends reports of progress and no ledger, which only its content tells", async () => {
    const { answer } = await sends("住建联络员", csv({}));
    expect(answer).toMatchObject({ code: "forbidden", message: expect.stringContaining("不能导入问题台账") });
    expect(await denials()).toEqual(["住建联络员"]);
    expect(await total()).toBe(6);
  });

  test("a role that is withdrawn while the file is on its way counts no more", async () => {
    const sender = await person("督查");
    const raw = new Database(office.file);
    raw.prepare("update person set role = 'city-lead' where id = ?").run(sender.id);
    raw.close();
    const result = await importFile(office.bot, csv({}), { person: sender, partial: false });
    expect(result).toMatchObject({ code: "forbidden" });
    expect(await total()).toBe(6);
  });
});

test("suspected duplicates are named, in the file and before it, with buttons; nothing is merged by itself", async () => {
  const file = csv(
    { "点位/企业": "演示大道地块", 问题描述: "裸露土方没有苫盖，车辆未冲洗", 责任单位: "住建局" },
    { 问题描述: "东城花园工地裸土未覆盖" },
    { 问题描述: "东城花园二期工地裸露黄土未苫盖" },
    { 县区: "如皋", 问题描述: "东城花园工地裸土未覆盖" },
    { 问题描述: "西郊家园工地裸土未覆盖" },
  );
  const answer = await receiveTable(
    office.bot,
    await person("市办"),
    { name: file.name, size: file.bytes.length },
    async () => file.bytes,
  );
  const card = "kind" in answer ? null : answer;
  expect(card?.blocks).toContainEqual({
    kind: "table",
    columns: [{ title: "编号" }, { title: "问题" }, { title: "疑似与" }],
    rows: [
      ["NT-2020-000007", "裸露土方没有苫盖，车辆未冲洗", "NT-2020-000006"],
      ["NT-2020-000009", "东城花园二期工地裸露黄土未苫盖", "NT-2020-000008"],
    ],
  });
  const labels = card?.buttons.map((b) => b.label);
  expect(labels).toEqual([
    "看 NT-2020-000007",
    "看 NT-2020-000006",
    "NT-2020-000007并入NT-2020-000006",
    "看 NT-2020-000009",
    "看 NT-2020-000008",
    "NT-2020-000009并入NT-2020-000008",
  ]);
  expect(await issueOf("NT-2020-000009")).toMatchObject({ state: "assigned" });
  const merge = card?.buttons.find((b) => b.label === "NT-2020-000009并入NT-2020-000008");
  if (merge?.kind !== "press") throw new Error("no button to merge with");
  expect(merge.fields).toMatchObject([{ name: "into", value: "NT-2020-000008", required: true }]);
  const { facts } = await office.presses("市办", merge.token, { into: "NT-2020-000008" });
  expect(facts.issue).toMatchObject({ no: "NT-2020-000009", state: "merged" });
});

describe("units that lead and help", () => {
  test("are the issue's; a name that is none of ours stays in the record as it is written", async () => {
    const result = await brings(
      csv({ 主办单位: "市住建局", 配合单位: "市城管局、如皋，海安交警大队", 整改时限: "2020-06-30" }),
    );
    expect(result.report?.facts).toMatchObject({ issues: { told: 4 } });
    expect(await issueOf("NT-2020-000007")).toMatchObject({
      assignee: "住建",
      helping: [{ unit: "城管" }, { unit: "如皋" }, { unit: "海安交警大队" }],
      history: [{ text: "协办：城管、如皋、海安交警大队" }],
    });
    await deliver();
    await office.expectCards([
      ...["海安联络员", "住建联络员"].map((to) => ({ to, title: "新的交办：工地裸土未覆盖" })),
      ...["城管联络员", "如皋联络员"].map((to) => ({ to, title: "请协办：工地裸土未覆盖" })),
    ]);
  });

  test("the same file again changes nothing; who leads and helps is changed by steps alone", async () => {
    const file = csv({ 编号: "督1号", 主办单位: "住建局", 配合单位: "城管局、海安交警大队" });
    await brings(file);
    expect(counts(await brings(file))).toEqual({ added: 0, corrected: 0, unchanged: 1 });
    const other = await refused(csv({ 编号: "NT-2020-000007", 配合单位: "城管局" }));
    expect(other.rejected).toMatchObject([
      { column: "配合单位", reason: expect.stringContaining("“调整协办”") },
    ]);
    const lead = await refused(csv({ 编号: "NT-2020-000007", 主办单位: "交通局" }));
    expect(lead.rejected).toMatchObject([{ column: "主办单位", reason: expect.stringContaining("改派") }]);
  });

  test("a region as its own unit stands beside the department that leads", async () => {
    await brings(csv({ 责任单位: "海安市人民政府", 主办单位: "市住建局" }));
    expect(await issueOf("NT-2020-000007")).toMatchObject({ assignee: "住建" });
    const { rejected } = await refused(csv({ 责任单位: "海安市城管局", 主办单位: "市住建局" }));
    expect(rejected).toMatchObject([{ column: "主办单位" }]);
  });

  test("many at once are one list for each unit", async () => {
    await brings(csv(...SITES.slice(0, 5).map((site) => ({ "点位/企业": site, 配合单位: "公安局" }))));
    await deliver();
    await office.expectCards([
      { to: "海安联络员", title: "新的交办：5件" },
      { to: "公安联络员", title: "请协办：5件" },
    ]);
  });

  test.each([
    [{ 责任单位: "住建局", 主办单位: "交通局" }, "主办单位", /只能有一个主办单位/],
    [{ 责任单位: "住建局", 配合单位: "住建局" }, "配合单位", /住建是主办单位/],
    [{ 配合单位: "城管局、城管局" }, "配合单位", /写了两次/],
    [{ 配合单位: "海安" }, "配合单位", /海安是责任地区/],
    [{ 主办单位: "住健局" }, "主办单位", /“住健局”不是市级部门.*您要找的是“住建”吗/],
  ])("%j is rejected", async (row, column, reason) => {
    const { rejected } = await refused(csv(row as Row));
    expect(rejected).toMatchObject([{ column, reason: expect.stringMatching(reason) }]);
  });
});
