/** One line of the report: medians of both sides in `unit`, and the ratio that must stay at or below `aim`. */
export type Finding = {
  name: string;
  unit: "ms" | "s" | "per s";
  ours: number;
  /** Absent where there is nothing to measure against. */
  reference?: number;
  aim?: number;
};

type Side = () => unknown;
type Rounds = {
  /** Rounds before the clock counts: compiled code and warm caches on both sides. */
  warmUp: number;
  rounds: number;
};

/**
 * Measures two ways to the same result in one process: they take turns, so that a busy machine slows both, and the order
 * within a turn alternates, so that neither always runs on what the other left in the caches. Answers with the medians.
 */
export async function sideBySide(
  what: Pick<Finding, "name" | "aim">,
  ours: Side,
  reference: Side,
  { warmUp, rounds }: Rounds,
): Promise<Finding> {
  const times = { ours: [] as number[], reference: [] as number[] };
  for (let round = -warmUp; round < rounds; round++) {
    const turn = [
      ["ours", ours],
      ["reference", reference],
    ] as const;
    for (const [side, run] of round % 2 === 0 ? turn : turn.toReversed()) {
      const took = await timed(run);
      if (round >= 0) times[side].push(took);
    }
  }
  return { ...what, unit: "ms", ours: median(times.ours), reference: median(times.reference) };
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

/** `name  ours  reference  ratio  (aim ≤ x)` */
export function lineOf({ name, unit, ours, reference, aim }: Finding): string {
  const ratio = reference === undefined ? null : ours / reference;
  const verdict = ratio === null || aim === undefined ? "" : `(aim ≤ ${aim}${ratio > aim ? ", MISSED" : ""})`;
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
