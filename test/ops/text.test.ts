import fc from "fast-check";
import { expect, test } from "vitest";
import { textOf } from "../../src/ops/card-text.ts";
import { widthOf } from "../../src/platforms/kit/columns.ts";
import { anyText } from "../support/any-text.ts";

test.each([
  ["", 0],
  ["abc", 3],
  ["海安", 4],
  ["PM2.5", 5],
  ["O₃", 2],
  ["µg/m³", 5],
  ["（并列）", 8],
  ["“问题”", 6],
  ["２０２０", 8],
  ["e\u0301", 1],
  ["👨‍👩‍👧", 2],
  ["—", 1],
])("%j takes %i columns", (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test("each character of the basic plane is as wide alone as before an accent, which takes no column", () => {
  const differs = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (sign) => !/[\p{C}\p{M}\p{Zl}\p{Zp}]/u.test(sign) && widthOf(sign) !== widthOf(`${sign}\u0301`),
  );
  expect(differs).toEqual([]);
});

test("a text is as wide as the signs that its reader sees, whatever they are made of", () => {
  const signs = new Intl.Segmenter("zh-CN", { granularity: "grapheme" });
  const part = fc.constantFrom(
    ..."海安！（）、“—·—A9 ₃µ가ガ",
    "\u0301",
    "\u200d",
    "\ufe0f",
    "👩",
    "\r",
    "\n",
    "\u302a",
    "ﾞ",
  );
  const text = fc.oneof(
    fc.array(part).map((parts) => parts.join("")),
    anyText(),
  );
  fc.assert(
    fc.property(text, (text) => {
      const widths = [...signs.segment(text)].map(({ segment }) => widthOf(segment));
      expect(widthOf(text)).toBe(widths.reduce((sum, width) => sum + width, 0));
    }),
    { numRuns: 2000 },
  );
});

test("a card is its title, then its blocks, one below the other", () => {
  const text = textOf({
    title: "海安市 2020年",
    blocks: [
      { kind: "text", text: "一段话" },
      {
        kind: "facts",
        items: [
          { label: "PM2.5均值", value: "35" },
          { label: "滞后任务", value: "无" },
        ],
      },
      { kind: "note", text: "未经审核" },
    ],
  });
  expect(text).toBe("海安市 2020年\n一段话\nPM2.5均值：35\n滞后任务：无\n（未经审核）");
});

test("columns stay aligned with Chinese characters in them, numbers to the right", () => {
  const text = textOf({
    title: "t",
    blocks: [
      {
        kind: "table",
        columns: [{ title: "位次" }, { title: "地区" }, { title: "PM2.5", align: "end" }],
        rows: [
          ["1（并列）", "如东", "28"],
          ["10", "通州湾示范区", "104"],
          ["11", "苏锡通 A", "9"],
        ],
      },
    ],
  });
  expect(text.split("\n").slice(1)).toEqual([
    "位次       地区          PM2.5",
    "1（并列）  如东             28",
    "10         通州湾示范区    104",
    "11         苏锡通 A          9",
  ]);
});

test("a row that is shorter than the head leaves no blanks at its end", () => {
  const columns = [{ title: "编号" }, { title: "问题" }];
  const text = textOf({ title: "t", blocks: [{ kind: "table", columns, rows: [["1"], ["22", ""]] }] });
  expect(text.split("\n").every((line) => line === line.trimEnd())).toBe(true);
});
