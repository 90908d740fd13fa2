import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ORDER_LABELS } from "../../src/output/order-papers.ts";
import type { PaperBlock } from "../../src/output/paper-model.ts";
import { templateFaults } from "../../src/output/template/check.ts";
import { writeDocument } from "../../src/output/word.ts";
import { OFFICE, official, photo } from "../support/papers.ts";
import { anOfficesTemplate } from "../support/templates.ts";
import { readDocument } from "./document.ts";

const table: PaperBlock = {
  kind: "table",
  head: true,
  widths: [1, 1],
  rows: [
    ["县区", "PM2.5"],
    ["海安", "36"],
    ["如皋 & 如东", "35"],
  ],
};
const paper = official({
  no: "通气办〔2020〕12号",
  marks: ["待签发", "演示数据"],
  blocks: [
    { kind: "title", lines: ["关于空气质量", "改善滞后的提醒函"] },
    { kind: "addressee", text: "海安市人民政府：" },
    { kind: "heading", text: "总体情况" },
    { kind: "text", text: "PM2.5<36。" },
    table,
    { kind: "attachments", names: ["排名表", "问题清单"] },
    { kind: "signature", body: OFFICE, date: "2020年6月15日" },
  ],
});

describe("an office's template", () => {
  test("is filled with the paper's parts, in the office's own look", async () => {
    const template = await anOfficesTemplate([
      "{标题}（{文号}）",
      "{#签发人}签发人：{签发人}{/签发人}",
      "{主送}",
      "{正文}",
      [
        ["地区", "浓度"],
        ["{#表格1}{序号}.{列1}", "{列2}{/表格1}"],
      ],
      "{#附件}",
      "附件{序号}：{名称}",
      "{/附件}",
      "{落款}　{日期}",
    ]);
    expect(await templateFaults(template, [])).toEqual([]);
    const { paragraphs, tables, header, xml } = readDocument(await writeDocument(paper, template));
    expect(header).toBe("待签发　演示数据");
    expect(paragraphs[0]).toBe("关于空气质量改善滞后的提醒函（通气办〔2020〕12号）");
    expect(paragraphs).toContain("海安市人民政府：");
    expect(paragraphs.filter((text) => /^一、|^PM2.5</.test(text))).toEqual(["一、总体情况", "PM2.5<36。"]);
    expect(paragraphs.filter((text) => text.startsWith("附件"))).toEqual([
      "附件1：排名表",
      "附件2：问题清单",
    ]);
    expect(paragraphs.join("")).not.toMatch(/[{}]|签发人/);
    expect(tables).toEqual([
      [
        ["县区", "PM2.5"],
        ["海安", "36"],
        ["如皋 & 如东", "35"],
      ],
      [
        ["地区", "浓度"],
        ["1.海安", "36"],
        ["2.如皋 & 如东", "35"],
      ],
    ]);
    expect(xml).toMatch(/华文行楷[^/]*\/>(?:(?!<w:t).)*<w:t[^>]*>关于空气质量改善滞后的提醒函/);
    expect(paragraphs.at(-1)).toBe(`${OFFICE}　2020年6月15日`);
  });

  test("brings pictures of the text and what is bound with the paper, which no place is asked for", async () => {
    const [first, second] = [await photo("图1", "#884422"), await photo("照片", "#228844")];
    const blocks: PaperBlock[] = [
      ...paper.blocks,
      { kind: "picture", picture: first },
      { kind: "appendix", title: "现场照片" },
      { kind: "picture", picture: second },
    ];
    const template = await anOfficesTemplate(["{标题}", "{正文}", "{落款}"]);
    const { pictures, paragraphs, files } = readDocument(await writeDocument({ ...paper, blocks }, template));
    expect(pictures).toEqual([first.bytes, second.bytes]);
    expect(paragraphs.filter(Boolean).slice(-4)).toEqual([OFFICE, "附件", "现场照片", "照片"]);
    expect(new TextDecoder().decode(files["[Content_Types].xml"])).toMatch(/Extension="jpg"/);
  });

  test("may name the labelled rows of an order", async () => {
    const labelled: PaperBlock = {
      kind: "table",
      widths: [1, 1],
      rows: [
        [{ text: "地点", look: "label" }, "城东镇"],
        [{ text: "问题编号", look: "label" }, "NT-2020-000006"],
      ],
    };
    const template = await anOfficesTemplate([
      "{标题}",
      [
        ["编号", "{问题编号}"],
        ["地点", "{地点}"],
        ["协办", "{协办单位}"],
      ],
    ]);
    expect(await templateFaults(template, ORDER_LABELS)).toEqual([]);
    const filled = await writeDocument({ ...paper, blocks: [...paper.blocks, labelled] }, template);
    expect(readDocument(filled).tables).toEqual([
      [
        ["编号", "NT-2020-000006"],
        ["地点", "城东镇"],
        ["协办", ""],
      ],
    ]);
  });

  test("gives the same bytes on another day", async () => {
    const template = await anOfficesTemplate(["{标题}", "{正文}"]);
    const filled = await writeDocument(paper, template);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await writeDocument(paper, template)).toEqual(filled);
  });
});

