import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** What of the canvas takes fonts in. */
type Registry = { has(family: string): boolean; registerFromPath(path: string, family: string): unknown };
/** Names the families that hold a text's characters, as a CSS `font` wants them. */
type FamiliesOf = (text: string) => string;

const NAME = "Noto Sans SC";
/** A hundred files, each with all weights of some characters; this sheet says of which. */
const SHEET = "@fontsource-variable/noto-sans-sc/wght.css";
const RULE = /url\(\.\/([^)]+)\)[^}]*unicode-range: ([^;]+);/g;

type Piece = { family: string; path: string };
const loaded = new Set<string>();
let pieces: Promise<ReadonlyMap<number, Piece>> | undefined;

/**
 * The font that comes with the program, piece by piece as a browser has it: a piece is loaded with the first text that needs
 * it. Only a text's own pieces are named, since the canvas asks every family that is.
 */
export async function fontFor(fonts: Registry): Promise<FamiliesOf> {
  pieces ??= readPieces();
  const pieceOf = await pieces;
  return (text) => {
    const families = new Set<string>();
    for (const character of text) {
      const piece = pieceOf.get(character.codePointAt(0) ?? 0);
      if (piece === undefined || families.has(piece.family)) continue;
      // Asking the registry costs as much as drawing the text: each piece is looked for once in a thread.
      if (!loaded.has(piece.family) && !fonts.has(piece.family))
        fonts.registerFromPath(piece.path, piece.family);
      loaded.add(piece.family);
      families.add(piece.family);
    }
    return [...[...families].map((family) => `"${family}"`), "sans-serif"].join(", ");
  };
}

/** The piece of every character that the font has, by its code point. */
async function readPieces(): Promise<ReadonlyMap<number, Piece>> {
  const found = new Map<number, Piece>();
  // Looked for by whoever draws: to find a package takes a millisecond of a start.
  const sheet = import.meta.resolve(SHEET);
  for (const [, file = "", ranges = ""] of (await readFile(fileURLToPath(sheet), "utf8")).matchAll(RULE)) {
    const piece = { family: `${NAME} ${file}`, path: fileURLToPath(new URL(file, sheet)) };
    for (const range of ranges.split(",")) {
      const [from = "", to = from] = range.trim().replace("U+", "").split("-");
      for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code++)
        found.set(code, piece);
    }
  }
  return found;
}

/** A text in signs that the font has, which the machine's own fonts would be asked for otherwise: O₃ is O3. */
export const inItsSigns = (text: string): string =>
  text.replace(/[₀-₉]/g, (sign) => String((sign.codePointAt(0) ?? 0) - 0x2080));
