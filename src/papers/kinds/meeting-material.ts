import { isRefusal } from "../../chat/refusal.ts";
import { type MaterialFacts, materialFacts, materialFigures } from "../../meetings/material.ts";
import { materialCard, materialCharts, materialModel } from "../../meetings/material-paper.ts";
import { aboutMeeting, type MeetingAbout, meetingOfPeriod } from "../../meetings/minutes-paper.ts";
import { invitedPeople } from "../../meetings/tell.ts";
import { officialPaper } from "../official-paper.ts";

/**
 * 会议材料：drafted some working days before a meeting, brought up to date when it is asked for, and issued, so frozen, on the
 * morning of its day.
 */
export default officialPaper<MeetingAbout, MaterialFacts>({
  id: "meeting-material",
  title: "会议材料",
  words: ["会商材料", "点评会材料"],
  mechanism: ["monthly-consultation", "quarterly-review"],
  usually: { signing: "none", number: null },
  async asked(said, context) {
    const meeting = await meetingOfPeriod(said, context);
    return isRefusal(meeting) ? meeting : aboutMeeting(meeting);
  },
  facts: materialFacts,
  printed: materialFigures,
  // The pace is that of the year to the meeting's eve, its targets in the shape of the year before.
  restsOn({ from, to, on = to }) {
    const year = Number(from.slice(0, 4));
    return [
      [`${year}-01-01`, [on, to].sort()[1] ?? to],
      [`${year - 1}-01-01`, `${year - 1}-12-31`],
    ];
  },
  alsoRestsOn: ["progress", "county-targets"],
  card: (facts) => materialCard(facts),
  inserts: (facts) => materialCharts(facts),
  document: (facts, { stamp, inserted }) => materialModel(facts, { stamp, inserted }),
  issuedOn: ({ on = null }) => on,
  attaches: ["word"],
  async to({ meeting: id }, _facts, context) {
    const meeting = await context.store.meetings.byId(id);
    const invited = meeting === null ? [] : await invitedPeople(meeting, context);
    const office = await context.store.people.withRoles(["office"]);
    return [...office, ...invited].map((person) => ({ to: { person } }));
  },
});
