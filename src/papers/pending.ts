import type { Context } from "../chat/command.ts";
import { holdsRole } from "../domain/posts.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { waitsFor } from "./waits-for.ts";

/** More are never under way at once. */
const MOST = 200;

/** Papers on their way: those that wait for somebody, the oldest first, and for the office those that wait for others. */
export async function pendingFor(
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "officialPapers">,
): Promise<{ mine: OfficialPaperRow[]; others: OfficialPaperRow[] }> {
  const { rows } = await context.store.officialPapers.list({ states: ["draft", "checked", "signed"] }, MOST);
  const isMine = (row: OfficialPaperRow) => {
    const waits = waitsFor(row, context);
    return waits !== null && holdsRole(person, waits.by);
  };
  const oldestFirst = rows.toReversed();
  return {
    mine: oldestFirst.filter(isMine),
    others: holdsRole(person, "office") ? oldestFirst.filter((row) => !isMine(row)) : [],
  };
}
