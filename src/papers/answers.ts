import { z } from "zod";
import { scopeOf } from "../chat/access.ts";
import { buttonsOf } from "../chat/action.ts";
import { arg } from "../chat/args.ts";
import type { Block, Button } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { longDate } from "../chat/wording.ts";
import type { EpochMs } from "../domain/ids.ts";
import { inEachPost } from "../domain/posts.ts";
import type { CandidateUnit } from "../store/candidates.ts";
import type { OfficialPaperRow, PaperVersion } from "../store/official-papers.ts";
import type { PaperAnswer } from "../store/paper-answers.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { aboutOf, kindOfPaper } from "./kind-of.ts";

/** What a unit's answer says; which of it is asked for its kind of paper says. */
export const answerFields = z.object({
  cause: arg.maybe.longtext("原因", { maxLength: 500 }),
  measures: arg.longtext("措施", { maxLength: 1000 }),
  date: arg.maybe.date("完成时间"),
});
const answer = buttonsOf("paper.answer", answerFields);
const receive = buttonsOf("paper.receive", z.object({}));

type Around = Pick<Context<Reader>, "store" | "office" | "today">;

/** Notes who has to answer an issued paper until when, in the transaction of the issue. @returns whether anybody has to. */
export async function expectAnswers(
  row: OfficialPaperRow,
  { facts }: PaperVersion,
  context: Context<Writer>,
): Promise<boolean> {
  const { store, office, today } = context;
  const due = facts === null ? null : (kindOfPaper(row, context).answer?.(aboutOf(row), facts) ?? null);
  if (due === null || due.units.length === 0) return false;
  const day = office.calendar.addWorkingDays(today, due.within).toString();
  await store.paperAnswers.expect(
    due.units.map((unit) => ({ paperId: row.id, due: day, regionId: null, departmentId: null, ...unit })),
  );
  return true;
}

/** The buttons by which somebody confirms a paper and answers it for their unit, and until when; what of it has been done. */
export async function answerButtons(
  row: OfficialPaperRow,
  person: Person,
  context: Around,
): Promise<{ blocks: Block[]; buttons: Button[] }> {
  const own = await ownAnswer(row, person, context);
  if (own?.due == null || row.state !== "issued") return { blocks: [], buttons: [] };
  const said = (text: string): Block[] => [{ kind: "text", text }];
  const dayOf = (at: EpochMs) => longDate(context.office.today(Temporal.Instant.fromEpochMilliseconds(at)));
  if (own.answeredAt !== null)
    return { blocks: said(`您单位已于${dayOf(own.answeredAt)}回复。`), buttons: [] };
  const isIn = own.receivedAt === null ? "" : `您单位已于${dayOf(own.receivedAt)}确认收到，`;
  return {
    blocks: said(`${isIn}请于${longDate(Temporal.PlainDate.from(own.due))}前回复。`),
    buttons: [
      answer("回复", { paper: row.id }, { style: "primary" }),
      ...(own.receivedAt === null ? [receive("收到", { paper: row.id })] : []),
    ],
  };
}

/** What is expected of somebody's own unit. */
export async function ownAnswer(
  row: OfficialPaperRow,
  person: Person,
  context: Around,
): Promise<PaperAnswer | undefined> {
  const speaksFor = speakerOf(person, context);
  return (await context.store.paperAnswers.of(row.id)).find(speaksFor);
}

/** The papers whose answer somebody's own unit still owes, the nearest day first. */
export async function answersOwed(
  person: Person,
  context: Around,
): Promise<{ row: OfficialPaperRow; answer: PaperAnswer }[]> {
  const speaksFor = speakerOf(person, context);
  const owed = await context.store.paperAnswers.owed();
  return owed.flatMap(({ answer, paper }) => (speaksFor(answer) ? [{ row: paper, answer }] : []));
}

/** For which units somebody answers: their department, or the county that they speak for. */
function speakerOf(person: Person, { office, today }: Around): (unit: CandidateUnit) => boolean {
  const posts = inEachPost(person).filter(({ role }) =>
    ["county-lead", "county-liaison", "department-liaison"].includes(role),
  );
  return ({ regionId, departmentId }) =>
    posts.some((post) =>
      regionId !== null
        ? (scopeOf(post, office, today) ?? []).includes(regionId)
        : departmentId !== null && post.departmentId === departmentId,
    );
}
