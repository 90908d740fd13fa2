import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeightRule,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from "docx";
import type { PaperBlock, PaperModel } from "../src/output/paper-model.ts";
import { FONT_TABLE } from "../src/output/word-fonts.ts";

const font = (eastAsia: string) => ({ ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia });
const TEXT = font("仿宋_GB2312");
const SONG = font("宋体");
const HEI = font("黑体");
const WIDTH = 8844;
const COLUMNS = [1538, 1669, 1584, 2899, 1154];

/**
 * The benchmark's notice as one writes it for the package by hand, lengths as figures: the same document as ours, sign for
 * sign (`word-paper.ts` looks), so that what is measured is our layer and nothing that is printed.
 */
export function barePaper({ name, creator, marks, blocks }: PaperModel): Promise<Uint8Array> {
  const header = () => new Header({ children: [markLine(marks.join("　"))] });
  const { LEFT, RIGHT } = AlignmentType;
  const document = new Document({
    title: name,
    creator,
    lastModifiedBy: creator,
    styles: { default: { document: { run: { font: TEXT, size: 32, color: "000000" } } } },
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 2098, right: 1474, bottom: 1984, left: 1587, header: 1417, footer: 1587 },
          },
        },
        headers: { default: header(), even: header() },
        footers: {
          default: new Footer({ children: [pageLine({ alignment: RIGHT, indent: { right: 280 } })] }),
          even: new Footer({ children: [pageLine({ alignment: LEFT, indent: { left: 280 } })] }),
        },
        children: bodyOf(blocks),
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [{ path: "word/fontTable.xml", data: FONT_TABLE }]);
}

/** Title, paragraphs, and the table; what follows it stands in its last row, on one page with the rows above. */
function bodyOf(blocks: readonly PaperBlock[]): (Paragraph | Table)[] {
  const { BOTH, CENTER, RIGHT } = AlignmentType;
  const at = blocks.findIndex(({ kind }) => kind === "table");
  const linesOf = (block: PaperBlock): Paragraph[] => {
    switch (block.kind) {
      case "title":
        return [
          line(block.lines.join(""), {
            ...{
              alignment: CENTER,
              keepNext: true,
              height: 640,
              run: { font: font("方正小标宋简体"), size: 44 },
            },
          }),
          line(block.below ?? "", { alignment: CENTER, keepNext: true, before: 160, after: 240 }),
        ];
      case "signature":
        return [
          line(block.body, { alignment: RIGHT, keepNext: true, before: 1120, right: 630 }),
          line(block.date, { alignment: RIGHT, right: 1260 }),
        ];
      case "text":
        return [line(block.text, { alignment: BOTH, firstLine: 630 })];
      default:
        return [];
    }
  };
  const last = (text: string) => line(text, { alignment: BOTH, firstLine: 630, keepNext: true, before: 160 });
  const below = blocks
    .slice(at + 1)
    .flatMap((block) => (block.kind === "text" ? [last(block.text)] : linesOf(block)));
  const empty = line("", { alignment: BOTH, height: 20, run: { font: TEXT, size: 2 } });
  return [...blocks.slice(0, at).flatMap(linesOf), tableOf(blocks[at], below), empty];
}

type Set = {
  alignment: (typeof AlignmentType)[keyof typeof AlignmentType];
  height?: number;
  before?: number;
  after?: number;
  firstLine?: number;
  right?: number;
  keepNext?: boolean;
  run?: IRunOptions;
};

function line(
  text: string,
  { alignment, run = { font: TEXT, size: 32, characterSpacing: -5 }, ...set }: Set,
) {
  const { height = 560, before = 0, after = 0, firstLine = 0, right = 0, keepNext = false } = set;
  return new Paragraph({
    ...(keepNext ? { keepNext } : {}),
    widowControl: true,
    spacing: { before, after, line: height, lineRule: LineRuleType.EXACT },
    indent: { left: 0, right, firstLine },
    alignment,
    children: [new TextRun({ text, sizeComplexScript: false, ...run })],
  });
}

function tableOf(block: PaperBlock | undefined, below: Paragraph[]): Table {
  const rows = block?.kind === "table" ? block.rows : [];
  const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
  return new Table({
    width: { size: WIDTH, type: WidthType.DXA },
    columnWidths: COLUMNS,
    layout: TableLayoutType.FIXED,
    margins: { top: 50, bottom: 50, left: 90, right: 90 },
    rows: [
      ...rows.map(
        (cells, at) =>
          new TableRow({
            cantSplit: true,
            ...(at === 0 ? { tableHeader: true } : {}),
            height: { value: 454, rule: HeightRule.ATLEAST },
            children: cells.map((text) => cellOf(String(text), at === 0, at >= rows.length - 1)),
          }),
      ),
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            columnSpan: COLUMNS.length,
            margins: { top: 0, bottom: 0, left: 0, right: 0 },
            borders: { left: none, right: none, bottom: none },
            children: below,
          }),
        ],
      }),
    ],
  });
}

const cellOf = (text: string, isHead: boolean, isLast: boolean): TableCell =>
  new TableCell({
    verticalAlign: VerticalAlignTable.CENTER,
    children: [
      new Paragraph({
        ...(isHead || isLast ? { keepNext: true } : {}),
        spacing: { line: 300, lineRule: LineRuleType.EXACT },
        ...(isHead ? { alignment: AlignmentType.CENTER } : {}),
        children: [new TextRun({ text, font: isHead ? HEI : SONG, size: 21, sizeComplexScript: false })],
      }),
    ],
  });

const markLine = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ text, font: HEI, size: 28, color: "C00000" })],
  });

const pageLine = (where: Pick<IParagraphOptions, "alignment" | "indent">): Paragraph =>
  new Paragraph({
    ...where,
    children: ["— ", PageNumber.CURRENT, " —"].map(
      (child) => new TextRun({ children: [child], font: SONG, size: 28 }),
    ),
  });
