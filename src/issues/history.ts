import { CLOCK_KINDS, type ClockRule } from "../domain/issues/clock.ts";
import { STEPS, type Step } from "../domain/issues/steps.ts";
import { RUNGS } from "./ladder.ts";
import { NOTES, type Note } from "./notes.ts";

/** A line of an issue's history as it is shown; `setback`: it speaks against the unit. */
export type Line = { says: string; setback: boolean };

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
