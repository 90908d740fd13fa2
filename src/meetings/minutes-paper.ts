import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import type { IsoDate } from "../domain/air/day.ts";
import type { MeetingId } from "../domain/ids.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import type { Period } from "../domain/period.ts";
import { labelCell, type PaperBlock, type PaperModel } from "../output/paper-model.ts";
import type { About, PaperStamp } from "../papers/official-paper.ts";
import type { Meeting } from "../store/meetings.ts";
import type { Reader } from "../store/store.ts";
import { ownerWords } from "./decisions.ts";
import { minutesGaps } from "./minutes-gaps.ts";
import { meetingName, meetingTimeWords, periodLooked, settingOf } from "./words.ts";

/** A paper of a meeting: its minutes, its material. `on`: the meeting's day, where it is known. */
export type MeetingAbout = About & { meeting: MeetingId; on?: IsoDate };

/** All that minutes print. */
export type MinutesFacts = {
  meeting: MeetingId;
  /** 空气质量月度会商会 */
  name: string;
  /** 2020年5月会商会 */
  called: string;
  time: string;
  place: string;
  participants: string;
  situation: string;
  outlook: string | null;
  decisions: readonly { no: number; text: string; owner: string; due: string }[];
  requirements: string | null;
};

export function aboutMeeting(meeting: Meeting): MeetingAbout {
  const { from, to } = periodLooked(meeting.period);
  return {
    key: String(meeting.id),
    label: meetingName(meeting),
    from: from.toString(),
    to: to.toString(),
    meeting: meeting.id,
    on: meeting.date,
  };
}

/** The meeting about a month or quarter that somebody names. */
export async function meetingOfPeriod(
  { period }: { period?: Period },
  { store }: Pick<Context<Reader>, "store">,
): Promise<Meeting | Refusal> {
  const all = await store.meetings.list(50);
  const found = all.filter(
    (one) =>
      one.state !== "cancelled" && (period === undefined || periodLooked(one.period).label === period.label),
  );
  return (
    found[0] ?? refuse("no-data", `没有${period?.label ?? ""}的会商会或点评会。发送“会议”看清单。`, ["会议"])
  );
}

/** Minutes as they stand; refuses with what is still to be said. */
export async function minutesFacts(
  { meeting: id }: MeetingAbout,
  context: Context<Reader>,
): Promise<MinutesFacts | Refusal> {
  const { store, office } = context;
  const meeting = await store.meetings.byId(id);
  const minutes = meeting?.minutes;
  if (!meeting || !minutes) return refuse("no-data", `会议${id}还没有纪要。`, [`会议 ${id}`]);
  const decisions = await store.meetings.decisionsOf(id);
  const gaps = minutesGaps(meeting, decisions);
  if (gaps.length > 0) return refuse("usage", `纪要还不能送审：${gaps.join("；")}。`, [`会议 ${id}`]);
  return {
    meeting: id,
    name: settingOf(meeting.kind, office).name,
    called: meetingName(meeting),
    time: minutes.time ?? meetingTimeWords(meeting),
    place: meeting.place,
    participants: minutes.participants ?? "—",
    situation: minutes.situation ?? "",
    outlook: minutes.outlook,
    decisions: decisions.map((one) => ({
      no: one.ordinal,
      text: one.text,
      owner: ownerWords(one, context) ?? "",
      due: longDate(Temporal.PlainDate.from(one.due ?? "")),
    })),
    requirements: minutes.requirements,
  };
}

/** All that it says, part by part, so that who signs sees what is other than in the draft before. */
export const minutesFigures = ({
  time,
  place,
  participants,
  situation,
  outlook,
  requirements,
  decisions,
}: MinutesFacts): PrintedFigure[] => [
  { of: "会议", figure: "时间", value: time },
  { of: "会议", figure: "地点", value: place },
  { of: "会议", figure: "参会", value: participants },
  { of: "会议", figure: "形势", value: situation },
  { of: "会议", figure: "后期研判", value: outlook ?? "—" },
  { of: "会议", figure: "会议要求", value: requirements ?? "—" },
  ...decisions.flatMap(({ no, text, owner, due }) => [
    { of: `议定事项第${no}项`, figure: "内容", value: text },
    { of: `议定事项第${no}项`, figure: "责任单位", value: owner },
    { of: `议定事项第${no}项`, figure: "完成期限", value: due },
  ]),
];

const DECISIONS = ["序号", "事项", "责任单位", "完成期限"] as const;

export function minutesPaperCard(minutes: MinutesFacts): Omit<Card, "facts"> & { facts: MinutesFacts } {
  const { called, time, place, participants, situation, outlook, decisions, requirements } = minutes;
  const blocks: Block[] = [
    {
      kind: "facts",
      items: [
        { label: "时间", value: time },
        { label: "地点", value: place },
        { label: "参会", value: participants },
        { label: "形势", value: situation },
        ...(outlook === null ? [] : [{ label: "后期研判", value: outlook }]),
        ...(requirements === null ? [] : [{ label: "会议要求", value: requirements }]),
      ],
    },
    ...(decisions.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            columns: DECISIONS.map((title) => ({ title })),
            rows: decisions.map(({ no, text, owner, due }) => [String(no), text, owner, due]),
          },
        ]),
  ];
  return { title: `${called}纪要`, blocks, facts: minutes };
}

/** 会议纪要, in the order that minutes have: when and who, how it stands, what comes, what was decided, what is asked. */
export function minutesModel(minutes: MinutesFacts, stamp: PaperStamp): PaperModel {
  const { called, name, time, place, participants, situation, outlook, decisions, requirements } = minutes;
  const section = (heading: string, text: string | null): PaperBlock[] =>
    text === null
      ? []
      : [
          { kind: "heading", text: heading },
          ...text.split("\n").map((line) => ({ kind: "text" as const, text: line })),
        ];
  return {
    name: `${called}纪要`,
    creator: stamp.body,
    marks: stamp.marks,
    margins: "letter",
    no: stamp.number ?? "（待编号）",
    ...(stamp.redHead === null ? {} : { redHead: stamp.redHead }),
    ...(stamp.signedBy === null ? {} : { signer: stamp.signedBy }),
    blocks: [
      { kind: "title", lines: [`${name}纪要`], below: `（${called.replace(/会商会|点评会/, "")}）` },
      { kind: "text", text: `时间：${time}` },
      { kind: "text", text: `地点：${place}` },
      { kind: "text", text: `参会：${participants}` },
      ...section("形势", situation),
      ...section("后期研判", outlook),
      ...(decisions.length === 0
        ? []
        : [
            { kind: "heading" as const, text: "重点问题清单" },
            {
              kind: "table" as const,
              head: true,
              widths: [14, 76, 34, 32],
              rows: [
                DECISIONS.map((text) => labelCell(text)),
                ...decisions.map(({ no, text, owner, due }) => [String(no), text, owner, due]),
              ],
            },
          ]),
      ...section("会议要求", requirements),
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  };
}
