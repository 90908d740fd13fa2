import { zippedAlike } from "../docx-bytes.ts";
import type { PaperBlock, PaperModel } from "../paper-model.ts";
import type { GraftedBody } from "./graft.ts";
import { BODY, namedParts } from "./names.ts";
import { openTemplate } from "./open.ts";

/** What stands in a template's own places, beside {正文}. */
const PLACED: readonly PaperBlock["kind"][] = ["title", "addressee", "attachments", "signature", "remark"];

/**
 * An office's template filled with a paper, the same bytes for the same paper. What the template has no place for stays out,
 * but for what is bound with the paper: appendices stand behind its last line.
 */
export async function filledTemplate(docx: Uint8Array, paper: PaperModel): Promise<Uint8Array> {
  const { template, zip } = await openTemplate(docx);
  const { bareBody, graft } = await import("./graft.ts");
  const appendix = paper.blocks.findIndex(({ kind }) => kind === "appendix");
  const [own, bound] =
    appendix < 0 ? [paper.blocks, []] : [paper.blocks.slice(0, appendix), paper.blocks.slice(appendix)];
  const body = await bareBody({ ...paper, blocks: own.filter(({ kind }) => !PLACED.includes(kind)) }, "body");
  const parts: GraftedBody[] = [body];
  template.render({ ...namedParts(paper), [BODY]: body.xml });
  const files: Record<string, Uint8Array> = {};
  for (const [name, file] of Object.entries(zip.files)) if (!file.dir) files[name] = file.asUint8Array();
  if (bound.length > 0) parts.push(await bareBody({ ...paper, blocks: bound }, "appendix"));
  return zippedAlike(graft(files, parts, parts[1]?.xml ?? ""));
}
