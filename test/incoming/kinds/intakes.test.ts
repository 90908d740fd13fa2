import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTable } from "../../../src/intake/table.ts";
import { faultsOf, importText } from "../../support/import-text.ts";
import { type AnOffice, anOffice } from "../../support/office.ts";
import { readText } from "../../support/read-table.ts";

const HEADS =
  "工单编号,来电人,联系电话,受理时间,所属区域,事发地址,诉求内容,办理期限,经度,纬度,办理结果,办结时间";
const row = (
  said: Partial<
    Record<"no" | "who" | "phone" | "at" | "county" | "place" | "content" | "due" | "lon" | "lat", string>
  >,
) => {
  const { no = "GD001", who = "张三丰", phone = "13812345678", at = "2020-06-14", county = "海安" } = said;
  const { place = "", content = "工地裸土未覆盖", due = "2020-06-25", lon = "", lat = "" } = said;
  return [no, who, phone, at, county, place, content, due, lon, lat, "", ""].join(",");
};
const TITLE = "12345热线工单";
const sent = (...rows: string[]) => [TITLE, HEADS, ...rows];

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-15T10:00" });
});
afterAll(() => office.close());

const brings = async (lines: readonly string[]) => {
  const result = await importText(office, lines, { by: "市办" });
  if ("code" in result) throw new Error(`${result.message} ${faultsOf(result).join("; ")}`);
  return result;
};
type Said = {
  issues: { numbers: string[]; suspected: { no: string; like: { no: string }[] }[] };
  intakes: { before: { reference: string }[]; drafts: number };
};
const saidOf = ({ report }: Awaited<ReturnType<typeof brings>>): Said => (report?.facts ?? {}) as Said;
const issueOf = async (no: string) => (await office.says("市办", `问题 ${no}`)).facts.issue;

test("of a file of 300 rows of which 40 came before 260 come in, and the 40 are named with their issues", async () => {
  const own = await anOffice({ at: "2020-06-15T10:00" });
  const rows = Array.from({ length: 300 }, (_, i) =>
    row({ no: `GD${1000 + i}`, content: `第${i}号地块反映情况`, county: i % 10 === 0 ? "" : "海安" }),
  );
  await importText(own, sent(...rows.slice(0, 40)), { by: "市办" });
  const result = await importText(own, sent(...rows), { by: "市办" });
  if ("code" in result) throw new Error(result.message);
  expect(result).toMatchObject({ added: 260, corrected: 0, unchanged: 40 });
  const { before, drafts } = saidOf(result).intakes;
  expect(before.map(({ reference }) => reference)).toEqual(rows.slice(0, 40).map((_, i) => `GD${1000 + i}`));
  expect(drafts).toBe(26);
  expect(JSON.stringify(result.report?.blocks)).toContain("GD1039");
  own.close();
});

test("a row with a county is an order with its sender's term, one without waits for the office; no number of a reporter is shown", async () => {
  const result = await brings(
    sent(
      row({ no: "A1", content: "东城花园工地夜间扬尘，请致电13812345678" }),
      row({ no: "A2", county: "", content: "有人焚烧垃圾" }),
    ),
  );
  const { numbers } = saidOf(result).issues;
  const [given, open] = [await issueOf(numbers[0] ?? ""), await issueOf(numbers[1] ?? "")];
  expect(given).toMatchObject({ state: "assigned", county: "海安", source: "12345热线", due: "2020-06-25" });
  expect(given.title).toBe("东城花园工地夜间扬尘，请致电（略）");
  expect(open).toMatchObject({ state: "draft" });
  expect((await office.says("市办", `问题 ${numbers[0]}`)).text).toContain("12345热线 A1");
  expect((await office.says("市办", "问题 A1")).text).toContain(numbers[0]);
});

test("two reports of one matter within 200 m are suspected of being one, farther apart they aren't", async () => {
  const at = { lon: "120.4600", content: "裸露土方没有苫盖" };
  const result = await brings(
    sent(
      row({ no: "B1", place: "滨海大道北侧", ...at, lat: "32.5500" }),
      row({ no: "B2", place: "凤山公馆", ...at, lat: "32.5515" }),
      row({ no: "B3", place: "学府佳苑", ...at, lat: "32.5600" }),
    ),
  );
  const { numbers, suspected } = saidOf(result).issues;
  expect(suspected.map(({ no, like }) => [no, like.map((one) => one.no)])).toEqual([
    [numbers[1], [numbers[0]]],
  ]);
});

