import type { DustfallStanding } from "../air/dustfall-standing.ts";

/** Where a permit stands, by ids that are stored, and what they are called. */
export const NIGHT_STATES = {
  applied: "待批准",
  granted: "已批准",
  refused: "不予批准",
  suspended: "已暂停",
  withdrawn: "已撤回",
} as const;
export type NightState = keyof typeof NIGHT_STATES;

/** What may be done with a permit, from which states, and where it stands then. */
const STEPS = {
  grant: { from: ["applied"], to: "granted" },
  refuse: { from: ["applied"], to: "refused" },
  suspend: { from: ["granted"], to: "suspended" },
  resume: { from: ["suspended"], to: "granted" },
  withdraw: { from: ["applied", "granted", "suspended"], to: "withdrawn" },
} as const satisfies Record<string, { from: readonly NightState[]; to: NightState }>;
export type NightStep = keyof typeof STEPS;

/** A permit's nights: those of its days from the first to the last, YYYY-MM-DD. */
type Nights = { readonly from: string; readonly to: string };
type Standing = Nights & { readonly state: NightState };

/** Whether it allows work in the night of a day. */
export const allowsNight = ({ state, from, to }: Standing, day: string): boolean =>
  state === "granted" && from <= day && day <= to;

/** Whether its time has passed, whatever became of it: nothing can be done with it any more. */
export const isPast = ({ to }: Nights, today: string): boolean => to < today;

/** Whether it still concerns somebody: applied for, in force or suspended, and not past. */
export const isLive = (permit: Standing, today: string): boolean =>
  permit.state !== "refused" && permit.state !== "withdrawn" && !isPast(permit, today);

/** Where it stands after a step; null where the step can't be taken from here or its time has passed. */
export function afterNightStep(step: NightStep, permit: Standing, today: string): NightState | null {
  const { from, to } = STEPS[step];
  return (from as readonly NightState[]).includes(permit.state) && !isPast(permit, today) ? to : null;
}

/** What becomes of new permits where dustfall is over: none, or those that the office agrees to; `always`: words of a basis that can't wait. */
export type NightPolicy = { readonly over: "refuse" | "agree"; readonly always: readonly string[] };

/**
 * Who may let somebody work at night in a county: `anybody` who grants permits, the `office` alone, or `nobody`.
 * Plan, measure 26: 降尘量不达标的地区，从严控制夜间施工审批许可数量; how strictly is the office's choice.
 */
export function whoMayLet(
  standing: DustfallStanding | null,
  basis: string,
  { over, always }: NightPolicy,
): "anybody" | "office" | "nobody" {
  if (!standing?.over) return "anybody";
  return over === "agree" || always.some((word) => basis.includes(word)) ? "office" : "nobody";
}
