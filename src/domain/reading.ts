/** What a text says, or a Chinese reason why it says nothing, with how to mend it. */
export type Read<T> = { value: T } | { reason: string };
