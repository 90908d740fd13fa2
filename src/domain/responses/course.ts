import type { ResponseId } from "../ids.ts";
import { type AlertLevel, compareLevels } from "./levels.ts";

/** alert: the response to an alert of the province; peak-shaving: the city's own short action before one. */
export type ResponseKind = "alert" | "peak-shaving";

/** What of a response says how it stands to others. */
export type ResponseStanding = {
  id: ResponseId;
  kind: ResponseKind;
  drill: boolean;
  /** Null for 削峰. */
  level: AlertLevel | null;
  documentNo: string;
};
export type Wanted = Omit<ResponseStanding, "id">;

/** Why a response can't be started beside the one that it names. */
export type StartFault = {
  why: "entered" | "lower" | "same-level" | "higher" | "alert-runs" | "shaving-runs" | "drill-runs";
  of: ResponseStanding;
};

/**
 * Whether a response may be started, and which running ones end with it: the real thing ends every rehearsal, an alert ends 削峰.
 * An order is entered once, whoever enters it. While an alert runs its level is changed, never started anew; a rehearsal never
 * runs beside the real thing.
 * @param entered the response that this very order has started before, running or not.
 */
export function startOf(
  wanted: Wanted,
  running: readonly ResponseStanding[],
  entered: ResponseStanding | null,
): { ends: readonly ResponseStanding[] } | StartFault {
  if (entered !== null) return { why: "entered", of: entered };
  const real = running.filter(({ drill }) => !drill);
  const alert = real.find(({ kind }) => kind === "alert");
  const shaving = real.find(({ kind }) => kind === "peak-shaving");
  const drills = running.filter(({ drill }) => drill);
  if (wanted.drill) {
    const [first] = [alert, shaving, ...drills].filter((one) => one !== undefined);
    if (first === undefined) return { ends: [] };
    return {
      why: first.drill ? "drill-runs" : first.kind === "alert" ? "alert-runs" : "shaving-runs",
      of: first,
    };
  }
  if (alert !== undefined) {
    if (wanted.level === null || alert.level === null) return { why: "alert-runs", of: alert };
    const difference = compareLevels(wanted.level, alert.level);
    return { why: difference < 0 ? "lower" : difference > 0 ? "higher" : "same-level", of: alert };
  }
  if (wanted.kind === "peak-shaving" && shaving !== undefined) return { why: "shaving-runs", of: shaving };
  return { ends: [...drills, ...(shaving === undefined ? [] : [shaving])] };
}

/** Whether a level may follow the present one, and which way it goes. `to.round`: the round that it is to follow. */
export function levelChangeOf(
  response: { level: AlertLevel | null; round: number; endedAt: number | null },
  to: { level: AlertLevel; round: number },
): "up" | "down" | "over" | "same" | "no-level" | "outdated" {
  if (response.endedAt !== null) return "over";
  if (response.level === null) return "no-level";
  const difference = compareLevels(to.level, response.level);
  if (difference === 0) return "same";
  if (to.round !== response.round) return "outdated";
  return difference > 0 ? "up" : "down";
}

/** Why a unit has nothing to do about its order. */
export function orderFault(
  order: { round: number; exempt: string | null },
  response: { round: number; endedAt: number | null },
): "over" | "outdated" | "exempt" | null {
  if (response.endedAt !== null) return "over";
  if (order.round !== response.round) return "outdated";
  return order.exempt === null ? null : "exempt";
}

type ShownFigures = { at: number; reading: number | null; text: string | null };

/** Minutes within which a unit that shows the same again doubts whether it was heard, and has nothing new to say. */
const SAME_AGAIN_MIN = 30;

/** What a unit has shown in the same words or by the same reading a moment ago; undefined where it says something new. */
export function shownJustNow<Shown extends ShownFigures>(
  { at, reading, text }: ShownFigures,
  earlier: readonly Shown[],
): Shown | undefined {
  return earlier.findLast(
    (one) => one.reading === reading && one.text === text && at - one.at < SAME_AGAIN_MIN * 60_000,
  );
}
