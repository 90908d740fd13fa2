import type * as Docx from "docx";
import { FONTS, mm, SIZE, type Word, withoutControls } from "./word.ts";

/** A picture in a cell. `width` and `height` are its own, in pixels. */
export type WordPicture = {
  bytes: Uint8Array;
  type: "jpg" | "png";
  width: number;
  height: number;
  caption: string;
};
/** What a cell holds: text of several lines (`code`: in narrow print, for hashes), a label, or a picture. */
export type WordCell =
  | string
  | { text: string; look?: "label" | "code"; span?: number }
  | { picture: WordPicture; span?: number };

/** A bordered table. `widths` are millimetres and add up to the text block's 156; the first row repeats when `head`. */
export function tableOf(
  word: Word,
  rows: readonly (readonly WordCell[])[],
  { widths, head = false, height = 0 }: { widths: readonly number[]; head?: boolean; height?: number },
): Docx.Table {
  return new word.Table({
    width: { size: mm(156), type: word.WidthType.DXA },
    columnWidths: widths.map(mm),
    layout: word.TableLayoutType.FIXED,
    rows: rows.map(
      (cells, at) =>
        new word.TableRow({
          cantSplit: true,
          tableHeader: head && at === 0,
          height: { value: mm(height), rule: word.HeightRule.ATLEAST },
          children: cells.map((cell) => cellOf(word, cell, head && at === 0)),
        }),
    ),
  });
}

function cellOf(word: Word, cell: WordCell, isHead: boolean): Docx.TableCell {
  const content = typeof cell === "string" ? { text: cell } : cell;
  const { span } = content as { span?: number };
  return new word.TableCell({
    children: "picture" in content ? pictureOf(word, content.picture) : linesOf(word, content, isHead),
    verticalAlign: word.VerticalAlignTable.CENTER,
    margins: { top: 50, bottom: 50, left: 90, right: 90 },
    ...(span === undefined ? {} : { columnSpan: span }),
  });
}

function linesOf(
  word: Word,
  { text, look }: { text: string; look?: "label" | "code" },
  isHead: boolean,
): Docx.Paragraph[] {
  const isLabel = isHead || look === "label";
  return withoutControls(text)
    .split("\n")
    .map(
      (line) =>
        new word.Paragraph({
          spacing: { line: look === "code" ? 240 : 300 },
          ...(isLabel ? { alignment: word.AlignmentType.CENTER } : {}),
          children: [
            new word.TextRun({
              text: line,
              font: isLabel ? FONTS.heading : look === "code" ? FONTS.code : FONTS.table,
              size: look === "code" ? SIZE.small : SIZE.cell,
            }),
          ],
        }),
    );
}

/** The widest and the tallest that a picture may be, in the package's pixels of 1/96 inch: 71 × 48 mm. */
const BOX = { width: 270, height: 180 };

function pictureOf(word: Word, { bytes, type, width, height, caption }: WordPicture): Docx.Paragraph[] {
  const scale = Math.min(BOX.width / width, BOX.height / height, 1);
  const words = withoutControls(caption);
  const centred = { alignment: word.AlignmentType.CENTER };
  return [
    new word.Paragraph({
      ...centred,
      children: [
        new word.ImageRun({
          type,
          data: Buffer.from(bytes),
          transformation: {
            width: Math.max(1, Math.round(width * scale)),
            height: Math.max(1, Math.round(height * scale)),
          },
          altText: { name: words, description: words, title: words },
        }),
      ],
    }),
    new word.Paragraph({
      ...centred,
      children: [new word.TextRun({ text: words, font: FONTS.table, size: SIZE.small })],
    }),
  ];
}
