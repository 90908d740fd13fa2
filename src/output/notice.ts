import { paragraphOf, signatureOf, titleOf, type WordPart, wordDocument } from "./word.ts";
import { tableOf } from "./word-table.ts";

/** A notice as it went out: its paragraphs, tables and small print in their order. */
export type Notice = {
  office: string;
  title: string;
  blocks: readonly (
    | { kind: "text" | "note"; text: string }
    | { kind: "facts"; items: readonly { label: string; value: string }[] }
    | {
        kind: "table";
        columns: readonly { title: string }[];
        rows: readonly (readonly string[])[];
      }
  )[];
  /** 2020年6月15日 */
  issued: string;
  /** Stands in red at the head of every page. */
  draft?: string;
};

/** 空气质量周通报 as .docx: title with the week below it, what it says, signed by the office on its day. */
export function noticeDocument({ office, title, blocks, issued, draft }: Notice): Promise<Uint8Array> {
  const [, name = title, week = ""] = /^(.+?)（(.+)）$/.exec(title) ?? [];
  return wordDocument({ title, creator: office, draft }, (word) => [
    ...titleOf(word, [name], week === "" ? "" : `（${week}）`),
    ...blocks.flatMap((block): WordPart[] => {
      if (block.kind === "facts")
        return block.items.map(({ label, value }) => paragraphOf(word, `${label}：${value}`));
      if (block.kind !== "table")
        return [paragraphOf(word, block.kind === "note" ? `注：${block.text}。` : block.text)];
      const heads = block.columns.map((column) => column.title);
      return [
        tableOf(word, [heads, ...block.rows], {
          widths: widthsOf([heads, ...block.rows]),
          head: true,
          height: 8,
        }),
      ];
    }),
    ...signatureOf(word, office, issued),
  ]);
}

/** The text block's 156 mm, shared by what each column's longest cell needs; a Chinese sign counts as two. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const needs = (rows[0] ?? []).map((_, at) =>
    Math.max(
      ...rows.map((row) => [...(row[at] ?? "")].reduce((n, c) => n + (c.charCodeAt(0) > 255 ? 2 : 1), 2)),
    ),
  );
  const all = needs.reduce((sum, n) => sum + n, 0);
  return needs.map((n) => Math.round((156 * n) / all));
}
