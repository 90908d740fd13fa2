import type { Imported } from "../chat/command.ts";
import { refuse } from "../chat/refusal.ts";
import { changedSince } from "../chat/take-back.ts";

/** Takes back days of stations and regions: each has its old values and their state again, or is gone. */
export const takeBackDays: NonNullable<Imported["takeBack"]> = async (
  { id, firstDay, lastDay },
  { store, now },
) => {
  if (firstDay === null || lastDay === null) return { removed: 0, restored: 0 };
  const span = [firstDay, lastDay] as const;
  const later = await store.air.laterOn(id, span);
  if (later.length > 0) return refuse("conflict", changedSince(id, later));
  const { removed, restored, unaudited } = await store.air.takeBack(id, span, {
    personId: null,
    at: now.epochMilliseconds,
  });
  return { removed, restored: restored + unaudited };
};
