import { CLOCK_KINDS, type ClockKind, type ClockRule } from "../domain/issues/clock.ts";
import { type LineId, lineId } from "../domain/issues/line.ts";
import { RUNGS } from "./ladder.ts";
import { stepCalled } from "./loop.ts";
import { NOTES, type Note } from "./notes.ts";

/** A line of an issue's history as it is shown; `setback`: it speaks against the unit. */
type Line = { says: string; setback: boolean };

/** Under which id a note, or a rung that the clock has climbed, is stored. */
export const lineIdOf = (entry: Note | ClockKind): LineId => lineId.parse(entry);

/** What a stored id says. One that this version doesn't know is shown as it is. */
export function lineOf(id: string): Line {
  const step = stepCalled(id);
  if (step !== undefined) return { says: step.words.done, setback: step.setback ?? false };
  if (Object.hasOwn(NOTES, id)) return NOTES[id as Note];
  const rule: ClockRule | undefined = (CLOCK_KINDS as Readonly<Record<string, ClockRule>>)[id];
  return rule?.class === "rung"
    ? { says: `${rule.says}，报${RUNGS[rule.rung].name}`, setback: true }
    : { says: id, setback: false };
}
