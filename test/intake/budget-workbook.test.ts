import { describe, expect, test } from "vitest";
import { readTable } from "../../src/intake/table.ts";
import {
  sharingWorkbook,
  withRelation,
  workbook,
  workbookEntries,
  type ZipEntry,
  zip,
} from "./xlsx-builder.ts";

const read = (bytes: Uint8Array) => readTable(bytes, "台账.xlsx");
const refused = (reason: RegExp) => ({ refusal: expect.stringMatching(reason) });
const HEADS = ["县区", "问题描述", "交办时间", "责任单位"];
/** A ledger in which every row shows one text three times. */
const ledger = (text: string, rows: number) =>
  sharingWorkbook(
    [...HEADS, "海安", text],
    [[0, 1, 2, 3], ...Array.from({ length: rows }, () => [4, 5, 5, 5])],
  );

describe("a text that many cells share counts for each of them", () => {
  test("12 kB that show one text of 30,000 characters a thousand times are refused at the first cell", async () => {
    const bytes = ledger("裸".repeat(30_000), 900);
    expect(bytes.length).toBeLessThan(13_000);
    expect(await read(bytes)).toEqual(
      refused(/^“一”第2行第2列的内容有30000字，每格最多2000字，请删减后再发。$/),
    );
  });

  test("a megabyte of 100,000 rows that show it is refused as well", async () => {
    const bytes = ledger("裸".repeat(30_000), 100_000);
    expect(bytes.length).toBeGreaterThan(1_000_000);
    expect(await read(bytes)).toEqual(refused(/第2行第2列的内容有30000字/));
  });

  test("blanks around it are its text too: nobody goes through them a thousand times", async () => {
    expect(await read(ledger(`${" ".repeat(30_000)}裸土`, 1000))).toEqual(refused(/内容有30002字/));
  });

  test("cells of 2,000 characters are read until all of them together show more than 64 MB", async () => {
    const most = Math.floor((64 * 1024 * 1024) / 2000 / 3);
    expect(await read(ledger("裸".repeat(2000), most - 10))).toMatchObject([{ rows: { length: most - 9 } }]);
    expect(await read(ledger("裸".repeat(2000), most + 1))).toEqual(refused(/文字合计超过64MB，请拆分/));
  });

  test("a long text that no cell shows is nobody's business", async () => {
    const bytes = sharingWorkbook(
      [...HEADS, "海安", "裸".repeat(30_000)],
      [
        [0, 1, 2, 3],
        [4, 4, 4, 4],
      ],
    );
    expect(await read(bytes)).toMatchObject([{ rows: { length: 2 } }]);
  });
});

test("more than 300 columns are refused, however few rows they have", async () => {
  const names = (n: number) =>
    Array.from({ length: n }, (_, i) => {
      const letters = `${i < 26 ? "" : String.fromCharCode(64 + Math.floor(i / 26))}${String.fromCharCode(65 + (i % 26))}`;
      return { xml: `<c r="${letters}1"><v>${i}</v></c>` };
    });
  expect(await read(workbook({ 一: [names(300)] }))).toMatchObject([{ rows: [{ length: 300 }] }]);
  expect(await read(workbook({ 一: [names(301)] }))).toEqual(refused(/列数超过300列，请只保留需要的列/));
});

