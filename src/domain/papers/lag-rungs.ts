/** A task that a warning named: an indicator, and whose share of it. */
export type WarnedTask = { id: string; share: string | null; inARow: number };

const isSame = (a: Pick<WarnedTask, "id" | "share">, b: Pick<WarnedTask, "id" | "share">) =>
  a.id === b.id && a.share === b.share;

/** How often in a row a task is warned of with this warning, by what the warning before it named. */
export const timesInARow = (task: Pick<WarnedTask, "id" | "share">, before: readonly WarnedTask[]): number =>
  (before.find((one) => isSame(one, task))?.inARow ?? 0) + 1;

/**
 * The level of a warning by how often in a row it comes: the first of `rungs` the first time, and so on up to the last.
 * @example rungOf(2, ["一般提醒", "重点提醒", "预警"]) // "重点提醒"
 */
export const rungOf = (inARow: number, rungs: readonly [string, ...string[]]): string =>
  rungs[Math.min(inARow, rungs.length) - 1] ?? rungs[0];

/** What a unit promised with its answer to a warning: to have caught up by the end of a day. */
export type LagPromise = { cause: string; on: string; tasks: readonly Pick<WarnedTask, "id" | "share">[] };

/**
 * The tasks of a promise that still lag after its day; empty while that day isn't over, and where all of them have caught up.
 * `today` is the day of the warning, dates are ISO.
 */
export const brokenTasks = <T extends Pick<WarnedTask, "id" | "share">>(
  { on, tasks }: Pick<LagPromise, "on" | "tasks">,
  lagging: readonly T[],
  today: string,
): T[] => (on >= today ? [] : lagging.filter((task) => tasks.some((one) => isSame(one, task))));
