import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/intake/table.ts";

const MEGABYTE = 1024 * 1024;
const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readTable(utf8(text), "表.csv");
/** As much of a text as still makes a file that is taken in. */
const most = (text: string, before = "") =>
  before + text.repeat(Math.floor((15 * MEGABYTE - Buffer.byteLength(before)) / Buffer.byteLength(text)));

/** Each of these took a gigabyte, or for ever, or was taken in as if it were a table. */
describe("a text that is no table is refused at the first thing that no table has", () => {
  test.each([
    ["one line without end", most("长", "日期,县区\n"), /第2行第1列的内容有\d+字，每格最多2000字，请删减/],
    ["a line of blanks", most(" ", "日期,县区\nx"), /第2行第1列的内容有\d+字/],
    ["a million columns below the first lines", most(",", "日期,县区\n".repeat(20)), /列数超过300列/],
    ["blank lines only", most("\n", "日期,县区"), /数据超过20万行/],
    ["line ends of old", most("\r", "日期,县区"), /数据超过20万行/],
    ["a quote that nothing closes", most("x\n", '日期,县区\n"'), /第2行的引号不成对/],
    ["quotes only", most('"', "日期,县区\n"), /第2行的引号不成对/],
    ["quotes within a quoted cell", most('"a', '日期,县区\n"x'), /第2行的引号不成对/],
    [
      "a quoted cell full of quotes, with blanks behind it to the end of its line",
      `${most('"a', '日期,县区\n"x').slice(0, 5 * MEGABYTE)}${" ".repeat(5 * MEGABYTE)}\n1,2\n`,
      /第2行的引号不成对/,
    ],
  ])("%s", async (_, text, reason) => {
    const memory = process.memoryUsage().rss;
    expect(await read(text)).toEqual({ refusal: expect.stringMatching(reason) });
    expect(process.memoryUsage().rss - memory).toBeLessThan(300 * MEGABYTE);
  });
});

describe("what is just within the budget is read", () => {
  test("a cell of 2,000 characters, one of which is a quote", async () => {
    const long = `${"长".repeat(1999)}"`;
    expect(await read(`日期,说明\n1,"${long}"""\n`)).toHaveProperty("refusal");
    expect(await read(`日期,说明\n1,"${"长".repeat(1999)}"""\n`)).toMatchObject([
      {
        rows: [
          ["日期", "说明"],
          ["1", long],
        ],
      },
    ]);
  });

  test("300 columns, and not one more", async () => {
    const columns = (n: number) => Array.from({ length: n }, (_, i) => `列${i}`).join(",");
    expect(await read(`${columns(300)}\n1\n`)).toMatchObject([{ rows: [{ length: 300 }, {}] }]);
    expect(await read(`${columns(301)}\n1\n`)).toEqual({ refusal: expect.stringContaining("列数超过300列") });
    expect(await read(`日期,县区\n${'"a",'.repeat(301)}\n`)).toHaveProperty("refusal");
  });
});

test("whatever cells a table has, quoted as they must be, they are read as they were", async () => {
  const cell = fc
    .string({ unit: fc.constantFrom("海", "5", '"', ",", ";", "\t", "\n", " ", "a"), maxLength: 6 })
    .map((text) => `${text}x`);
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  const writing = fc.record({
    always: fc.boolean(),
    lineEnd: fc.constantFrom("\n", "\r\n"),
    last: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(table, writing, async (rows, { always, lineEnd, last }) => {
      const quoted = (text: string) =>
        always || /[",\n;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
      const head = "日期,县区,值,注,五";
      const text = [head, ...rows.map((cells) => cells.map(quoted).join(","))].join(lineEnd);
      const found = await read(last ? text + lineEnd : text);
      expect("refusal" in found ? found : found[0]?.rows.slice(1)).toEqual(rows);
    }),
    { numRuns: 300, seed: 2020 },
  );
});
