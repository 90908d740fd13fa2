import { paddedIssueNumber } from "../domain/issues/issue-number.ts";
import type { Names } from "../office/names.ts";
import type { Place } from "../office/office.ts";

/**
 * What a caption says: to which issue a file belongs, as what, and what else is written. `other` is what is added to an issue
 * beside its pictures of before and after.
 */
export type Caption = { no: string | null; kind: "before" | "after" | "other" | null; words: string };

/**
 * Reads a caption such as “NT-2020-000012 整改后 已覆盖”. Full-width signs, small letters and blanks don't matter, nor do the
 * hyphens of a number that begins with the office's own `prefix`.
 */
export function readCaption(caption: string | undefined, prefix: string): Caption {
  const text = (caption ?? "")
    .normalize("NFC")
    .replace(/[０-９Ａ-Ｚａ-ｚ－]/g, (sign) => sign.normalize("NFKC"))
    .replace(/\p{Cf}/gu, "")
    .replace(/[\p{Cc}\s]/gu, " ");
  const found = numberIn(text.replace(/[‐-―−]/g, "-"), prefix);
  const words = found ? `${text.slice(0, found.from)} ${text.slice(found.to)}` : text;
  return { no: found?.no ?? null, kind: kindIn(words), words: words.replace(/ +/g, " ").trim() };
}

/** The number of an issue, and where in the text it stands. */
function numberIn(text: string, prefix: string): { no: string; from: number; to: number } | null {
  const own = new RegExp(`(?<![a-z])(${prefix})[ -]*(\\d{4})[ -]+(\\d{1,12})`, "i").exec(text);
  const found = own ?? /(?<![a-z])([a-z]{1,6}) *- *(\d{4}) *- *(\d{1,12})/i.exec(text);
  if (found === null) return null;
  const [whole, letters = "", year, count = ""] = found;
  const no = paddedIssueNumber(`${letters.toUpperCase()}-${year}`, count);
  return { no, from: found.index, to: found.index + whole.length };
}

/** Null where nothing is said, and where both are: 整改前后对比. */
function kindIn(words: string): Caption["kind"] {
  const before = /(整改|治理)前|\bbefore\b/i.test(words) || ALONE.前.test(words);
  const after = /(整改|治理)前?后|\bafter\b/i.test(words) || ALONE.后.test(words);
  if (before === after) return /补充(?:材料|说明|照片)?/.test(words) && !before ? "other" : null;
  return before ? "before" : "after";
}

/** A sign that stands by itself: the 前 of 门前堆土 says nothing. */
const ALONE = { 前: /(?<![\p{L}\p{N}])前(?![\p{L}\p{N}])/u, 后: /(?<![\p{L}\p{N}])后(?![\p{L}\p{N}])/u };

/** The first county-level place that a text names, by the names that commands know. */
export function placeIn(words: string, names: Names): Place | null {
  for (let at = 0; at < words.length; at++) {
    const found = names.placeAtStart(words.slice(at))?.place;
    if (found?.regions.some((r) => r.kind !== "city")) return found;
  }
  return null;
}
