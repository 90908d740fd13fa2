import type { IsoDate } from "./day.ts";

/** 审核后, 未经审核 or 部分未经审核: what daily figures are until the month is confirmed (HJ 633-2012 cl. 5.1.5). */
export type DataState = "audited" | "unaudited" | "mixed";

/** What the days of a period are. `since`: the first of them that isn't audited, given when those after it aren't either. */
export type PeriodDataState = { readonly state: DataState; readonly since: IsoDate | null };

/**
 * The state of a period from its days' dates, oldest first, and from how many of them nobody has audited, the first of
 * which is `since`. Days without data have no state.
 */
export function periodDataState(
  days: readonly { readonly date: IsoDate }[],
  unaudited: { readonly days: number; readonly since: IsoDate | null },
): PeriodDataState {
  const { since } = unaudited;
  if (since === null) return { state: "audited", since: null };
  if (unaudited.days >= days.length) return { state: "unaudited", since: null };
  // From the end, since it is nearly always the last days that wait for their audit.
  const first = days.findLastIndex(({ date }) => date < since) + 1;
  return { state: "mixed", since: days.length - first === unaudited.days ? since : null };
}

/** The state of several places' days together. */
export function togetherDataState(states: readonly PeriodDataState[]): PeriodDataState {
  const [first] = states;
  if (first === undefined) return { state: "unaudited", since: null };
  if (states.every(({ state }) => state === first.state) && first.state !== "mixed") return first;
  const partly = states.filter(({ state }) => state !== "audited");
  const [one] = partly;
  const alike = partly.every(({ since }) => since === one?.since);
  return { state: "mixed", since: alike ? (one?.since ?? null) : null };
}
