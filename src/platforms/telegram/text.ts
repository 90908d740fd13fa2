import { graphemesOf } from "../kit/graphemes.ts";
import { visible } from "../kit/plain-text.ts";

/**
 * Text that others wrote, as Telegram is to show it. Invisible and direction-turning characters vanish, and what Telegram
 * would make a link or a mention by itself is broken up by a word joiner, which nobody sees: a title is read, not obeyed.
 */
export function inert(text: string): string {
  return visible(text)
    .replace(/@(?=\w)/g, "@\u2060")
    .replace(/:\/\//g, ":\u2060//")
    .replace(/(?<=[\p{L}\p{N}_-])\.(?=\p{L})/gu, ".\u2060");
}

/** Text as HTML: the four characters that mean something to Telegram. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => entities[c as keyof typeof entities]);
}

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" } as const;

/** Cuts a text into pieces of at most `limit` UTF-16 units, never within a character as people see it where that is possible. */
export function piecesOf(text: string, limit: number): string[] {
  if (text.length <= limit) return [text];
  const pieces: string[] = [];
  let piece = "";
  for (const sign of graphemesOf(text)) {
    // A heap of combining marks may be longer than any message: then it is cut where it must be.
    for (const part of sign.length > limit ? [...sign] : [sign]) {
      if (piece.length + part.length > limit) {
        pieces.push(piece);
        piece = "";
      }
      piece += part;
    }
  }
  return [...pieces, piece];
}
