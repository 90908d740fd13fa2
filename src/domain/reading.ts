/** What a text says, or a Chinese reason why it says nothing, with how to mend it. */
export type Read<T> = { value: T } | { reason: string };

/** Why a row can't be taken in: which of its cells, and how to mend it. */
export type CellFault<C extends string = string> = { column: C; reason: string };
/** What a text beside a column's cells says for it: the day in a title, the county that a sheet or a head is named by. */
export type Told = {
  /** Each different value that the text speaks of. */
  within(text: string): readonly string[];
  /** The value that the text is, with nothing beside it. */
  is(text: string): string | null;
  /** A head that says the value and the item together: 黄色预警减排措施. */
  split?(text: string): { value: string; item: string } | null;
  /**
   * Columns by which rows may say it, which then goes before what is told: a table without any of them is refused where several
   * are spoken of.
   */
  orRows?: readonly string[];
};
