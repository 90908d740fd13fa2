import { CODE_ALPHABET, CODE_LENGTH, hashOfCode } from "./invitation.ts";
import { DOTS } from "./shown-codes.ts";

/** A code as it is kept in what somebody has sent: its hash, by which it still does what it is for. */
const SEALED = /H[0-9a-f]{64}/g;

/** Whether a hash is that of a code which has been given out, whatever has become of it. */
type IsCode = (hash: string) => Promise<boolean>;

/**
 * The same value with the hash in the place of every code in its texts, for what is kept of a message: it can be worked off
 * later, and nobody reads a code out of the file. What somebody types in the form of such a hash is none from then on.
 */
export async function sealCodes<T>(value: T, isCode: IsCode): Promise<T> {
  if (typeof value === "string") return (await sealedText(value, isCode)) as T;
  if (Array.isArray(value)) return (await Promise.all(value.map((each) => sealCodes(each, isCode)))) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries: [string, unknown][] = [];
  for (const [key, each] of Object.entries(value)) entries.push([key, await sealCodes(each, isCode)]);
  return Object.fromEntries(entries) as T;
}

/** What somebody types in the form of a kept hash: without it, so that whoever has read the file gains nothing by it. */
export const asTyped = (typed: string): string => typed.replaceAll(SEALED, (sealed) => sealed.slice(1));

/** A kept text as it may be shown: dots where a code stood. */
export const withoutCodes = (kept: string): string => kept.replaceAll(SEALED, DOTS);

async function sealedText(typed: string, isCode: IsCode): Promise<string> {
  const harmless = asTyped(typed);
  const plain = harmless.normalize("NFKC");
  // From the end, so that what comes before keeps its place.
  let sealed = plain;
  let found = false;
  for (const { start, end } of candidates(plain).reverse()) {
    const hash = hashOfCode(plain.slice(start, end));
    if (end > sealed.length || !(await isCode(hash))) continue;
    sealed = `${sealed.slice(0, start)}H${hash}${sealed.slice(end)}`;
    found = true;
  }
  return found ? sealed : harmless;
}

/** Where a text has something in the form of a code: words that make eight of its letters together, only blanks or hyphens between them. */
function candidates(text: string): { start: number; end: number }[] {
  const words = [...text.matchAll(/[A-Za-z0-9]+/g)].map(({ 0: word, index: start }) => ({
    word,
    start,
    end: start + word.length,
  }));
  return words.flatMap(({ start }, first) => {
    let letters = "";
    for (const [i, { word, end, start: begin }] of words.slice(first).entries()) {
      const before = words[first + i - 1];
      if (i > 0 && before !== undefined && /[^\s-]/.test(text.slice(before.end, begin))) return [];
      letters += word.toUpperCase();
      if (letters.length > CODE_LENGTH) return [];
      if (letters.length === CODE_LENGTH)
        return [...letters].every((letter) => CODE_ALPHABET.includes(letter)) ? [{ start, end }] : [];
    }
    return [];
  });
}
