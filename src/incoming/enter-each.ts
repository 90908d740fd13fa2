import type { Entered, Importing } from "../chat/import.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { Writer } from "../store/store.ts";

/**
 * Enters rows one by one. A row that the store doesn't know is added; one that it knows otherwise is a correction, whose old
 * value stays in the revision log.
 */
export function enterEach<R>({
  subject,
  value,
  known,
  put,
  day,
  logsAdded = false,
}: {
  /** What the revision log calls it. */
  subject(row: R): string;
  /** What the row says under its key. */
  value(row: R): unknown;
  /** What the store says under it; undefined where it knows nothing. */
  known(row: R, store: Writer): Promise<unknown>;
  put(row: R, file: Importing): Promise<void>;
  /** The day that it is a figure of, where notices publish it; undefined where they don't. */
  day?(row: R, file: Importing): IsoDate | undefined;
  /** What is added is kept in the log too, with nothing before it, so that `takeBackEach` can undo it. */
  logsAdded?: boolean;
}): (rows: readonly R[], file: Importing) => Promise<Entered> {
  return async (rows, file) => {
    const { store, by, now, batch } = file;
    const counts = { added: 0, corrected: 0, unchanged: 0 };
    const correctedDates = new Set<IsoDate>();
    const days: IsoDate[] = [];
    for (const row of rows) {
      const [before, after] = [await known(row, store), value(row)];
      if (JSON.stringify(before) === JSON.stringify(after)) {
        counts.unchanged += 1;
        continue;
      }
      const stamp = { personId: by?.id ?? null, at: now.epochMilliseconds, batchId: batch };
      if (before !== undefined || logsAdded)
        await store.revisions.add({ subject: subject(row), before: before ?? null, after, ...stamp });
      const date = day?.(row, file);
      if (date !== undefined) days.push(date);
      if (before === undefined) counts.added += 1;
      else {
        counts.corrected += 1;
        if (date !== undefined) correctedDates.add(date);
      }
      await put(row, file);
    }
    const [first, last] = [days.sort()[0], days.at(-1)];
    return { ...counts, correctedDates, touched: first && last ? [first, last] : null };
  };
}
