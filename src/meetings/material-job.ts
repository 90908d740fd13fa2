import type { Card } from "../chat/card.ts";
import type { Context, SlotDelivery } from "../chat/command.ts";
import { isRefusal } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { isWaiting } from "../domain/papers/course.ts";
import { draftPaper } from "../papers/draft.ts";
import { kindOfPaper } from "../papers/kind-of.ts";
import { sendOut } from "../papers/send-out.ts";
import type { Meeting } from "../store/meetings.ts";
import type { OfficialPaperRow } from "../store/official-papers.ts";
import type { Writer } from "../store/store.ts";
import { aboutMeeting } from "./minutes-paper.ts";
import { MATERIAL } from "./papers.ts";
import { meetingName, meetingTimeWords, periodLooked, settingOf, workingDaysBefore } from "./words.ts";

const toPaper = says("文件");
const toDraft = says("拟稿");

/** So far ahead meetings are looked at. */
const AHEAD = 60;

/**
 * What a day has to do for the material of meetings: some working days before one it is drafted, and the office told; on the day
 * itself it is brought up to date for the last time and issued.
 */
export async function materialOn(context: Context<Writer>): Promise<SlotDelivery[]> {
  const { store, office, now, today } = context;
  if (!context.officialPapers.some(({ id }) => id === MATERIAL)) return [];
  const kind = kindOfPaper({ kind: MATERIAL }, context);
  const deliveries: SlotDelivery[] = [];
  for (const meeting of await store.meetings.between(
    today.toString(),
    today.add({ days: AHEAD }).toString(),
  )) {
    const day = workingDaysBefore(meeting.date, settingOf(meeting.kind, office).materialBefore, office);
    if (Temporal.PlainDate.compare(today, day) < 0) continue;
    const isToday = meeting.date === today.toString();
    const before = await store.officialPapers.ofKey(MATERIAL, String(meeting.id));
    if (!isToday && before !== null) continue;
    const row = await draftPaper(kind, aboutMeeting(meeting), {}, context);
    if (isRefusal(row) || !isWaiting(row.state)) continue;
    if (isToday) {
      const sent = await sendOut(row, { at: now.epochMilliseconds }, context);
      // It is for a meeting that begins soon: a digest would come after it.
      for (const one of sent.deliveries)
        deliveries.push({ ...one, class: "must-arrive", uncounted: "asked" as const });
    } else
      for (const person of await store.people.withRoles(["office"]))
        deliveries.push({ to: { person }, card: readyCard(meeting, row, context), class: "card" });
  }
  return deliveries;
}

function readyCard(meeting: Meeting, row: OfficialPaperRow, { today }: Context<Writer>): Card {
  return {
    title: `会议材料已备：${meetingName(meeting)}`,
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: `${meetingTimeWords(meeting, today)}的会议材料已拟好，请先看。会议当天早上按最新数据定稿，发各参会单位，以后不再改动。`,
      },
    ],
    buttons: [
      toPaper("看材料", `${row.id}号`),
      toDraft("刷新材料", "会议材料", periodLooked(meeting.period).label),
    ],
    facts: { meeting: meeting.id, paper: row.id },
  };
}
