import type * as Docx from "docx";
import { POINTS, withoutControls } from "./paper-model.ts";
import { CLOSER, RED, type SetLine } from "./set-line.ts";
import { FONTS } from "./word-fonts.ts";

/** Twips of millimetres, of points. */
export const mm = (n: number) => Math.round((n * 1440) / 25.4);
const twips = (points: number) => Math.round(20 * points);

/** A paragraph as it is set, in a text block of so many millimetres. */
export function wordLine(word: typeof Docx, set: SetLine, width: number): Docx.Paragraph {
  const { text, atEnd, first, left, right, before, after, leading, rule } = set;
  const { keepNext = false, breaks = false } = set;
  const end = twips((width * 72) / 25.4 - right);
  return new word.Paragraph({
    ...(keepNext ? { keepNext } : {}),
    ...(breaks ? { pageBreakBefore: true } : {}),
    widowControl: true,
    spacing: {
      ...{ before: twips(before), after: twips(after) },
      // Lines of a height that no font changes: a page that is full stays one.
      ...{ line: twips(leading), lineRule: word.LineRuleType.EXACT },
    },
    indent: {
      ...{ left: twips(left), right: twips(right) },
      ...(first >= left ? { firstLine: twips(first - left) } : { hanging: twips(left - first) }),
    },
    alignment: alignmentOf(word, set),
    ...(atEnd === undefined ? {} : { tabStops: [{ type: word.TabStopType.RIGHT, position: end }] }),
    ...(rule === undefined
      ? {}
      : { border: { bottom: { style: word.BorderStyle.SINGLE, size: 8 * rule, color: RED, space: 0 } } }),
    children: [...runsOf(word, text, set), ...(atEnd === undefined ? [] : runsOf(word, `\t${atEnd}`, set))],
  });
}

/** The text is flush on both sides, as the standard shows it. */
function alignmentOf({ AlignmentType }: typeof Docx, { align, face, atEnd }: SetLine) {
  const isText = (face === "text" || face === "strong") && atEnd === undefined;
  return {
    left: isText ? AlignmentType.BOTH : AlignmentType.LEFT,
    center: AlignmentType.CENTER,
    right: AlignmentType.RIGHT,
  }[align];
}

/** A text's lines, each after the first on a line of its own; a tab at its head stays one. */
function runsOf(word: typeof Docx, text: string, { face, size, red = false }: SetLine): Docx.TextRun[] {
  const tab = text.startsWith("\t") ? [new word.Tab()] : [];
  return withoutControls(text.replace(/^\t/, ""))
    .split("\n")
    .map(
      (line, i) =>
        new word.TextRun({
          children: [...(i === 0 ? tab : []), line],
          font: FONTS[face],
          size: Math.round(2 * size),
          // A size for scripts that Chinese is none of would be one more element of each run.
          sizeComplexScript: false,
          ...(i === 0 ? {} : { break: 1 }),
          ...(face === "strong" ? { bold: true } : {}),
          ...(size === POINTS.text ? { characterSpacing: twips(-CLOSER) } : {}),
          ...(red ? { color: RED } : {}),
        }),
    );
}
