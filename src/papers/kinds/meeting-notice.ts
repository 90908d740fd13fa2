import { isRefusal } from "../../chat/refusal.ts";
import { aboutMeeting, type MeetingAbout, meetingOfPeriod } from "../../meetings/minutes-paper.ts";
import {
  meetingNoticeCard,
  meetingNoticeFacts,
  meetingNoticeFigures,
  meetingNoticeModel,
  type NoticeFacts,
} from "../../meetings/notice-paper.ts";
import { MEETING_NOTICE } from "../../meetings/papers.ts";
import { invitedPeople } from "../../meetings/tell.ts";
import { isInvited } from "../../meetings/units.ts";
import { kindOfPaper } from "../kind-of.ts";
import { officialPaper } from "../official-paper.ts";
import { termsOf } from "../terms.ts";

/** 会议通知：goes with the invitation; where the pack has it signed, it follows after the signature. */
export default officialPaper<MeetingAbout, NoticeFacts>({
  id: MEETING_NOTICE,
  title: "会议通知",
  words: ["会商通知", "点评会通知"],
  usually: { signing: "none", number: null },
  async asked(said, context) {
    const meeting = await meetingOfPeriod(said, context);
    return isRefusal(meeting) ? meeting : aboutMeeting(meeting);
  },
  facts: meetingNoticeFacts,
  printed: meetingNoticeFigures,
  restsOn: () => [],
  card: (facts) => meetingNoticeCard(facts),
  document: (facts, { stamp }) => meetingNoticeModel(facts, stamp),
  attaches: ["word"],
  async alsoReads({ meeting: id }, person, context) {
    const meeting = await context.store.meetings.byId(id);
    return meeting !== null && (await isInvited(person, meeting, context));
  },
  async to({ meeting: id }, _facts, context) {
    const meeting = await context.store.meetings.byId(id);
    const { signing } = termsOf(kindOfPaper({ kind: MEETING_NOTICE }, context), context.office.pack);
    // Otherwise the card by which they are invited brings it.
    if (meeting === null || signing === "none") return [];
    return (await invitedPeople(meeting, context)).map((person) => ({
      to: { person },
      class: "must-arrive" as const,
    }));
  },
});
