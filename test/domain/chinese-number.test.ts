import { describe, expect, test } from "vitest";
import { chineseDecimal, chineseNumber } from "../../src/domain/chinese-number.ts";

describe("a number in words", () => {
  test.each([
    ["零", 0],
    ["十", 10],
    ["十二", 12],
    ["一十二", 12],
    ["五十", 50],
    ["九十九", 99],
    ["二〇二〇", 2020],
    ["一百", 100],
    ["一百零五", 105],
    ["一百五", 150],
    ["一百五十", 150],
    ["一百一十二", 112],
    ["两百", 200],
    ["一千零五", 1005],
    ["一千零五十", 1050],
    ["两千三", 2300],
    ["两千三百四十五", 2345],
    ["一万", 10_000],
    ["三万五", 35_000],
    ["三万零五", 30_005],
    ["三万五千", 35_000],
    ["十二万三千四百五十六", 123_456],
  ])("%s is %i", (text, value) => expect(chineseNumber(text)).toBe(value));

  test.each(["", "十十", "百", "二十百", "一百零", "五点五", "三级", "一二十", "万", "一万万"])(
    "%s is none",
    (text) => expect(chineseNumber(text)).toBeNull(),
  );

  test.each([
    ["五点五", "5.5"],
    ["三十五点零五", "35.05"],
    ["五十", "50"],
    ["零点八", "0.8"],
  ])("%s is %s with its decimals", (text, value) => expect(chineseDecimal(text)).toBe(value));

  test.each(["点五", "五点", "五点十", "五点五点五", "5点5"])("%s has none", (text) =>
    expect(chineseDecimal(text)).toBeNull(),
  );
});
