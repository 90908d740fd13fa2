import type { Context } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import { draftPaper } from "../papers/draft.ts";
import { askOrIssue } from "../papers/issue-at-once.ts";
import { kindOfPaper } from "../papers/kind-of.ts";
import { termsOf } from "../papers/terms.ts";
import type { ResponseRow } from "../store/responses.ts";
import type { Writer } from "../store/store.ts";
import { aboutSummary } from "./summary.ts";
import { SUMMARY_PAPER } from "./words.ts";

/** The office is asked to look at the summary of a response that is over. In the caller's transaction. @returns whether it was drafted. */
export async function draftSummary(response: ResponseRow, context: Context<Writer>): Promise<boolean> {
  const kind = kindOfPaper({ kind: SUMMARY_PAPER }, context);
  if (!termsOf(kind, context.office.pack).on) return false;
  const by = response.endedBy === null ? null : await context.store.people.byId(response.endedBy);
  const row = await draftPaper(kind, aboutSummary(response, context), { by }, context);
  if (isRefusal(row)) throw new Error(`no summary of response ${response.id}: ${row.message}`);
  await askOrIssue(row, { by, isShown: false }, context);
  return true;
}
