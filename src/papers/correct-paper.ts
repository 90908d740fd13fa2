import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { figureChanges } from "../domain/papers/figures.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { reviewCard } from "./ask.ts";
import { draftPaper } from "./draft.ts";
import { askOrIssue } from "./issue-at-once.ts";
import { aboutOf, kindOfPaper, noOf } from "./kind-of.ts";
import { paperSeen } from "./sees.ts";

/**
 * 更正: drafts the paper that corrects an issued one, with old and new values, in the caller's transaction; it takes the same course
 * and has its own number. The issued one is never altered: with the issue of this one it is said to be corrected.
 */
export async function correctPaper(
  id: number,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store } = context;
  const old = await paperSeen(id, person, context);
  if (isRefusal(old)) return old;
  const look = [`文件 ${noOf(old)}`];
  if (!holdsRole(person, "office")) return refuse("forbidden", "更正文件须由市办办理。", look);
  if (old.state === "corrected")
    return refuse("already-done", `${noOf(old)}文件已经更正过，再有变化请更正新的那一件。`, look);
  if (old.state === "withdrawn") return refuse("already-done", `${noOf(old)}文件已经撤回，不用更正。`, look);
  if (old.state !== "issued")
    return refuse(
      "conflict",
      `${noOf(old)}文件没有印发，不用更正；按现在的数据重拟请发送“拟稿 ${noOf(old)}”。`,
      look,
    );
  const print = await store.officialPapers.version(old.id, old.version);
  if (print?.facts == null)
    return refuse("conflict", `${noOf(old)}文件印发时还没有保存全部内容，不能自动更正，请另行发文。`, look);
  const row = await draftPaper(
    kindOfPaper(old, context),
    aboutOf(old),
    { by: person, corrects: old },
    context,
  );
  if (isRefusal(row)) return row;
  const anew = await store.officialPapers.version(row.id, row.version);
  if (figureChanges(print.figures ?? [], anew?.figures ?? []).length === 0)
    return refuse("no-data", `按现在的数据，${noOf(old)}文件公布的数字没有变化，不用更正。`, look);
  const card = await reviewCard(
    await askOrIssue(row, { by: person, isShown: true }, context),
    person,
    context,
  );
  return { ...card, audit: { paper: row.id, corrects: old.id } };
}
