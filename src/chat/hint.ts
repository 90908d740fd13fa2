/** How a phrase reads while it is being typed, in words, and what it may become. */
export type Hint = { reading: string | null; completions: readonly Completion[] };
/** The whole phrase as it would be, the part that is added to it, and what that is. */
export type Completion = { phrase: string; shows: string; note: string };
