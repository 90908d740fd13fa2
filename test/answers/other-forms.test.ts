import Database from "better-sqlite3";
import { strFromU8, unzipSync } from "fflate";
import readXlsx from "read-excel-file/node";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DrawnCard } from "../../src/chat/card.ts";
import { answerWorkbook } from "../../src/output/answer-workbook.ts";
import { readDocument } from "../output/document.ts";
import { type AnOffice, anOffice } from "../support/office.ts";

let office: AnOffice;
beforeAll(async () => {
  office = await anOffice({ at: "2020-06-14T12:00" });
  await office.advanceTo("2020-06-15T10:00");
});
afterAll(() => office.close());

type Sheet = { sheet: string; data: (string | number | null)[][] };
const sheetsIn = async (bytes: Uint8Array) =>
  (await readXlsx(Buffer.from(bytes))) as unknown as readonly Sheet[];
const fileOf = ({ files }: DrawnCard) => files?.[0]?.name ?? "";
const numbersIn = (texts: readonly string[]) =>
  texts.flatMap((text) => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([n]) => Number(n)));

describe("导出: the figures of the sheets are those of the card", () => {
  test.each([
    ["市办", "排名 5月"],
    ["市办", "排名 5月 PM2.5"],
    ["市办", "排名 5月 改善"],
    ["市办", "海安 5月"],
    ["市办", "全市"],
    ["市办", "对比 海安 如皋 5月"],
    ["市办", "日报 6月14日"],
    ["市办", "统计 6月"],
    ["市办", "滞后"],
    ["市办", "任务 16"],
    ["海安联络员", "今日"],
  ])("%s %s", async (who, phrase) => {
    const { card } = await office.says(who, phrase);
    const shown = card.blocks.flatMap((block) =>
      block.kind === "table"
        ? [block.rows.flat()]
        : block.kind === "facts"
          ? [block.items.flatMap(({ label, value }) => [label, value])]
          : [],
    );
    const exported = (await office.says(who, `${phrase} 导出`)).card;
    expect(exported.title).toBe(card.title);
    const { bytes } = await office.opens(who, fileOf(exported));
    const sheets = await sheetsIn(bytes);
    expect(sheets).toHaveLength(shown.length);
    for (const [at, { data }] of sheets.entries()) {
      const texts = shown[at] ?? [];
      const rows = data.slice(
        1,
        data.findIndex((row) => row.every((cell) => cell === null)),
      );
      // Percentages are kept as fractions, a fall as a negative one: their size is what the card prints.
      const sizes = rows.flat().flatMap((cell) => {
        if (typeof cell !== "number") return numbersIn([cell ?? ""]);
        return [Math.abs(cell), Math.round(Math.abs(cell) * 1e5) / 1e3];
      });
      for (const n of numbersIn(texts)) expect(sizes).toContain(n);
      const small = JSON.stringify(data.slice(rows.length + 1));
      expect(small).toContain("演示数据，非真实监测结果");
      for (const block of card.blocks)
        if (block.kind === "note") expect(small).toContain(block.text.slice(0, 20));
    }
  });

  test("heads are frozen, figures numbers that look as on the card, a rank and what is said of it apart", async () => {
    const { card } = await office.says("市办", "排名 5月 PM2.5 导出");
    const { bytes } = await office.opens("市办", fileOf(card));
    const [{ data: [head = [], first = [], ...rest] = [] } = { data: [] }] = await sheetsIn(bytes);
    expect(head).toEqual(["位次", "位次说明", "地区", "PM2.5均值（µg/m³）", "同比"]);
    expect([0, 2, 3, 4].map((at) => typeof first[at])).toEqual(["number", "string", "number", "number"]);
    expect([first, ...rest].some(([, said]) => said === "并列")).toBe(true);
    const files = unzipSync(bytes);
    expect(strFromU8(files["xl/worksheets/sheet1.xml"] as Uint8Array)).toContain('state="frozen"');
    expect(strFromU8(files["xl/styles.xml"] as Uint8Array)).toContain("&quot;下降&quot;0.0%");
  });

  test.each(["=1+1", "+1", "@SUM(A1)", "-cmd|'/c calc'!A1", "6月28日", "007", "3号路裸土"])(
    "%j stays the text that it is",
    async (text) => {
      const tables = [{ title: "明细", columns: [{ title: "问题" }], rows: [[text]] }];
      const bytes = await answerWorkbook({ title: "清单", tables, notes: [] });
      expect(strFromU8(unzipSync(bytes)["xl/worksheets/sheet1.xml"] as Uint8Array)).not.toMatch(/<f[\s>]/);
      expect((await sheetsIn(bytes))[0]?.data[1]).toEqual([text]);
    },
  );
});

