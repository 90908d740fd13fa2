import type { Audience } from "./audience.ts";

/** Who hears of each rung of the ladder 联络员 → 县区领导 → 市办 → 市攻坚办. */
export const RUNGS = {
  1: { to: ["lead"], name: "县区领导" },
  2: { to: ["office", "assigner"], name: "市办" },
  3: { to: ["supervision", "office"], name: "市攻坚办" },
} as const satisfies Record<1 | 2 | 3, { to: readonly Audience[]; name: string }>;

/** Under this name the deliveries of the issues' clock stand beside those of the scheduled jobs. */
export const DEADLINES = "issue-deadlines";
