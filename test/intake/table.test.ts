import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/intake/table.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
/** 日期,县区 / 2020-05-04,海安 in GB18030. */
const gb18030 = Uint8Array.from([
  0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xcf, 0xd8, 0xc7, 0xf8, 0x0a, 0x32, 0x30, 0x32, 0x30, 0x2d, 0x30, 0x35, 0x2d,
  0x30, 0x34, 0x2c, 0xba, 0xa3, 0xb0, 0xb2,
]);

async function rowsOf(bytes: Uint8Array, name = "air.csv") {
  const sheets = await readTable(bytes, name);
  if ("refusal" in sheets) throw new Error(sheets.refusal);
  return sheets;
}
const one = {
  name: null,
  rows: [
    ["日期", "县区"],
    ["2020-05-04", "海安"],
  ],
};
/** The same text in UTF-16, with the mark that says which. */
const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return new Uint8Array(big ? bytes.swap16() : bytes);
};

test.each([
  ["UTF-8", utf8("日期,县区\n2020-05-04,海安")],
  ["UTF-8 with BOM", utf8("\ufeff日期,县区\n2020-05-04,海安\n")],
  ["GB18030", gb18030],
  ["UTF-16, as Excel's Unicode text", utf16("日期\t县区\r\n2020-05-04\t海安\r\n")],
  ["UTF-16 with the larger byte first", utf16("日期,县区\n2020-05-04,海安", true)],
  ["Windows line ends", utf8("日期,县区\r\n2020-05-04,海安\r\n")],
  ["old Macintosh line ends", utf8("日期,县区\r2020-05-04,海安\r")],
  ["tabs", utf8("日期\t县区\n2020-05-04\t海安\n")],
  ["semicolons", utf8("日期;县区\n2020-05-04;海安\n")],
  ["quotes", utf8('"日期","县区"\n"2020-05-04","海安"\n')],
])("reads a CSV in %s", async (_, bytes) => {
  expect(await rowsOf(bytes)).toEqual([one]);
});

test("keeps blank rows and quoted line breaks, so that a row's place is its number", async () => {
  const text = '2020年5月空气质量日报\n\n日期,说明\n,\n2020-05-04,"两行\n说明"\n\n2020-05-05,"1,5"\n';
  const [sheet] = await rowsOf(utf8(text));
  expect(sheet?.rows[4]).toEqual(["2020-05-04", "两行\n说明"]);
  expect(sheet?.rows[6]).toEqual(["2020-05-05", "1,5"]);
});

describe("refuses, saying why", () => {
  test.each([
    ["an empty file", utf8(""), "a.csv", /空的/],
    ["blank lines only", utf8("\n\n ,\n"), "a.csv", /没有内容/],
    ["over 15 MB", new Uint8Array(15 * 1024 * 1024 + 1).fill(65), "a.csv", /超过15MB/],
    ["over 200,000 rows", utf8(`a,b\n${"1,2\n".repeat(200_040)}`), "a.csv", /超过20万行/],
    ["an unclosed quote", utf8('a,b\n1,"2\n3,4\n'), "a.csv", /引号/],
    ["too many columns", utf8(",".repeat(300)), "a.csv", /列数/],
    ["UTF-16 without a mark", Uint8Array.from([0x65, 0, 0x2c, 0]), "a.csv", /不是CSV文本/],
    ["half a sign of UTF-16", Uint8Array.from([0xff, 0xfe, 0x65, 0, 0x2c]), "a.csv", /编码无法识别/],
    ["neither encoding", Uint8Array.from([0x61, 0x2c, 0xff, 0xff, 0xff]), "a.csv", /编码无法识别/],
    ["a web page named .csv", utf8("<html><table></table></html>"), "a.csv", /网页/],
    ["a PDF named .csv", utf8("%PDF-1.7"), "a.csv", /PDF/],
    ["a zip named .csv", utf8("PK\x03\x04"), "a.csv", /压缩文件/],
    ["text named .xlsx", utf8("a,b"), "a.xlsx", /内容却不是/],
    ["a macro workbook", utf8("PK\x03\x04"), "A.XLSM", /宏/],
    ["a binary workbook", utf8("PK\x03\x04"), "a.xlsb", /宏/],
    ["a workbook of WPS", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), "a.et", /WPS.*另存为/],
    ["an OpenDocument one", utf8("PK\x03\x04"), "a.ods", /OpenDocument.*另存为/],
    ["an old workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), "a.xls", /旧版/],
    [
      "an old workbook under another name",
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]),
      "a.xlsx",
      /旧版（\.xls、\.et）或加密/,
    ],
    ["a web page", utf8("<html>"), "a.html", /只能读取CSV和\.xlsx/],
    ["a picture", utf8("x"), "a.svg", /只能读取/],
    ["a document", utf8("PK\x03\x04"), "a.docm", /只能读取/],
    ["a macro template", utf8("PK\x03\x04"), "a.xltm", /宏/],
    ["an add-in", utf8("PK\x03\x04"), "a.xlam", /宏/],
    ["an old document", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), "a.doc", /旧版|只能读取/],
    ["a document without macros", utf8("PK\x03\x04"), "a.docx", /只能读取/],
    ["a saved web page", utf8("MIME-Version: 1.0"), "a.mhtml", /只能读取/],
    ["an application in HTML", utf8("<script>"), "a.hta", /只能读取/],
    ["a web page named .txt", utf8("  <!doctype html><script>"), "a.txt", /网页/],
    ["a picture with a script named .csv", utf8("<svg onload='x'>"), "a.csv", /网页或XML/],
    ["two extensions, the last of which counts", utf8("a,b"), "air.csv.exe", /只能读取/],
    ["no extension", utf8("a,b"), "table", /只能读取/],
  ])("%s", async (_, bytes, name, reason) => {
    expect(await readTable(bytes, name)).toEqual({ refusal: expect.stringMatching(reason) });
  });
});

test("never throws, whatever the bytes", async () => {
  const starts = fc.constantFrom<number[]>(
    [],
    [0x50, 0x4b, 3, 4],
    [0xd0, 0xcf, 0x11, 0xe0],
    [0xef, 0xbb, 0xbf],
  );
  const bytes = fc
    .tuple(starts, fc.uint8Array({ maxLength: 300 }))
    .map(([start, rest]) => Uint8Array.from([...start, ...rest]));
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom("a.csv", "a.xlsx", "a.txt"), async (content, name) => {
      const read = await readTable(content, name);
      expect("refusal" in read ? read.refusal.length : read.length).toBeGreaterThan(0);
    }),
    { numRuns: 500, seed: 2020 },
  );
});
