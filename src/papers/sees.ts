import { scopeOf } from "../chat/access.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { isWaiting } from "../domain/papers/course.ts";
import { holdsRole } from "../domain/posts.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { aboutOf, kindOfPaper } from "./kind-of.ts";
import { termsOf } from "./terms.ts";

/** Who reads every issued paper; drafts are the office's, and theirs who sign them. */
export const readsAll = (person: Person): boolean => holdsRole(person, "office", "supervision", "city-lead");

/** The papers that somebody, or anybody else of their county or department, was sent; null: all of them. */
export async function papersSentTo(
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
  if (isWaiting(row.state)) {
    const { signing, by } = termsOf(kindOfPaper(row, context), context.office.pack);
    return holdsRole(person, "office", ...(signing === "sign" ? [by] : []));
  }
  const sent = await papersSentTo(person, context);
  if (sent === null || sent.includes(row.id)) return true;
  return (await kindOfPaper(row, context).alsoReads?.(aboutOf(row), person, context)) === true;
}
