import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import type { MeetingKind } from "../domain/meetings/kinds.ts";
import type { MeetingSaid } from "../domain/meetings/time-words.ts";
import type { Reader } from "../store/store.ts";
import { callButton } from "./buttons.ts";
import { callWord, dayProposed, meetingName, meetingTimeWords, settingOf } from "./words.ts";

/** What the office is asked for a meeting that isn't called yet: when and where, with what is usual in its form. */
export function proposalCard(
  kind: MeetingKind,
  period: string,
  { office, today }: Pick<Context<Reader>, "office" | "today">,
  said: Partial<MeetingSaid> = {},
): Card {
  const setting = settingOf(kind, office);
  const proposed = dayProposed(kind, period, office);
  const isPast = Temporal.PlainDate.compare(proposed, today) <= 0;
  const date = (said.date ?? (isPast ? office.calendar.addWorkingDays(today, 1) : proposed)).toString();
  const time = said.time ?? setting.at;
  const saidTime = meetingTimeWords({ date, time }, today).replace(/（.+）/, "");
  const place = said.place ?? setting.place;
  const name = meetingName({ kind, period });
  return {
    title: `请定${name}`,
    tone: "notice",
    blocks: [
      {
        kind: "text",
        text: `${name}（${setting.name}）拟${meetingTimeWords({ date, time }, today)}召开${place ? `，地点${place}` : "，地点待定"}。请定时间、地点和议程，定后即通知各单位报名。`,
      },
      { kind: "note", text: `也可发送“${callWord(kind)} ${saidTime} 地点”` },
      ...unknownYearNote([date], office),
    ],
    buttons: [
      callButton(
        "定会",
        { kind },
        {
          style: "primary",
          values: {
            date,
            time,
            ...(place ? { place } : {}),
            agenda: said.agenda ?? setting.agenda.join("\n"),
          },
        },
      ),
    ],
    facts: { kind, period, date, time, place: place ?? null, agenda: setting.agenda },
  };
}
