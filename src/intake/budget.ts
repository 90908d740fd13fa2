import type { FileRefusal } from "./refusal.ts";

/**
 * What a table may hold at most (domain document, section 13). Whatever is done with a cell takes time by its text, hence a
 * table is measured before anybody looks at what its cells say.
 */
export const BUDGET = {
  megabytes: 15,
  /** Of all that is shown: a text that many cells share counts for each of them. */
  shownMegabytes: 64,
  rows: 200_000,
  columns: 300,
  characters: 2000,
} as const;

export const tooManyRows: FileRefusal = {
  refusal: `数据超过${BUDGET.rows / 10_000}万行，请拆分后再发。`,
};
export const tooManyColumns: FileRefusal = {
  refusal: `列数超过${BUDGET.columns}列，请只保留需要的列。`,
};
const tooMuchText: FileRefusal = {
  refusal: `表格文字合计超过${BUDGET.shownMegabytes}MB，请拆分成几个文件后再发。`,
};

/** Counts the text of one file's cells, row by row, while they are read. */
export class CellBudget {
  #left = BUDGET.shownMegabytes * 1024 * 1024;

  /** Takes a row into account, whose number is `line`. Null while the file is within its budget. */
  take(cells: readonly string[], sheet: string | null, line: number): FileRefusal | null {
    for (let at = 0; at < cells.length; at++) {
      const { length } = cells[at] as string;
      if (length > BUDGET.characters) {
        const where = `${sheet === null ? "" : `“${sheet}”`}第${line}行第${at + 1}列`;
        return {
          refusal: `${where}的内容有${length}字，每格最多${BUDGET.characters}字，请删减后再发。`,
        };
      }
      this.#left -= length;
    }
    return this.#left < 0 ? tooMuchText : null;
  }
}
