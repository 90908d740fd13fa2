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
