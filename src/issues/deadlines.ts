import { z } from "zod";
import type { GivenDue } from "../domain/how-due.ts";
import type { Office } from "../office/office.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import { NOTES, type Note } from "./notes.ts";
import grantExtension from "./steps/grant-extension.ts";
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

const askedTerm = z.object({ n: z.coerce.number().int().positive(), unit: z.enum(["working", "calendar"]) });

/** The extensions that were granted within the present term, in order: as what each was asked for, and until when. */
export function extensionsGranted(
  { extensions, due }: Pick<Issue, "extensions" | "due">,
  history: readonly IssueEvent[],
  office: Pick<Office, "today">,
): GivenDue[] {
  if (extensions === 0) return [];
  const granted = history
    .flatMap((event, i) => (event.step === grantExtension.id ? [i] : []))
    .slice(-extensions);
  return granted.map((at): GivenDue => {
    const request = history.slice(0, at).findLast(({ step }) => step === requestExtension.id);
    const until = history[at]?.due ?? request?.due ?? due;
    const term = askedTerm.safeParse(request?.detail == null ? null : JSON.parse(request.detail));
    const on = Temporal.Instant.fromEpochMilliseconds((request ?? history[at])?.at ?? 0);
    return { term: term.data ?? null, from: office.today(on), due: Temporal.PlainDate.from(until) };
  });
}
