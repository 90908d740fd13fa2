import type { EpochMs, PersonId } from "../ids.ts";
import type { MeetingState, RollCallWord } from "./kinds.ts";

/** What a unit says to an invitation: somebody comes, nobody does and why, or a member of another post comes for it. */
export type RollCallAnswer =
  | { word: "attending" }
  | { word: "excused"; reason: string }
  | { word: "delegated"; delegateId: PersonId };

/** A unit's answer as it is kept. */
export type RollCallRow = {
  answer: RollCallWord | null;
  reason: string | null;
  delegateId: PersonId | null;
  /** The round of the meeting in which it answered. */
  round: number | null;
};

/** Why an answer can't be taken. */
export type RollCallFault = "cancelled" | "begun" | "same";

/**
 * An answer as it is kept from then on, or why it isn't taken. A unit may change its mind until the meeting begins; what was
 * answered for another time of the meeting has to be said again.
 */
export function answered(
  row: RollCallRow,
  answer: RollCallAnswer,
  { state, round, startsAt, now }: { state: MeetingState; round: number; startsAt: EpochMs; now: EpochMs },
): RollCallRow | RollCallFault {
  if (state === "cancelled") return "cancelled";
  if (state === "held" || now >= startsAt) return "begun";
  const next: RollCallRow = {
    answer: answer.word,
    reason: answer.word === "excused" ? answer.reason : null,
    delegateId: answer.word === "delegated" ? answer.delegateId : null,
    round,
  };
  const isSame =
    row.round === round &&
    row.answer === next.answer &&
    row.reason === next.reason &&
    row.delegateId === next.delegateId;
  return isSame ? "same" : next;
}

/** How a unit stands to the meeting: its answer, or silent where it has none that holds. */
export type Presence = RollCallWord | "silent";

/** An answer holds for the time that it was given for, and 派员 as long as whom it names is a member. */
export function presenceOf(
  { answer, round: given, delegateId }: RollCallRow,
  round: number,
  isMember: (id: PersonId) => boolean,
): Presence {
  if (answer === null || given !== round) return "silent";
  return answer === "delegated" && !(delegateId !== null && isMember(delegateId)) ? "silent" : answer;
}

/** How many units there are of each; they add up to all that are invited. */
export function tally(presences: readonly Presence[]): Record<Presence, number> & { invited: number } {
  const of = (presence: Presence) => presences.filter((one) => one === presence).length;
  return {
    invited: presences.length,
    attending: of("attending"),
    delegated: of("delegated"),
    excused: of("excused"),
    silent: of("silent"),
  };
}
