import { lineCount } from "./page-line.ts";
import type { PaperBlock } from "./paper-model.ts";
import type { SetPiece } from "./set-line.ts";

/** How many lines before them stay with these on their page: a signature has text with it, what follows it has the signature. */
const LINES: Partial<Record<PaperBlock["kind"], number>> = { signature: 2, remark: 2, note: 1 };

/** A paper's pieces, block by block, with what keeps a signature or small print from standing alone on its page. */
export function keptTogether(
  blocks: readonly PaperBlock[],
  pieces: readonly (readonly SetPiece[])[],
  width: number,
): SetPiece[] {
  const kept = pieces.map((set) => [...set]);
  for (const [at, { kind }] of blocks.entries()) keepWithNext(kept.slice(0, at), LINES[kind] ?? 0, width);
  return kept.flat();
}

/** Keeps the last so many lines with what follows; of a table its last rows. */
function keepWithNext(blocks: readonly SetPiece[][], lines: number, width: number): void {
  let wanted = lines;
  for (const set of blocks.toReversed())
    for (let i = set.length - 1; i >= 0; i--) {
      const piece = set[i];
      if (wanted <= 0 || piece === undefined || piece.kind === "picture") return;
      if (piece.kind === "table") {
        set[i] = { ...piece, keepRows: Math.max(piece.keepRows, wanted) };
        return;
      }
      set[i] = { ...piece, keepNext: true };
      wanted -= lineCount(piece, width);
    }
}
