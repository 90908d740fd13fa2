import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { isWaiting } from "../domain/papers/course.ts";
import type { Meeting } from "../store/meetings.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Reader } from "../store/store.ts";
import { hasBegun, meetingTimeWords } from "./words.ts";

/** The kind of paper that a meeting's material is. */
export const MATERIAL = "meeting-material";

/** The kind of paper that tells of a meeting. */
export const MEETING_NOTICE = "meeting-notice";

/** The newest notice of a meeting that wasn't withdrawn: the first, or the last that corrects it. */
export const noticePaper = (
  { id }: Pick<Meeting, "id">,
  { store }: Pick<Context<Reader>, "store">,
): Promise<OfficialPaperRow | null> => store.officialPapers.newestOfKey(MEETING_NOTICE, String(id));

/** The paper that a meeting's minutes are, once they were sent to be checked. */
export const minutesPaper = (
  { id }: Pick<Meeting, "id">,
  { store }: Pick<Context<Reader>, "store">,
): Promise<OfficialPaperRow | null> => store.officialPapers.ofKey("meeting-minutes", String(id));

/** Why minutes can't be written; null where they can. */
export async function minutesFault(meeting: Meeting, context: Context<Reader>): Promise<Refusal | null> {
  if (meeting.state === "cancelled")
    return refuse("conflict", `会议${meeting.id}已取消，没有纪要。`, ["会议"]);
  if (!hasBegun(meeting, context))
    return refuse(
      "conflict",
      `会议${meeting.id}在${meetingTimeWords(meeting, context.today)}，还没有开，会后再写纪要。`,
      [`会议 ${meeting.id}`],
    );
  return null;
}

/** Why what was decided can't be given out: the minutes that say so have to be issued first. */
export async function giveOutFault(meeting: Meeting, context: Context<Reader>): Promise<Refusal | null> {
  const fault = await minutesFault(meeting, context);
  if (fault !== null) return fault;
  const paper = await minutesPaper(meeting, context);
  if (paper !== null && !isWaiting(paper.state)) return null;
  return refuse("conflict", `会议${meeting.id}的纪要还没有签发，签发后再交办议定事项。`, [
    paper === null ? `会议 ${meeting.id}` : "待审签",
  ]);
}