/** Each of these held the reader for minutes, or took all memory, from a file of a few kB. */
describe("what the reader can't cope with never reaches it", () => {
  const base = workbookEntries({ 一: [] });
  const part = (name: string, content: string) =>
    zip(base.map((entry): ZipEntry => (entry.name === name ? { name, content } : entry)));
  const sheet = (xml: string) =>
    part("xl/worksheets/sheet1.xml", `<worksheet><sheetData>${xml}</sheetData></worksheet>`);
  const cell = (address: string) => sheet(`<row r="1"><c ${address}><v>1</v></c></row>`);

  test.each<[string, () => Uint8Array, RegExp]>([
    ["an address over two lines", () => cell(`r="ZZ\nZZZ1"`), /地址不合规范/],
    ["an address behind a “<” within a value", () => cell(`x="<" r="ZZZZ1"`), /格式不合规范/],
    ["an address whose prefix is empty", () => cell(`:r="ZZZZ1"`), /地址不合规范/],
    ["an address given twice", () => cell(`r="A1" a:r="ZZZZ1"`), /地址不合规范/],
    [
      "an address in a tag that the next one closes",
      () => sheet(`<row r="1"><c <c r="ZZZZ1"><v>1</v></c></row>`),
      /格式不合规范/,
    ],
    [
      "an address in a tag whose prefix is empty",
      () => sheet(`<row r="1"><:c r="ZZZZ1"><v>1</v></:c></row>`),
      /地址不合规范/,
    ],
    [
      "twenty sheets of a million empty rows",
      () =>
        zip(
          workbookEntries(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`s${i}`, []]))).map(
            (entry) =>
              entry.name.includes("worksheets/")
                ? { ...entry, content: `<worksheet><sheetData><row r="1048576"/></sheetData></worksheet>` }
                : entry,
          ),
        ),
      /使用范围过大/,
    ],
    [
      "a format of 5 MB of opening brackets",
      () =>
        part(
          "xl/styles.xml",
          `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${"[".repeat(4_900_000)}"/></numFmts></styleSheet>`,
        ),
      /格式不合规范/,
    ],
    [
      "a format of 256 opening brackets",
      () =>
        part(
          "xl/styles.xml",
          `<styleSheet><numFmt numFmtId="200" formatCode="${"[".repeat(256)}"/></styleSheet>`,
        ),
      /单元格格式不合规范/,
    ],
    [
      "a thousand formats",
      () =>
        part(
          "xl/styles.xml",
          `<styleSheet>${`<numFmt numFmtId="200" formatCode="["/>`.repeat(1001)}</styleSheet>`,
        ),
      /过多/,
    ],
    ["a comment that never ends", () => sheet(`<!-- ${"x".repeat(4_900_000)}`), /格式不合规范/],
    [
      "a text that never ends",
      () => sheet(`<row r="1"><c r="A1" t="str"><v>${"x".repeat(4_900_000)}`),
      /格式不合规范/,
    ],
    [
      "thousands of sheets that are all the same one",
      () => {
        const all = Array.from({ length: 20_000 }, (_, i) => i);
        const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
        const relations = all.map(
          (i) => `<Relationship Id="x${i}" Type="${type}" Target="worksheets/sheet1.xml"/>`,
        );
        const sheets = all.map((i) => `<sheet name="s${i}" r:id="x${i}"/>`);
        return zip(
          base.map((entry) => {
            if (entry.name === "xl/workbook.xml")
              return {
                ...entry,
                content: String(entry.content).replace("</sheets>", `${sheets.join("")}</sheets>`),
              };
            return entry.name.endsWith("workbook.xml.rels") ? withRelation(entry, relations.join("")) : entry;
          }),
        );
      },
      /过多/,
    ],
  ])("%s", async (_, build, reason) => {
    const bytes = build();
    const memory = process.memoryUsage().rss;
    expect(await read(bytes)).toEqual(refused(reason));
    expect(process.memoryUsage().rss - memory).toBeLessThan(100_000_000);
  });

  test("while what spreadsheet programs write passes: prefixes, comments, directives, links in thousands", async () => {
    const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
    const bytes = zip([
      ...base.slice(0, -1),
      {
        name: "xl/worksheets/sheet1.xml",
        content: `\ufeff<?xml version="1.0" encoding="UTF-8" standalone='yes'?>\r\n<!-- 导出 --><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"\r\n xmlns:r="urn:r"><x:dimension ref="A1:B1"/><x:sheetData><x:row r="1" spans="1:2"><x:c r="A1" t="inlineStr" ><x:is><x:t>日期 > "1"</x:t></x:is></x:c><x:c r='B1' t='str'><x:f>A1&amp;"&lt;"</x:f><x:v>县区</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      },
      {
        name: "xl/worksheets/_rels/sheet1.xml.rels",
        content: `<Relationships>${`<Relationship Id="a" Type="${type}" Target="http://127.0.0.1/"/>`.repeat(3000)}</Relationships>`,
      },
    ]);
    expect(await read(bytes)).toMatchObject([{ rows: [['日期 > "1"', "县区"]] }]);
  });
});
