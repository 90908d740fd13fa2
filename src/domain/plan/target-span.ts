/** The part of the plan's year that a target holds for: the year, a quarter of it (`q2`) or a month (`m06`). */
export type TargetSpan = "year" | `q${number}` | `m${string}`;
