import type { Context } from "../chat/command.ts";
import type { DueDate } from "../domain/deadline-words.ts";
import type { EpochMs, PersonId } from "../domain/ids.ts";
import type { State } from "../domain/issues/states.ts";
import { initialsOf } from "../office/names.ts";
import type { IssuePart } from "../store/issue-units.ts";
import type { Issue, NewIssueRow } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { lineIdOf } from "./history.ts";
import { numberPaper, subjectOf } from "./numbering.ts";
import { partsNote } from "./parts.ts";
import { proposeForPlace } from "./repeated-place.ts";
import { setDeadlines } from "./set-deadlines.ts";
import assign from "./steps/assign.ts";
import verify from "./steps/verify.ts";
import { tell } from "./tell.ts";
import { tellParts } from "./tell-parts.ts";

/** What is known of a problem when it is written down. */
export type NewIssue = Pick<NewIssueRow, "title" | "source" | "level" | "regionId"> &
  Partial<
    Pick<
      NewIssueRow,
      | "batch"
      | "category"
      | "town"
      | "place"
      | "requirement"
      | "departmentId"
      | "unitWords"
      | "importKey"
      | "externalNo"
    >
  > & { due: DueDate };

/**
 * Gives a problem out: it gets its number, its clock runs, and the unit is told. In the caller's transaction.
 * `from` is the day from which its term counts when it was given out on paper before; `quietly` tells nobody;
 * `note` goes into the history; `parts` are the units that help or are told.
 * @returns the issue, and whom it told: of the unit, and of the others.
 */
export async function giveOut(
  problem: NewIssue,
  by: Person | null,
  context: Context<Writer>,
  {
    from,
    quietly = false,
    note,
    parts = [],
  }: { from?: Temporal.Instant; quietly?: boolean; note?: string; parts?: readonly IssuePart[] } = {},
): Promise<{ issue: Issue; told: readonly Person[]; helped: readonly Person[] }> {
  const at = (from ?? context.now).epochMilliseconds;
  const issue = await create(
    problem,
    { state: "assigned", by, assignedBy: by?.id ?? null, at, note, parts },
    context,
  );
  const told = quietly
    ? []
    : await tell(issue, { audiences: ["unit"], title: `新的交办：${issue.title}`, actor: null }, context);
  if (!quietly) await proposeForPlace(issue, context);
  const helped = quietly ? [] : await tellParts(issue, { joining: parts }, by, context);
  return { issue, told, helped };
}

/**
 * Writes down a problem that was given out and closed on paper: history with its own dates, for which nobody is told and no
 * clock runs. Nobody could acknowledge it here, so that no figure asks for it. In the caller's transaction.
 */
export async function recordClosed(
  problem: NewIssue,
  by: Person | null,
  context: Context<Writer>,
  {
    from,
    closed,
    note,
    parts = [],
  }: { from: Temporal.Instant; closed: Temporal.Instant; note?: string; parts?: readonly IssuePart[] },
): Promise<Issue> {
  const at = from.epochMilliseconds;
  const ended = closed.epochMilliseconds;
  const issue = await create(
    problem,
    {
      state: "closed",
      begins: "rectifying",
      by,
      assignedBy: by?.id ?? null,
      at,
      closedAt: ended,
      note,
      parts,
    },
    context,
  );
  await context.store.issues.record({
    issueId: issue.id,
    at: ended,
    personId: by?.id ?? null,
    step: verify.id,
    fromState: "rectifying",
    toState: issue.state,
    text: "导入前已在台账上销号",
  });
  return issue;
}

/**
 * Writes a problem down that nobody has been given yet: the office decides about it. In the caller's transaction. `quietly`
 * and `note` as with `giveOut`.
 */
export async function draft(
  problem: NewIssue,
  by: Person | null,
  context: Context<Writer>,
  { quietly = false, note }: { quietly?: boolean; note?: string } = {},
): Promise<Issue> {
  const at = context.now.epochMilliseconds;
  const issue = await create(problem, { state: "draft", by, assignedBy: null, at, note }, context);
  if (!quietly)
    await tell(issue, { audiences: ["office"], title: `待交办：${issue.title}`, actor: by }, context);
  return issue;
}

async function create(
  { due, ...problem }: NewIssue,
  {
    state,
    begins = state,
    by,
    assignedBy,
    at,
    closedAt = null,
    note,
    parts = [],
  }: {
    state: "assigned" | "draft" | "closed";
    /** Where its history begins, if that isn't where it stands. */
    begins?: State;
    by: Person | null;
    assignedBy: PersonId | null;
    at: EpochMs;
    closedAt?: EpochMs | null;
    note?: string | undefined;
    parts?: readonly IssuePart[];
  },
  context: Context<Writer>,
): Promise<Issue> {
  const { store, office, today } = context;
  const from = office.today(Temporal.Instant.fromEpochMilliseconds(at)).toString();
  const issue = await store.issues.create(
    {
      ...problem,
      state,
      createdAt: context.now.epochMilliseconds,
      createdBy: by?.id ?? null,
      assignedBy,
      assignedAt: at,
      submittedAt: closedAt,
      closedAt,
      due: due.toString(),
      firstDue: due.toString(),
      termFrom: from,
      term: due.term ?? null,
    },
    `${initialsOf(office.city.short)}-${today.year}`,
  );
  await store.issueUnits.add(issue.id, parts, { at, personId: by?.id ?? null });
  const event = await store.issues.record({
    issueId: issue.id,
    at,
    personId: by?.id ?? null,
    step: state === "draft" ? lineIdOf("register") : assign.id,
    fromState: null,
    toState: begins,
    text: [note, partsNote(parts, context)].filter(Boolean).join("；") || null,
    due: due.toString(),
    regionId: issue.regionId,
    level: issue.level,
  });
  // What went out on paper before has the number that it had there.
  if (state === "assigned" && from === today.toString())
    await numberPaper(
      "order",
      { subject: subjectOf("issue", issue.id), title: issue.title, event },
      by,
      context,
    );
  await setDeadlines(issue, context);
  return issue;
}
