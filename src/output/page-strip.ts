import type { TextMeasure } from "./canvas.ts";
import { withoutControls } from "./paper-model.ts";
import { printWidth } from "./print-width.ts";
import { wrapped } from "./text-lines.ts";

/** What stands on a page, in points from its upper left corner; `y` of a text is the middle of its line. */
export type PageMark =
  | ({ kind: "text"; text: string; x: number; y: number; size: number } & TextLook)
  | { kind: "box"; x: number; y: number; width: number; height: number }
  | { kind: "rule"; x: number; y: number; width: number; thick: number; color: string }
  | { kind: "picture"; x: number; y: number; width: number; height: number; bytes: Uint8Array };
export type TextLook = { bold?: true; color?: string; align?: "left" | "right" | "center" };
export type Page = { marks: readonly PageMark[] };

/** A strip of a page that isn't cut: a line of text, a row of a table. `draw` gets its upper edge. */
export type Strip = {
  height: number;
  /** Left out at the head of a page. */
  before?: number;
  /** Never the last on its page. */
  keepNext?: boolean;
  /** Begins a page, whatever room is left. */
  breaks?: boolean;
  /** What stands above it again when it begins a page. */
  head?: readonly Strip[];
  draw(y: number): PageMark[];
};

/** Points of millimetres. */
export const pt = (millimetres: number) => (millimetres * 72) / 25.4;
/** A text as lines of a width, each of its own lines broken by itself. `shift`: how far its first line begins further in. */
export function printLines(text: string, width: number, size: number, shift = 0): string[] {
  const look = { size };
  const measure: TextMeasure = (line) => printWidth(line, look) + (line.startsWith(FIRST) ? shift : 0);
  // A number that is wider than the line is broken anywhere: nothing that is signed may be cut.
  const most = Math.max(1, Math.floor(width / printWidth("M", look)));
  const breakable = (line: string) =>
    line.replace(UNBROKEN, (run) => (printWidth(run, look) > width ? chunked(run, most).join(BREAK) : run));
  return withoutControls(text)
    .split("\n")
    .flatMap((line, i) => {
      const begun = `${i === 0 && shift !== 0 ? FIRST : ""}${breakable(line)}`;
      const broken = wrapped(measure, begun, { width, lines: MOST_LINES, look });
      return broken.length === 0 ? [""] : broken.map((part) => part.replace(UNSEEN, ""));
    });
}
/** Stands for the beginning of a first line while lines are broken. */
const FIRST = "\u2060";
const UNSEEN = /[\u200b\u2060]/g;
const MOST_LINES = 400;
const BREAK = "\u200b";
const UNBROKEN = /[!-~\p{Script=Latin}]{2,}/gu;

/** A run of signs in parts of so many. */
function chunked(run: string, most: number): string[] {
  const signs = [...run];
  return Array.from({ length: Math.ceil(signs.length / most) }, (_, i) =>
    signs.slice(i * most, (i + 1) * most).join(""),
  );
}
