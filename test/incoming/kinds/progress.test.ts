import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importFile } from "../../../src/incoming/import-file.ts";
import { receiveFile } from "../../../src/incoming/received-file.ts";
import { readTable } from "../../../src/intake/table.ts";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";

const HEAD = "日期,措施,指标,县区,完成值,说明";
const FUME = "m13-fume-projects";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

const brings = (rows: readonly string[], by?: string) =>
  importText(office, [HEAD, ...rows], by === undefined ? {} : { by });
const newest = async (indicator: string, date: string, region: string | null = null) =>
  (await office.bot.store.read((r) => r.progress.history(indicator, region, date, 1)))[0];

test("a row is what 填报 stores: the task has it at once, and is grey no more", async () => {
  const rows = [
    "2020-05-31,13,餐饮油烟治理项目,,31,按月报",
    "2020年5月31日,第15条,源头替代项目,,88项,",
    "2020-06-14,,m9-old-diesel-trucks,,,",
  ];
  const result = await brings(rows, "市办");
  expect(result).toMatchObject({ kind: "progress", rows: 3, report: { facts: { notFilled: 1 } } });
  expect(await newest(FUME, "2020-05-31")).toMatchObject({ value: "31", note: "按月报", by: "市办" });
  const { measure } = (await office.says("市办", "任务 15")).facts;
  expect(measure.indicators).toContainEqual(expect.objectContaining({ name: "源头替代项目", target: 192 }));
  expect(await newest("m15-substitution-projects", "2020-06-01")).toMatchObject({
    value: "88",
    date: "2020-05-31",
  });
  expect(await brings(rows, "市办")).toMatchObject({ added: 0, corrected: 0, unchanged: 2 });
});

test("another figure for the day is a correction; the old one stays on record", async () => {
  await brings(["2020-06-14,13,餐饮油烟治理项目,,31,"]);
  expect(await brings(["2020-06-14,13,餐饮油烟治理项目,,32,补报"])).toMatchObject({ added: 0, corrected: 1 });
  expect(await newest(FUME, "2020-06-14")).toMatchObject({ value: "32", note: "补报" });
  const { affected: _, ...again } = (await brings(["2020-06-14,13,餐饮油烟治理项目,,32,"])) as {
    affected: unknown;
  };
  expect(again).toMatchObject({ unchanged: 1 });
});

test("nothing filled in is no report: the task stays grey, never 0", async () => {
  const before = await newest(FUME, "2020-06-15");
  expect(await brings(["2020-06-14,13,餐饮油烟治理项目,,,没有开始"])).toMatchObject({
    added: 0,
    corrected: 0,
    unchanged: 0,
  });
  expect(await newest(FUME, "2020-06-15")).toEqual(before);
  const { measure } = (await office.says("市办", "任务 13")).facts;
  expect(measure.indicators.find(({ id }: { id: string }) => id === FUME)).toMatchObject({ level: "灰" });
});

describe("a figure is refused by its cell, and nothing enters", () => {
  test.each([
    [
      "2020-06-14,13,餐饮油烟治理项目,,未启动,",
      /^2 完成值 未启动 “未启动”不是数字，请填数字（没有进展填0），没有上报就留空/,
    ],
    ["2020-06-14,13,餐饮油烟治理项目,,20.5,", /请填整数/],
    ["2020-06-14,13,餐饮油烟治理项目,,631,", /10倍/],
    ["2020-06-14,13,餐饮油烟治理项目,,-1,", /不是数字/],
    ["2020-06-14,13,餐饮油烟治理项目,,3,", /^2 说明 {2}完成值比3月31日的\d+项少，如属实，请在说明里写明原因/],
    ["2020-06-14,14,餐饮油烟治理项目,,31,", /^2 指标 .*这是措施13的指标，不是措施14的/],
    ["2020-06-14,99,餐饮油烟治理项目,,31,", /^2 措施 99 没有编号为“99”的措施/],
    ["2020-06-14,13,油烟,,31,", /没有名为“油烟”的指标.*措施13的指标有：.*餐饮油烟治理项目/],
    ["2020-06-14,13,餐饮油烟治理项目,海安,31,", /^2 县区 海安 这项指标没有分解到海安，全市的请把县区留空/],
    ["2020-06-16,13,餐饮油烟治理项目,,31,", /日期在今天之后/],
    ["2019-12-31,13,餐饮油烟治理项目,,31,", /请填2020年以内的日期/],
    ["2020-06-14,3,集中喷涂工程中心率先建成投用,,已完成,", /这项指标由.*分别填报，请写明县区/],
    ["2020-06-14,3,集中喷涂工程中心率先建成投用,海安,一半,", /请填“已完成”或“未完成”/],
  ])("%s", async (row, fault) => {
    const before = await newest(FUME, "2020-06-15");
    expect(faultsOf(await brings([row, "2020-06-14,13,餐饮油烟治理项目,,33,"].slice(0, 1)))).toEqual([
      expect.stringMatching(fault),
    ]);
    expect(await newest(FUME, "2020-06-15")).toEqual(before);
  });

  test("a decrease with its reason is taken", async () => {
    expect(await brings(["2020-06-14,13,餐饮油烟治理项目,,3,三个项目核减"])).toMatchObject({ added: 1 });
  });

  test("a share that a percent cell has made a fraction of is refused", async () => {
    const share = office.bot.office.pack.indicators.find(
      (i) => i.kind === "share" && i.unit === "%" && i.counties === undefined,
    );
    expect(faultsOf(await brings([`2020-06-14,,${share?.id},,0.469,`]))).toEqual([
      "2 完成值 0.469 请填百分数，例如 46.9",
    ]);
  });
});

