/** One line of the report: medians of both sides in `unit`, and the ratio, or without a reference the figure, that must stay at or below `aim`. */
export type Finding = {
  name: string;
  unit: "ms" | "s" | "per s" | "MiB";
  ours: number;
  /** Absent where there is nothing to measure against. */
  reference?: number;
  aim?: number;
};

type Side = () => unknown;
export type Rounds = {
  /** Rounds before the clock counts: compiled code and warm caches on both sides. */
  warmUp: number;
  rounds: number;
};

/** How much is measured: all of it, or just enough to see that a benchmark still runs. */
export type Size = "whole" | "smoke";

/** `whole` of something (rounds, rows, people) at its full size, otherwise the few that a smoke run takes. */
export function sized<T>(size: Size, whole: T, smoke: T): T {
  return size === "whole" ? whole : smoke;
}

/** The rounds of a benchmark at its size. */
export function roundsOf(size: Size, warmUp: number, rounds: number): Rounds {
  return sized(size, { warmUp, rounds }, { warmUp: 1, rounds: 2 });
}

/**
 * Measures two ways to the same result in one process: they take turns, so that a busy machine slows both, and the order
 * within a turn alternates, so that neither always runs on what the other left in the caches. Answers with the medians.
 */
export async function sideBySide(
  what: Pick<Finding, "name" | "aim">,
  ours: Side,
  reference: Side,
  rounds: Rounds,
): Promise<Finding> {
  const times = await takingTurns(
    () => timed(ours),
    () => timed(reference),
    rounds,
  );
  return { ...what, unit: "ms", ours: median(times.ours), reference: median(times.reference) };
}

/** The turns of `sideBySide` for sides that measure themselves: what each of them found, round by round. */
export async function takingTurns<T>(
  ours: () => Promise<T>,
  reference: () => Promise<T>,
  { warmUp, rounds }: Rounds,
): Promise<{ ours: T[]; reference: T[] }> {
  const found = { ours: [] as T[], reference: [] as T[] };
  for (let round = -warmUp; round < rounds; round++) {
    const turn = [
      ["ours", ours],
      ["reference", reference],
    ] as const;
    for (const [side, run] of round % 2 === 0 ? turn : turn.toReversed()) {
      const result = await run();
      if (round >= 0) found[side].push(result);
    }
  }
  return found;
}

/** An acknowledgement of ours against a bare one: a commit to the disk costs about as much again as the request itself. */
export const ACK_AIMS = { p50: 4, p99: 4 };

/** Two lines: what half of all stay within, and what all but one in a hundred do. */
export function halfAndNearlyAll(
  name: string,
  { ours, reference }: { ours: readonly number[]; reference: readonly number[] },
  aims: { p50?: number; p99?: number } = {},
): Finding[] {
  return ([50, 99] as const).map((share) => {
    const aim = aims[`p${share}`];
    return {
      name: `${name}, p${share}`,
      unit: "ms",
      ours: percentile(ours, share),
      reference: percentile(reference, share),
      ...(aim === undefined ? {} : { aim }),
    };
  });
}

/** Milliseconds that one run takes. */
export async function timed(run: Side): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest value that `share` of a hundred don't exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * share) / 100) - 1] ?? Number.NaN;
}

/** `name  ours  reference  ratio  (aim ≤ x)` */
export function lineOf({ name, unit, ours, reference, aim }: Finding): string {
  const ratio = reference === undefined ? null : ours / reference;
  // Without a reference the aim is one of ours itself.
  const [held, of] = ratio === null ? [ours, ` ${unit}`] : [ratio, ""];
  const verdict = aim === undefined ? "" : `(aim ≤ ${aim}${of}${held > aim ? ", MISSED" : ""})`;
  return [
    name.padEnd(56),
    figure(ours, unit).padStart(12),
    (reference === undefined ? "–" : figure(reference, unit)).padStart(12),
    (ratio === null ? "–" : `${ratio.toFixed(2)}×`).padStart(7),
    ` ${verdict}`,
  ]
    .join(" ")
    .trimEnd();
}

export const heading = `${"benchmark".padEnd(56)} ${"ours".padStart(12)} ${"reference".padStart(12)} ${"ratio".padStart(7)}`;

function figure(value: number, unit: Finding["unit"]): string {
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return `${value.toFixed(decimals)} ${unit}`;
}
