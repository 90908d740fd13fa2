import type { Button, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { says } from "../chat/says.ts";
import { unknownYearNote } from "../chat/unknown-years.ts";
import { tally } from "../domain/meetings/roll-call.ts";
import { isWaiting } from "../domain/papers/course.ts";
import { forWhom, holdsRole } from "../domain/posts.ts";
import { officialFile, paperFileName } from "../papers/paper-files.ts";
import type { Meeting, MeetingDecision } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import {
  attendButton,
  cancelButton,
  delegateButton,
  excuseButton,
  giveOutButton,
  minutesButton,
  moveButton,
  urgeButton,
} from "./buttons.ts";
import { decisionBlocks } from "./decisions.ts";
import { listPaper } from "./list-paper.ts";
import { minutesValues } from "./minutes-values.ts";
import { MATERIAL, minutesPaper, noticePaper } from "./papers.ts";
import { rollCallBlock, unitAnswerWords } from "./roll-call-words.ts";
import { isOfInvited, rollCall, type UnitOnList } from "./units.ts";
import { hasBegun, meetingName, meetingTimeWords, subjectOfMeeting } from "./words.ts";

const toPaper = says("文件");

export type MeetingContext = Pick<Context<Reader>, "store" | "office" | "today" | "now">;

/** A meeting as one person sees it: the office with the list of who comes, a unit with its own answer. */
export async function meetingCard(
  meeting: Meeting,
  person: Person,
  context: MeetingContext,
  { title, line }: { title?: string; line?: string } = {},
): Promise<Card> {
  const { store, office, today } = context;
  const called = await rollCall(meeting, context);
  const own = called.filter(({ unit }) => isOfInvited(person, unit, context));
  const sent = called.filter(
    ({ unit, presence }) => presence === "delegated" && unit.delegateId === person.id,
  );
  const isOffice = holdsRole(person, "office");
  const seesList = holdsRole(person, "office", "city-lead", "supervision");
  const minutes = await minutesPaper(meeting, context);
  const isIssued = minutes !== null && !isWaiting(minutes.state);
  // What was decided is nobody's to read before it is signed, but theirs who draft and sign it.
  const drafts = holdsRole(person, "office", "city-lead");
  const decisions = isIssued || drafts ? await store.meetings.decisionsOf(meeting.id) : [];
  const material = await context.store.officialPapers.ofKey(MATERIAL, String(meeting.id));
  const notice = await noticePaper(meeting, context);
  const begun = hasBegun(meeting, context);
  return {
    title: forWhom(person, title ?? `会议${meeting.id}：${meetingName(meeting)}`),
    tone: meeting.state === "cancelled" ? "muted" : begun ? "good" : "notice",
    subject: subjectOfMeeting(meeting.id),
    again: `会议 ${meeting.id}`,
    blocks: [
      ...(line === undefined ? [] : [{ kind: "text" as const, tone: "notice" as const, text: line }]),
      {
        kind: "facts",
        items: [
          { label: "状态", value: meetingStateWords(meeting, begun, isIssued || drafts) },
          { label: "时间", value: meetingTimeWords(meeting, today) },
          { label: "地点", value: meeting.place },
          { label: "议程", value: meeting.agenda },
          ...own.map((one) => ({
            label: own.length > 1 ? `${one.word}报名` : "本单位报名",
            value: unitAnswerWords(one),
            ...(one.presence === "silent" && !begun && meeting.state === "called"
              ? { tone: "notice" as const }
              : {}),
          })),
          ...(sent.length > 0
            ? [{ label: "您参会", value: `代表${sent.map(({ word }) => word).join("、")}` }]
            : []),
        ],
      },
      ...(seesList && meeting.state !== "cancelled" ? [rollCallBlock(called)] : []),
      ...decisionBlocks(decisions, context),
      ...unknownYearNote([meeting.date], office),
    ],
    buttons: [
      ...(meeting.state === "called" && !begun
        ? own.flatMap((one) => answerButtons(meeting, one, own.length > 1))
        : []),
      ...(material !== null && meeting.state !== "cancelled" && (isOffice || !isWaiting(material.state))
        ? [toPaper("看材料", `${material.id}号`)]
        : []),
      ...(minutes !== null && (isIssued || isOffice) ? [toPaper("看纪要", `${minutes.id}号`)] : []),
      ...(isOffice ? officeButtons(meeting, { begun, isIssued, called, decisions }, context) : []),
    ],
    files:
      meeting.state === "cancelled"
        ? []
        : [
            ...(seesList ? [listPaper.file({ meeting: meeting.id }, { name: "参会名单.xlsx" })] : []),
            ...(notice?.state !== "issued"
              ? []
              : [
                  officialFile.file(
                    { paper: notice.id, look: "word", version: notice.version },
                    { name: paperFileName(notice, "word") },
                  ),
                ]),
          ],
    facts: { meeting: meetingFacts(meeting, { called, shown: seesList ? called : own }, decisions, begun) },
  };
}

export function meetingStateWords(
  { state, cancelWhy }: Meeting,
  begun: boolean,
  knowsMinutes = true,
): string {
  if (state === "cancelled") return `已取消（${cancelWhy ?? "—"}）`;
  if (state === "held") return knowsMinutes ? "已召开，已有纪要" : "已召开，待印发纪要";
  return begun ? "已到会议时间，待纪要" : "已通知";
}

function answerButtons(meeting: Meeting, { unit, word, presence }: UnitOnList, several: boolean): Button[] {
  const params = { meeting: meeting.id, unit: unit.id };
  const of = (label: string) => (several ? `${word}${label}` : label);
  return [
    ...(presence === "attending" ? [] : [attendButton(of("参会"), params, { style: "primary" })]),
    excuseButton(of("请假"), params),
    delegateButton(of("派员"), params),
  ];
}

function officeButtons(
  meeting: Meeting,
  {
    begun,
    isIssued,
    called,
    decisions,
  }: {
    begun: boolean;
    isIssued: boolean;
    called: readonly UnitOnList[];
    decisions: readonly MeetingDecision[];
  },
  context: MeetingContext,
): Button[] {
  if (meeting.state === "cancelled") return [];
  const params = { meeting: meeting.id, version: meeting.version };
  const { date, time, place, agenda } = meeting;
  const silent = called.some(({ presence }) => presence === "silent");
  const open = decisions.filter(({ issue }) => issue === null);
  return [
    ...(begun
      ? [
          minutesButton(
            meeting.minutes === null ? "写纪要" : "改纪要",
            { meeting: meeting.id },
            {
              values: minutesValues(meeting, decisions, context),
            },
          ),
          ...(isIssued && open.length > 0
            ? [
                giveOutButton(
                  `交办议定事项（${open.length}件）`,
                  { meeting: meeting.id },
                  { style: "primary" },
                ),
              ]
            : []),
        ]
      : [
          ...(silent ? [urgeButton("催报名", { meeting: meeting.id })] : []),
          moveButton("改时间地点", params, { values: { date, time, place, agenda } }),
        ]),
    ...(meeting.state === "called" ? [cancelButton("取消会议", params, { style: "danger" })] : []),
  ];
}

function meetingFacts(
  meeting: Meeting,
  { called, shown }: { called: readonly UnitOnList[]; shown: readonly UnitOnList[] },
  decisions: readonly MeetingDecision[],
  begun: boolean,
): Record<string, unknown> {
  const { id, kind, period, state, date, time, place, agenda } = meeting;
  return {
    ...{ no: id, kind, period, name: meetingName(meeting), state, begun, date, time, place, agenda },
    rollCall: { ...tally(called.map(({ presence }) => presence)) },
    units: shown.map(({ word, presence, comes, remark }) => ({
      unit: word,
      answer: presence,
      comes,
      remark,
    })),
    decisions: decisions.map(({ ordinal, text, regionId, departmentId, due, issue }) => ({
      no: ordinal,
      text,
      regionId,
      departmentId,
      due,
      issue: issue?.no ?? null,
      state: issue?.state ?? null,
    })),
    minutes: meeting.minutes,
  };
}
