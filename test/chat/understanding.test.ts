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
  if (isRefusal(found)) return { refused: found.code, culprit: found.culprit };
  return { ...understoodAs(found), missing: found.missing, asks: found.asks, notes: found.notes };
}

const county = fc.constantFrom("海安", "如皋市", "通州湾", "市开发区");
const period = fc.constantFrom("5月", "上个月", "近7天", "6.1-6.14", "二季度", "今年以来", "五一假期");
const metric = fc.constantFrom("PM25", "臭氧", "优良率", "二氧化氮");
const deadline = fc.constantFrom("3个工作日", "6月18日前", "限6月24日", "立行立改", "本周五前", "月底前");
const quoted = fc.constantFrom("“城南路积尘”", "“工地裸土 5月 未盖”", "“重大污染源”");
const question = fc
  .tuple(county, period, fc.option(metric))
  .map((pieces) => pieces.filter((piece) => piece !== null));
const order = fc
  .tuple(
    county,
    quoted,
    deadline,
    fc.option(fc.constantFrom("较大", "重大")),
    fc.option(fc.constant("工地扬尘")),
  )
  .map((pieces) => pieces.filter((piece) => piece !== null));
const shuffled = <T>(of: fc.Arbitrary<T[]>) =>
  of.chain((pieces) =>
    fc.tuple(
      fc.constant(pieces),
      fc.shuffledSubarray(pieces, { minLength: pieces.length, maxLength: pieces.length }),
    ),
  );

describe("how the pieces of a phrase stand makes no difference", () => {
  test("a question in any order reads the same", () => {
    fc.assert(
      fc.property(shuffled(question), ([pieces, other]) => {
        expect(read(other.join(" "))).toEqual(read(pieces.join(" ")));
      }),
    );
  });

  test("an order in any order behind its name reads the same", () => {
    fc.assert(
      fc.property(shuffled(order), ([pieces, other]) => {
        expect(read(`交办 ${other.join(" ")}`)).toEqual(read(`交办 ${pieces.join(" ")}`));
      }),
    );
  });

  test("blanks, courtesies and signs change nothing", () => {
    const courtesy = fc.constantFrom("请", "麻烦", "谢谢", "您好，");
    fc.assert(
      fc.property(question, courtesy, ([place = "", when = "", what = ""], please) => {
        const plain = read(`${place} ${when} ${what}`);
        expect(read(`${place}${when}${what}`)).toEqual(plain);
        expect(read(`${please}${place}，${when}${what}？`)).toEqual(plain);
      }),
    );
    fc.assert(
      fc.property(order, courtesy, (pieces, please) => {
        const plain = read(`交办 ${pieces.join(" ")}`);
        expect(read(`${please}交办${pieces.join("")}`)).toEqual(plain);
        expect(read(`交办：${pieces.join("，")}。${please}`)).toEqual(plain);
      }),
    );
  });
});

describe("an order is never carried out otherwise than it is written", () => {
  const stray = fc
    .string({ unit: fc.constantFrom(..."甲乙丙丁戊己庚辛西侧坊巷桥柳"), minLength: 1, maxLength: 4 })
    .filter((word) => word.trim() !== "");

  test("a word that nothing explains beside a quoted title is asked about, wherever it stands", () => {
    fc.assert(
      fc.property(order, stray, fc.nat(4), (pieces, word, at) => {
        const said = [...pieces.slice(0, at), word, ...pieces.slice(at)].join(" ");
        const found = read(`交办 ${said}`);
        expect("asks" in found && found.asks?.join()).toContain(word);
      }),
    );
  });

  test.each([
    ["交办 如皋 福寿路积尘 尽快整改", "尽快"],
    ["交办 如皋 福寿路积尘 西侧", "西侧"],
    ["交办 如皋 “花市街积尘” 3天 急", "急"],
    ["交办 如皋 “环城路积尘” 3个工作日 6月30日前", "6月30日"],
    ["交办 如皋 “白蒲镇裸土” 3个工作日 张三负责", "张三"],
    ["交办 如皋 东洲街道海门路裸土 3天", "海门"],
    ["交办 海安 “交界处堆土” 抄送张三", "张三"],
    ["交办 海按 “石材厂粉尘” 3天", "海安"],
    ["海安 交办 石材厂粉尘 3天", "交办"],
    ["交办 海安 “石材厂粉尘 3天", "引号"],
  ])("%s asks about %s", (said, piece) => {
    const found = read(said);
    expect("asks" in found && found.asks?.join()).toContain(piece);
  });

  test("a word of level or kind inside an unquoted title is part of it", () => {
    expect(read("交办 海安 重大污染源未整治 3天")).toMatchObject({
      args: { title: "重大污染源未整治", level: "一般" },
      asks: undefined,
    });
  });

  test("a number of a street or a wharf is part of the title, no deadline", () => {
    expect(read("交办 海安 6号码头扬尘 3天")).toMatchObject({
      args: { title: "6号码头扬尘", due: "2020-06-18" },
      asks: undefined,
    });
  });

  test("several counties are several, and each is named once", () => {
    expect(read("交办 海安、如皋、海安 “国道两侧裸土” 3天")).toMatchObject({
      args: { county: ["海安", "如皋"] },
    });
  });

  test("random texts are never a whole order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const found = understand(text, {}, commands, reading);
        const acts =
          !isRefusal(found) && found.command.kind === "change" && found.missing.length === 0 && !found.asks;
        expect(acts).toBe(false);
      }),
      { numRuns: process.env.TEST_FULL ? 10_000 : 1000 },
    );
  });
});

test("a command that is added is understood without a change elsewhere", () => {
  const [ranking] = commands.filter((c) => c.name === "ranking");
  const added = {
    ...ranking,
    name: "odd",
    words: ["光谱图"],
    hints: [],
    impliedBy: [],
  } as (typeof commands)[number];
  const found = understand("上月光谱图", {}, [...commands, added], reading);
  expect(isRefusal(found) ? found.message : found.command.name).toBe("odd");
});
