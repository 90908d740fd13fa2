import type { AnyCommand } from "./command.ts";
import { plainly } from "./phrase.ts";
import type { Reading } from "./recognise.ts";
import { cut } from "./understanding/choice.ts";
import { meaning, type Piece } from "./understanding/piece.ts";

/** Longer talk is read no further. */
const MOST = 2000;
const FULL = /[a-z]{1,6}-\d{4}-\d/i;
/** 6号 alone is a day as well, and digits alone are anything. */
const SHORT = /^(第?)[\d一二三四五六七八九十]+(号|件)$/;
const PROBLEM = /^(问题|交办件|交办单|单子|件)$/;

/** Whether talk may hold the number of an issue: what doesn't is not looked into. */
export const mayMention = (text: string): boolean =>
  /[-－][\d０-９]{4}|[\d０-９一二三四五六七八九十][号件]/i.test(text);

/**
 * The issues that talk among people names by number, each once: NT-2020-000006, 6号问题, 问题6号; no bare digits. Whether
 * there are such issues isn't asked.
 */
export function issuesNamed(typed: string, commands: readonly AnyCommand[], reading: Reading): string[] {
  if (!mayMention(typed)) return [];
  const { pieces } = cut(plainly(typed.slice(0, MOST)), commands, reading);
  const named = pieces.flatMap((piece, i) => {
    const no = meaning(piece, "issue")?.no;
    if (no === undefined) return [];
    return FULL.test(piece.text) || isOfProblem(piece, pieces[i - 1], pieces[i + 1]) ? [no] : [];
  });
  return [...new Set(named)];
}

/** Whether a short number stands right beside the word for what it numbers. */
function isOfProblem(piece: Piece, before: Piece | undefined, after: Piece | undefined): boolean {
  if (!SHORT.test(piece.text)) return false;
  const isBefore = before !== undefined && piece.glued && PROBLEM.test(before.text);
  const isAfter = after?.glued === true && PROBLEM.test(after.text);
  return isBefore || isAfter;
}
