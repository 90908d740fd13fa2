import type { Card } from "../chat/card.ts";

/** A table of an answer. `title` tells it from the others of the same answer. */
export type AnswerTable = {
  title: string;
  columns: readonly { title: string; align?: "start" | "end" }[];
  rows: readonly (readonly string[])[];
};

/** What an answer shows in rows, in its order: its figures (概况) and its tables (明细), empty ones left out. */
export function tablesOf({ blocks }: Pick<Card, "blocks">): AnswerTable[] {
  const tables = blocks.flatMap((block): AnswerTable[] => {
    if (block.kind === "facts")
      return [
        {
          title: "概况",
          columns: [{ title: "项目" }, { title: "数值" }],
          rows: block.items.map(({ label, value }) => [label, value]),
        },
      ];
    return block.kind === "table" ? [{ title: "明细", columns: block.columns, rows: block.rows }] : [];
  });
  const shown = tables.filter(({ rows }) => rows.length > 0);
  return shown.map((table, at) => {
    const alike = shown.filter(({ title }) => title === table.title);
    const no = shown.slice(0, at + 1).filter(({ title }) => title === table.title).length;
    return alike.length > 1 ? { ...table, title: `${table.title}${no}` } : table;
  });
}

/** The small print of an answer: data status, sources. */
export const notesOf = ({ blocks }: Pick<Card, "blocks">): string[] =>
  blocks.flatMap((block) => (block.kind === "note" ? [block.text] : []));
