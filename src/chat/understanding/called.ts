import type { ArgMeta } from "../args.ts";
import { explain, type Reading, recognise } from "../recognise.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import { meaning, type Piece } from "./piece.ts";
import { isText } from "./texts.ts";
import { valueFrom } from "./values.ts";

/**
 * What came of the words that name arguments: values, pieces that are still to be read, what is no value, and what may have
 * been meant otherwise (城南路6月20日前 as a place).
 */
export type CalledPieces = {
  values: Record<string, unknown>;
  rest: readonly Piece[];
  faults: readonly Piece[];
  doubts: readonly string[];
};

/**
 * Finds the arguments that a phrase names before it gives them: 时限 6月20日, 地点 城南路, 级别改为重大. A text is the word or the
 * quotation behind its name; anything else is read where it stands, and is a fault when it isn't what its name says.
 */
export function calledIn(
  metas: readonly (readonly [string, ArgMeta])[],
  pieces: readonly Piece[],
  whole: string,
  reading: Reading,
): CalledPieces {
  const values: Record<string, unknown> = {};
  const faults: Piece[] = [];
  const doubts: string[] = [];
  const spans: { start: number; end: number }[] = [];
  const isFree = (at: number) =>
    beginsWord(whole, at, pieces) &&
    !pieces.some((piece) => piece.quoted && piece.start <= at && at < piece.end) &&
    !spans.some(({ start, end }) => start <= at && at < end);
  for (const [name, meta] of metas) {
    const found = namesOf(meta, whole).find(({ index }) => isFree(index));
    if (found === undefined) continue;
    const start = found.index;
    const from = start + found[0].length;
    const [behind = "", quoted, word = ""] = VALUE.exec(whole.slice(from)) ?? [];
    const end = from + behind.length;
    const piece = pieces.find((one) => one.end > from);
    if (!isText(meta) && piece !== undefined && valueFrom(meta, piece, reading, true) !== undefined) {
      // It stands there as it is read anywhere, with whatever is doubtful about it.
      spans.push({ start, end: from });
      continue;
    }
    // PM2.5 is named for its own sake as well: only a number behind it is the number that it names.
    if (meta.kind === "number" && recognise(meta, (quoted ?? word).trim(), reading) === undefined) {
      spans.push({ start, end: from });
      continue;
    }
    spans.push({ start, end });
    const isWithin = (one: Piece) => from <= one.start && one.end <= end;
    if (quoted === undefined && meta.kind !== "number")
      doubts.push(
        ...pieces.filter((one) => isWithin(one) && meaning(one, "deadline")).map(({ text }) => text),
      );
    const said = (quoted ?? word).trim();
    const value = said === "" ? null : (recognise(meta, said, reading) ?? explain(meta, said, reading));
    if (value !== null && !isRefusal(value)) values[name] = value;
    else faults.push(faultOf(value, whole, { start, end }));
  }
  const isUsed = (piece: Piece) => spans.some(({ start, end }) => start <= piece.start && piece.end <= end);
  return { values, faults, doubts, rest: pieces.filter((piece) => !isUsed(piece)) };
}

/** 期限 in 超期限未整改 names nothing: a name stands by itself, or behind a word that is understood. */
const beginsWord = (whole: string, at: number, pieces: readonly Piece[]) =>
  !/[\p{L}\p{N}]/u.test(whole[at - 1] ?? "") ||
  pieces.some(({ end, meanings }) => end === at && meanings.length > 0);

/** Where a text names an argument, the longer names first, with what joins it to its value. */
function namesOf({ called = [] }: ArgMeta, whole: string): RegExpExecArray[] {
  if (called.length === 0) return [];
  const names = called.toSorted((a, b) => b.length - a.length).join("|");
  return [
    ...whole.matchAll(
      new RegExp(`(?:${names})\\s*(?:(?:更正为|修改为|改为|改成|改到|为|是|[:：])\\s*)?`, "g"),
    ),
  ];
}

/** A name that nothing stands behind is left over; a value that is none is refused as it would be in a form. */
function faultOf(refusal: Refusal | null, whole: string, place: { start: number; end: number }): Piece {
  const code = refusal?.code === "bad-date" ? "bad-date" : "usage";
  return {
    ...place,
    text: whole.slice(place.start, place.end).trim(),
    glued: false,
    quoted: false,
    meanings: refusal === null ? [] : [{ kind: "impossible", why: refusal.message, code }],
  };
}

const VALUE = /^(?:["“「『]([^"”」』]*)["”」』]|([^\s，,；;。]+))/;
