import type { ArgMeta } from "../args.ts";
import type { AnyCommand } from "../command.ts";
import type { Reading } from "../recognise.ts";
import { meaning, type Piece } from "./piece.ts";
import { valueFrom } from "./values.ts";

type Around = { metas: readonly [string, ArgMeta][]; pieces: readonly Piece[]; reading: Reading };

/**
 * Where a command's name stands: first of all that is said, for which the number of what is meant doesn't count (3号申请延期,
 * 把3号转办给…), nor what else may stand before it (`isBehind`: 上周的周通报更正).
 */
export function placeOfHead(
  head: Piece | undefined,
  { metas, pieces, reading }: Around,
): { isFirst: boolean; isBehind: boolean } {
  const ahead = metas.filter(([, meta]) => meta.ahead).map(([name]) => name);
  const isAhead = (piece: Piece) => ahead.some((name) => givesArg(name, piece, metas, reading));
  const before = head === undefined ? [] : pieces.slice(0, pieces.indexOf(head));
  const said = before.filter(
    (piece) =>
      !(isCourtesy(piece) || meaning(piece, "issue") || /^[把将]$/.test(piece.text)) &&
      !(ahead.length > 0 && (piece.text === "的" || isAhead(piece))),
  );
  return { isFirst: head !== undefined && said.length === 0, isBehind: before.some(isAhead) };
}

/**
 * Whether a word that a command shares is the other command's here: what makes it this one's isn't said beside it. 退回 6
 * 周通报里没有我县 is about the order 6.
 */
export function isAnothers(
  { words, sharedWords }: AnyCommand,
  head: Piece | undefined,
  { metas, pieces, reading }: Around,
): boolean {
  if (sharedWords === undefined || head === undefined || words.includes(head.text)) return false;
  const beside = pieces.find((piece) => givesArg(sharedWords.beside, piece, metas, reading));
  if (beside === undefined) return true;
  const isNumbered = pieces.some(
    (piece) => piece.start >= head.end && piece.end <= beside.start && meaning(piece, "number"),
  );
  return (
    isNumbered &&
    pieces.some(({ start, meanings, quoted }) => start >= beside.end && meanings.length === 0 && !quoted)
  );
}

/** Whether a piece is a value of the argument with this name. */
export const givesArg = (
  name: string,
  piece: Piece,
  metas: readonly [string, ArgMeta][],
  reading: Reading,
): boolean =>
  metas.some(([other, meta]) => other === name && valueFrom(meta, piece, reading, true) !== undefined);

export const isCourtesy = (piece: Piece): boolean => piece.meanings.some(({ kind }) => kind === "courtesy");
