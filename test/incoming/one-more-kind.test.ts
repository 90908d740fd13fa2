import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importCard } from "../../src/incoming/import-card.ts";
import { importFile } from "../../src/incoming/import-file.ts";
import { kindsFolder, loadKinds } from "../../src/incoming/load-kinds.ts";
import { receiveFile } from "../../src/incoming/received-file.ts";
import { aFolder } from "../support/folder.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

/** A folder with what a contributor writes: one file, and nothing else anywhere. */
const oneMore = join(import.meta.dirname, "one-more-kind");

let office: AnOffice;
beforeAll(async () => {
  const own = await anOffice({ at: "2020-08-10T08:30" });
  const { registry } = own.bot;
  const imports = await loadKinds([kindsFolder, oneMore]);
  office = { ...own, bot: { ...own.bot, registry: { ...registry, imports } } };
});
afterAll(() => office.close());

const file = (head: string, ...rows: string[]) => ({
  name: "积尘.csv",
  bytes: new TextEncoder().encode([head, ...rows].join("\n")),
});
const HEAD = "月份,县区,道路,积尘量,面积";
const brings = async (rows: readonly string[], { head = HEAD, by = "市办", partial = false } = {}) => {
  const person = await office.bot.store.read((r) => r.people.byName(by));
  return importFile(office.bot, file(head, ...rows), { person, partial });
};
const asks = (sql: string): unknown[] => {
  const raw = new Database(office.file, { readonly: true });
  const rows = raw.prepare(sql).all();
  raw.close();
  return rows;
};
const REPORTS = "select region_id, date, note, value from progress where note like '%路' order by id";

describe("a kind more is a file more", () => {
  const rows = ["2020-06,海安,甲路,1.50,8", "2020年7月,海门,乙路,2.5,", "2020-08-01,海门,乙路,2.6,16"];

  test("its table is told by its columns, read by its cells and entered", async () => {
    const result = await brings(rows);
    expect(result).toEqual({
      read: expect.objectContaining({
        lines: ["读入：第2—4行，5列用了5列：月份、县区、道路、积尘量、面积"],
      }),
      kind: "road-dust",
      rows: 3,
      added: 3,
      corrected: 0,
      unchanged: 0,
      rejected: [],
      batch: 1,
      sameAs: null,
      affected: [],
    });
    expect(importCard("积尘.csv", result).title).toBe("已导入：积尘.csv");
    expect(asks(REPORTS)).toEqual([
      { region_id: "haian", date: "2020-06-01", note: "甲路", value: "3.00" },
      { region_id: "haimen", date: "2020-07-01", note: "乙路", value: "2.50" },
      { region_id: "haimen", date: "2020-08-01", note: "乙路", value: "2.60" },
    ]);
  });

  test("twice changes nothing; another value is a correction that keeps the old one, with who and when", async () => {
    expect(await brings(rows)).toMatchObject({ added: 0, corrected: 0, unchanged: 3 });
    expect(asks("select * from revision where subject like 'road-dust/%'")).toEqual([]);
    expect(await brings(["2020-06,海安,甲路,3.2,16"])).toMatchObject({ corrected: 1, unchanged: 0 });
    expect(
      asks(
        "select subject, before, after, name from revision join person on person.id = person_id where subject like 'road-dust/%'",
      ),
    ).toEqual([{ subject: "road-dust/haian/甲路/2020-06", before: '"3.00"', after: '"3.20"', name: "市办" }]);
  });

  test("every bad cell is named, contradictions too, and nothing enters; with partial the good rows do", async () => {
    const bad = [
      "2020-13,海安,丙路,3,",
      "2020-09,海按,,三,3",
      "2020-05,海安,丙路,3,",
      "2020-05,海安,丙路,3.1,",
      "2020-05,如皋,丙路,3,,多",
      "2020-05,如东,丙路,1,16",
    ];
    const named = [
      [2, "月份", "2020-13", /没有这个月/],
      [3, "月份", "2020-09", /月份在本月之后/],
      [3, "县区", "海按", /没有名为“海按”的县/],
      [3, "道路", "", /没有写明道路，请补上/],
      [3, "积尘量", "三", /不是数字/],
      [3, "面积", "3", /应在4至40之间/],
      [4, "积尘量", "3", /与第5行是同一道路同一月但数值不同，请只保留正确的一行/],
      [5, "积尘量", "3.1", /与第4行/],
      [6, "", "多", /比表头多出数据/],
    ].map(([row, column, value, reason]) => ({
      sheet: null,
      row,
      column,
      value,
      reason: expect.stringMatching(reason as RegExp),
    }));
    const before = asks(REPORTS);
    const refused = await brings(bad);
    expect(refused).toMatchObject({ code: "import-rejected", rejected: named });
    expect(importCard("积尘.csv", refused).title).toBe("没有导入：积尘.csv");
    expect(asks(REPORTS)).toEqual(before);
    expect(await brings(bad, { partial: true })).toMatchObject({ rows: 1, added: 1, rejected: named });
  });

  test("a table that lacks a column, or has another unit, is told what is wrong", async () => {
    const refusal = async (head: string) => brings([], { head });
    expect(await refusal("月份,县区,道路")).toMatchObject({
      message: "像是道路积尘，但缺少列：积尘量。请补上后再发。",
    });
    expect(await refusal("月份,县区,点位,降尘量(mg/m³)")).toMatchObject({
      message: "“降尘量(mg/m³)”的单位不对：降尘量应为 t/km²，请换算后再发。",
    });
    expect(await refusal("甲,乙")).toMatchObject({
      message: expect.stringContaining("道路积尘：月份、县区、"),
    });
  });

  test("who may bring it in is asked of its declaration, in a chat as well", async () => {
    expect(await brings(rows, { by: "督查" })).toMatchObject({ kind: "road-dust" });
    expect(await brings(rows, { by: "海安联络员" })).toMatchObject({
      code: "forbidden",
      message: "县区联络员不能导入道路积尘，须由市办、督查办理。",
    });
    const person = await office.bot.store.read((r) => r.people.byName("督查"));
    const speaker = { identity: { platform: "web" as const, workspace: "", userKey: "x" }, person };
    const { name, bytes } = file(HEAD, "2020-04,海安,甲路,3,");
    expect(await receiveFile(office.bot, speaker, { name }, async () => bytes)).toMatchObject({
      title: "已导入：积尘.csv",
    });
  });
});

