import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Described, isSuspected, likeness, profileOf } from "../../../src/domain/issues/duplicates.ts";

/** “城东镇 | 东城花园 | 工地裸土未覆盖”, “东城花园 | 工地裸土未覆盖” or the description alone. */
function described(text: string): Described {
  const [title = "", place = null, town = null] = text.split(" | ").reverse();
  return { title, place, town };
}
const profile = (text: string) => profileOf(described(text));
const suspected = (one: string, other: string) => {
  const [a, b] = [profile(one), profile(other)];
  expect(isSuspected(b, a)).toBe(isSuspected(a, b));
  return isSuspected(a, b);
};

describe("the same matter at the same site is suspected, however it is worded", () => {
  test.each([
    ["东城花园工地裸土未覆盖", "东城花园工地裸土未覆盖"],
    ["东城花园工地裸土未覆盖", "东城花园二期工地裸露土方没有苫盖"],
    ["东城花园项目，裸土未覆盖。", "【东城花园】项目裸露黄土，无防尘网覆盖"],
    ["人民路与建设路交叉口渣土车抛洒", "人民路建设路口渣土车沿途抛洒滴漏"],
    ["长江化工厂废气无组织排放，异味扰民", "长江化工厂VOCs废气直排，有刺鼻气味"],
    ["学府路夜宵街餐饮油烟净化器未运行", "学府路夜宵街油烟净化设施没有开启"],
    ["3号码头堆场苫盖不全，装卸未喷淋", "三号码头物料未覆盖，装卸时雾炮未开启"],
    ["城北村露天焚烧秸秆", "城北村有人焚烧秸秆"],
    ["东城花园 | 工地裸土未覆盖", "东城花园二期 | 裸露土方未苫盖"],
    ["东城花园 | 工地裸土未覆盖", "东城花园工地裸土没有苫盖"],
    ["城东镇 | 东城花园 | 工地裸土未覆盖", "城东街道 | 东城花园 | 工地裸土未覆盖"],
    ["城东镇 | 东城花园 | 工地裸土未覆盖", "城东镇东城花园工地裸土未覆盖"],
    ["东城花园 | 工地出入口车辆未冲洗", "东城花园 | 车辆冲洗设施损坏，带泥上路"],
    ["东城花园 | 群众反映夜里很吵", "东城花园 | 群众反映夜里太吵"],
    ["工地裸土未覆盖", "工地裸土未覆盖"],
  ])("%s ～ %s", (one, other) => {
    expect(suspected(one, other)).toBe(true);
  });
});

describe("the same matter elsewhere, another matter, or its contrary is not", () => {
  test.each([
    ["another site in the title", "东城花园工地裸土未覆盖", "西郊家园工地裸土未覆盖"],
    ["another site in the place", "东城花园 | 工地裸土未覆盖", "西郊家园 | 工地裸土未覆盖"],
    ["another town", "城东镇 | 人民路 | 路面积尘", "曲塘镇 | 人民路 | 路面积尘"],
    ["another number", "3号码头堆场苫盖不全", "五号码头堆场苫盖不全"],
    ["another number in the title", "东城花园 | 1号楼工地裸土未覆盖", "东城花园 | 2号楼工地裸土未覆盖"],
    ["another phase", "东城花园一期 | 工地裸土未覆盖", "东城花园二期 | 工地裸土未覆盖"],
    ["another matter at the site", "东城花园工地裸土未覆盖", "东城花园工地车辆带泥上路，未冲洗"],
    ["another matter at the place", "东城花园 | 工地裸土未覆盖", "东城花园 | 厨房油烟直排"],
    ["a matter with a word in common", "东城花园工地裸土未覆盖", "东城花园工地渣土车未覆盖，沿路抛洒"],
    ["the contrary", "学府路夜宵街油烟净化器未运行", "学府路夜宵街油烟净化器运行正常"],
    ["the contrary with 没有", "东城花园工地喷淋没有开启", "东城花园工地喷淋已开启"],
    ["the contrary behind it", "东城花园工地裸土覆盖不到位", "东城花园工地裸土已全部覆盖"],
    ["one that names no site", "工地裸土未覆盖", "东城花园工地裸土未覆盖"],
    ["neither names a site, other words", "工地裸土未覆盖", "裸土覆盖不全"],
    ["unknown words that differ", "东城花园 | 群众反映夜里很吵", "东城花园 | 变压器漏电"],
  ])("%s: %s ≁ %s", (_, one, other) => {
    expect(suspected(one, other)).toBe(false);
  });
});

