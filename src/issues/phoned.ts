import type { Context } from "../chat/command.ts";
import type { IssueId } from "../domain/ids.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { lineIdOf } from "./history.ts";

/**
 * Writes into the history of the issue that a delivery was about that its reader was told by telephone. A delivery about
 * anything else leaves only its audit row. In the caller's transaction.
 */
export async function notePhoned(
  { subject, title }: { subject: string | null; title: string },
  whom: string,
  by: Person,
  { store, now }: Context<Writer>,
): Promise<void> {
  const id = subject?.match(/^issue:(\d+)$/)?.[1];
  const issue = id === undefined ? null : await store.issues.byId(Number(id) as IssueId);
  if (issue === null) return;
  await store.issues.record({
    issueId: issue.id,
    at: now.epochMilliseconds,
    personId: by.id,
    step: lineIdOf("phoned"),
    fromState: issue.state,
    toState: issue.state,
    text: `${whom}：${title}`,
  });
}
