import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { Candidate } from "../store/candidates.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";

/** Strikes an open candidate for a paper with the office's reason; `lacking` is said where there is none. */
export async function strikeCandidate<Row extends Candidate>(
  row: Row,
  { reason, lacking }: { reason: string; lacking: string },
  person: Person,
  { store, now }: Pick<Context<Writer>, "store" | "now">,
): Promise<Row | Refusal> {
  if (reason.trim().length < 2) return refuse("usage", lacking);
  const set = {
    state: "struck",
    reason: reason.trim(),
    decidedAt: now.epochMilliseconds,
    decidedBy: person.id,
  } as const;
  await store.candidates.settle(row.id, set);
  return { ...row, ...set };
}
