import { describe, expect, test } from "vitest";
import { drawnPaper } from "../../src/output/drawn-paper.ts";
import { inChinese, numberedHeadings } from "../../src/output/heading-numbers.ts";
import type { Page } from "../../src/output/page-strip.ts";
import { pagesOf } from "../../src/output/pages.ts";
import type { PaperBlock, PaperModel } from "../../src/output/paper-model.ts";
import { titleLines } from "../../src/output/title-lines.ts";
import { wordDocument } from "../../src/output/word.ts";
import { OFFICE, official, photo } from "../support/papers.ts";
import { readDocument } from "./document.ts";

const wordsOn = ({ marks }: Page) => marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));
const said = (texts: readonly string[]) => texts.join("").replace(/[\s—]/g, "");

describe("headings", () => {
  const heading = (level: 1 | 2 | 3 | 4): PaperBlock => ({ kind: "heading", level, text: "甲" });

  test("are numbered on four levels, each anew below a higher one and in each appendix", () => {
    const levels = ([1, 2, 3, 4, 4, 3, 2, 1, 2] as const).map(heading);
    const blocks = [...levels, { kind: "appendix", title: "附表" } as const, heading(1)];
    expect([...numberedHeadings(blocks).values()]).toEqual(
      ["一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "二、", "（一）", "一、"].map(
        (no) => `${no}甲`,
      ),
    );
  });

  test.each([
    [1, "一"],
    [9, "九"],
    [10, "十"],
    [11, "十一"],
    [20, "二十"],
    [35, "三十五"],
  ])("%d is %s", (n, words) => expect(inChinese(n)).toBe(words));
});

test("a title stays whole while it fits, then is broken where it was told to, at last between words of one length", () => {
  const width = 442;
  expect(titleLines(["关于空气质量", "预警提醒的函"], width)).toEqual(["关于空气质量预警提醒的函"]);
  expect(titleLines(["关于移送南通市经济技术开发区", "大气污染问题线索的函"], width)).toEqual([
    "关于移送南通市经济技术开发区",
    "大气污染问题线索的函",
  ]);
  const lines = titleLines(
    ["关于海安市空气质量改善滞后情况的预警提醒并要求各有关部门限期反馈整改措施的函"],
    width,
  );
  expect(lines.map((line) => line.length).every((length) => length <= 20 && length > 10)).toBe(true);
});

describe("a paper", () => {
  const paper = (over: Partial<PaperModel> = {}) => official({ no: "通气办〔2020〕12号", ...over });

  test("with a red head has body, number and 签发人 above a red rule, and the number nowhere else", async () => {
    const model = paper({ redHead: `${OFFICE}文件`, signer: "王市长", corner: ["特急"] });
    const { paragraphs, xml } = readDocument(await wordDocument(model));
    const texts = paragraphs.filter(Boolean);
    expect(texts.slice(0, 4)).toEqual([
      "特急",
      `${OFFICE}文件`,
      "通气办〔2020〕12号签发人：王市长",
      "关于做好臭氧污染防治工作的通知",
    ]);
    expect(xml).toMatch(/<w:bottom w:val="single" w:color="C00000"/);
    const [page] = pagesOf(model);
    expect(page?.marks.some((mark) => mark.kind === "rule" && mark.color === "#C00000")).toBe(true);
    expect(wordsOn(page as Page).filter((text) => text.includes("12号"))).toHaveLength(1);
  });

  test("without one has them below its title", async () => {
    const { paragraphs } = readDocument(await wordDocument(paper({ signer: "王市长" })));
    expect(paragraphs.slice(0, 2)).toEqual([
      "关于做好臭氧污染防治工作的通知",
      "通气办〔2020〕12号　　签发人：王市长",
    ]);
  });

  test("has 版记 at the foot of its last page, on a page of its own where there is no room", () => {
    const imprint = { copies: ["南通市公安局", "南通市城市管理局"], issuer: OFFICE, date: "2020年6月15日" };
    for (let lines = 1; lines < 24; lines++) {
      const pages = pagesOf(paper({ imprint, blocks: official({}, lines).blocks }));
      const last = pages.at(-1) as Page;
      expect(wordsOn(last)).toContain("2020年6月15日印发");
      const lowest = Math.max(...last.marks.flatMap((mark) => (mark.kind === "rule" ? [mark.y] : [])));
      expect(lowest).toBeCloseTo(((297 - 35) * 72) / 25.4, 0);
      const copied = last.marks.find((mark) => mark.kind === "text" && mark.text.startsWith("抄送："));
      const others = last.marks.flatMap((mark) =>
        mark.kind === "text" && mark.size === 15.75 ? [mark.y] : [],
      );
      for (const y of others) expect(y).toBeLessThan((copied as { y: number }).y - 20);
    }
  });

  test("says the same in Word and on its pages, whatever it has", async () => {
    const picture = await photo("图1　全市PM2.5日均值", "#3388aa", [1080, 500]);
    const model = paper({
      redHead: `${OFFICE}文件`,
      signer: "王市长",
      corner: ["机密", "特急"],
      imprint: { copies: ["南通市公安局"], issuer: OFFICE, date: "2020年6月15日" },
      blocks: [
        ...official({}, 2).blocks.slice(0, -1),
        { kind: "heading", text: "总体情况" },
        { kind: "heading", level: 2, text: "细颗粒物" },
        { kind: "text", text: "第一行\n第二行" },
        { kind: "picture", picture },
        {
          kind: "table",
          title: "表1　排名",
          head: 2,
          widths: [1, 1],
          align: ["center", "right"],
          rows: [
            ["地区", "浓度"],
            ["", "μg/m³"],
            ["海安", "36"],
          ],
        },
        { kind: "note", text: "注：未经审核。" },
        { kind: "attachments", names: ["清单", "说明"] },
        { kind: "signature", body: OFFICE, date: "2020年6月15日" },
        { kind: "remark", text: "此件公开发布" },
        { kind: "appendix", title: "清单" },
        { kind: "text", text: "正文" },
      ],
    });
    const word = said(readDocument(await wordDocument(model)).paragraphs);
    const pages = said(
      pagesOf(model)
        .flatMap(wordsOn)
        .filter((text) => !/^— \d+ —$/.test(text)),
    );
    expect([...pages].toSorted().join("")).toBe([...word].toSorted().join(""));
    for (const text of ["附件清单", "（此件公开发布）", "一、总体情况（一）细颗粒物", "图1全市PM2.5日均值"]) {
      expect(word).toContain(text);
      expect(pages).toContain(text);
    }
  });

  test("is the same bytes again, its pictures too", async () => {
    const picture = await photo("图1", "#3388aa");
    const model = paper({ blocks: [...official().blocks, { kind: "picture", picture }] });
    expect(await drawnPaper(model)).toEqual(await drawnPaper(model));
  });

  test("names fonts that may stand for those of the standard", async () => {
    const { files } = readDocument(await wordDocument(paper()));
    const fonts = new TextDecoder().decode(files["word/fontTable.xml"]);
    expect(fonts).toMatch(/w:name="方正小标宋简体"><w:altName w:val="[^"]*宋体/);
  });
});
