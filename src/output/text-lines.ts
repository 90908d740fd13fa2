import type { Look, TextMeasure } from "./canvas.ts";

/** No line of a picture holds more signs than this; what is longer needn't be measured. */
const MOST_SIGNS = 400;
/** Signs that don't begin a line, and signs that don't end one (GB/T 15834-2011, 标点符号用法, 5.1). */
const NOT_FIRST = /^[，。、；：？！）》」』】”’…％%.,;:?!)\]]/u;
const NOT_LAST = /[（《「『【“‘([]$/u;

/** A text as lines that fit a width, at most `lines` of them; where something is left out the last ends with …. */
export function wrapped(
  measure: TextMeasure,
  text: string,
  { width, lines, look }: { width: number; lines: number; look?: Look },
): string[] {
  let rest = pieces(text.trim());
  const broken: string[] = [];
  while (rest.length > 0 && broken.length < lines) {
    const count = broken.length === lines - 1 ? rest.length : fitting(measure, rest, width, look);
    broken.push(rest.slice(0, count).join("").trim());
    rest = rest.slice(count);
  }
  return broken.map((line) => fitted(measure, line, width, look));
}

/** A text cut to one line of a width, with … where something is left out. */
export function fitted(measure: TextMeasure, text: string, width: number, look?: Look): string {
  const signs = Array.from(text);
  if (signs.length <= MOST_SIGNS && measure(text, look) <= width) return text;
  const cut = signs.slice(0, MOST_SIGNS);
  while (cut.length > 1 && measure(`${cut.join("")}…`, look) > width) cut.pop();
  return `${cut.join("")}…`;
}

/** How many pieces go on one line; at least one. */
function fitting(measure: TextMeasure, parts: readonly string[], width: number, look?: Look): number {
  let line = "";
  let count = 0;
  for (const part of parts) {
    if (count > 0 && measure(line + part, look) > width) break;
    line += part;
    count++;
  }
  return count;
}

/** What a line must not break: a word, a number, a sign with the punctuation that clings to it. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  for (const [part] of text
    .slice(0, 4 * MOST_SIGNS)
    .matchAll(/[\p{Script=Latin}\p{N}µμ³.,%:/_-]{1,24}|./gsu)) {
    const before = parts.at(-1);
    if (before !== undefined && (NOT_FIRST.test(part) || NOT_LAST.test(before)) && before.length < 30)
      parts[parts.length - 1] = before + part;
    else parts.push(part);
  }
  return parts;
}