describe("where positions say that it is one place, its name and its town don't matter, the matter does", () => {
  const near = (one: string, other: string) => isSuspected(profile(one), profile(other), true);
  test.each([
    ["城东镇 | 东城花园 | 工地裸土未覆盖", "大公镇 | 滨海大道北侧 | 裸露土方没有苫盖", true],
    ["人民路3号 | 工地裸土未覆盖", "人民路5号 | 工地裸土未覆盖", true],
    ["东城花园 | 工地裸土未覆盖", "东城花园 | 餐饮油烟净化器未运行", false],
    ["东城花园 | 工地裸土未覆盖", "东城花园 | 工地裸土已覆盖", false],
  ])("%s ～ %s: %s", (one, other, expected) => {
    expect([near(one, other), near(other, one)]).toEqual([expected, expected]);
  });
});

const runs = process.env.TEST_FULL ? 5000 : 300;
/** Texts like those of inspectors, with what tells problems apart: places, matters, numbers, “not”. */
const piece = fc.constantFrom(
  ..."东城花园 西郊 3号 码头 工地 裸土 未 没有 覆盖 苫盖 PM10 喷淋 已 开启 人民路 的 a 7".split(" "),
);
const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));
const report = fc.record({
  title: text,
  town: fc.option(fc.constantFrom("城东镇", "曲塘镇"), { nil: null }),
  place: fc.option(text, { nil: null }),
});

test("likeness is symmetric, between 0 and 1, and 1 for the same text", () => {
  fc.assert(
    fc.property(report, report, (one, other) => {
      const [a, b] = [profileOf(one), profileOf(other)];
      expect(likeness(a, b)).toBe(likeness(b, a));
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0);
      expect(likeness(a, b)).toBeLessThanOrEqual(1);
      expect(likeness(a, profileOf({ ...other, title: one.title }))).toBe(1);
      expect(isSuspected(a, b)).toBe(isSuspected(b, a));
      // To know that it is one place takes no suspicion away.
      if (isSuspected(a, b)) expect(isSuspected(a, b, true)).toBe(true);
    }),
    { numRuns: runs },
  );
});

test("what is written twice is suspected", () => {
  fc.assert(
    fc.property(report, (one) => {
      expect(isSuspected(profileOf(one), profileOf(one))).toBe(true);
    }),
    { numRuns: runs },
  );
});

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
const punctuated = (text: string, marks: readonly string[]) =>
  [...text].map((sign, at) => `${sign}${marks.length > 0 ? marks[at % marks.length] : ""}`).join("");

test("punctuation and width make no difference to likeness or suspicion", () => {
  const marks = fc.array(fc.constantFrom("", "，", "。", " ", "（", "-", "·", "“"), { maxLength: 5 });
  fc.assert(
    fc.property(report, report, marks, (one, other, signs) => {
      const rewritten = {
        ...one,
        title: punctuated(fullWidth(one.title), signs),
        place: one.place === null ? null : punctuated(fullWidth(one.place), signs),
      };
      const [a, b, c] = [profileOf(one), profileOf(other), profileOf(rewritten)];
      expect(likeness(c, b)).toBe(likeness(a, b));
      expect(isSuspected(c, b)).toBe(isSuspected(a, b));
    }),
    { numRuns: runs },
  );
});
