import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadRegistry } from "../../src/bot/registry.ts";
import { understand } from "../../src/chat/phrase.ts";
import type { Reading } from "../../src/chat/recognise.ts";
import { isRefusal } from "../../src/chat/refusal.ts";
import { understoodAs } from "../../src/chat/understood.ts";
import { loadPlanPack } from "../../src/intake/plan-pack.ts";
import { namesOf } from "../../src/office/names.ts";
import { officeOf } from "../../src/office/office.ts";

const { commands } = await loadRegistry();
let reading: Reading;

beforeAll(async () => {
  const office = officeOf(await loadPlanPack(join(import.meta.dirname, "../../seeds/nantong-2020")));
  reading = { office, names: namesOf(office), today: Temporal.PlainDate.from("2020-06-15") };
});

function read(said: string) {
  const found = understand(said, {}, commands, reading);
  if (isRefusal(found)) return { refused: found.code, message: found.message };
  return { ...understoodAs(found), missing: found.missing, asks: found.asks };
}

describe("a word beside a unit says what it is to do", () => {
  const whole = { county: "海安", title: "夜市油烟", due: "2020-06-18" };
  const [lead, helping] = [{ department: "住建" }, { helping: ["城管", "交通"] }];

  test.each<[said: string, args: Record<string, unknown>]>([
    ["交办 海安 住建局主办 城管局、交通局协办 “夜市油烟” 三个工作日", { ...lead, ...helping }],
    ["交办 海安 “夜市油烟” 主办住建局 协办城管局、交通局 3天", { ...lead, ...helping }],
    ["牵头住建局 配合城管局、交通局 交办 海安 “夜市油烟” 3天", { ...lead, ...helping }],
    ["交办 海安 “夜市油烟” 由住建局牵头，城管局、交通局配合 3天", { ...lead, ...helping }],
    ["交办 海安 “夜市油烟” 主办单位：住建局 协办单位：城管局和交通局 3天", { ...lead, ...helping }],
    ["交办 海安 “夜市油烟” 牵头住建局配合城管局、交通局 3天", { ...lead, ...helping }],
    ["交办 海安 “夜市油烟” 主办单位为住建局 协办单位为城管局、交通局 3天", { ...lead, ...helping }],
    ["交办 海安 住建局 主办 城管局、交通局 协办 “夜市油烟” 3天", { ...lead, ...helping }],
    ["交办 海安 主办 住建局 协办 城管局、交通局 “夜市油烟” 3天", { ...lead, ...helping }],
    ["交办 海安 住建局 “夜市油烟” 3天 城管局、交通局协办", { ...lead, ...helping }],
    ["交办 海安 住建局负责 城管局、交通局配合 “夜市油烟” 3天", { ...lead, ...helping }],
    ["交办 海安 夜市油烟 住建局主办 城管局、交通局协办 3天", { ...lead, ...helping }],
    ["交办 海安 “夜市油烟” 3天 如皋协办", { helping: ["如皋"] }],
    ["交办 海安 “夜市油烟” 3天 协办如皋、住建局 抄送如东", { helping: ["如皋", "住建"], copies: ["如东"] }],
    ["交办 海安 抄送如东、公安局 “夜市油烟” 3天", { copies: ["如东", "公安"] }],
  ])("%s", (said, args) => {
    const found = read(said);
    expect(found).toMatchObject({ command: "assign", args: { ...whole, ...args }, missing: [] });
    expect(found).toHaveProperty("asks", undefined);
    const named = Object.keys("args" in found ? found.args : {}).filter((name) =>
      ["department", "helping", "copies"].includes(name),
    );
    expect(named.toSorted()).toEqual(Object.keys(args).toSorted());
  });

  test("in any order of the pieces the order is the same", () => {
    const lead = fc.constantFrom("城管局主办", "主办城管局", "牵头：城管局", "由城管局牵头");
    const helping = fc.constantFrom("住建局、如皋协办", "配合住建局、如皋", "协办单位：住建局和如皋");
    const all = fc.tuple(lead, helping, fc.constantFrom("抄送公安局", "公安局抄送"));
    const order = all.chain((parts) =>
      fc.shuffledSubarray(["海安", "“夜市油烟”", "3天", ...parts], { minLength: 6, maxLength: 6 }),
    );
    fc.assert(
      fc.property(order, (pieces) => {
        expect(read(`交办 ${pieces.join(" ")}`)).toMatchObject({
          args: { ...whole, department: "城管", helping: ["住建", "如皋"], copies: ["公安"] },
          asks: undefined,
        });
      }),
    );
  });
});

