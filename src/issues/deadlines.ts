import type { Issue, IssueEvent } from "../store/issues.ts";
import { NOTES, type Note } from "./notes.ts";
import requestExtension from "./steps/request-extension.ts";

/** A deadline that an issue was given, and the line of its history that gave it. ISO dates. */
export type DeadlineGiven = { due: string; event: IssueEvent };

/** Every deadline that was in force, in order: the first is the one that it was given out with. What was only asked for is none. */
export function deadlinesGiven(history: readonly IssueEvent[]): DeadlineGiven[] {
  return history.flatMap((event) =>
    event.due === null || !isGiven(event.step) ? [] : [{ due: event.due, event }],
  );
}

/** A look on the spot has a date of its own, and a request for more time is none yet. */
const isGiven = (step: string): boolean =>
  step !== requestExtension.id && (step === REGISTERED || !Object.hasOwn(NOTES, step));
const REGISTERED: Note = "register";

/** The deadline with which an issue was given out; ISO. */
export const originalDue = (issue: Pick<Issue, "firstDue">, history: readonly IssueEvent[]): string =>
  deadlinesGiven(history)[0]?.due ?? issue.firstDue;