describe("alone it means the last answer of this person in this chat", () => {
  test.each(["导出", "发成表格", "导出Excel", "Excel", "把这个导出", "发成表格发我一下", "导出 谢谢"])(
    "%s",
    async (phrase) => {
      await office.says("市办", "排名 5月 PM10");
      const { card, facts } = await office.says("市办", phrase);
      expect([fileOf(card), facts.phrase]).toEqual([
        "2020年5月各县（市、区）PM10均值排名.xlsx",
        "排名 5月 PM10",
      ]);
    },
  );

  test("one form after another, and after a courtesy or a refusal", async () => {
    await office.says("市办", "海安 5月");
    expect((await office.says("市办", "图片")).facts).toMatchObject({ phrase: "海安 5月", pictures: 2 });
    await office.says("市办", "谢谢");
    await office.says("市办", "海安 13月");
    expect((await office.says("市办", "导出")).facts.phrase).toBe("海安 5月");
  });

  test("a list of issues is the ledger, which can be imported again", async () => {
    await office.says("市办", "问题 超期");
    expect(fileOf((await office.says("市办", "导出")).card)).toBe("问题台账.xlsx");
  });

  test("after a button it is the card that the button led to", async () => {
    const own = await anOffice();
    await own.says("海安联络员", "排名 5月");
    await own.says("海安联络员", "问题 6");
    await own.presses("海安联络员", "签收");
    const { facts, card } = await own.says("海安联络员", "导出");
    expect([facts.phrase, fileOf(card)]).toEqual(["问题 NT-2020-000006", "问题 NT-2020-000006.xlsx"]);
    own.close();
  });

  test("not of another person, and not of another chat", async () => {
    await office.says("市办", "排名 5月");
    await office.says({ member: "市办", group: "C1" }, "海安 5月");
    expect((await office.says({ member: "市办", group: "C1" }, "导出")).facts.phrase).toBe("海安 5月");
    expect((await office.says("市办", "导出")).facts.phrase).toBe("排名 5月");
    const { code, message } = await office.says({ member: "如东领导", group: "C1" }, "导出");
    expect([code, message]).toEqual(["usage", expect.stringContaining("请先查询，再发“导出”")]);
  });

  test("a restart forgets none", async () => {
    await office.says("市办", "排名 5月 CO");
    const again = await anOffice({ database: office.file });
    expect((await again.says("市办", "导出")).facts.phrase).toBe("排名 5月 CO");
    again.bot.store.close();
  });
});

describe("rights are those of the answer", () => {
  test("what a person may not ask they can't have in another form", async () => {
    for (const form of ["导出", "图片", "Word"])
      expect((await office.says("海安联络员", `如东 5月 ${form}`)).code).toBe("forbidden");
  });

  test("a right that is withdrawn is gone from the last answer, too", async () => {
    const own = await anOffice();
    await own.says("市办", "投递");
    const { card } = await own.says("市办", "投递 导出");
    const raw = new Database(own.file);
    raw.prepare("update person set role = 'station-chief', region_id = 'haian' where name = '市办'").run();
    raw.close();
    expect((await own.says("市办", "导出")).code).toBe("forbidden");
    await expect(own.opens("市办", fileOf(card))).rejects.toThrow(/不能/);
    own.close();
  });

  test("a change is never carried out by asking for its picture", async () => {
    for (const form of ["导出", "图片", "Word"])
      expect((await office.says("市办", `${form} 交办 海安 “裸土” 3日`)).code).toBe("usage");
  });
});

describe("图片", () => {
  test.each(["海安 5月 图片", "图片 海安 5月", "海安5月发图片"])(
    "%s: figures and table, each a picture",
    async (phrase) => {
      const { card } = await office.says("市办", phrase);
      expect(card.files?.map(({ picture }) => picture)).toEqual([true, true]);
      for (const { name } of card.files ?? [])
        expect((await sharp((await office.opens("市办", name)).bytes).metadata()).format).toBe("png");
    },
  );

  test("an answer without rows says that there is none", async () => {
    expect((await office.says("市办", "问题 已移送 图片")).code).toBe("no-data");
  });
});

