import { templateOf } from "../domain/plan/pack-templates.ts";
import { pagesFor } from "../output/drawn-paper.ts";
import { pagePicture } from "../output/page-picture.ts";
import { labelCell, type PaperBlock, type PaperModel } from "../output/paper-model.ts";
import { XLSX } from "../output/spreadsheet.ts";
import { DOCX, wordDocument } from "../output/word.ts";
import type { Vault } from "../store/vault.ts";
import { correctionWords } from "./draw.ts";
import type { AnyOfficialPaper, DrawnFor } from "./official-paper.ts";

/** All that the files of a paper are drawn from: its frozen facts and its stamp. */
export type DrawnFrom = {
  kind: AnyOfficialPaper;
  facts: object;
  title: string;
  on: DrawnFor;
  /** The pictures of its document, once one of its files has asked for them: each page and the Word file have the same. */
  inserts?: Promise<ReadonlyMap<string, Uint8Array>> | undefined;
};

/** Makes one of a paper's files: word, excel, picture, or a page. Takes its time: outside any transaction. */
export async function madeLook(
  from: DrawnFrom,
  look: string,
  vault: Vault,
): Promise<{ type: string; bytes: Uint8Array }> {
  const { kind, facts, on } = from;
  if (look === "excel" && kind.workbook) return { type: XLSX, bytes: await kind.workbook(facts, on) };
  if (look === "picture" && kind.picture) return { type: "image/png", bytes: await kind.picture(facts, on) };
  from.inserts ??= kind.inserts?.(facts, { vault });
  const inserts = await from.inserts;
  const model = modelOf(from, (name) => {
    const made = inserts?.get(name);
    if (made === undefined) throw new Error(`a paper of kind ${kind.id} has no insert "${name}"`);
    return made;
  });
  const template = templateOf(on.office.pack, kind.id);
  if (look === "word") return { type: DOCX, bytes: await wordDocument(model, template) };
  const page = (await pagesFor(model, template))[Number(/^page-(\d+)$/.exec(look)?.[1]) - 1];
  if (page === undefined) throw new Error(`a paper of kind ${kind.id} has no file "${look}"`);
  return { type: "image/png", bytes: await pagePicture(page) };
}

const NOTHING = new Uint8Array();

/**
 * A paper's document; of one that corrects another with the old and new values before what it says. Without `inserted` its pictures
 * are empty: enough to count its pages.
 */
export function modelOf(
  { kind, facts, title, on }: DrawnFrom,
  inserted: (name: string) => Uint8Array = () => NOTHING,
): PaperModel {
  const model = kind.document?.(facts, { ...on, inserted });
  if (model === undefined) throw new Error(`a paper of kind ${kind.id} has no document`);
  const { corrects } = on.stamp;
  if (corrects === null) return model;
  const rows = corrects.changes.map(({ of, figure, before, after }) => [of, figure, before, after]);
  const table: PaperBlock = {
    kind: "table",
    rows: [["对象", "项目", "原为", "更正为"].map((text) => labelCell(text)), ...rows],
    widths: [3, 4, 2, 2],
    head: true,
  };
  const told: PaperBlock[] = [
    { kind: "text", text: correctionWords(corrects) },
    ...(rows.length === 0 ? [] : [table]),
  ];
  const rest = model.blocks.filter(({ kind }) => kind !== "title");
  // Whom it is to stands below the title.
  const below = rest[0]?.kind === "addressee" ? 1 : 0;
  return {
    ...model,
    name: title,
    blocks: [{ kind: "title", lines: [title] }, ...rest.slice(0, below), ...told, ...rest.slice(below)],
  };
}
