/** How one part of the bot is, in the office's words; `name` is the part's in `/health`. */
export type Condition = { name: string; title: string; ok: boolean; says: string };
