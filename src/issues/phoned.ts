import type { Context } from "../chat/command.ts";
import type { IssueId } from "../domain/ids.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { lineIdOf } from "./history.ts";

/**
 * Writes into the history of the issues that a delivery was about that its reader was told by telephone. A delivery about
 * anything else leaves only its audit row. In the caller's transaction.
 */
export async function notePhoned(
  { id, subject, title }: { id: number; subject: string | null; title: string },
  whom: string,
  by: Person,
  { store, now }: Context<Writer>,
): Promise<void> {
  for (const issue of await issuesOfDelivery({ id, subject }, store))
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

/** The issues that a delivery is about: the one that it shows, or those of its list. */
export async function issuesOfDelivery(
  { id, subject }: { id: number; subject: string | null },
  { issues, issueNotices }: Reader,
): Promise<Issue[]> {
  const no = subject?.match(/^issue:(\d+)$/)?.[1];
  const ids = no === undefined ? await issueNotices.toldBy(id) : [Number(no) as IssueId];
  const found = [];
  for (const each of ids) found.push((await issues.byId(each)) ?? []);
  return found.flat();
}