test("the guide shows the whole of it", () => {
  const guide = readFileSync(join(import.meta.dirname, "../../CONTRIBUTING.md"), "utf8");
  const written = readFileSync(join(oneMore, "road-dust.ts"), "utf8");
  expect(guide).toContain(
    written.replaceAll("../../../src/chat/", "../../chat/").replaceAll("../../../src/incoming/", "../"),
  );
});

describe("a file that declares no sound kind keeps the bot from starting, by name", () => {
  const declared = (differs: string) =>
    `const cell = () => (text) => ({ value: text });
     export default { kind: "import", id: "road-dust", title: "道路积尘", who: ["office"], needs: ["month"],
       columns: { month: { heads: "月份", cell, filled: true } }, ${differs} };`;
  test.each([
    ["no kind", "export const dust = 1;", "road-dust.ts exports no kind of import"],
    ["another id than its name", declared('id: "dust"'), 'its id is "dust", and names its file'],
    ["nobody who may", declared("who: []"), "nobody may bring it in"],
    [
      "two columns of one name",
      declared('columns: { month: { heads: "月份" }, when: { heads: "时间 月_份" } }'),
      'its columns "month" and "when" are both called “月_份”',
    ],
    [
      "a unit that no head is known by",
      declared('columns: { month: { heads: "月份", unit: "斤", filled: false } }'),
      'the unit "斤" of its column "month" is unknown',
    ],
    [
      "a column that has to be filled, and need not be there",
      declared("needs: []"),
      'its column "month" has to be filled',
    ],
    [
      "a table that is another kind's too",
      declared('columns: { county: { heads: "县区" }, what: { heads: "问题" } }, needs: ["county", "what"]'),
      'a table of kind "road-dust" would be one of kind "issues", too',
    ],
  ])("%s", async (_, text, fault) => {
    const folder = join(aFolder(), "kinds");
    mkdirSync(folder);
    writeFileSync(join(folder, "road-dust.ts"), text);
    await expect(loadKinds([kindsFolder, folder])).rejects.toThrow(fault);
  });

  test("an id that is used twice", async () => {
    await expect(loadKinds([kindsFolder, kindsFolder])).rejects.toThrow(
      'its id "county-targets" is used twice',
    );
  });
});
