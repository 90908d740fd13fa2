import type { PaperBlock, PaperModel } from "./paper-model.ts";
import { printWidth } from "./print-width.ts";

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
  marks: readonly string[];
};

/** 空气质量周通报: title with the week below it, what it says, signed by the office on its day. */
export function noticeModel({ office, title, blocks, issued, marks }: Notice): PaperModel {
  const [, name = title, week = ""] = /^(.+?)（(.+)）$/.exec(title) ?? [];
  return {
    name: title,
    creator: office,
    marks,
    margins: "letter",
    blocks: [
      { kind: "title", lines: [name], below: week === "" ? "" : `（${week}）` },
      ...blocks.flatMap((block): PaperBlock[] => {
        if (block.kind === "facts")
          return block.items.map(({ label, value }) => ({ kind: "text", text: `${label}：${value}` }));
        if (block.kind !== "table")
          return [{ kind: "text", text: block.kind === "note" ? `注：${block.text}。` : block.text }];
        const rows = [block.columns.map((column) => column.title), ...block.rows];
        return [{ kind: "table", rows, widths: widthsOf(rows), head: true, height: 8 }];
      }),
      { kind: "signature", body: office, date: issued },
    ],
  };
}

/** The text's width, shared by what each column's longest cell needs, and a sign more. */
const widthsOf = (rows: readonly (readonly string[])[]): number[] =>
  (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => printWidth(row[at] ?? "") + 1)));
