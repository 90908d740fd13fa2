import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/intake/table.ts";
import { type Cell, workbook, workbookEntries, type ZipEntry, zip } from "./xlsx-builder.ts";

const read = (bytes: Uint8Array) => readTable(bytes, "空气.xlsx");
const table: Cell[][] = [
  ["日期", "县区"],
  ["2020-05-04", "海安"],
];

test("reads every sheet that holds something, dates and numbers as plain text", async () => {
  const bytes = workbook({
    五月: [
      ["2020年5月日均值"],
      ["日期", "县区", "CO"],
      [{ serial: 43955 }, "海安", 0.8],
      [],
      [{ serial: 43956.5 }, "如皋", { xml: `<c r="C5"><v>0.80000000000000004</v></c>` }],
      [null, "如东", 1200],
    ],
    空白: [],
    六月: table,
  });
  expect(await read(bytes)).toEqual([
    {
      name: "五月",
      header: ["日期", "县区", "CO"],
      headerLine: 2,
      rows: [
        { line: 3, cells: ["2020-05-04", "海安", "0.8"] },
        { line: 5, cells: ["2020-05-05 12:00", "如皋", "0.8"] },
        { line: 6, cells: ["", "如东", "1200"] },
      ],
    },
    {
      name: "六月",
      header: ["日期", "县区"],
      headerLine: 1,
      rows: [{ line: 2, cells: ["2020-05-04", "海安"] }],
    },
  ]);
});

test("formats that reach to the last row and column cost nothing", async () => {
  const bytes = workbook({ 一: [...table, [{ xml: `<c r="XFD3" s="1"/>` }]] }, []);
  const entries = workbookEntries({ 一: table });
  const last = entries.at(-1) as ZipEntry;
  const stretched = zip([
    ...entries.slice(0, -1),
    {
      ...last,
      content: String(last.content).replace("</sheetData>", `<row r="1048576" ht="14"/></sheetData>`),
    },
  ]);
  for (const file of [bytes, stretched]) {
    expect(await read(file)).toEqual([
      {
        name: "一",
        header: ["日期", "县区"],
        headerLine: 1,
        rows: [{ line: 2, cells: ["2020-05-04", "海安"] }],
      },
    ]);
  }
});

describe("refuses active content", () => {
  test.each([
    ["a macro project under an innocent name", "xl/vbaProject.bin", /宏/],
    ["macro sheets", "xl/macrosheets/sheet1.xml", /宏/],
    ["embedded programs", "xl/embeddings/oleObject1.bin", /嵌入对象/],
    ["controls", "xl/activeX/activeX1.xml", /嵌入对象或控件/],
    ["links to other files (DDE)", "xl/externalLinks/externalLink1.xml", /外部链接/],
    ["data sources", "xl/connections.xml", /数据连接/],
  ])("%s", async (_, name, reason) => {
    const refusal = await read(workbook({ 一: table }, [{ name, content: "x" }]));
    expect(refusal).toEqual({ refusal: expect.stringMatching(reason) });
  });

  test("a content type of macros", async () => {
    const entries = workbookEntries({ 一: table }).slice(1);
    const types = {
      name: "[Content_Types].xml",
      content: `<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>`,
    };
    expect(await read(zip([types, ...entries]))).toEqual({ refusal: expect.stringMatching(/宏/) });
  });
});

describe("refuses bombs and broken archives, quickly and without the memory", () => {
  const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1_000_000);
  const sheet = "xl/worksheets/sheet1.xml";
  const base = workbookEntries({ 一: table });
  const cellAt = (xml: string) =>
    zip([
      ...base.slice(0, -1),
      { name: sheet, content: `<worksheet><sheetData>${xml}</sheetData></worksheet>` },
    ]);

  test.each<[string, () => Uint8Array, RegExp]>([
    ["one flat entry of 201 MB", () => zip([...base, { name: "xl/x.xml", content: zeros(201) }]), /过大/],
    [
      "30 MB of zeros, a thousand to one",
      () => zip([...base, { name: "xl/x.xml", content: zeros(30) }]),
      /过大/,
    ],
    [
      "a header that names a smaller size",
      () => zip([...base, { name: "xl/x.xml", content: zeros(30), size: 1000 }]),
      /已损坏/,
    ],
    [
      "a header that names a larger size",
      () => zip([...base, { name: "xl/x.xml", content: "x", size: 1000 }]),
      /已损坏/,
    ],
    [
      "2,001 entries",
      () => zip(Array.from({ length: 2001 }, (_, i) => ({ name: `${i}.xml`, content: "" }))),
      /过多/,
    ],
    ["a count that lies", () => zip(base, 2000), /已损坏/],
    ["two entries of one name", () => zip([...base, base[0] as ZipEntry]), /已损坏/],
    ["an encrypted entry", () => zip([...base, { name: "xl/x.xml", content: "x", flags: 1 }]), /加密/],
    ["an unknown method", () => zip([...base, { name: "xl/x.xml", content: "x", method: 99 }]), /已损坏/],
    ["a zip within a zip, and no workbook", () => zip([{ name: "a.zip", content: zip(base) }]), /无法读取/],
    ["no workbook at all", () => zip([{ name: "a.txt", content: "a" }]), /无法读取/],
    [
      "a cell at the end of the world",
      () => cellAt(`<row r="1"><c r="XFD1048576"><v>1</v></c></row>`),
      /使用范围过大/,
    ],
    [
      "a column beyond all columns",
      () => cellAt(`<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>`),
      /地址不合规范/,
    ],
    [
      "a column hidden in entities",
      () => cellAt(`<row r="1"><c x=">" r="&#90;&#90;&#90;&#90;&#90;1"><v>1</v></c></row>`),
      /地址不合规范/,
    ],
    [
      "a row beyond all rows",
      () => cellAt(`<row r="99999999"><c r="A99999999"><v>1</v></c></row>`),
      /地址不合规范/,
    ],
  ])("%s", async (_, build, reason) => {
    const bytes = build();
    const memory = process.memoryUsage().rss;
    const start = performance.now();
    expect(await read(bytes)).toEqual({ refusal: expect.stringMatching(reason) });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(100_000_000);
  });

  test("a cut file", async () => {
    const whole = workbook({ 一: table });
    for (const length of [4, 100, whole.length - 1])
      expect(await read(whole.subarray(0, length))).toHaveProperty("refusal");
  });

  test("any flipped byte is read or refused, never thrown", async () => {
    const whole = workbook({ 一: table });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Uint8Array.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const result = await read(bytes);
        expect("refusal" in result || result.length === 1).toBe(true);
      }),
      { numRuns: 300, seed: 2020 },
    );
  });
});
