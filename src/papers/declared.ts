import { join } from "node:path";
import { filesIn, loadFiles } from "../chat/load-files.ts";
import type { AnyOfficialPaper } from "./official-paper.ts";

/**
 * The papers that folders declare. A file there is a kind; nothing is listed twice.
 * @throws Error naming the file that declares none, and what is called alike.
 */
export async function declaredIn(folders: readonly string[]): Promise<readonly AnyOfficialPaper[]> {
  const declared: AnyOfficialPaper[] = [];
  const files = (await Promise.all(folders.map(filesIn))).flat();
  for (const { file, found } of await loadFiles<AnyOfficialPaper>(files)) {
    if (found?.kind !== "official-paper") throw new Error(`${file} exports no kind of paper`);
    if (file !== `${found.id}.ts`)
      throw new Error(`paper ${file}: its id is "${found.id}", and names its file`);
    const words = wordsOf(found);
    const other = declared.find((one) => wordsOf(one).some((word) => words.includes(word)));
    if (other !== undefined) throw new Error(`papers "${other.id}" and "${found.id}" are called alike`);
    declared.push(found);
  }
  return declared;
}

const wordsOf = ({ title, words }: AnyOfficialPaper) => [title, ...words];

/**
 * Every kind of paper that `src/papers/kinds` declares, whatever the pack makes of it. What a kind imports must not import this
 * file, which waits for all of them.
 */
export const DECLARED_PAPERS = await declaredIn([join(import.meta.dirname, "kinds")]);

/** Kinds by the word that begins them, which is a command of its own: 约谈. */
export const BEGUN_BY: Readonly<Record<string, string>> = Object.fromEntries(
  DECLARED_PAPERS.flatMap(({ begunBy, id }) => (begunBy ? [[begunBy, id]] : [])),
);

/** What each kind is called, and its id. */
export const PAPER_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  DECLARED_PAPERS.flatMap((kind) => wordsOf(kind).map((word) => [word, kind.id])),
);
