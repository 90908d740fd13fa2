import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { RegionId } from "../domain/ids.ts";
import { isWaiting } from "../domain/papers/course.ts";
import type { Period } from "../domain/period.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { reviewCard } from "./ask.ts";
import { draftPaper, redrafted } from "./draft.ts";
import { askOrIssue } from "./issue-at-once.ts";
import { kindOfPaper, noOf } from "./kind-of.ts";
import { paperSeen } from "./sees.ts";
import { termsOf } from "./terms.ts";

type Asked = {
  kind: string | undefined;
  said: { period?: Period; regionId?: RegionId };
  no: number | undefined;
};

/** Drafts what somebody of the office asks for, in the caller's transaction, and asks for what has to be done with it. */
export async function draftByHand(
  { kind: id, said, no }: Asked,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const row =
    no === undefined ? await newPaper(id ?? "", said, person, context) : await anew(no, person, context);
  if (isRefusal(row)) return row;
  if (!isWaiting(row.state))
    return refuse(
      "already-done",
      `${row.title}已经印发（${row.number ?? noOf(row)}）。数字有误请发送“更正 ${noOf(row)}”。`,
      [`文件 ${noOf(row)}`],
    );
  const card = await reviewCard(
    await askOrIssue(row, { by: person, isShown: true }, context),
    person,
    context,
  );
  return { ...card, audit: { paper: row.id, version: row.version } };
}

async function newPaper(
  id: string,
  said: Asked["said"],
  person: Person,
  context: Context<Writer>,
): Promise<OfficialPaperRow | Refusal> {
  const kind = kindOfPaper({ kind: id }, context);
  if (!termsOf(kind, context.office.pack).on)
    return refuse("conflict", `本市的设置没有启用${kind.title}（settings.yaml 的 papers.official.${id}）。`);
  if (kind.asked === undefined)
    return kind.begunBy === undefined
      ? refuse("usage", `${kind.title}由系统按时拟稿，不用另拟。`, ["待审签"])
      : refuse("usage", `${kind.title}请发送“${kind.begunBy}”办理，定下后自动拟稿。`, [kind.begunBy]);
  const about = await kind.asked(said, context);
  if (isRefusal(about)) return about;
  return draftPaper(kind, about, { by: person }, context);
}

async function anew(
  no: number,
  person: Person,
  context: Context<Writer>,
): Promise<OfficialPaperRow | Refusal> {
  const row = await paperSeen(no, person, context);
  if (isRefusal(row) || !isWaiting(row.state)) return row;
  const { row: drafted, gaps } = await redrafted(row, context, person);
  return gaps ?? drafted;
}