describe("bad rows are refused, each saying how to mend it", () => {
  test.each([
    ["coordinates swapped", row({ lon: "32.55", lat: "120.46" }), "经度、纬度像是写反了，请对调"],
    ["one coordinate alone", row({ lon: "120.46" }), "只有经度，请补上纬度"],
    ["a term that has passed", row({ due: "2020-06-01" }), "办理期限已过"],
    ["no number", row({ no: "" }), "没有写明来件编号"],
    ["an unknown county", row({ county: "张家港" }), "没有名为“张家港”的县（市、区）"],
    ["too little", row({ content: "脏" }), "内容太短"],
  ])("%s", async (_, line, reason) => {
    const result = await importText(office, sent(line), { by: "市办" });
    expect("code" in result && result.code).toBe("import-rejected");
    expect(faultsOf(result).join("\n")).toContain(reason);
  });

  test("one number with two contents is refused in both rows, nobody knows which sender without a word of it", async () => {
    const twice = await importText(
      office,
      sent(row({ no: "C1" }), row({ no: "C1", content: "餐饮油烟扰民" })),
    );
    expect(faultsOf(twice).join()).toContain("来件编号相同但内容不同");
    const whose = await importText(office, [HEADS, row({ no: "C2" })]);
    expect("code" in whose && whose.message).toContain("来件渠道");
    expect("code" in (await importText(office, sent(row({ no: "C3" })), { by: "海安联络员" }))).toBe(true);
  });
});

test("an import that is taken back bars nothing: the mended file comes in", async () => {
  const lines = sent(row({ no: "D1" }), row({ no: "D2", county: "" }));
  const { batch } = await brings(lines);
  expect((await office.says("市办", `撤回导入 ${batch}`)).code).toBeNull();
  expect(await brings(lines)).toMatchObject({ added: 2, unchanged: 0 });
});

test("the outcome goes back in the sender's own columns, and is noted as handed back once", async () => {
  const own = await anOffice({ at: "2020-06-15T10:00" });
  const result = await importText(own, sent(row({ no: "E1" }), row({ no: "E2", content: "餐饮油烟扰民" })), {
    by: "市办",
  });
  if ("code" in result) throw new Error(result.message);
  const [no = ""] = saidOf(result).issues.numbers;
  await own.says("海安联络员", `签收 ${no}`);
  await own.photographs("海安联络员", no);
  await own.says("海安联络员", `提交整改 ${no} 裸土已全部覆盖`);
  await own.says("海安领导", `县级确认 ${no}`);
  expect((await own.says("市办", `复核通过 ${no}`)).code).toBeNull();
  const { card, facts } = await own.says("市办", "回传 12345 本月");
  expect(facts).toMatchObject({ sender: "12345热线", received: 2, over: 1, open: 1, toReturn: 1 });
  const [file] = card.files ?? [];
  const made = await own.opens("市办", file?.name ?? "");
  const table = await readTable(made.bytes, "回传.xlsx");
  if ("refusal" in table) throw new Error(table.refusal);
  const [heads = [], first = [], second = []] = table[0]?.rows ?? [];
  expect(heads).toEqual([...HEADS.split(","), "问题编号", "承办单位", "办结期限", "办理状态"]);
  const of = (cells: readonly string[]) => Object.fromEntries(heads.map((head, i) => [head, cells[i] ?? ""]));
  expect(of(first)).toMatchObject({
    ...{ 工单编号: "E1", 来电人: "张**", 联系电话: "138****5678", 办理期限: "2020-06-25" },
    ...{ 问题编号: no, 办理状态: "已办结", 办理结果: "裸土已全部覆盖", 办结时间: "2020-06-15" },
  });
  expect(of(second)).toMatchObject({ 工单编号: "E2", 办理状态: "办理中（待签收）", 办理结果: "" });
  expect((await own.presses("市办", "已回传")).facts).toMatchObject({ toReturn: 0 });
  expect((await own.says("市办", `问题 ${no}`)).text).toContain("12345热线 E1（6月15日已回传）");
  expect((await own.says("海安联络员", "回传")).code).toBe("forbidden");
  own.close();
});

test.each([
  ["the one county of the title is every row's", "海安12345热线工单", "备注", "夜间", "haian"],
  ["of several counties none is, and the office decides", "海安、如皋12345热线工单", "备注", "夜间", null],
  ["a column that may say it goes before the title", "海安12345热线工单", "归口", "如皋", null],
])("%s", async (_what, title, head, cell, region) => {
  const text = [`${title},,`, `工单编号,诉求内容,${head}`, `GD900,工地裸土未覆盖,${cell}`].join("\n");
  expect((await readText(office, text)).rows).toMatchObject([{ region }]);
});
