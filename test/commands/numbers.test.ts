import { readSheet } from "read-excel-file/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type AnOffice, anOffice } from "../support/office.ts";

const HAIAN = "NT-2020-000006";

let office: AnOffice;
beforeEach(async () => {
  office = await anOffice();
});
afterEach(() => office.close());

type Row = { no: string; stands: string; state: string; kind: string; title: string };
const register = async (asked = "") => (await office.says("市办", `文号 ${asked}`)).facts.rows as Row[];
const numbers = async (asked = "") => (await register(asked)).map(({ no }) => no);
const orderOf = async (no: string) => (await office.says("市办", `问题 ${no}`)).facts.issue.orderNo;

test("each order has the next number of its year, beside the bot's own, and the card shows both", async () => {
  const { facts } = await office.says("市办", "交办 海安、如皋 “裸土未覆盖” 3个工作日");
  const given = facts.issues.map(({ no }: { no: string }) => no) as string[];
  expect(await Promise.all(given.map(orderOf))).toEqual(["通气办交〔2020〕7号", "通气办交〔2020〕8号"]);
  expect((await office.says("海安联络员", given[0] ?? "")).text).toContain(
    `编号：${given[0]}（通气办交〔2020〕7号）`,
  );
});

test("a number that was taken back stays as 作废, and is never given again", async () => {
  const first = (await office.says("市办", "交办 海安 “裸土未覆盖” 3个工作日")).facts.issue.no;
  await office.says("市办", `撤回 ${first} “发错了”`);
  await office.says("市办", "交办 海安 “道路积尘” 3个工作日");
  expect((await register()).slice(0, 2)).toMatchObject([
    { no: "通气办交〔2020〕8号", state: "有效" },
    { no: "通气办交〔2020〕7号", stands: first, state: "作废（撤回：发错了）" },
  ]);
  expect(await orderOf(first)).toBeNull();
});

test("改派 is another order: the old number is void, the new unit's has the next one", async () => {
  await office.says("市办", `问题 ${HAIAN} 更多`);
  await office.presses("市办", "改派", { county: "如皋", due: "5个工作日", text: "属如皋" });
  expect(await orderOf(HAIAN)).toBe("通气办交〔2020〕7号");
  expect((await register()).find(({ no }) => no === "通气办交〔2020〕6号")?.state).toContain("作废（改派");
});

test("what was refused has no number, and leaves no gap", async () => {
  await office.says("市办", "交办 海安、如皋 “裸土” 2020-06-01");
  const { facts } = await office.says("市办", "交办 海安 “道路积尘” 3个工作日");
  expect(await orderOf(facts.issue.no)).toBe("通气办交〔2020〕7号");
});

test("督办 and both answers to 延期 have numbers of their own patterns", async () => {
  await office.says("海安联络员", `签收 ${HAIAN}`);
  await office.says("市领导", `挂牌督办 ${HAIAN} “一周内整改到位”`);
  await office.says("海安联络员", `申请延期 ${HAIAN} 7月6日 “设备未到货”`);
  await office.says("市办", `不同意 ${HAIAN} “理由不足”`);
  await office.says("海安联络员", `申请延期 ${HAIAN} 7月6日 “设备仍未到货”`);
  await office.says("市办", `同意 ${HAIAN}`);
  expect((await register()).slice(0, 3).map(({ no, kind }) => [no, kind])).toEqual([
    ["通气办延〔2020〕2号", "延期批复"],
    ["通气办延〔2020〕1号", "延期批复"],
    ["通气办督〔2020〕1号", "督办单"],
  ]);
  expect(await numbers("延期")).toHaveLength(2);
  expect(await numbers("督办")).toEqual(["通气办督〔2020〕1号"]);
});

test("a new year begins at 1", async () => {
  office.close();
  office = await anOffice({ at: "2020-12-31T10:00" });
  await office.advanceTo("2021-01-04T10:00");
  const { facts } = await office.says("市办", "交办 海安 “裸土未覆盖” 3个工作日");
  expect(await orderOf(facts.issue.no)).toBe("通气办交〔2021〕1号");
  // Papers of other patterns begin their own row.
  const orders = (await numbers("2021年")).filter((no) => no.startsWith("通气办交"));
  expect(orders).toEqual(["通气办交〔2021〕1号"]);
  expect(await numbers("2020年6月")).toHaveLength(6);
});

test("the register is found by number and by words, turns its pages, and goes out as a workbook", async () => {
  expect(await numbers("“渣土车”")).toEqual(["通气办交〔2020〕1号"]);
  expect(await numbers("“2020〕3号”")).toEqual(["通气办交〔2020〕3号"]);
  expect((await office.says("市办", "文号 第2页")).code).toBe("bad-number");
  await office.says("市办", "文号 导出");
  const { bytes } = await office.opens("市办", "文号登记簿.xlsx");
  const rows = await readSheet(Buffer.from(bytes));
  expect(rows.flat()).toEqual(expect.arrayContaining(["文号", "通气办交〔2020〕6号", HAIAN]));
});

test("an issue is found by the number of its order", async () => {
  for (const phrase of ["问题 “通气办交〔2020〕6号”", "问题 搜〔2020〕6号"]) {
    const { facts } = await office.says("海安联络员", phrase);
    expect(
      facts.rows.map(({ no }: { no: string }) => no),
      phrase,
    ).toEqual([HAIAN]);
  }
});

test.each(["海安联络员", "海安领导", "住建联络员"])("%s doesn't see the register", async (who) => {
  expect((await office.says(who, "文号")).code).toBe("forbidden");
});
