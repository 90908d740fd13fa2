import type * as Docx from "docx";

// What the office's documents have in common. Layout after GB/T 9704-2012 (党政机关公文格式), from memory of the standard, to be
// confirmed against the original: A4, margins 37 mm above and 28 mm left with a text block of 156 × 225 mm, title 二号
// 小标宋, text 三号 仿宋, headings 三号 黑体, page numbers “— 1 —” below. Fonts fall back to what a machine has.

/** The parts of the docx package; loaded only when a document is made. */
export type Word = typeof Docx;

/** Sizes in half-points: 二号 22 pt, 三号 16 pt, 小四 12 pt, 五号 10.5 pt. */
const SIZE = { title: 44, text: 32, table: 24, small: 21 } as const;

const font = (east: string) => ({ ascii: "Times New Roman", hAnsi: "Times New Roman", eastAsia: east });
const FONTS = {
  title: font("方正小标宋简体"),
  heading: font("黑体"),
  text: font("仿宋_GB2312"),
  table: font("宋体"),
};
const BLACK = "000000";
const mm = (n: number) => Math.round((n * 1440) / 25.4);

/** One document from its parts; `at` (ms UTC) is when it says that it was made, so that the same data gives the same file. */
export async function wordDocument(
  { title, creator }: { title: string; creator: string },
  parts: (word: Word) => readonly (Docx.Paragraph | Docx.Table)[],
): Promise<Uint8Array> {
  const word = await import("docx");
  const document = new word.Document({
    title,
    creator,
    styles: { default: { document: { run: { font: FONTS.text, size: SIZE.text, color: BLACK } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), footer: mm(28) },
          },
        },
        footers: { default: new word.Footer({ children: [pageNumber(word)] }) },
        children: [...parts(word)],
      },
    ],
  });
  return new Uint8Array(await word.Packer.toBuffer(document));
}

function pageNumber(word: Word): Docx.Paragraph {
  const run = { font: FONTS.table, size: 28 };
  return new word.Paragraph({
    alignment: word.AlignmentType.CENTER,
    children: [
      new word.TextRun({ text: "— ", ...run }),
      new word.TextRun({ children: [word.PageNumber.CURRENT], ...run }),
      new word.TextRun({ text: " —", ...run }),
    ],
  });
}

/** The title, centred, with what stands small below it. */
export function titleOf(word: Word, title: string, below?: string): Docx.Paragraph[] {
  const centred = { alignment: word.AlignmentType.CENTER };
  return [
    new word.Paragraph({
      ...centred,
      spacing: { after: 200, line: 600 },
      children: [new word.TextRun({ text: plain(title), font: FONTS.title, size: SIZE.title })],
    }),
    ...(below === undefined
      ? []
      : [
          new word.Paragraph({
            ...centred,
            spacing: { after: 240 },
            children: [new word.TextRun({ text: plain(below), size: SIZE.text })],
          }),
        ]),
  ];
}

/** 一、… */
export function headingOf(word: Word, text: string): Docx.Paragraph {
  return new word.Paragraph({
    indent: { firstLine: 640 },
    spacing: { line: 560, before: 120 },
    keepNext: true,
    children: [new word.TextRun({ text: plain(text), font: FONTS.heading, size: SIZE.text })],
  });
}

/** A paragraph of the text; without `indent` it begins at the margin, as an addressee does. */
export function paragraphOf(
  word: Word,
  text: string,
  { indent = true }: { indent?: boolean } = {},
): Docx.Paragraph {
  return new word.Paragraph({
    ...(indent ? { indent: { firstLine: 640 } } : {}),
    spacing: { line: 560 },
    children: [new word.TextRun({ text: plain(text), size: SIZE.text })],
  });
}

/** 落款: who signs, and when, at the right. */
export function signatureOf(word: Word, office: string, date: string): Docx.Paragraph[] {
  return [office, date].map(
    (text, i) =>
      new word.Paragraph({
        alignment: word.AlignmentType.RIGHT,
        spacing: { line: 560, ...(i === 0 ? { before: 560 } : {}) },
        indent: { right: i === 0 ? 320 : 640 },
        children: [new word.TextRun({ text: plain(text), size: SIZE.text })],
      }),
  );
}

type Cell = string | { text: string; bold?: boolean; span?: number } | { picture: Picture; span?: number };
/** A picture to be shown within `box` millimetres. */
export type Picture = {
  bytes: Uint8Array;
  type: "jpg" | "png";
  width: number;
  height: number;
  caption: string;
};

/** A bordered table. `widths` are millimetres and add up to the text block's 156; the first row repeats when `head`. */
export function tableOf(
  word: Word,
  rows: readonly (readonly Cell[])[],
  { widths, head = false }: { widths: readonly number[]; head?: boolean },
): Docx.Table {
  return new word.Table({
    width: { size: mm(156), type: word.WidthType.DXA },
    columnWidths: widths.map(mm),
    rows: rows.map(
      (cells, at) =>
        new word.TableRow({
          cantSplit: true,
          tableHeader: head && at === 0,
          children: cells.map((cell) => cellOf(word, cell, head && at === 0)),
        }),
    ),
  });
}

function cellOf(word: Word, cell: Cell, isHead: boolean): Docx.TableCell {
  const content = typeof cell === "string" ? { text: cell } : cell;
  const children =
    "picture" in content
      ? pictureOf(word, content.picture)
      : plain(content.text)
          .split("\n")
          .map(
            (line) =>
              new word.Paragraph({
                spacing: { line: 340 },
                ...(isHead ? { alignment: word.AlignmentType.CENTER } : {}),
                children: [
                  new word.TextRun({
                    text: line,
                    font: isHead ? FONTS.heading : FONTS.table,
                    size: SIZE.table,
                    bold: "bold" in content && content.bold === true,
                  }),
                ],
              }),
          );
  return new word.TableCell({
    children,
    verticalAlign: word.VerticalAlignTable.CENTER,
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    ...(content && "span" in content && content.span ? { columnSpan: content.span } : {}),
  });
}

/** Points of the widest and the tallest that a picture may be. */
const BOX = { width: 270, height: 210 };

function pictureOf(word: Word, { bytes, type, width, height, caption }: Picture): Docx.Paragraph[] {
  const scale = Math.min(BOX.width / width, BOX.height / height, 1);
  const centred = { alignment: word.AlignmentType.CENTER };
  return [
    new word.Paragraph({
      ...centred,
      keepNext: true,
      children: [
        new word.ImageRun({
          type,
          data: Buffer.from(bytes),
          transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
          altText: { name: caption, description: caption, title: caption },
        }),
      ],
    }),
    new word.Paragraph({
      ...centred,
      children: [new word.TextRun({ text: plain(caption), font: FONTS.table, size: SIZE.small })],
    }),
  ];
}

/** XML has no place for control characters; a document that holds one can't be opened. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
  return text.replace(/[\u0000-\u0009\u000B-\u001F\uFFFE\uFFFF]/g, "").replace(/\p{Cs}/gu, "");
}
