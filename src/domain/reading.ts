/** What a text says, or a Chinese reason why it says nothing, with how to mend it. */
export type Read<T> = { value: T } | { reason: string };

/** Why a row can't be taken in: which of its cells, and how to mend it. */
export type CellFault<C extends string = string> = { column: C; reason: string };
