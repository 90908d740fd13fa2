import type { Piece } from "./piece.ts";

/** What a piece does for a command: it gives an argument, it says nothing here, or it isn't explained. */
export type PieceRole = "given" | "silent" | "left" | "text";
export type AttemptState = {
  args: Record<string, unknown>;
  inferred: string[];
  remarks: string[];
  implied: boolean;
  /** The command was spoken of by name. */
  named: boolean;
  roles: Map<Piece, PieceRole>;
};
