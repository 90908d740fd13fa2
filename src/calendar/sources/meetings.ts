import { says } from "../../chat/says.ts";
import { isInvited } from "../../meetings/units.ts";
import { meetingName, startsAt } from "../../meetings/words.ts";
import { eventSource } from "../event.ts";

const toMeeting = says("会议");

/** 月度会商 and 季度点评会, for everybody who is invited. */
export default eventSource({
  id: "meetings",
  async events({ from, to, person }, context) {
    const { store, office, now } = context;
    const events = [];
    for (const meeting of await store.meetings.between(from.toString(), to.toString())) {
      if (meeting.convenedAt > now.epochMilliseconds || !(await isInvited(person, meeting, context)))
        continue;
      const day = Temporal.PlainDate.from(meeting.date);
      events.push({
        key: String(meeting.id),
        from: day,
        to: day,
        time: Temporal.PlainTime.from(meeting.time),
        title: meetingName(meeting),
        words: meeting.place,
        standing:
          startsAt(meeting, office) <= now.epochMilliseconds ? ("done" as const) : ("coming" as const),
        times: meeting.round - 1,
        changedAt: meeting.convenedAt,
        say: toMeeting("", meeting.id).say,
        facts: { meeting: meeting.id },
      });
    }
    return events;
  },
});
