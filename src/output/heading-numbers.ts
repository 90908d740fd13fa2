import type { HeadingLevel, PaperBlock } from "./paper-model.ts";

const DIGITS = "〇一二三四五六七八九";

/** 一 to 九十九, as headings are counted. */
export function inChinese(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? "" : `${tens === 1 ? "" : DIGITS[tens]}十`;
  return `${ten}${ones === 0 && tens > 0 ? "" : DIGITS[ones]}`;
}

const WRITTEN: Readonly<Record<HeadingLevel, (n: number) => string>> = {
  1: (n) => `${inChinese(n)}、`,
  2: (n) => `（${inChinese(n)}）`,
  3: (n) => `${n}.`,
  4: (n) => `（${n}）`,
};

/**
 * A paper's headings with their numbers, by their place among the blocks (GB/T 9704-2012, 7.3.3): each level counts from one
 * below a heading of a higher one, and in each appendix.
 */
export function numberedHeadings(blocks: readonly PaperBlock[]): ReadonlyMap<number, string> {
  const counted = [0, 0, 0, 0, 0];
  const headings = new Map<number, string>();
  for (const [at, block] of blocks.entries()) {
    if (block.kind === "appendix") counted.fill(0);
    if (block.kind !== "heading") continue;
    const level = block.level ?? 1;
    const n = (counted[level] ?? 0) + 1;
    counted[level] = n;
    counted.fill(0, level + 1);
    headings.set(at, `${WRITTEN[level](n)}${block.text}`);
  }
  return headings;
}
