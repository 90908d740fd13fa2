import type * as Docx from "docx";
import { aboveImprint } from "./pages.ts";
import { MARGINS, PAGE, type PaperModel } from "./paper-model.ts";
import { imprintOf } from "./set-head.ts";
import { type SetLine, type SetPiece, setLine } from "./set-line.ts";
import { setPaper } from "./set-paper.ts";
import { wordLine } from "./word-line.ts";
import { type Drawings, drawn, ruled, tableOf } from "./word-table.ts";

type Word = typeof Docx;
type Part = Docx.Paragraph | Docx.Table;

/** What stands between a paper's margins; its 版记 stands as far below the text as there is room. */
export function wordBody(word: Word, paper: PaperModel): Part[] {
  const { margins } = paper;
  const width = PAGE.width - MARGINS[margins].left - MARGINS[margins].right;
  const parts = wordParts(word, setPaper(paper), width);
  const imprint = imprintOf(paper);
  if (imprint.length > 0) {
    const { room, breaks } = aboveImprint(paper);
    parts.push(
      wordLine(word, setLine("", { leading: room, keepNext: true, breaks }), width),
      ruled(word, imprint, width),
    );
  }
  // Word wants a paragraph behind the last table.
  if (parts.at(-1) instanceof word.Table)
    parts.push(wordLine(word, setLine("", { leading: 1, size: 1 }), width));
  return parts;
}

/** Pieces as they are drawn in a text block of so many millimetres. */
function wordParts(word: Word, pieces: readonly SetPiece[], width: number): Part[] {
  const drawings: Drawings = { count: 0 };
  const parts: Part[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] as SetPiece;
    if (piece.kind === "table") {
      const below = piece.keepRows > 0 ? keptBelow(pieces, at + 1) : [];
      parts.push(tableOf(word, piece, { width, below, drawings }));
      at += below.length;
    } else if (piece.kind === "line") parts.push(wordLine(word, piece, width));
    else
      parts.push(
        new word.Paragraph({
          alignment: word.AlignmentType.CENTER,
          spacing: { before: 120 },
          keepNext: piece.picture.caption !== "",
          children: [drawn(word, piece.picture, width, drawings)],
        }),
      );
  }
  return parts;
}

/** The lines with which a table's last rows are kept: up to the first that isn't kept with its next. */
function keptBelow(pieces: readonly SetPiece[], from: number): SetLine[] {
  const lines: SetLine[] = [];
  for (const piece of pieces.slice(from)) {
    if (piece.kind !== "line") break;
    lines.push(piece);
    if (!piece.keepNext) break;
  }
  return lines;
}
