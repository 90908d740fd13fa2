import type { Block } from "../../chat/card.ts";
import { graphemesOf } from "../kit/graphemes.ts";
import { isPlain, visible } from "../kit/plain-text.ts";

type Table = Extract<Block, { kind: "table" }>;

/** Widest line, in half-width columns, that a phone shows without breaking it. */
const WIDEST = 72;

/**
 * A table as lines of equal width, the head first, or null when it is too wide to be read as one.
 * Columns are filled with ideographic spaces for what lacks in Chinese characters and with plain ones for the rest: they
 * stand straight whatever the font's ratio between the two is.
 */
export function alignedLines({ columns, rows }: Table): { head: string; lines: string[] } | null {
  const cells = [columns.map((c) => c.title), ...rows].map((row) =>
    columns.map((_, i) => visible(row[i] ?? "").replaceAll("\n", " ")),
  );
  const counts = cells.map((row) => row.map(countOf));
  const widths = columns.map((_, i) => ({
    wide: Math.max(...counts.map((row) => row[i]?.wide ?? 0)),
    narrow: Math.max(...counts.map((row) => row[i]?.narrow ?? 0)),
  }));
  const total = widths.reduce((sum, w) => sum + 2 * w.wide + w.narrow + 2, -2);
  if (total > WIDEST) return null;
  const lines = cells.map((row, r) =>
    row
      .map((cell, i) => {
        const count = counts[r]?.[i] ?? { wide: 0, narrow: 0 };
        const width = widths[i] ?? count;
        const space = "　".repeat(width.wide - count.wide) + " ".repeat(width.narrow - count.narrow);
        return columns[i]?.align === "end" ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd(),
  );
  return { head: lines[0] ?? "", lines: lines.slice(1) };
}

function countOf(text: string): { wide: number; narrow: number } {
  let wide = 0;
  // Finding where signs end is dear, and needless where every character is a sign of its own: of those the wide ones come
  // after all the others.
  if (isPlain(text)) {
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x3000) wide += 1;
    return { wide, narrow: text.length - wide };
  }
  const signs = [...graphemesOf(text)];
  for (const sign of signs) if (full.test(sign)) wide += 1;
  return { wide, narrow: signs.length - wide };
}

const full = /[ᄀ-ᅟ⺀-〾　ぁ-㏿㐀-䶿一-鿿가-힣豈-﫿︰-﹏！-｠￠-￦]|\p{Extended_Pictographic}/u;
