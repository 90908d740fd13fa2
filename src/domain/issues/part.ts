import type { EpochMs } from "../ids.ts";

/** How far a unit's own part in an issue has come; instants ms UTC. */
export type PartStanding = {
  acknowledgedAt: EpochMs | null;
  handedInAt: EpochMs | null;
  acceptedAt: EpochMs | null;
};

export const PART_STATES = ["assigned", "acknowledged", "handed-in", "accepted"] as const;
export type PartState = (typeof PART_STATES)[number];

/** What a unit, or whoever it works for, does about its part. */
export type PartAct = "acknowledge" | "hand-in" | "accept" | "send-back";

export function partStateOf({ acknowledgedAt, handedInAt, acceptedAt }: PartStanding): PartState {
  if (acceptedAt !== null) return "accepted";
  if (handedInAt !== null) return "handed-in";
  return acknowledgedAt === null ? "assigned" : "acknowledged";
}

/** Whether the unit still owes something: what it has handed in waits for others. */
export const isPartOwed = (part: PartStanding): boolean =>
  ["assigned", "acknowledged"].includes(partStateOf(part));

/** From which states each act leads on. Sending back what was accepted says that it wasn't enough after all. */
export const PART_ACTS: Readonly<Record<PartAct, readonly PartState[]>> = {
  acknowledge: ["assigned"],
  "hand-in": ["assigned", "acknowledged"],
  accept: ["handed-in"],
  "send-back": ["handed-in", "accepted"],
};

/** How a part stands after an act, by whom and when; null where the act doesn't lead on from where it stands. */
export function partAfter(act: PartAct, part: PartStanding, at: EpochMs): PartStanding | null {
  if (!PART_ACTS[act].includes(partStateOf(part))) return null;
  switch (act) {
    case "acknowledge":
      return { ...part, acknowledgedAt: at };
    case "hand-in":
      return { ...part, acknowledgedAt: part.acknowledgedAt ?? at, handedInAt: at };
    case "accept":
      return { ...part, acceptedAt: at };
    case "send-back":
      return { ...part, handedInAt: null, acceptedAt: null };
    default:
      return act satisfies never;
  }
}
