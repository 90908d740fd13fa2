import { inThread } from "./in-thread.ts";
import type { PaperModel } from "./paper-model.ts";

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/**
 * A paper as .docx, the same bytes for the same paper, in the office's own template where it has one. A machine without the
 * fonts of the standard shows those most like them.
 */
export const wordDocument = inThread<[paper: PaperModel, template?: Uint8Array | null]>(
  import.meta.filename,
  "writeDocument",
);

/** @public called by its name, in a thread. */
export async function writeDocument(
  paper: PaperModel,
  template: Uint8Array | null = null,
): Promise<Uint8Array> {
  if (template === null) return (await import("./word-file.ts")).bareDocument(paper);
  return (await import("./template/fill.ts")).filledTemplate(template, paper);
}
