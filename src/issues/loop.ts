import { join } from "node:path";
import { CLOCK_KINDS, type ClockRule } from "../domain/issues/clock.ts";
import { loadSteps } from "./load-steps.ts";
import { NOTES } from "./notes.ts";
import type { Step } from "./step.ts";

/**
 * The closed loop: every step that `src/issues/steps` declares, in the order of their buttons. A file there is a step;
 * nothing is listed twice. What a step imports must not import the loop, which waits for all of them.
 */
export const STEPS: readonly Step[] = await loadSteps(join(import.meta.dirname, "steps"));

const byId = new Map<string, Step>(STEPS.map((step) => [step.id, step]));

/** The step of an id; undefined where no file declares it. */
export const stepCalled = (id: string): Step | undefined => byId.get(id);

/** The step that some other declaration names. @throws Error when no file declares it. */
export function stepOf(id: string): Step {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no step of the loop is called "${id}"`);
  return found;
}

// Histories tell steps, notes and rungs apart by their ids alone, and the clock takes steps by itself.
for (const id of [...Object.keys(NOTES), ...rungs()])
  if (byId.has(id)) throw new Error(`step "${id}" is called as a note or a rung of histories is`);
for (const rule of Object.values(CLOCK_KINDS) as ClockRule[])
  if (rule.class === "step" && !stepOf(rule.step).by.includes("clock"))
    throw new Error(`the clock takes step "${rule.step}" and has no right to it`);

function rungs(): string[] {
  return Object.entries(CLOCK_KINDS).flatMap(([kind, rule]) => (rule.class === "rung" ? [kind] : []));
}
