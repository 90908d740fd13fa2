import { MARGINS, PAGE, type PaperModel, type PaperPicture, type PaperTable, POINTS } from "./paper-model.ts";

/** What print is set in: 小标宋, 黑体, 楷体, 仿宋, 仿宋 in bold, 宋体. */
export type Face = "title" | "heading" | "subheading" | "text" | "strong" | "table";

/** A paragraph as it is set, lengths in points. `first` is where its first line begins, `left` where its others do. */
export type SetLine = {
  kind: "line";
  text: string;
  /** Stands at the right end of its line. */
  atEnd?: string;
  face: Face;
  size: number;
  /** From line to line, whatever the font. */
  leading: number;
  align: "left" | "center" | "right";
  first: number;
  left: number;
  right: number;
  before: number;
  after: number;
  red?: boolean;
  /** A red rule below it, so many points thick. */
  rule?: number;
  keepNext?: boolean;
  /** Begins a page. */
  breaks?: boolean;
};

/** What both the Word file and the pages are drawn from, from top to bottom. */
export type SetPiece =
  | SetLine
  /** `keepRows`: how many of the last rows stay with what follows. */
  | { kind: "table"; table: PaperTable; keepRows: number }
  | { kind: "picture"; picture: PaperPicture };

/** The red of heads, rules and marks, as six hexadecimal figures. */
export const RED = "C00000";
/** Points from line to line: 22 of them on a page. */
export const LEADING = 28;
/** How much closer than it is wide the text is set, in points: 28 signs on a line of 156 mm. */
export const CLOSER = 0.25;
/** A sign of the text with its share of the line. */
export const SIGN = POINTS.text - CLOSER;

/** Points between the margins. */
export const textWidth = (margins: PaperModel["margins"]): number =>
  ((PAGE.width - MARGINS[margins].left - MARGINS[margins].right) * 72) / 25.4;

/** A line of text with what is said of it; what isn't is as the text has it. */
export const setLine = (text: string, over: Partial<Omit<SetLine, "kind" | "text">> = {}): SetLine => ({
  ...{ kind: "line", text, face: "text", size: POINTS.text, leading: LEADING, align: "left" },
  ...{ first: 0, left: 0, right: 0, before: 0, after: 0 },
  ...over,
});

/** The sign of a line as it is measured. */
export const signOf = ({ size }: Pick<SetLine, "size">): number => (size === POINTS.text ? SIGN : size);
