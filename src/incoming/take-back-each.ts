import type { Imported } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { changedSince, type TakenBack } from "../chat/take-back.ts";
import type { EpochMs } from "../domain/ids.ts";
import type { Writer } from "../store/store.ts";

/**
 * Takes back what `enterEach` has entered, by the revision log: what was corrected has its old value again, what was added
 * is gone. Refuses where a value has been changed since. `known` says what the store says now, as the log does.
 */
export function takeBackEach({
  known,
  restore,
}: {
  known(subject: string, store: Writer): Promise<unknown>;
  /** Puts a value back; `before` is null where there was none. @returns why it can't be, where it can't. */
  restore(subject: string, before: unknown, by: { store: Writer; at: EpochMs }): Promise<Refusal | null>;
}): NonNullable<Imported["takeBack"]> {
  return async ({ id }, { store, now: { epochMilliseconds: at } }) => {
    const done: TakenBack = { removed: 0, restored: 0 };
    for (const revision of await store.revisions.ofBatch(id)) {
      const { subject, before, after } = revision;
      const next = await store.revisions.nextAfter(revision);
      if (next !== null) return refuse("conflict", changedSince(id, next.batch === null ? [] : [next.batch]));
      const now = await known(subject, store);
      if (JSON.stringify(now) !== JSON.stringify(after)) return refuse("conflict", changedSince(id, []));
      const refusal = await restore(subject, before, { store, at });
      if (refusal !== null) return refusal;
      if (before === null) done.removed += 1;
      else done.restored += 1;
    }
    return done;
  };
}