test.each(["周通报 Excel", "周通报 导出", "导出 周通报", "上周周通报 Excel"])(
  "%s is the notice's own workbook, as it was issued",
  async (phrase) => {
    const { card } = await office.says("海安联络员", phrase);
    expect(fileOf(card)).toBe("通气办通〔2020〕1号 空气质量周通报（2020年6月8日至14日）.xlsx");
  },
);

describe("Word, where it is a paper", () => {
  test.each(["周通报 Word", "word 周通报", "周通报 6月第2周 Word版"])("%s", async (phrase) => {
    const { card } = await office.says("海安联络员", phrase);
    const { name, bytes } = await office.opens("海安联络员", fileOf(card));
    expect(name).toBe("通气办通〔2020〕1号 空气质量周通报（2020年6月8日至14日）.docx");
    const { paragraphs, tables, header } = readDocument(bytes);
    // The paper is the city's: a county's own line stands on its card.
    const notice = (await office.says("市办", "周通报")).card;
    const table = notice.blocks.find((block) => block.kind === "table");
    if (table?.kind !== "table") throw new Error("the notice has no table");
    const [heads = [], city, ...counties] = (tables[0] ?? []).filter((row) => row.length > 1);
    // The card has the units in its heads; the paper has them below its table, and a percent sign by each rate.
    const columns = table.columns.map(({ title }) => title.replace(/（.*）$/, ""));
    expect(heads).toEqual(expect.arrayContaining(columns));
    expect(tables[0]?.at(-1)?.join()).toContain("浓度单位为");
    expect(city?.[0]).toBe("全市");
    const cell = (row: readonly string[], title: string) => row[heads.indexOf(title)] ?? "";
    const asOnCard = (row: readonly string[], title: string) =>
      title === "优良率" ? cell(row, title).replace(/%$/, "") : cell(row, title);
    expect(counties.map((row) => columns.map((title) => asOnCard(row, title)))).toEqual(table.rows);
    expect(paragraphs.slice(0, 2)).toEqual(["空气质量周通报", "（2020年6月8日至14日）"]);
    // The card's clauses all stand in the paper, which has more of some: targets to strive for, who is overdue.
    const clauses = notice.blocks.flatMap((block) =>
      block.kind === "text" ? block.text.replace(/^(问题|任务滞后)：/, "").split(/[。；]/) : [],
    );
    expect(clauses.filter((clause) => clause !== "").length).toBeGreaterThan(7);
    for (const clause of clauses) expect(paragraphs.join("\n")).toContain(clause);
    expect(paragraphs).toContain("2020年6月15日");
    expect(header).toBe("快报　演示数据，非真实监测结果");
  });

  test("a button under the notice, and the word alone after it", async () => {
    await office.says("市办", "周通报");
    expect(fileOf((await office.presses("市办", "Word版")).card)).toMatch(/\.docx$/);
    await office.says("市办", "周通报");
    expect(fileOf((await office.says("市办", "Word")).card)).toMatch(/\.docx$/);
  });

  test("of an issue it is its papers: the order, once it is closed the 销号单 first", async () => {
    const own = await anOffice();
    const order = (await own.says("市办", "问题 2 Word")).card;
    expect(fileOf(order)).toBe("NT-2020-000002交办单 通气办交〔2020〕2号.docx");
    const none = await own.says("市办", "销号单 2");
    expect([none.code, none.message]).toEqual(["usage", expect.stringContaining("还没有销号")]);
    await own.presses("通州领导", (await own.says("通州领导", "今日")).labels[0] ?? "");
    await own.says("市办", "今日");
    await own.presses("市办", "复核通过 NT-2020-000002");
    expect(fileOf((await own.says("市办", "Word")).card)).toBe("NT-2020-000002销号单.docx");
    own.close();
  });

  test("what is no paper is said to have none, with what there is instead", async () => {
    await office.says("市办", "排名 5月");
    const { code, instead } = await office.says("市办", "Word");
    expect([code, instead]).toEqual(["usage", ["排名 5月 导出", "排名 5月 图片"]]);
  });
});
