import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { type CourseState, isWaiting, PAPER_STATES } from "../domain/papers/course.ts";
import { holdsRole } from "../domain/posts.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { aboutOf, kindOfPaper } from "./kind-of.ts";
import { termsOf } from "./terms.ts";

/** Who reads every issued paper; drafts are the office's, and theirs who sign them. */
export const readsAll = (person: Person): boolean => holdsRole(person, "office", "supervision", "city-lead");

/** The states of a paper that has gone out; the others are a draft's. */
export const WENT_OUT: readonly CourseState[] = PAPER_STATES.filter((state) => !isWaiting(state));

/** The papers that somebody, or anybody else of their county or department, was sent; null: all of them. */
async function papersSentTo(
  person: Person,
  { store, office, today }: Pick<Context<Reader>, "store" | "office" | "today">,
): Promise<readonly number[] | null> {
  if (readsAll(person)) return null;
  return store.officialPapers.sentTo({
    personId: person.id,
    regions: scopeOf(person, office, today) ?? [],
    departmentId: person.departmentId,
  });
}

/** Weekly papers of ten years. */
export const MOST_OF_KIND = 530;

/**
 * The papers that have gone out and that somebody may read: those that they were sent and, where a kind is named, what else it
 * shows them. Null: all of them.
 */
export async function papersRead(
  kind: string | undefined,
  person: Person,
  context: Context<Reader>,
): Promise<readonly number[] | null> {
  const sent = await papersSentTo(person, context);
  const declared = kind === undefined ? undefined : kindOfPaper({ kind }, context);
  if (sent === null || declared?.alsoReads === undefined) return sent;
  const filter = { kinds: [declared.id], states: WENT_OUT };
  const { rows } = await context.store.officialPapers.list(filter, MOST_OF_KIND);
  const also: number[] = [];
  for (const row of rows) if (await declared.alsoReads(aboutOf(row), person, context)) also.push(row.id);
  return [...sent, ...also];
}

/** Whether somebody reads papers of a kind before they go out: the office, and whoever signs them. */
export function readsDrafts(kind: string, person: Person, context: Context<Reader>): boolean {
  const { signing, by } = termsOf(kindOfPaper({ kind }, context), context.office.pack);
  return holdsRole(person, "office", ...(signing === "sign" ? [by] : []));
}

/** A paper by its number as somebody may read it; what they may not, they aren't told of. */
export async function paperSeen(
  id: number,
  person: Person,
  context: Context<Reader>,
): Promise<OfficialPaperRow | Refusal> {
  const row = await context.store.officialPapers.byId(id);
  if (row === null || !(await maySee(row, person, context)))
    return refuse("no-data", `没有${id}号文件，或不在您的范围内。发送“文件”看清单。`, ["文件"]);
  return row;
}

async function maySee(row: OfficialPaperRow, person: Person, context: Context<Reader>): Promise<boolean> {
  if (isWaiting(row.state)) return readsDrafts(row.kind, person, context);
  const sent = await papersSentTo(person, context);
  if (sent === null || sent.includes(row.id)) return true;
  return (await kindOfPaper(row, context).alsoReads?.(aboutOf(row), person, context)) === true;
}
