import type { PaperBlock } from "../output/paper-model.ts";
import { printWidth } from "../output/print-width.ts";

/** A table that a paper prints, whichever way it is shown: on a card, in Word, as a sheet, as a picture. */
export type SheetTable = {
  title: string;
  columns: readonly { title: string; align?: "start" | "end" }[];
  rows: readonly (readonly string[])[];
};

/** In Word and on pages: columns as wide as their longest cells, the title above it where it has one. */
export function printedTable({ title, columns, rows }: SheetTable): PaperBlock {
  const heads = columns.map((column) => column.title);
  const widest = (at: number) =>
    Math.max(...[heads, ...rows].map((cells) => printWidth(cells[at] ?? "") + 1));
  return {
    kind: "table",
    ...(title === "" ? {} : { title }),
    head: true,
    height: 7,
    rows: [heads, ...rows],
    widths: columns.map((_, at) => widest(at)),
    align: columns.map(({ align }) => (align === "end" ? "center" : "left")),
  };
}
