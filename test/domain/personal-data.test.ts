import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  masked,
  maskedText,
  personalDataIn,
  withoutPerson,
  withoutPersonalData,
} from "../../src/domain/personal-data.ts";
import { isMaskedPhone } from "../../src/domain/phone.ts";
import { personOf } from "../support/people.ts";

describe("what is printed in a newspaper", () => {
  test.each([
    ["电话13912345678", ["手机号"]],
    ["139 1234 5678", ["手机号"]],
    ["0513-12345678", ["电话"]],
    ["32060219900101123X", ["身份证号"]],
    ["渣土车苏F·12345", ["车牌"]],
    ["苏FD12345（新能源）", ["车牌"]],
    ["张小明说", ["姓名"]],
    ["海安联络员说", []],
    ["2020年6月15日，PM2.5为135微克，GB37822-2019", []],
  ])("%s", (text, kinds) => {
    const found = personalDataIn(text, ["张小明", "海安联络员"]);
    expect(found.map(({ what }) => what)).toEqual(kinds);
    expect(personalDataIn(withoutPersonalData(text, ["张小明"]), ["张小明"])).toEqual([]);
  });
});

test.each([
  ["张三13812345678说", "张三138****5678说"],
  ["138-1234-5678", "138-****-5678"],
  ["+86 138 1234 5678", "+86 138 **** 5678"],
  ["１３８１２３４５６７８", "１３８****５６７８"],
  ["13812345678、13912345678/13712345678", "138****5678、139****5678/137****5678"],
  ["(0513)85216888", "(0513)****6888"],
  ["联系电话：85216888", "联系电话：****6888"],
  ["32060219900101123x", "3206************3x"],
  ["苏F·D12345、苏 F12345、苏F1234挂", "苏F·****45、苏 F***45、苏F***4挂"],
  ["zhang.san@163.com，ａ＠b.cn", "z********@163.com，*＠b.cn"],
  ["zhang@\u2060163.\u2060com", "z****@\u2060163.\u2060com"],
])("%s leaves as %s", (text, left) => {
  expect(maskedText(text)).toBe(left);
  expect(maskedText(left)).toBe(left);
});

test.each([
  ["NT-2020-000006，苏环办〔2020〕138号，GB37822-2019，HJ 633-2012"],
  ["320602199001011234，202006151234567890，91320600MA1XXXXX13"],
  ["120.13812345678，32.0603，1606645534123，1606645534.123456，20200615"],
  ["15000000000元，13800000000 吨，138 1234 5678 99，99 138 1234 5678"],
  ["苏PM10，晋SO2，沪ICP备12345678号，皖B2-20200001，@海安，#12，C0GENERAL"],
  ["2020-06-15 08:30，1891-2020-0001，0.0513 85216888"],
])("nobody's are %s", (text) => {
  expect(maskedText(text)).toBe(text);
});

test("lists, maps and objects are masked within, and bytes and moments stay what they are", () => {
  const at = Temporal.Instant.fromEpochMilliseconds(0);
  const bytes = new TextEncoder().encode("13812345678");
  const said = { rows: [["13812345678", 5]], by: new Map([["a", "苏F12345"]]), at, bytes, none: null };
  const left = { rows: [["138****5678", 5]], by: new Map([["a", "苏F***45"]]), at, bytes, none: null };
  expect(masked(said)).toEqual(left);
  expect(said).toMatchObject({ rows: [["13812345678", 5]], by: new Map([["a", "苏F12345"]]) });
});

test("what holds nothing to be masked is what it was, beside what does", () => {
  const [clean, ours] = [
    { rows: [["海安", 41]], none: undefined },
    { of: ["13812345678", "苏F12345", "海安"] },
  ];
  const left = masked({ clean, ours });
  expect(left).toEqual({ clean, ours: { of: ["138****5678", "苏F***45", "海安"] } });
  expect(left.clean).toBe(clean);
  expect(masked(clean)).toBe(clean);
});

test("whoever it is and whatever stands around it: nothing is left to call, and no sign more or less", () => {
  const around = fc.constantFrom("", "，", "（", "电话", "：", " ", "见", "\n", "“");
  fc.assert(
    fc.property(fc.nat(), around, around, (seed, before, after) => {
      const person = personOf(seed);
      const text = person.all.map((piece) => `${before}${piece}${after}，`).join("");
      const left = maskedText(text);
      expect(person.foundIn(left)).toEqual([]);
      expect(left).toHaveLength(text.length);
    }),
  );
});

test.each([
  ["138****5678", true],
  ["0513-****6888", true],
  ["１３８＊＊＊＊５６７８", true],
  ["13812345678", false],
  ["138*", false],
])("%s in a table is a number as it left: %s", (text, is) => {
  expect(isMaskedPhone(text)).toBe(is);
});

test.each([
  ["王伟到场核实", "〔已删除〕到场核实"],
  ["王伟、王伟业到场", "〔已删除〕、王伟业到场"],
  ["找王伟，138 1234 5678 或13812345678", "找〔已删除〕，〔已删除〕 或〔已删除〕"],
  ["电话13912345678", "电话13912345678"],
  ["没有提到谁", "没有提到谁"],
])("somebody is taken out of %s, whose name others hold in theirs", (text, left) => {
  expect(withoutPerson(text, { name: "王伟", phone: "13812345678" }, ["王伟业", "王伟"])).toBe(left);
});

test.each(["王", "海安县联络员"])("%s is a sign or a post and no name that could be taken out", (name) => {
  expect(withoutPerson(`王伟，${name}`, { name, phone: null }, [])).toBe(`王伟，${name}`);
});

test("a name in Latin letters is taken out as a word, and out of no other word", () => {
  const said = "Li、Lily和Ali，找Li到场，138Li，Li2";
  expect(withoutPerson(said, { name: "Li", phone: null }, [])).toBe(
    "〔已删除〕、Lily和Ali，找〔已删除〕到场，138Li，Li2",
  );
});
