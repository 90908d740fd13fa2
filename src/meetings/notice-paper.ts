import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { longDate } from "../chat/wording.ts";
import type { PrintedFigure } from "../domain/papers/figures.ts";
import { authorityOf } from "../issues/full-names.ts";
import { type PaperBlock, type PaperModel, stampedHead } from "../output/paper-model.ts";
import type { PaperStamp } from "../papers/official-paper.ts";
import type { Reader } from "../store/store.ts";
import type { MeetingAbout } from "./minutes-paper.ts";
import { meetingName, meetingTimeWords, periodLooked, settingOf } from "./words.ts";

/** All that the notice of a meeting prints. */
export type NoticeFacts = {
  /** 空气质量月度会商会 */
  name: string;
  /** 2020年5月会商会 */
  called: string;
  /** 2020年5月 */
  label: string;
  time: string;
  place: string;
  agenda: readonly string[];
  /** By full names, in the order of the list. */
  units: readonly string[];
};

export async function meetingNoticeFacts(
  { meeting: id }: MeetingAbout,
  { store, office }: Context<Reader>,
): Promise<NoticeFacts | Refusal> {
  const meeting = await store.meetings.byId(id);
  if (meeting === null || meeting.state === "cancelled")
    return refuse("conflict", `会议${id}已取消，不用发通知。`, ["会议"]);
  const day = Temporal.PlainDate.from(meeting.date);
  const units = (await store.meetings.units(id)).map(({ regionId, departmentId }) => {
    if (departmentId !== null) return office.department(departmentId).name;
    return regionId === null || regionId === office.city.id
      ? "市领导"
      : authorityOf(office.heirOn(regionId, day));
  });
  return {
    name: settingOf(meeting.kind, office).name,
    called: meetingName(meeting),
    label: periodLooked(meeting.period).label,
    time: meetingTimeWords(meeting),
    place: meeting.place,
    agenda: meeting.agenda.split(/[；\n]/).flatMap((item) => item.trim() || []),
    units,
  };
}

export const meetingNoticeFigures = ({ time, place, agenda, units }: NoticeFacts): PrintedFigure[] => [
  { of: "会议", figure: "时间", value: time },
  { of: "会议", figure: "地点", value: place },
  { of: "会议", figure: "议程", value: agenda.join("；") },
  { of: "会议", figure: "参会单位", value: units.join("、") },
];

export const meetingNoticeCard = ({ called, time, place, agenda }: NoticeFacts): Card => ({
  title: `会议通知：${called}`,
  blocks: [
    {
      kind: "facts",
      items: [
        { label: "时间", value: time },
        { label: "地点", value: place },
        { label: "议程", value: agenda.join("；") },
      ],
    },
  ],
});

/** 会议通知: when, where, who, what about, and how to answer. */
export function meetingNoticeModel(notice: NoticeFacts, stamp: PaperStamp): PaperModel {
  const { name, called, label, time, place, agenda, units } = notice;
  const section = (text: string, ...lines: readonly string[]): PaperBlock[] => [
    { kind: "heading", text },
    ...lines.map((line): PaperBlock => ({ kind: "text", text: line })),
  ];
  return {
    name: `会议通知（${called}）`,
    creator: stamp.body,
    marks: stamp.marks,
    margins: "letter",
    ...stampedHead(stamp),
    ...(stamp.signedBy === null ? {} : { signer: stamp.signedBy }),
    blocks: [
      { kind: "title", lines: [`关于召开${label}`, `${name}的通知`] },
      { kind: "addressee", text: "各有关单位：" },
      { kind: "text", text: `定于${time}召开${label}${name}，现将有关事项通知如下。` },
      ...section("会议时间", `${time}。`),
      ...section("会议地点", `${place}。`),
      ...section(
        "会议议程",
        ...agenda.map((item, i) => `${i + 1}.${item}${i < agenda.length - 1 ? "；" : "。"}`),
      ),
      ...section("参会单位", `${units.join("、")}。`),
      ...section(
        "有关要求",
        "请各单位在会前报参会、请假或派员；请假的说明原因，派员的报参会人员姓名。会议材料在会议当天早上发各参会单位。",
      ),
      { kind: "signature", body: stamp.body, date: longDate(stamp.date) },
    ],
  };
}
