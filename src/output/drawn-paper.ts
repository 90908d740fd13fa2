import { pagePicture } from "./page-picture.ts";
import { pagesOf } from "./pages.ts";
import type { PaperModel } from "./paper-model.ts";
import { wordDocument } from "./word.ts";

/** A paper in the two forms in which it is read: .docx, and its pages as PNG. */
export type DrawnPaper = { docx: Uint8Array; pages: Uint8Array[] };

/**
 * Draws a paper whole, the same bytes for the same paper; each file in a thread, so that nobody waits for it.
 *
 * @example
 * const { docx, pages } = await drawnPaper(noticeModel(notice));
 */
export async function drawnPaper(paper: PaperModel): Promise<DrawnPaper> {
  const [docx, ...pages] = await Promise.all([wordDocument(paper), ...pagesOf(paper).map(pagePicture)]);
  return { docx: docx as Uint8Array, pages };
}
