import { withoutControls } from "./paper-model.ts";
import { printWidth } from "./print-width.ts";
import { wrapped } from "./text-lines.ts";

/** What stands on a page, in points from its upper left corner; `y` of a text is the middle of its line. */
export type PageMark =
  | ({ kind: "text"; text: string; x: number; y: number; size: number } & TextLook)
  | { kind: "box"; x: number; y: number; width: number; height: number }
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
  /** What stands above it again when it begins a page. */
  head?: Strip;
  draw(y: number): PageMark[];
};

/** Points of millimetres. */
export const pt = (millimetres: number) => (millimetres * 72) / 25.4;
/** A text as lines of a width, each of its own lines broken by itself. */
export function printLines(text: string, width: number, size: number): string[] {
  const look = { size };
  // A number that is wider than the line is broken anywhere: nothing that is signed may be cut.
  const most = Math.max(1, Math.floor(width / printWidth("M", look)));
  const breakable = (line: string) => line.replace(UNBROKEN, (run) => chunked(run, most).join(BREAK));
  return withoutControls(text)
    .split("\n")
    .flatMap((line) => {
      const broken = wrapped(printWidth, breakable(line), { width, lines: MOST_LINES, look });
      return broken.length === 0 ? [""] : broken.map((part) => part.replaceAll(BREAK, ""));
    });
}
const MOST_LINES = 400;
const BREAK = "\u200b";
const UNBROKEN = /[!-~\p{Script=Latin}]{8,}/gu;

/** A run of signs in parts of so many; one that fits stays whole. */
function chunked(run: string, most: number): string[] {
  const signs = [...run];
  if (signs.length <= most) return [run];
  return Array.from({ length: Math.ceil(signs.length / most) }, (_, i) =>
    signs.slice(i * most, (i + 1) * most).join(""),
  );
}
