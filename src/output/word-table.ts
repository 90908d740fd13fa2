import type * as Docx from "docx";
import { pt } from "./page-strip.ts";
import {
  type CellAlign,
  headOfTable,
  type PaperCell,
  type PaperPicture,
  POINTS,
  pictureSize,
  withoutControls,
} from "./paper-model.ts";
import type { SetLine, SetPiece } from "./set-line.ts";
import { CELL_SIDE, columnsOf } from "./table-columns.ts";
import { FONTS } from "./word-fonts.ts";
import { mm, wordLine } from "./word-line.ts";

type Word = typeof Docx;

/** Points between lines of a cell, for each point of its print. */
const LEADING = 15 / POINTS.cell;

/** How many pictures a document has so far: each has its number, and the package counts over all that it ever made. */
export type Drawings = { count: number };

type Around = { width: number; below: readonly SetLine[]; drawings: Drawings };

/**
 * A table as wide as the text block, in millimetres; a row stays on one page. What the last rows are kept with (`below`)
 * stands in a row of its own without borders: LibreOffice keeps rows together, but no row with a paragraph behind the table.
 */
export function tableOf(
  word: Word,
  { table, keepRows }: Extract<SetPiece, { kind: "table" }>,
  { width, below, drawings }: Around,
): Docx.Table {
  const { rows, widths, height = 0, small = 1, align = [] } = table;
  const columns = columnsOf(table, pt(width)).map((points) => points / pt(1));
  const heads = headOfTable(table);
  const drawnRows = rows.map((cells, at) => {
    let column = 0;
    const isHead = at < heads;
    return new word.TableRow({
      cantSplit: cells.every(staysWhole),
      ...(isHead ? { tableHeader: true } : {}),
      height: { value: mm(height * small), rule: word.HeightRule.ATLEAST },
      children: cells.map((cell) => {
        const span = typeof cell === "string" ? 1 : (cell.span ?? 1);
        const room = columns.slice(column, column + span).reduce((sum, part) => sum + part, 0);
        const keeps = isHead || at >= rows.length - keepRows;
        const look = { isHead, keeps, small, room, align: align[column] ?? "left", drawings };
        column += span;
        return cellOf(word, cell, look);
      }),
    });
  });
  return new word.Table({
    width: { size: mm(width), type: word.WidthType.DXA },
    columnWidths: columns.map(mm),
    layout: word.TableLayoutType.FIXED,
    // Said once: a table has hundreds of cells.
    margins: { top: 50 * small, bottom: 50 * small, left: 20 * CELL_SIDE, right: 20 * CELL_SIDE },
    rows: [
      ...drawnRows,
      ...(below.length === 0 ? [] : [borderless(word, below, { columns: widths.length, width })]),
    ],
  });
}

/** Lines in a row of their own. */
function borderless(
  word: Word,
  lines: readonly SetLine[],
  { columns, width }: { columns: number; width: number },
): Docx.TableRow {
  const none = noBorder(word);
  return new word.TableRow({
    cantSplit: true,
    children: [
      new word.TableCell({
        columnSpan: columns,
        margins: { top: 0, bottom: 0, left: 0, right: 0 },
        borders: { left: none, right: none, bottom: none },
        children: lines.map((line) => wordLine(word, line, width)),
      }),
    ],
  });
}

const noBorder = ({ BorderStyle }: Word) => ({ style: BorderStyle.NONE, size: 0, color: "auto" });

/** Eighths of a point: the rules above and below a 版记 are 0.35 mm thick, what parts its lines 0.25 mm. */
const [THICK, THIN] = [8, 6];

/** Lines between rules as wide as the text block, in millimetres. */
export function ruled(word: Word, lines: readonly SetLine[], width: number): Docx.Table {
  const none = noBorder(word);
  const rule = (size: number) => ({ style: word.BorderStyle.SINGLE, size, color: "000000" });
  return new word.Table({
    width: { size: mm(width), type: word.WidthType.DXA },
    columnWidths: [mm(width)],
    layout: word.TableLayoutType.FIXED,
    borders: {
      ...{ top: rule(THICK), bottom: rule(THICK), left: none, right: none },
      ...{ insideHorizontal: rule(THIN), insideVertical: none },
    },
    rows: lines.map(
      (line) =>
        new word.TableRow({
          cantSplit: true,
          children: [
            new word.TableCell({
              margins: { top: 0, bottom: 0, left: 0, right: 0 },
              children: [wordLine(word, line, width)],
            }),
          ],
        }),
    ),
  });
}

/** A row that no page may hold is broken, whatever is asked. */
const staysWhole = (cell: PaperCell): boolean =>
  typeof cell === "string" ? cell.length <= 400 : !("text" in cell) || cell.text.length <= 400;

type Look = {
  isHead: boolean;
  keeps: boolean;
  small: number;
  room: number;
  align: CellAlign;
  drawings: Drawings;
};

function cellOf(word: Word, cell: PaperCell, look: Look): Docx.TableCell {
  const content = typeof cell === "string" ? { text: cell } : cell;
  const { span } = content as { span?: number };
  return new word.TableCell({
    children: "picture" in content ? pictureOf(word, content.picture, look) : linesOf(word, content, look),
    verticalAlign: word.VerticalAlignTable.CENTER,
    ...(span === undefined ? {} : { columnSpan: span }),
  });
}

function linesOf(
  word: Word,
  { text, look }: { text: string; look?: "label" | "code" },
  { isHead, keeps, small, align }: Look,
): Docx.Paragraph[] {
  const isLabel = isHead || look === "label";
  const points = (look === "code" ? POINTS.small : POINTS.cell) * small;
  return withoutControls(text)
    .split("\n")
    .map(
      (line) =>
        new word.Paragraph({
          ...(keeps ? { keepNext: true } : {}),
          spacing: look === "code" ? { line: 240 } : exactly(word, points * LEADING),
          ...alignedTo(word, isLabel ? "center" : align),
          children: [
            new word.TextRun({
              text: line,
              font: isLabel ? FONTS.heading : look === "code" ? FONTS.code : FONTS.table,
              size: Math.round(2 * points),
              sizeComplexScript: false,
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

/** From the left where nothing is said. */
const alignedTo = (word: Word, align: CellAlign) =>
  align === "left" ? {} : { alignment: word.AlignmentType[align === "center" ? "CENTER" : "RIGHT"] };

function pictureOf(
  word: Word,
  picture: PaperPicture,
  { small, room, drawings, keeps }: Look,
): Docx.Paragraph[] {
  const centred = { alignment: word.AlignmentType.CENTER, keepNext: keeps };
  const size = Math.round(2 * POINTS.small * small);
  return [
    new word.Paragraph({ ...centred, children: [drawn(word, picture, room - 6, drawings)] }),
    new word.Paragraph({
      ...centred,
      spacing: exactly(word, POINTS.small * small * LEADING),
      children: [new word.TextRun({ text: withoutControls(picture.caption), font: FONTS.table, size })],
    }),
  ];
}

/** A picture in a room of so many millimetres. */
export function drawn(word: Word, picture: PaperPicture, room: number, drawings: Drawings): Docx.ImageRun {
  const words = withoutControls(picture.caption);
  const size = pictureSize(picture, room);
  const pixels = (n: number) => Math.max(1, Math.round((n * 96) / 25.4));
  drawings.count += 1;
  return new word.ImageRun({
    type: picture.type,
    data: Buffer.from(picture.bytes),
    transformation: { width: pixels(size.width), height: pixels(size.height) },
    altText: { id: String(drawings.count), name: words, description: words, title: words },
  });
}
