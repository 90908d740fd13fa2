import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placeIn, readCaption } from "../../src/issues/caption.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

const NO = "NT-2020-000123";
const read = (caption: string | undefined) => readCaption(caption, "NT");

describe("an issue's number in a caption", () => {
  test.each([
    "NT-2020-000123",
    "nt-2020-123 现场",
    "ＮＴ－２０２０－０００１２３",
    "NT—2020—000123",
    "整改后NT-2020-000123",
    "NT - 2020 - 000123",
    "nt2020-123",
    "NT 2020 000123",
    "N\u200bT-2020-\u202e000123",
    "请看nt-2020-000123，已覆盖",
  ])("%j", (caption) => {
    expect(read(caption).no).toBe(NO);
  });

  test.each([
    undefined,
    "",
    "海安演示路工地",
    "2020-06-15 现场",
    "PM10 2020 6月",
    "VOC 2020 12月",
    "PRINT-20200-1",
    "电话 0513-2020-123",
  ])("none in %j", (caption) => {
    expect(read(caption).no).toBeNull();
  });

  test("that can't be one of ours is a number all the same: its sender is told that there is none", () => {
    expect(read("YZ-2020-000123 前").no).toBe("YZ-2020-000123");
    expect(read("NT-2020-0000123 前").no).toBe("NT-2020-0000123");
  });
});

describe("before or after", () => {
  test.each([
    ["NT-2020-000123 整改前", "before"],
    ["NT-2020-000123 前", "before"],
    ["前 NT-2020-000123", "before"],
    ["nt-2020-123 Before", "before"],
    ["NT-2020-000123 治理前的样子", "before"],
    ["NT-2020-000123整改后", "after"],
    ["NT-2020-000123后", "after"],
    ["NT-2020-000123，后，已覆盖", "after"],
    ["NT-2020-000123 after", "after"],
    ["NT-2020-000123", null],
    ["NT-2020-000123 门前堆土", null],
    ["NT-2020-000123 整改前后对比", null],
    ["NT-2020-000123 整改前 整改后", null],
    ["NT-2020-000123 thereafter", null],
  ])("%j is %s", (caption, kind) => {
    expect(read(caption)).toMatchObject({ no: NO, kind });
  });
});

test("what is left are the words, on one line", () => {
  expect(read(" NT-2020-000123\n整改后\u0007  已覆盖 ").words).toBe("整改后 已覆盖");
  expect(read("海安　演示路，工地——裸土（东侧）").words).toBe("海安 演示路，工地——裸土（东侧）");
});

describe("a place that a caption names", () => {
  let office: AnOffice;
  beforeAll(async () => {
    office = await anOffice();
  });
  afterAll(() => office.close());

  test.each([
    ["海安演示路工地裸土", "海安"],
    ["今天在通州湾示范区见到焚烧", "通州湾示范区"],
    ["如皋、海安交界处", "如皋"],
    ["南通市区某工地", null],
    ["工地裸土", null],
  ])("%j: %s", (words, short) => {
    expect(placeIn(words, office.bot.names)?.short ?? null).toBe(short);
  });
});
