import { z } from "zod";
import { anyone } from "../src/chat/access.ts";
import { arg } from "../src/chat/args.ts";
import type { Button, Card } from "../src/chat/card.ts";
import { type Context, command } from "../src/chat/command.ts";
import { isRefusal } from "../src/chat/refusal.ts";
import { says } from "../src/chat/says.ts";
import { counted, listTitle } from "../src/chat/wording.ts";
import { MEETING_KINDS } from "../src/domain/meetings/kinds.ts";
import { tally } from "../src/domain/meetings/roll-call.ts";
import { holdsRole } from "../src/domain/posts.ts";
import { meetingCard, meetingStateWords } from "../src/meetings/card.ts";
import { isInvited, rollCall } from "../src/meetings/units.ts";
import { meetingSeen } from "../src/meetings/which.ts";
import { dayProposed, hasBegun, meetingName, meetingTimeWords, periodBefore } from "../src/meetings/words.ts";
import type { Meeting } from "../src/store/meetings.ts";
import type { Person } from "../src/store/people.ts";
import type { Reader } from "../src/store/store.ts";

export { meetingActions } from "../src/meetings/actions.ts";
export { listPaper } from "../src/meetings/list-paper.ts";

const toMeeting = says("会议");
const toCall = { "monthly-consultation": says("会商"), "quarterly-review": says("点评会") };

/** A year of both kinds. */
const SHOWN = 16;

/** 会议：the meetings there are, or one with who comes, its papers and what was decided. */
export default command({
  name: "meetings",
  words: ["会议", "会议清单", "开会"],
  help: { does: "看月度会商、季度点评会，或一次会议的报名、材料、纪要和议定事项", example: "会议" },
  mechanism: ["monthly-consultation", "quarterly-review"],
  who: anyone,
  audience: "person",
  args: z.object({ no: arg.maybe.number("会议编号", { bare: true }) }),

  async answer({ args: { no }, person }, context) {
    if (no === undefined) return listCard(person, context);
    const meeting = await meetingSeen(Number(no), person, context);
    return isRefusal(meeting) ? meeting : meetingCard(meeting, person, context);
  },
});

async function listCard(person: Person, context: Context<Reader>): Promise<Card> {
  const { store, office, now, today } = context;
  const rows: Meeting[] = [];
  for (const meeting of await store.meetings.list(SHOWN))
    if (meeting.convenedAt <= now.epochMilliseconds && (await isInvited(person, meeting, context)))
      rows.push(meeting);
  const table = [];
  for (const meeting of rows) {
    const begun = hasBegun(meeting, context);
    const n = tally((await rollCall(meeting, context)).map(({ presence }) => presence));
    const coming = meeting.state === "cancelled" ? "—" : `${n.attending + n.delegated}/${n.invited}`;
    table.push([
      String(meeting.id),
      meetingName(meeting),
      meetingTimeWords(meeting, today),
      meeting.place,
      meetingStateWords(meeting, begun),
      coming,
    ]);
  }
  const due: { name: string; day: string; button: Button }[] = [];
  if (holdsRole(person, "office"))
    for (const kind of MEETING_KINDS) {
      const period = periodBefore(kind, today);
      if ((await store.meetings.ofPeriod(kind, period)) !== null) continue;
      const name = meetingName({ kind, period });
      const day = dayProposed(kind, period, office).toString();
      due.push({ name, day, button: toCall[kind](`定${name}`) });
    }
  return {
    title: listTitle("会议", counted(rows.length, "次")),
    blocks: [
      ...(due.length > 0
        ? [
            {
              kind: "text" as const,
              tone: "notice" as const,
              text: `还没有定：${due.map(({ name }) => name).join("、")}。`,
            },
          ]
        : []),
      ...(rows.length === 0
        ? [{ kind: "text" as const, text: "还没有通知过会议。" }]
        : [
            {
              kind: "table" as const,
              columns: ["编号", "会议", "时间", "地点", "状态", "参会"].map((title) => ({ title })),
              rows: table,
              opens: rows.map(({ id }) => toMeeting("", id).say),
            },
          ]),
    ],
    buttons: due.map(({ button }) => button),
    facts: {
      rows: rows.map((meeting) => ({
        no: meeting.id,
        kind: meeting.kind,
        period: meeting.period,
        state: meeting.state,
        date: meeting.date,
        time: meeting.time,
        place: meeting.place,
      })),
      due: due.map(({ name, day }) => ({ name, proposed: day })),
    },
  };
}
