import { POINTS } from "./paper-model.ts";
import { printWidth } from "./print-width.ts";

/** A title in one line where it fits, else in the lines that are given, each of them broken where it is too long. */
export const titleLines = (lines: readonly string[], width: number): string[] =>
  printWidth(lines.join("")) * POINTS.title <= width
    ? [lines.join("")]
    : lines.flatMap((line) => broken(line, width));

/** Broken between words into lines of about one length, as few as hold it. */
function broken(text: string, width: number): string[] {
  const most = width / POINTS.title;
  const words = Array.from(
    new Intl.Segmenter("zh", { granularity: "word" }).segment(text),
    ({ segment }) => segment,
  );
  const least = Math.ceil(printWidth(text) / most);
  if (least <= 1) return [text];
  for (let room = Math.ceil(printWidth(text) / least); room < most; room++) {
    const lines = filled(words, room);
    if (lines.length <= least) return lines;
  }
  return filled(words, most);
}

/** Words line by line; a sign that may not begin a line stays with the word before it. */
function filled(words: readonly string[], room: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && (printWidth(line + word) <= room || CLINGS.test(word)))
      lines[lines.length - 1] = line + word;
    else lines.push(word);
  }
  return lines;
}
const CLINGS = /^[，。、；：？！）》」』】”’…％%的]$/u;
