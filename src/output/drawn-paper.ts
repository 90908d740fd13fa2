import { pagePicture } from "./page-picture.ts";
import type { Page } from "./page-strip.ts";
import type { PaperModel } from "./paper-model.ts";
import { wordDocument } from "./word.ts";

/** A paper in the two forms in which it is read: .docx, and its pages as PNG. */
export type DrawnPaper = { docx: Uint8Array; pages: Uint8Array[] };

/**
 * Draws a paper whole, the same bytes for the same paper, its Word file in the office's own template where it has one; each file in a thread, so that nobody waits for it.
 *
 * @example
 * const { docx, pages } = await drawnPaper(noticeModel(notice));
 */
export async function drawnPaper(paper: PaperModel, template: Uint8Array | null = null): Promise<DrawnPaper> {
  const [docx, pages] = await Promise.all([
    wordDocument(paper, template),
    pagesFor(paper, template).then((set) => Promise.all(set.map(pagePicture))),
  ]);
  return { docx, pages };
}

/** A paper's pages as they are read on a phone: all that it says, in our layout, with a word on it where the office has its own. */
export async function pagesFor(paper: PaperModel, template: Uint8Array | null = null): Promise<Page[]> {
  const { pagesOf } = await import("./pages.ts");
  return pagesOf(template === null ? paper : { ...paper, marks: [...paper.marks, "版式以Word文件为准"] });
}
