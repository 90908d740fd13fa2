import type { Context } from "../chat/command.ts";
import type { PaperKind } from "../domain/plan/pack-papers.ts";
import type { Issue } from "../store/issues.ts";
import type { DocumentNumber } from "../store/numbers.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";

/** Under which name the register knows an issue, or a file for discipline inspection. */
export const subjectOf = (what: "issue" | "transfer", id: number): string => `${what}:${id}`;

/** What each kind of paper is called. */
export const PAPER_NAMES = {
  order: "交办单",
  supervision: "督办单",
  extension: "延期批复",
  transfer: "移送函",
} as const satisfies Record<PaperKind, string>;

/** Gives a paper its number, in the transaction that issues it. `event` is the line of a history that it tells of. */
export async function numberPaper(
  kind: PaperKind,
  { subject, title, event }: { subject: string; title: string; event?: number },
  by: Person | null,
  { store, office, now, today }: Pick<Context<Writer>, "store" | "office" | "now" | "today">,
): Promise<DocumentNumber> {
  return store.numbers.give({
    kind,
    pattern: office.pack.settings.papers[kind].number,
    year: today.year,
    subject,
    eventId: event ?? null,
    title,
    at: now.epochMilliseconds,
    personId: by?.id ?? null,
  });
}

/** The number of the order as it stands; null where it was given out on paper, before there was a register, or taken back. */
export async function orderNumberOf(
  { id }: Pick<Issue, "id">,
  { store }: { store: Reader },
): Promise<string | null> {
  const subject = subjectOf("issue", id);
  return store.numbers.newestOf("order", subject);
}