test("the example of seeds/README.md can be filled", async () => {
  const guide = readFileSync("seeds/README.md", "utf8");
  const typed = /A whole `order.docx`.*?```\n(.*?)```/s.exec(guide)?.[1] ?? "";
  const parts = typed
    .split("\n")
    .filter((line) => line !== "" && !/^[┌└]/.test(line))
    .map((line) => (line.startsWith("│") ? [line.split("│").slice(1, -1)] : line.trim()));
  const template = await anOfficesTemplate(parts);
  expect(await templateFaults(template, ORDER_LABELS)).toEqual([]);
  const { paragraphs } = readDocument(await writeDocument(paper, template));
  expect(paragraphs).toContain("1．排名表");
  expect(paragraphs.join("")).not.toMatch(/[{}]/);
});

describe("a template that can't be filled is named with what is wrong", () => {
  const GOOD = ["{标题}", "{正文}"];
  test.each<[string, string[], string]>([
    ["an unknown name", [...GOOD, "{承办人}"], "不认识占位符{承办人}"],
    ["a loop's name outside of it", [...GOOD, "{名称}"], "不认识占位符{名称}"],
    ["an unknown name in a loop", [...GOOD, "{#附件}{文件名}{/附件}"], "不认识占位符{文件名}"],
    ["a label of another paper", [...GOOD, "{地点}"], "不认识占位符{地点}"],
    ["an unknown loop", [...GOOD, "{#问题}{/问题}"], "不认识占位符{问题}"],
    ["a name without its end", [...GOOD, "{文号"], "占位符“{文号”少了右花括号}"],
    ["a name without its beginning", [...GOOD, "文号}"], "少了左花括号{"],
    ["a loop without its end", [...GOOD, "{#附件}{名称}"], "{#附件}没有结尾，请在后面写{/附件}"],
    ["an end without its loop", [...GOOD, "{/附件}"], "{/附件}没有开头"],
    ["a loop with another's end", [...GOOD, "{#附件}{/表格1}"], "{#附件}的结尾写成了{/表格1}"],
    ["text beside the body", ["{标题}", "内容：{正文}"], "{正文}须单独占一段"],
    ["braces of another width", [...GOOD, "｛文号｝"], "占位符要用半角花括号{ }"],
    ["no place for what it says", ["{标题}"], "缺少{正文}"],
  ])("%s", async (_what, parts, said) => {
    expect((await templateFaults(await anOfficesTemplate(parts), [])).join("\n")).toContain(said);
  });

  test("no place for marks, or the body in a header", async () => {
    expect((await templateFaults(await anOfficesTemplate(GOOD, { head: "" }), []))[0]).toContain(
      "缺少{标注}",
    );
    const faults = await templateFaults(await anOfficesTemplate(["{标题}{标注}"], { head: "{正文}" }), []);
    expect(faults).toContain("{正文}不能放在页眉、页脚里");
  });

  test("every fault is said at once", async () => {
    expect(await templateFaults(await anOfficesTemplate([...GOOD, "{甲}", "{乙}"]), [])).toHaveLength(2);
  });

  test("a file that is no Word document", async () => {
    const { zipSync, strToU8 } = await import("fflate");
    for (const bytes of [
      strToU8("no zip"),
      zipSync({ "xl/workbook.xml": strToU8("<x/>") }),
      new Uint8Array(),
    ])
      expect(await templateFaults(bytes, [])).toEqual(["不是Word文档，请在Word里另存为.docx"]);
  });
});
