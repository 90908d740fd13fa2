import type { PaperBlock, PaperModel } from "../paper-model.ts";

// What an office's own template may say in braces: Chinese names of a paper's parts. seeds/README.md shows an example.

/** Parts that are words. Each may also be asked for: {#签发人}签发人：{签发人}{/签发人} stands only where there is one. */
export const TEXT_NAMES = [
  "标题",
  "副标题",
  "红头",
  "密级",
  "文号",
  "签发人",
  "主送",
  "落款",
  "日期",
  "附注",
  "抄送",
  "印发机关",
  "印发日期",
  "标注",
] as const;
/** The part that is drawn as we draw it: headings, paragraphs, tables and pictures. */
export const BODY = "正文";
const [MOST_TABLES, MOST_COLUMNS] = [9, 20];

const numbered = (name: string, most: number) => Array.from({ length: most }, (_, i) => `${name}${i + 1}`);

/** Parts that are repeated, with the names of what each of them has. */
export const LOOPS: Readonly<Record<string, readonly string[]>> = {
  附件: ["序号", "名称"],
  ...Object.fromEntries(
    numbered("表格", MOST_TABLES).map((name) => [name, ["序号", ...numbered("列", MOST_COLUMNS)]]),
  ),
};

/** What a template's names stand for in a paper: its parts, and each labelled cell of its tables by its label. */
export function namedParts({ blocks, ...paper }: PaperModel): Record<string, unknown> {
  const of = <K extends PaperBlock["kind"]>(kind: K) =>
    blocks.find((block): block is Extract<PaperBlock, { kind: K }> => block.kind === kind);
  const signature = of("signature");
  const texts: Record<(typeof TEXT_NAMES)[number], string> = {
    标题: of("title")?.lines.join("") ?? "",
    副标题: of("title")?.below ?? "",
    红头: paper.redHead ?? "",
    密级: (paper.corner ?? []).join("　"),
    文号: paper.no ?? "",
    签发人: paper.signer ?? "",
    主送: of("addressee")?.text ?? "",
    落款: signature?.body ?? "",
    日期: signature?.date ?? "",
    附注: of("remark")?.text ?? "",
    抄送: (paper.imprint?.copies ?? []).join("，"),
    印发机关: paper.imprint?.issuer ?? "",
    印发日期: paper.imprint?.date ?? "",
    标注: paper.marks.join("　"),
  };
  return {
    ...labelledIn(blocks),
    ...texts,
    附件: (of("attachments")?.names ?? []).map((名称, i) => ({ 序号: String(i + 1), 名称 })),
    ...tablesIn(blocks),
  };
}

/** 地点, 责任单位 …: what stands beside a label. */
function labelledIn(blocks: readonly PaperBlock[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const block of blocks)
    for (const cells of block.kind === "table" ? block.rows : [])
      for (const [i, cell] of cells.entries()) {
        const next = cells[i + 1];
        if (typeof cell === "string" || !("text" in cell) || cell.look !== "label" || next === undefined)
          continue;
        if (typeof next === "string" || "text" in next) found[cell.text] ??= textOf(next);
      }
  return found;
}

const textOf = (cell: string | { text: string }) => (typeof cell === "string" ? cell : cell.text);

/** The rows below the heads of each table that has heads. */
function tablesIn(blocks: readonly PaperBlock[]): Record<string, Record<string, string>[]> {
  const tables = blocks.filter((block) => block.kind === "table" && Number(block.head ?? 0) > 0);
  return Object.fromEntries(
    tables.slice(0, MOST_TABLES).map((table, at) => [
      `表格${at + 1}`,
      (table.kind === "table" ? table.rows.slice(Number(table.head)) : []).map((cells, row) => ({
        序号: String(row + 1),
        ...Object.fromEntries(
          cells.map((cell, i) => [
            `列${i + 1}`,
            typeof cell === "string" || "text" in cell ? textOf(cell) : "",
          ]),
        ),
      })),
    ]),
  );
}
