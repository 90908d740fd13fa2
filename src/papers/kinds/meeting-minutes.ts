import { isRefusal } from "../../chat/refusal.ts";
import { giveOutButton } from "../../meetings/buttons.ts";
import {
  aboutMeeting,
  type MeetingAbout,
  type MinutesFacts,
  meetingOfPeriod,
  minutesFacts,
  minutesFigures,
  minutesModel,
  minutesPaperCard,
} from "../../meetings/minutes-paper.ts";
import { invitedPeople } from "../../meetings/tell.ts";
import { officialPaper } from "../official-paper.ts";

/** 会议纪要：what was said and decided at a meeting, to everybody who was invited; checked by the office, signed by the city's lead. */
export default officialPaper<MeetingAbout, MinutesFacts>({
  id: "meeting-minutes",
  title: "会议纪要",
  words: ["纪要", "会商纪要", "点评会纪要"],
  mechanism: ["monthly-consultation", "quarterly-review"],
  usually: { signing: "sign", by: "city-lead", number: "纪要〔{year}〕{n}号" },
  async asked(said, context) {
    const meeting = await meetingOfPeriod(said, context);
    return isRefusal(meeting) ? meeting : aboutMeeting(meeting);
  },
  facts: minutesFacts,
  printed: minutesFigures,
  restsOn: () => [],
  card(minutes, { reader, stamp }) {
    const card = minutesPaperCard(minutes);
    const canGiveOut = reader.isOffice && stamp.number !== null && minutes.decisions.length > 0;
    return canGiveOut
      ? {
          ...card,
          buttons: [giveOutButton("交办议定事项", { meeting: minutes.meeting }, { style: "primary" })],
        }
      : card;
  },
  document: (minutes, { stamp }) => minutesModel(minutes, stamp),
  async to({ meeting: id }, _minutes, context) {
    const meeting = await context.store.meetings.byId(id);
    const invited = meeting === null ? [] : await invitedPeople(meeting, context);
    const office = await context.store.people.withRoles(["office"]);
    return [...office, ...invited].map((person) => ({ to: { person } }));
  },
});