describe("who may", () => {
  test("a county reports its own share through the office, by the county's name", async () => {
    const row = "2020-06-14,3,集中喷涂工程中心率先建成投用,海安,已完成,";
    expect(await brings([row], "市办")).toMatchObject({ added: 1 });
    expect(await newest("m3-spray-centre-pilots", "2020-06-14", "haian")).toMatchObject({ value: "1" });
  });

  test("a department reports what it leads and nothing else", async () => {
    const row = "2020-06-14,13,餐饮油烟治理项目,,31,";
    expect(await brings([row], "城管联络员")).toMatchObject({ added: 1 });
    expect(faultsOf(await brings([row], "交通联络员"))).toEqual([
      expect.stringMatching(/^2 指标 餐饮油烟治理项目 这项任务不由您填报，牵头部门是城管/),
    ]);
    expect(faultsOf(await brings([row], "海安联络员"))).toEqual([expect.stringMatching(/^2 指标 /)]);
    expect(await brings([row], "督查")).toMatchObject({ code: "forbidden" });
  });
});

describe("填报表 is handed out filled in, and comes back through the import", () => {
  const sheetOf = async (who: string, phrase = "填报表") => {
    const { card } = await office.says(who, phrase);
    return office.opens(who, card.files?.[0]?.name ?? "");
  };

  test("as it is it changes nothing", async () => {
    const { bytes, name } = await sheetOf("城管联络员");
    expect(name).toBe("填报表-城管-2020-06-15.xlsx");
    const person = await office.bot.store.read((r) => r.people.byName("城管联络员"));
    const result = await importFile(office.bot, { bytes, name }, { person, partial: false });
    expect(result).toMatchObject({ kind: "progress", added: 0, corrected: 0, unchanged: 0, rejected: [] });
  });

  test("sent to the bot by whom it was handed to, it is imported, and says what wasn't filled in", async () => {
    const { bytes, name } = await sheetOf("城管联络员");
    const person = await office.bot.store.read((r) => r.people.byName("城管联络员"));
    const speaker = { identity: { platform: "web" as const, workspace: "", userKey: "x" }, person };
    const card = await receiveFile(office.bot, speaker, { name, size: bytes.length }, async () => bytes);
    expect(card).toMatchObject({ title: `已导入：${name}` });
    expect(JSON.stringify(card)).toMatch(/有\d+行没有填完成值，按未报处理，没有改动。/);
  });

  test("with figures they count, each for its task, of a check too", async () => {
    const { bytes, name } = await sheetOf("市办");
    const sheets = await readTable(bytes, name);
    if ("refusal" in sheets) throw new Error(sheets.refusal);
    const [header = [], ...body] = sheets[0]?.rows ?? [];
    const at = (head: string) => header.indexOf(head);
    // Below the tasks stands that they are a demonstration's.
    const rows = body.filter((cells) => cells[at("指标")]).map((cells) => [...cells]);
    expect(rows).toHaveLength((await office.says("市办", "填报表")).facts.rows);
    const fill = (indicator: string, value: string) => {
      for (const row of rows.filter((one) => one[at("指标")] === indicator)) row[at("完成值")] = value;
    };
    fill("餐饮油烟治理项目", "31");
    fill("集中喷涂工程中心率先建成投用", "已完成");
    const lines = [header, ...rows].map((cells) => cells.map((c) => `"${c}"`).join(","));
    const result = await importText(office, lines, { by: "市办" });
    expect(result).toMatchObject({ kind: "progress", rejected: [] });
    expect(await newest(FUME, "2020-06-15")).toMatchObject({ value: "31", date: "2020-06-15" });
    expect(await newest("m3-spray-centre-pilots", "2020-06-15", "haian")).toMatchObject({ value: "1" });
  });

  test("a department's person gets its own, whatever else they name, a county's what its county reports; others get none", async () => {
    const { facts } = await office.says("城管联络员", "填报表 住建");
    expect(facts.rows).toBe((await office.says("市办", "填报表 城管")).facts.rows);
    const { rows } = (await sheetOf("海安联络员")) && (await office.says("海安联络员", "填报表")).facts;
    expect(rows).toBe((await office.says("市办", "任务 海安")).facts.rows.length);
    expect(await office.says("督查", "填报表")).toMatchObject({ code: "forbidden" });
    expect(await office.says("住建联络员", "填报表 16")).toMatchObject({ code: "no-data" });
  });

  test("填报 offers it", async () => {
    await office.says("城管联络员", "填报");
    expect((await office.presses("城管联络员", "领取填报表")).command).toBe("sheet");
  });
});
