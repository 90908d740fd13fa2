import { CLOCK_KINDS, type ClockRule } from "../domain/issues/clock.ts";
import { STEPS, type Step } from "../domain/issues/steps.ts";
import { RUNGS } from "./ladder.ts";

/** A line of an issue's history as it is shown; `setback`: it speaks against the unit. */
export type Line = { says: string; setback: boolean };

/** Lines that are neither steps nor rungs, under the id that is stored. */
export const NOTES = {
  /** Written down, and given to nobody yet. */
  register: { says: "登记", setback: false },
  /** Of an issue that goes on: its text is the number of the one that has become part of it. */
  absorb: { says: "并入", setback: false },
  /** Of an issue whose description an import has corrected: its text says what was there before. */
  correct: { says: "更正", setback: false },
  "spot-check": { says: "抽查", setback: false },
  "spot-check-passed": { says: "抽查合格", setback: false },
  "spot-check-failed": { says: "抽查不合格", setback: true },
} as const satisfies Record<string, Line>;
export type Note = keyof typeof NOTES;

/** What a stored id says. One that this version doesn't know is shown as it is. */
export function lineOf(id: string): Line {
  if (id in STEPS) {
    const step = id as Step;
    return { says: STEPS[step].done, setback: step === "reject" || step === "reopen" };
  }
  if (id in NOTES) return NOTES[id as Note];
  const rule: ClockRule | undefined = (CLOCK_KINDS as Readonly<Record<string, ClockRule>>)[id];
  return rule?.class === "rung"
    ? { says: `${rule.says}，报${RUNGS[rule.rung].name}`, setback: true }
    : { says: id, setback: false };
}