describe("what isn't plain is asked about, with how to mend it", () => {
  test.each([
    ["交办 海安 “夜市油烟” 城管局主办 住建局主办 3天", /住建局（主办只能有一个单位，其余的请写“协办”）/],
    ["交办 海安 “夜市油烟” 主办城管局、住建局 3天", /住建局（主办只能有一个单位，其余的请写“协办”）/],
    ["交办 海安 “夜市油烟” 苏州市住建局协办 3天", /苏州市住建局（不是本市的单位，请改写）/],
    ["交办 海安 夜市油烟 配合常熟市城管局 3天", /常熟市城管局（不是本市的单位，请改写）/],
    ["交办 海安 “夜市油烟” 城管局、苏州市住建局协办 3天", /苏州市住建局（不是本市的单位，请改写）/],
    ["交办 海安 苏州市住建局 “夜市油烟” 3天", /苏州市住建局（不是本市的单位，请改写）/],
    ["交办 海安 “夜市油烟” 气象站协办 3天", /气象站（不是本市的部门/],
    ["交办 海安 “夜市油烟” 张三协办 3天", /张三/],
    ["交办 海安 住建局配合不力 3天", /住建局配合/],
    ["交办 海安 配合城管局检查不力 3天", /配合城管局/],
    ["交办海安城管局主办住建局协办“夜市油烟”3天", /海安城管局（按海安）/],
    ["交办 海安 住建局 城管局 “两部门都管” 3天", /城管局/],
    ["交办 海安 “夜市油烟” 抄送如皋、张三 3天", /抄送如皋、张三/],
  ])("%s", (said, ask) => {
    const found = read(said);
    expect("asks" in found && found.asks?.join()).toMatch(ask);
  });

  test("a unit of another city and a second lead are no part of what would be done", () => {
    expect(read("交办 海安 “夜市油烟” 苏州市住建局协办 3天")).not.toHaveProperty("args.helping");
    expect(read("交办 海安 “夜市油烟” 配合常熟市城管局 3天")).not.toHaveProperty("args.department");
    expect(read("交办 海安 “夜市油烟” 城管局、苏州市住建局协办 3天")).toMatchObject({
      args: { helping: ["城管"] },
    });
    expect(read("交办 海安 “夜市油烟” 城管局主办 住建局主办 3天")).toHaveProperty("args.department", "城管");
    expect(read("交办海安城管局主办住建局协办“夜市油烟”3天")).toMatchObject({
      args: { county: "海安", helping: ["住建"] },
    });
  });

  test("a contradiction is refused before anything is read back", () => {
    expect(read("交办 海安 “夜市油烟” 城管局主办 城管局协办 3天 急")).toMatchObject({ refused: "usage" });
  });

  test("words of a description are no parts", () => {
    expect(read("交办 海安 企业不配合检查 3天")).toMatchObject({
      args: { title: "企业不配合检查" },
      asks: undefined,
    });
    expect(read("交办 海安 “由住建局牵头的工地裸土” 3天")).not.toHaveProperty("args.department");
  });
});

describe("the kind of problem beside the only words is part of the title, and said all the same", () => {
  test.each<[string, Record<string, unknown>]>([
    ["交办 海安 城南路 工地扬尘", { title: "城南路 工地扬尘", category: "工地扬尘", due: "2020-06-24" }],
    ["交办 海安 工地扬尘 城南路 3天", { title: "工地扬尘 城南路", category: "工地扬尘" }],
    ["交办 海安 城南路 工地扬尘问题 3天", { title: "城南路 工地扬尘问题", category: "工地扬尘" }],
    ["交办 海安 工地扬尘 3天", { title: "工地扬尘", category: "工地扬尘" }],
    ["交办 海安 住建局 工地扬尘问题 3个工作日", { title: "工地扬尘问题", department: "住建" }],
  ])("%s", (said, args) => {
    expect(read(said)).toMatchObject({ command: "assign", args, missing: [], asks: undefined });
  });

  test("whose copy nobody knows is asked about, the description is not", () => {
    expect(read("交办 海安 住建局 工地扬尘问题 3个工作日 抄送张三")).toMatchObject({
      args: { title: "工地扬尘问题", department: "住建" },
      missing: [],
      asks: ["抄送张三"],
    });
  });

  test("with a title in quotes, and apart from the words, it is the kind alone", () => {
    expect(read("交办 海安 工地扬尘 “安置房裸土” 3天")).toMatchObject({
      args: { title: "安置房裸土", category: "工地扬尘" },
    });
    expect(read("交办 工地扬尘 海安 安置房裸土 3天")).toMatchObject({ args: { title: "安置房裸土" } });
  });
});
