import type * as Docx from "docx";
import {
  type PaperCell,
  type PaperPicture,
  type PaperTable,
  POINTS,
  pictureSize,
  withoutControls,
} from "./paper-model.ts";

type Word = typeof Docx;

const font = (east: string, west = "Times New Roman") => ({ ascii: west, hAnsi: west, eastAsia: east });
/** Fonts of the standard, by what they print. */
export const FONTS = {
  title: font("方正小标宋简体"),
  heading: font("黑体"),
  text: font("仿宋_GB2312"),
  table: font("宋体"),
  code: font("宋体", "Courier New"),
};
/** Twips of millimetres. */
export const mm = (n: number) => Math.round((n * 1440) / 25.4);
/** Points between lines of a cell, for each point of its print. */
const LEADING = 15 / POINTS.cell;

/** A table as wide as the text block, in millimetres; a row stays on one page, the last with what follows on `keepNext`. */
export function tableOf(
  word: Word,
  { rows, widths, head = false, height = 0, small = 1 }: PaperTable,
  { width, keepNext }: { width: number; keepNext: boolean },
): Docx.Table {
  const all = widths.reduce((sum, share) => sum + share, 0);
  const columns = widths.map((share) => (share / all) * width);
  return new word.Table({
    width: { size: mm(width), type: word.WidthType.DXA },
    columnWidths: columns.map(mm),
    layout: word.TableLayoutType.FIXED,
    rows: rows.map((cells, at) => {
      let column = 0;
      return new word.TableRow({
        cantSplit: cells.every(staysWhole),
        tableHeader: head && at === 0,
        height: { value: mm(height * small), rule: word.HeightRule.ATLEAST },
        children: cells.map((cell) => {
          const span = typeof cell === "string" ? 1 : (cell.span ?? 1);
          const room = columns.slice(column, column + span).reduce((sum, part) => sum + part, 0);
          column += span;
          const keeps = keepNext && at === rows.length - 1;
          return cellOf(word, cell, { isHead: head && at === 0, keeps, small, room });
        }),
      });
    }),
  });
}

/** A row that no page may hold is broken, whatever is asked. */
const staysWhole = (cell: PaperCell): boolean =>
  typeof cell === "string" ? cell.length <= 400 : !("text" in cell) || cell.text.length <= 400;

type Look = { isHead: boolean; keeps: boolean; small: number; room: number };

function cellOf(word: Word, cell: PaperCell, look: Look): Docx.TableCell {
  const content = typeof cell === "string" ? { text: cell } : cell;
  const { span } = content as { span?: number };
  return new word.TableCell({
    children: "picture" in content ? pictureOf(word, content.picture, look) : linesOf(word, content, look),
    verticalAlign: word.VerticalAlignTable.CENTER,
    margins: { top: 50 * look.small, bottom: 50 * look.small, left: 90, right: 90 },
    ...(span === undefined ? {} : { columnSpan: span }),
  });
}

function linesOf(
  word: Word,
  { text, look }: { text: string; look?: "label" | "code" },
  { isHead, keeps, small }: Look,
): Docx.Paragraph[] {
  const isLabel = isHead || look === "label";
  const points = (look === "code" ? POINTS.small : POINTS.cell) * small;
  return withoutControls(text)
    .split("\n")
    .map(
      (line) =>
        new word.Paragraph({
          keepNext: keeps,
          spacing: look === "code" ? { line: 240 } : exactly(word, points * LEADING),
          ...(isLabel ? { alignment: word.AlignmentType.CENTER } : {}),
          children: [
            new word.TextRun({
              text: line,
              font: isLabel ? FONTS.heading : look === "code" ? FONTS.code : FONTS.table,
              size: Math.round(2 * points),
            }),
          ],
        }),
    );
}

/** Lines of a height that no font changes: a page that is full stays one. */
const exactly = (word: Word, points: number) => ({
  line: Math.round(20 * points),
  lineRule: word.LineRuleType.EXACT,
});

function pictureOf(word: Word, picture: PaperPicture, { small, room }: Look): Docx.Paragraph[] {
  const { bytes, type, caption } = picture;
  const words = withoutControls(caption);
  const centred = { alignment: word.AlignmentType.CENTER };
  const size = pictureSize(picture, room - 6);
  const pixels = (n: number) => Math.max(1, Math.round((n * 96) / 25.4));
  return [
    new word.Paragraph({
      ...centred,
      children: [
        new word.ImageRun({
          type,
          data: Buffer.from(bytes),
          transformation: { width: pixels(size.width), height: pixels(size.height) },
          altText: { name: words, description: words, title: words },
        }),
      ],
    }),
    new word.Paragraph({
      ...centred,
      spacing: exactly(word, POINTS.small * small * LEADING),
      children: [
        new word.TextRun({ text: words, font: FONTS.table, size: Math.round(2 * POINTS.small * small) }),
      ],
    }),
  ];
}
