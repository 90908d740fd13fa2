import { type PageMark, printLines, type Strip, type TextLook } from "./page-strip.ts";
import { RED, type SetLine, signOf } from "./set-line.ts";

type Frame = { left: number; width: number };

/** A paragraph's lines. No page ends after its first line or begins with its last (GB/T 9704 says nothing of it; Word does so). */
export function lineStrips(set: SetLine, frame: Frame): Strip[] {
  const { leading, before, after, first, left, keepNext = false, breaks = false } = set;
  const lines = brokenLines(set, frame.width);
  const end = lines.length - 1;
  return lines.map((line, i) => ({
    ...(i === 0 ? { before, breaks } : {}),
    height: leading + (i === end ? after : 0),
    keepNext: i === end ? keepNext : i === 0 || i === end - 1,
    draw: (y) => [
      ...textMark(line, i === 0 ? first : left, set, frame, y),
      ...(i === end ? endMarks(set, frame, y) : []),
    ],
  }));
}

/** How many lines a paragraph has between margins so far apart. */
export const lineCount = (set: SetLine, width: number): number => brokenLines(set, width).length;

const brokenLines = (set: SetLine, width: number): string[] =>
  printLines(set.text, width - set.left - set.right, signOf(set), set.first - set.left);

function textMark(text: string, indent: number, set: SetLine, frame: Frame, y: number): PageMark[] {
  const { align, right, leading } = set;
  const size = signOf(set);
  const x = {
    left: frame.left + indent,
    center: frame.left + frame.width / 2,
    right: frame.left + frame.width - right,
  }[align];
  return text === ""
    ? []
    : [
        {
          kind: "text",
          text,
          x,
          y: y + leading / 2,
          size,
          ...lookOf(set),
          ...(align === "left" ? {} : { align }),
        },
      ];
}

/** What stands at the right end of a paragraph's last line, and the rule below it. */
function endMarks(set: SetLine, { left, width }: Frame, y: number): PageMark[] {
  const { atEnd, right, leading, rule } = set;
  const size = signOf(set);
  const x = left + width - right;
  return [
    ...(atEnd === undefined
      ? []
      : [
          { kind: "text", text: atEnd, x, y: y + leading / 2, size, ...lookOf(set), align: "right" } as const,
        ]),
    ...(rule === undefined
      ? []
      : [{ kind: "rule", x: left, y: y + leading - rule, width, thick: rule, color: `#${RED}` } as const]),
  ];
}

const lookOf = ({ face, red }: SetLine): TextLook => ({
  ...(face === "heading" || face === "strong" ? { bold: true } : {}),
  ...(red ? { color: `#${RED}` } : {}),
});
