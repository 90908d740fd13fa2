import type { Context } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import { isWaiting } from "../domain/papers/course.ts";
import { redrawDelivered } from "../papers/delivered-card.ts";
import { draftPaper, redrafted } from "../papers/draft.ts";
import { askOrIssue } from "../papers/issue-at-once.ts";
import { kindOfPaper, subjectOfPaper } from "../papers/kind-of.ts";
import { redrawReviews } from "../papers/tell.ts";
import type { Meeting } from "../store/meetings.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { aboutMeeting } from "./minutes-paper.ts";
import { MEETING_NOTICE, noticePaper } from "./papers.ts";

/**
 * The notice of a meeting as it stands now, in the caller's transaction: it goes out with the invitation, or is asked to be
 * signed. One that is out is corrected by another.
 */
export async function writeNotice(meeting: Meeting, by: Person, context: Context<Writer>): Promise<void> {
  if (!context.officialPapers.some(({ id }) => id === MEETING_NOTICE)) return;
  const before = await noticePaper(meeting, context);
  const row = await drafted(meeting, before, by, context);
  if (row === null) return;
  await askOrIssue(row, { by, isShown: false }, context);
}

async function drafted(
  meeting: Meeting,
  before: OfficialPaperRow | null,
  by: Person,
  context: Context<Writer>,
): Promise<OfficialPaperRow | null> {
  if (before !== null && isWaiting(before.state)) {
    const { row, isNew } = await redrafted(before, context, by);
    return isNew ? row : null;
  }
  const kind = kindOfPaper({ kind: MEETING_NOTICE }, context);
  const row = await draftPaper(
    kind,
    aboutMeeting(meeting),
    before === null ? { by } : { by, corrects: before },
    context,
  );
  return isRefusal(row) ? null : row;
}

/** The notice of a meeting that is called off is void; whoever was invited hears of that by the meeting's own card. */
export async function voidNotice(
  meeting: Meeting,
  { by, why }: { by: Person; why: string },
  context: Context<Writer>,
): Promise<void> {
  const row = await noticePaper(meeting, context);
  if (row === null || row.state === "withdrawn") return;
  const { store, now } = context;
  const at = now.epochMilliseconds;
  await store.officialPapers.note({
    ...{ paperId: row.id, version: row.version, act: "withdraw" },
    ...{ personId: by.id, at, text: why },
  });
  const withdrawn = await store.officialPapers.change(row.id, { state: "withdrawn" });
  if (row.number !== null) await store.numbers.cancel(subjectOfPaper(row.id), row.kind, { at, why });
  await redrawReviews(withdrawn, context);
  await redrawDelivered(withdrawn, `withdrawn-${row.id}`, context);
}
