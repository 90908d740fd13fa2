import type { EpochMs, RegionId } from "../ids.ts";
import { isUnitsTurn, SET_ASIDE, type State } from "./states.ts";

/** A period. `until` is its last instant, or now while it runs; `dueBy` the last day whose deadlines have passed by then. */
export type CountingPeriod = { from: EpochMs; until: EpochMs; fromDate: string; dueBy: string };

/** A line of an issue's history, as far as it is counted. Instants are ms UTC, dates ISO text of the office's calendar. */
export type PastLine = {
  at: EpochMs;
  /** The office's day of `at`. */
  on: string;
  /** Where it stood before; null of the first line. */
  from: State | null;
  state: State;
  /** Whose it was and until when it was to be mended, from this line on. */
  regionId: RegionId;
  due: string;
  /** It was given out with this line. */
  gives: boolean;
  /** The time to acknowledge begins anew with it: the order was corrected. */
  restarts: boolean;
  /** A stage of it was closed with this line; it goes on. */
  closesStage: boolean;
  /** When the time to acknowledge it is over, from this line on, if it begins at an instant. */
  acknowledgeBy: (since: EpochMs) => EpochMs;
};

/** An issue as the figures see it: its history in order. */
export type Past = {
  lines: readonly PastLine[];
  /** When it was written down here; what was given out on paper before could not be acknowledged earlier. */
  createdAt: EpochMs;
};

/** Something of an issue that one of the figures counts, with the region that it counts for; `times` when it stands for several. */
export type Count = { regionId: RegionId; met: boolean; times?: number } & (
  | { kind: "assigned" | "withdrawn" | "staged" | "acknowledged" | "onTime" | "closed" }
  /** A closing; met when the problem came back. `spent`: how long the unit had it, ms. */
  | { kind: "relapsed"; spent: number | null }
);

/**
 * What an issue adds to the figures of a period. Only lines up to the period's end are looked at, and each deadline as it was
 * in force on its very day: whatever happens later changes nothing. What was merged or cancelled by then isn't counted, nor
 * is a draft: nobody had to mend it. What was withdrawn within it is counted as that alone.
 * Source: domain document 9, Counting.
 */
export function countsOf({ lines: all, ...past }: Past, period: CountingPeriod): Count[] {
  const lines = all.filter(({ at }) => at <= period.until);
  const last = lines.at(-1);
  if (last?.state === "withdrawn")
    return within(last.at, period) ? [{ kind: "withdrawn", regionId: last.regionId, met: true }] : [];
  if (last === undefined || UNCOUNTED.includes(last.state)) return [];
  return [
    ...assigned(lines, last, period),
    ...acknowledgements({ lines, ...past }, period),
    ...deadlines(lines, period),
    ...closed(lines, last, period),
    ...closings(lines, period),
    ...stages(lines, period),
  ];
}

const UNCOUNTED: readonly State[] = ["draft", ...SET_ASIDE];
const within = (at: EpochMs, { from, until }: CountingPeriod) => from <= at && at <= until;

function assigned(lines: readonly PastLine[], { regionId }: PastLine, period: CountingPeriod): Count[] {
  const given = lines.findLast(({ gives }) => gives);
  return given !== undefined && within(given.at, period) ? [{ kind: "assigned", regionId, met: true }] : [];
}

/** Every term to acknowledge that ended within the period and didn't give way to another one before. */
function acknowledgements({ lines, createdAt }: Past, period: CountingPeriod): Count[] {
  const begins = lines.filter((line, i) => beginsTerm(line, lines[i - 1]));
  return begins.flatMap((begin, i): Count[] => {
    const end = begin.acknowledgeBy(Math.max(begin.at, createdAt));
    const next = begins[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (!within(end, period) || next <= end) return [];
    const met = lines.some(
      ({ at, from, state }) => begin.at <= at && at <= end && from === "assigned" && state === "acknowledged",
    );
    const standing = lines.findLast(({ at }) => at <= end) ?? begin;
    // No time runs against the unit while the office considers a return, or while it is suspended.
    return !met && isHeld(standing) ? [] : [{ kind: "acknowledged", regionId: standing.regionId, met }];
  });
}

/** The time to acknowledge begins anew with whatever brings an issue to a unit; a suspension of the same day takes none of it. */
function beginsTerm({ state, from, on, gives, restarts }: PastLine, before: PastLine | undefined): boolean {
  if (state !== "assigned") return false;
  return gives || restarts || from === "returned" || (from === "suspended" && before?.on !== on);
}

const isHeld = ({ state }: PastLine) => state === "returned" || state === "suspended";

/** Every deadline that passed within the period: the day that was the last one by what was in force at its end. */
function deadlines(lines: readonly PastLine[], { fromDate, dueBy }: CountingPeriod): Count[] {
  const days = new Set(lines.map(({ due }) => due).filter((due) => fromDate <= due && due <= dueBy));
  return [...days].flatMap((day): Count[] => {
    const until = lines.filter(({ on }) => on <= day);
    const standing = until.at(-1);
    if (standing === undefined || standing.due !== day) return [];
    if (isHeld(standing) || UNCOUNTED.includes(standing.state)) return [];
    return [{ kind: "onTime", regionId: standing.regionId, met: isHandedIn(until) }];
  });
}

/** Handed in, and not sent back since; so it stays while it is suspended or its transfer is being decided. */
function isHandedIn(lines: readonly PastLine[]): boolean {
  const said = lines.findLast(({ state }) => isUnitsTurn(state) || HANDED_IN.includes(state));
  return said !== undefined && HANDED_IN.includes(said.state);
}

const HANDED_IN: readonly State[] = ["submitted", "reviewing", "displayed", "closed"];

function closed(lines: readonly PastLine[], last: PastLine, { from }: CountingPeriod): Count[] {
  const before = lines.findLast(({ at }) => at < from);
  const isAnew = lines.some(({ at, gives }) => gives && at >= from);
  if (before?.state === "closed" && !isAnew) return [];
  return [{ kind: "closed", regionId: last.regionId, met: last.state === "closed" }];
}

/** Stages that were closed within the period: counted apart, the issue isn't closed. */
const stages = (lines: readonly PastLine[], period: CountingPeriod): Count[] =>
  lines
    .filter(({ at, closesStage }) => closesStage && within(at, period))
    .map(({ regionId }) => ({ kind: "staged", regionId, met: true }));

const isClosing = ({ from, state }: PastLine) => state === "closed" && from !== "closed";
const isRelapse = ({ from, state }: PastLine) => from === "closed" && state !== "closed";

function closings(lines: readonly PastLine[], period: CountingPeriod): Count[] {
  return lines.flatMap((line, i): Count[] => {
    if (!isClosing(line) || !within(line.at, period)) return [];
    // The unit had it since it was given out or came back, whichever was last; closed, it was nobody's to mend.
    const since = lines.slice(0, i).findLast((before) => before.gives || isRelapse(before));
    return [
      {
        kind: "relapsed",
        regionId: line.regionId,
        met: lines.slice(i + 1).some(isRelapse),
        spent: since === undefined ? null : line.at - since.at,
      },
    ];
  });
}
