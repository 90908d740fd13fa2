import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { seesToFor } from "../domain/posts.ts";
import type { Office } from "../office/office.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { isOf, relationTo } from "./relation.ts";

/**
 * Whether somebody may see an issue: it lies within their scope, their unit has a part in it, they wrote it down, or they
 * check it on the spot.
 */
export async function maySee(
  issue: Issue,
  person: Person,
  { store, office, today }: { store: Reader; office: Office; today: Temporal.PlainDate },
): Promise<boolean> {
  if (relationTo(issue, person, office, today) !== "stranger") return true;
  const own = seesToFor(person);
  if (issue.createdBy !== null && own.includes(issue.createdBy)) return true;
  if ((await store.issueUnits.of(issue.id)).some((part) => isOf(part, person, { office, today })))
    return true;
  return (await store.spotChecks.ofIssue(issue.id)).some(
    (check) => own.includes(check.checkerId) && check.state === "open",
  );
}

/** The issue of a number as somebody asks for it, or why they can't have it: there is none yet, or it isn't theirs to see. */
export async function issueSeen(
  no: string,
  person: Person,
  context: Pick<Context<Reader>, "store" | "office" | "today" | "now">,
): Promise<Issue | Refusal> {
  const issue = await context.store.issues.byNo(no);
  if (issue === null || issue.createdAt > context.now.epochMilliseconds)
    return refuse("unknown-issue", `没有编号为${no}的问题。发送“问题”看清单。`, ["问题"]);
  return (await maySee(issue, person, context))
    ? issue
    : { ...refuse("forbidden", `问题${no}不在您的权限范围内。`), on: `issue:${issue.id}` };
}
