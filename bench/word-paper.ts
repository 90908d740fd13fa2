import {
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from "docx";
import { noticeModel } from "../src/output/notice.ts";
import type { PaperModel } from "../src/output/paper-model.ts";
import { writeDocument } from "../src/output/word.ts";
import { type Finding, roundsOf, type Size, sideBySide } from "./side-by-side.ts";

/** The weekly notice as Word: in the layout of official papers, against the bare package with the same paragraphs and cells. */
export async function wordPaper(size: Size): Promise<Finding[]> {
  const model = weekly();
  const ours = () => writeDocument(model);
  const bare = () => Packer.toBuffer(plain(model));
  // The package is loaded by now on both sides: the first paper of each is what a process makes first.
  const first = await sideBySide({ name: "weekly notice in Word, first: ours / bare docx" }, ours, bare, {
    warmUp: 0,
    rounds: 1,
  });
  const steady = await sideBySide(
    { name: "weekly notice in Word, steady: ours / bare docx", aim: 1.3 },
    ours,
    bare,
    roundsOf(size, 5, 40),
  );
  return [first, steady];
}

function weekly(): PaperModel {
  const cells = (row: number) => ["海安市", "36", "82.5%", "同比下降5.4%", String(row)];
  return noticeModel({
    office: "大气污染防治联席会议办公室",
    title: "空气质量周通报（6月8日至6月14日）",
    issued: "2020年6月15日",
    marks: ["演示数据"],
    blocks: [
      ...Array.from({ length: 12 }, (_, i) => ({
        kind: "text" as const,
        text: `第${i + 1}段：全市PM2.5平均浓度为36微克/立方米，同比下降5.4%，优良天数比例为82.5%。`,
      })),
      {
        kind: "table",
        columns: ["县区", "PM2.5", "优良率", "同比", "位次"].map((title) => ({ title })),
        rows: Array.from({ length: 12 }, (_, i) => cells(i + 1)),
      },
      { kind: "note", text: "数据未经审核" },
    ],
  });
}

const FONT = { ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: "仿宋_GB2312" };
const line = (text: string) =>
  new Paragraph({
    spacing: { line: 560, lineRule: "exact", before: 0, after: 0 },
    indent: { firstLine: 640 },
    children: [new TextRun({ text, font: FONT, size: 32 })],
  });
const cell = (text: unknown) => new TableCell({ children: [line(String(text))] });

/** The same words in the same fonts and sizes, as one writes them for the package by hand. */
const plain = ({ blocks, marks }: PaperModel): Document =>
  new Document({
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        headers: {
          default: new Header({ children: [line(marks.join("　"))] }),
          even: new Header({ children: [line(marks.join("　"))] }),
        },
        footers: {
          default: new Footer({
            children: [new Paragraph({ children: [new TextRun({ children: [PageNumber.CURRENT] })] })],
          }),
          even: new Footer({
            children: [new Paragraph({ children: [new TextRun({ children: [PageNumber.CURRENT] })] })],
          }),
        },
        children: blocks.flatMap((block): (Paragraph | Table)[] => {
          if (block.kind === "title") return [...block.lines, block.below ?? ""].map(line);
          if (block.kind === "signature") return [block.body, block.date].map(line);
          if (block.kind !== "table") return "text" in block ? [line(block.text)] : [];
          return [new Table({ rows: block.rows.map((row) => new TableRow({ children: row.map(cell) })) })];
        }),
      },
    ],
  });
