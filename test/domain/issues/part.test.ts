import { expect, test } from "vitest";
import {
  isPartOwed,
  PART_STATES,
  type PartAct,
  type PartState,
  partAfter,
  partStateOf,
} from "../../../src/domain/issues/part.ts";

const [SEEN, IN, GOOD, NOW] = [1, 2, 3, 9];
const standing = {
  assigned: { acknowledgedAt: null, handedInAt: null, acceptedAt: null },
  acknowledged: { acknowledgedAt: SEEN, handedInAt: null, acceptedAt: null },
  "handed-in": { acknowledgedAt: SEEN, handedInAt: IN, acceptedAt: null },
  accepted: { acknowledgedAt: SEEN, handedInAt: IN, acceptedAt: GOOD },
} as const satisfies Record<PartState, object>;

test.each([
  ["assigned", true],
  ["acknowledged", true],
  ["handed-in", false],
  ["accepted", false],
] as const)("a part that is %s is still owed: %s", (state, owed) => {
  expect([partStateOf(standing[state]), isPartOwed(standing[state])]).toEqual([state, owed]);
});

/** What each act makes of a part, and from where; from everywhere else it leads nowhere. */
const leads: [PartAct, PartState, object][] = [
  ["acknowledge", "assigned", { acknowledgedAt: NOW, handedInAt: null, acceptedAt: null }],
  // Who hands in has seen it.
  ["hand-in", "assigned", { acknowledgedAt: NOW, handedInAt: NOW, acceptedAt: null }],
  ["hand-in", "acknowledged", { acknowledgedAt: SEEN, handedInAt: NOW, acceptedAt: null }],
  ["accept", "handed-in", { acknowledgedAt: SEEN, handedInAt: IN, acceptedAt: NOW }],
  ["send-back", "handed-in", standing.acknowledged],
  ["send-back", "accepted", standing.acknowledged],
];

test.each<PartAct>(["acknowledge", "hand-in", "accept", "send-back"])(
  "%s leads on from these alone",
  (act) => {
    for (const state of PART_STATES) {
      const after = leads.find(([of, from]) => of === act && from === state)?.[2] ?? null;
      expect([state, partAfter(act, standing[state], NOW)]).toEqual([state, after]);
    }
  },
);
