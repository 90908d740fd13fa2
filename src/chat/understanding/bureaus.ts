import type { ArgMeta } from "../args.ts";
import type { Reading } from "../recognise.ts";
import { meaning, type Piece } from "./piece.ts";

/** 海安住建局 is the county's own bureau, not the city's: a place with a department right behind it is one piece. */
export function withBureaus(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const county = before && piece.glued ? meaning(before, "county") : undefined;
    const department = meaning(piece, "department");
    if (before && county && department && /[局委办部队]$/.test(piece.text))
      joined[joined.length - 1] = {
        ...before,
        text: before.text + piece.text,
        end: piece.end,
        meanings: [{ kind: "bureau", place: county.place, name: piece.text }],
      };
    else joined.push(piece);
  }
  return joined;
}

/** Pieces that a name may fall into: 海安市 and 住房和城乡建设局, 海门 and 街道. */
const MOST = 3;

/**
 * For whoever takes a town or a county's bureau: what bears the name of just one is a piece of its own, the longest first. Who takes
 * towns alone tells those of one name apart by themselves.
 */
export function withSubunits(
  pieces: readonly Piece[],
  whole: string,
  { townsOnly }: Pick<ArgMeta, "townsOnly">,
  { office, today }: Pick<Reading, "office" | "today">,
): Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const first = pieces[at] as Piece;
    const ends = pieces.slice(at, at + MOST).filter((piece, i) => !piece.quoted && (i === 0 || piece.glued));
    const isOne = (name: string) => {
      const found = office.subunitsCalled(name, today);
      return townsOnly ? found.some(({ kind }) => kind === "town") : found.length === 1;
    };
    const last = ends.findLast(({ end }) => isOne(whole.slice(first.start, end)));
    if (last === undefined) {
      found.push(first);
      continue;
    }
    const name = whole.slice(first.start, last.end);
    found.push({ ...first, text: name, end: last.end, meanings: [{ kind: "subunit", name }] });
    at = pieces.indexOf(last);
  }
  return found;
}
