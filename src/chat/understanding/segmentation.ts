import type { Lexicon } from "./lexicon.ts";
import type { Meaning, Piece } from "./piece.ts";
import { ALONE, FUNCTION_CHARACTERS } from "./small-words.ts";

/** What is found at a place of a text beside the lexicon's words: dates, numbers. */
export type Finder = (text: string, at: number) => readonly { end: number; meanings: readonly Meaning[] }[];

const UNKNOWN = 3;
const PIECE = 1;
const SIGN = /[\s,，。；;：:！!？?、（）()【】[\]《》<>…~～·|"“”'‘’「」『』—]/;
const LATIN = /[a-z0-9]/i;

/**
 * Cuts a text into the office's words, so that as little as possible is left unexplained, in as few pieces as possible.
 * `opaque`: what stands in quotation marks is one piece that nobody reads.
 */
export function segment(
  text: string,
  lexicon: Lexicon,
  find: Finder,
  { opaque }: { opaque: boolean },
): Piece[] {
  const quotes = opaque ? quotedIn(text) : [];
  const low = text.toLowerCase();
  type Way = { cost: number; end: number; meanings: readonly Meaning[] | null; quoted?: boolean };
  const ways: Way[] = new Array(text.length + 1);
  ways[text.length] = { cost: 0, end: text.length, meanings: null };
  const after = (end: number) => (ways[end] as Way).cost;
  for (let at = text.length - 1; at >= 0; at--) {
    const quote = quotes.find(([start]) => start === at);
    if (quote) {
      ways[at] = { cost: after(quote[1]), end: quote[1], meanings: [], quoted: true };
      continue;
    }
    if (quotes.some(([start, end]) => at > start && at < end)) {
      ways[at] = { cost: Number.POSITIVE_INFINITY, end: at + 1, meanings: null };
      continue;
    }
    const isSign = SIGN.test(text[at] ?? "");
    let best: Way = { cost: after(at + 1) + (isSign ? 0 : UNKNOWN), end: at + 1, meanings: null };
    const take = (end: number, meanings: readonly Meaning[]) => {
      const light = meanings.every(
        (m) => m.kind === "filler" || m.kind === "courtesy" || m.kind === "orderly",
      );
      const cost = after(end) + PIECE + (light ? 0.4 : 0);
      if (cost < best.cost || (cost === best.cost && end > best.end)) best = { cost, end, meanings };
    };
    // One stretch may be a day and a number at once: 6号.
    const byEnd = Map.groupBy(isSign ? [] : find(text, at), ({ end }) => end);
    const found = [...byEnd].map(([end, all]) => ({
      end,
      meanings: all.flatMap(({ meanings }) => meanings),
    }));
    for (const { end, meanings } of found)
      take(end, [...meanings, ...(wordAt(low, at, end, lexicon)?.meanings ?? [])]);
    for (const { word, meanings } of lexicon.get(low[at] ?? "") ?? [])
      if (
        low.startsWith(word, at) &&
        bordered(low, at, word) &&
        !found.some((f) => f.end === at + word.length)
      )
        take(at + word.length, meanings);
    ways[at] = best;
  }
  return piecesOf(text, ways as { end: number; meanings: readonly Meaning[] | null; quoted?: boolean }[]);
}

const wordAt = (low: string, at: number, end: number, lexicon: Lexicon) =>
  lexicon.get(low[at] ?? "")?.find(({ word }) => word.length === end - at && low.startsWith(word, at));

/** Latin words need a border: “co” is none in “county”. */
function bordered(low: string, at: number, word: string): boolean {
  const before = low[at - 1] ?? "";
  const behind = low[at + word.length] ?? "";
  if (ALONE.has(word)) return [before, behind].every((c) => c === "" || SIGN.test(c));
  return (
    !(LATIN.test(word[0] ?? "") && /[a-z]/.test(before)) &&
    !(LATIN.test(word.at(-1) ?? "") && /[a-z0-9]/.test(behind))
  );
}

function piecesOf(
  text: string,
  ways: readonly { end: number; meanings: readonly Meaning[] | null; quoted?: boolean }[],
): Piece[] {
  const pieces: Piece[] = [];
  let unknown: number | null = null;
  const close = (end: number) => {
    if (unknown !== null) pieces.push(piece(unknown, end, []));
    unknown = null;
  };
  const piece = (start: number, end: number, meanings: readonly Meaning[], quoted = false): Piece => {
    const said = text.slice(start, end);
    const filler = meanings.length === 0 && !quoted && [...said].every((c) => FUNCTION_CHARACTERS.has(c));
    return {
      text: quoted ? said.slice(1, -1).trim() : said,
      start,
      end,
      quoted,
      glued: pieces.at(-1)?.end === start,
      meanings: filler ? [{ kind: "filler" }] : meanings,
    };
  };
  for (let at = 0; at < text.length; ) {
    const { end, meanings, quoted } = ways[at] as (typeof ways)[number];
    if (meanings !== null) {
      close(at);
      pieces.push(piece(at, end, meanings, quoted ?? false));
    } else if (SIGN.test(text[at] ?? "")) close(at);
    else unknown ??= at;
    at = end;
  }
  close(text.length);
  return pieces;
}

/** Quoted stretches with their marks, an empty one left out; a mark that nobody closes is a sign like others. */
function quotedIn(text: string): [start: number, end: number][] {
  return [...text.matchAll(/["“”]([^"“”]*)["“”]|[「『]([^」』]*)[」』]|‘([^’]*)’/g)].map((found) => [
    found.index,
    found.index + found[0].length,
  ]);
}
