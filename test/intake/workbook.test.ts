import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNWORKED } from "../../src/intake/sheet.ts";
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
  expect(await read(bytes)).toMatchObject([
    {
      name: "五月",
      rows: [
        ["2020年5月日均值", "", ""],
        ["日期", "县区", "CO"],
        ["2020-05-04", "海安", "0.8"],
        ["", "", ""],
        ["2020-05-05 12:00", "如皋", "0.8"],
        ["", "如东", "1200"],
      ],
    },
    { name: "空白", rows: [] },
    { name: "六月", rows: table },
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
    const sheets = await read(file);
    const rows = "refusal" in sheets ? [] : (sheets[0]?.rows ?? []);
    expect(rows.filter((cells) => cells.some((cell) => cell !== ""))).toEqual(table);
  }
});

test("a formula counts as the value that it had when the file was saved, whatever it would do", async () => {
  const cells = [
    `<c r="A2" t="str"><f>"2020-05-"&amp;"04"</f><v>2020-05-04</v></c>`,
    `<c r="B2" t="str"><f>cmd|'/c calc'!A0</f><v>海安</v></c>`,
    `<c r="C2"><f>SUM(1,2)</f><v>3</v></c>`,
    `<c r="D2"><f>WEBSERVICE("http://127.0.0.1:9/x")</f></c>`,
  ];
  const bytes = workbook({ 一: [["日期", "县区", "CO", "NO2"], cells.map((xml) => ({ xml }))] });
  expect(await read(bytes)).toMatchObject([
    { rows: [{}, ["2020-05-04", "海安", "3", `${UNWORKED}=WEBSERVICE("http://127.0.0.1:9/x")`]] },
  ]);
});

test("failed formulas, and formulas without a value, are told from empty cells and empty texts", async () => {
  const cells = [
    `<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`,
    `<c r="B2"><f>SUM(A1:A9)</f><v></v></c>`,
    `<c r="C2" t="str"><f>IF(A1="","","x")</f><v></v></c>`,
    `<c r="D2" t='e'><v>#N/A</v></c>`,
    `<c r="E2"><f t="shared" si="0"/></c>`,
    `<c r="F2"/>`,
  ];
  const bytes = workbook({ 一: [["甲", "乙", "丙", "丁", "戊", "己"], cells.map((xml) => ({ xml }))] });
  expect(await read(bytes)).toMatchObject([
    { rows: [{}, ["#DIV/0!", `${UNWORKED}=SUM(A1:A9)`, "", "#N/A", `${UNWORKED}=`]] },
  ]);
});

test("says which sheets, rows and columns are hidden, which cells are merged, and from when days are counted", async () => {
  const entries = workbookEntries({ 一: table, 旧: table }).map(({ name, content }) => ({
    name,
    content: String(content)
      .replace('name="旧"', 'name="旧" state="veryHidden"')
      .replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
      .replace('<row r="2">', '<row r="2" hidden="1">')
      .replace("<sheetData>", '<cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData>')
      .replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'),
  }));
  expect(await read(zip(entries))).toMatchObject([
    {
      hidden: false,
      epoch: 1904,
      hiddenRows: new Set([1]),
      hiddenColumns: new Set([1, 2]),
      merges: [{ top: 0, left: 0, bottom: 1, right: 1 }],
    },
    { hidden: true },
  ]);
});

test("a time a moment before midnight is of its own day", async () => {
  const bytes = workbook({
    一: [["日期"], [{ serial: 43981.99998842592 }], [{ serial: 43981.99999998842 }]],
  });
  expect(await read(bytes)).toMatchObject([{ rows: [["日期"], ["2020-05-30 23:59"], ["2020-05-30 23:59"]] }]);
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
    [
      "forty entries of just below 5 MB of zeros",
      () =>
        zip([
          ...base,
          ...Array.from({ length: 40 }, (_, i) => ({ name: `xl/${i}.xml`, content: zeros(4.9) })),
        ]),
      /过大/,
    ],
    ["entries that share one packed content", () => overlapping(base, zeros(4.9), 39), /过大/],
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
    const start = process.cpuUsage();
    expect(await read(bytes)).toEqual({ refusal: expect.stringMatching(reason) });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(100_000_000);
  });

  test("a bomb in a zip in the workbook stays packed: nobody asked for it", async () => {
    const bomb = zip(Array.from({ length: 20 }, (_, i) => ({ name: `${i}.xml`, content: zeros(10) })));
    const bytes = zip([
      ...base,
      { name: "xl/media/a.zip", content: zip([{ name: "b.zip", content: bomb }]) },
    ]);
    const memory = process.memoryUsage().rss;
    expect(await read(bytes)).toMatchObject([{ name: "一", rows: table }]);
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
      { numRuns: process.env.TEST_FULL ? 300 : 75, seed: 2020 },
    );
  });
});

/** An archive in which `times` entries of the directory point to one packed content. */
function overlapping(base: readonly ZipEntry[], content: Buffer, times: number): Uint8Array {
  const whole = Buffer.from(zip([...base, { name: "xl/0.xml", content }]));
  const end = whole.lastIndexOf("PK\x05\x06");
  const last = whole.lastIndexOf("PK\x01\x02");
  const entry = whole.subarray(last, end);
  const copies = Array.from({ length: times }, (_, i) => {
    const copy = Buffer.from(entry);
    copy.write(String.fromCharCode(65 + (i % 26)), 46 + (i < 26 ? 3 : 4));
    return copy;
  });
  const tail = Buffer.from(whole.subarray(end));
  const directory = Buffer.concat([whole.subarray(whole.indexOf("PK\x01\x02"), end), ...copies]);
  tail.writeUInt16LE(base.length + 1 + times, 8);
  tail.writeUInt16LE(base.length + 1 + times, 10);
  tail.writeUInt32LE(directory.length, 12);
  return new Uint8Array(Buffer.concat([whole.subarray(0, whole.indexOf("PK\x01\x02")), directory, tail]));
}
