import type { Block, Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import type { MinutesText } from "../domain/meetings/kinds.ts";
import type { MinutesRead } from "../domain/meetings/minutes-words.ts";
import { isWaiting } from "../domain/papers/course.ts";
import type { Meeting, MeetingDecision } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { minutesButton, submitButton } from "./buttons.ts";
import { decisionBlocks, decisionIn, ownerWords } from "./decisions.ts";
import { minutesGaps } from "./minutes-gaps.ts";
import { minutesValues } from "./minutes-values.ts";
import { minutesFault, minutesPaper } from "./papers.ts";
import { participantsWords } from "./roll-call-words.ts";
import { submitMinutes } from "./submit.ts";
import { redrawMeeting } from "./tell.ts";
import { rollCall } from "./units.ts";
import { meetingName, startsAt, subjectOfMeeting } from "./words.ts";

type Around = Pick<Context<Reader>, "office" | "today">;

/** Sections are read on paper: longer ones are no minutes any more. */
const LONGEST = 2000;

const SECTION_NAMES: Readonly<Record<keyof Omit<MinutesText, "unread">, string>> = {
  time: "时间",
  participants: "参会",
  situation: "形势",
  outlook: "后期研判",
  requirements: "会议要求",
};

/** Writes a meeting's minutes down, as they were dictated or as a form has them; what was there before gives way. */
export async function writeMinutes(
  meeting: Meeting,
  { decisions: lines, ...minutes }: MinutesRead,
  by: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, office, now } = context;
  const fault = await minutesFault(meeting, context);
  if (fault !== null) return fault;
  const long = Object.values(minutes).find((part) => typeof part === "string" && part.length > LONGEST);
  if (long !== undefined)
    return refuse("too-many", `“${String(long).slice(0, 10)}…”一段超过${LONGEST}字，请精简后再发。`);
  const before = await store.meetings.decisionsOf(meeting.id);
  const read = lines.map((line) => decisionIn(line, context));
  const repeated = read.find(({ text }, i) => read.findIndex((one) => one.text === text) !== i);
  if (repeated !== undefined)
    return refuse("usage", `重点问题清单里“${repeated.text}”写了两次，请只写一次。`);
  const decisions = read
    .filter(({ text }) => !before.some((one) => one.issue !== null && one.text === text))
    .map(({ text, regionId, departmentId, due }) => ({
      text,
      regionId,
      departmentId,
      due: due?.toString() ?? null,
    }));
  const held =
    meeting.state === "held"
      ? meeting
      : await store.meetings.change(meeting, { state: "held", heldAt: startsAt(meeting, office) });
  // Who took part is told as of the meeting: members come and go.
  const participants = minutes.participants ?? participantsWords(await rollCall(meeting, context));
  const written = await store.meetings.minute(
    (held ?? meeting).id,
    { minutes: { ...minutes, participants }, decisions },
    { at: now.epochMilliseconds, by: by.id },
  );
  await redrawMeeting(written, `m${now.epochMilliseconds}`, context);
  const all = await store.meetings.decisionsOf(meeting.id);
  const whys = new Map(read.map(({ text, lacks }) => [text, lacks]));
  const paper = await minutesPaper(written, context);
  // Who checks and signs sees what it says now.
  if (paper !== null && isWaiting(paper.state) && minutesGaps(written, all).length === 0)
    return submitMinutes(written, by, context);
  const card = minutesCard(written, all, context, { whys });
  if (paper === null || isWaiting(paper.state)) return card;
  const text = `纪要已印发（${paper.number ?? `${paper.id}号`}），改动要印发更正：发送“更正 ${paper.id}号”。`;
  return { ...card, blocks: [...card.blocks, { kind: "text", tone: "notice", text }] };
}

/** Minutes as they were read, with what is still to be said, so that nothing of them is lost unseen. */
export function minutesCard(
  meeting: Meeting,
  decisions: readonly MeetingDecision[],
  context: Around,
  { whys }: { whys?: ReadonlyMap<string, readonly string[]> } = {},
): Card {
  const { minutes, id } = meeting;
  const gaps = minutesGaps(meeting, decisions, whys);
  const sections = Object.entries(SECTION_NAMES).flatMap(([name, label]) => {
    const value = minutes?.[name as keyof typeof SECTION_NAMES] ?? null;
    return value === null ? [] : [{ label, value }];
  });
  const asks: Block[] =
    gaps.length === 0
      ? []
      : [
          {
            kind: "text",
            tone: "notice",
            text: `请补充：${gaps.map((gap, i) => `${i + 1}. ${gap}`).join("；")}。`,
          },
        ];
  return {
    title: `${meetingName(meeting)}纪要（${gaps.length === 0 ? "待送审" : `还差${gaps.length}处`}）`,
    tone: gaps.length === 0 ? "good" : "notice",
    subject: subjectOfMeeting(id),
    again: `会议 ${id}`,
    blocks: [
      ...(sections.length > 0 ? [{ kind: "facts" as const, items: sections }] : []),
      ...decisionBlocks(decisions, context),
      ...asks,
    ],
    buttons: [
      minutesButton("改纪要", { meeting: id }, { values: minutesValues(meeting, decisions, context) }),
      ...(gaps.length === 0 ? [submitButton("送审", { meeting: id }, { style: "primary" as const })] : []),
    ],
    facts: {
      minutes: { ...minutes, gaps },
      decisions: decisions.map((one) => ({
        no: one.ordinal,
        text: one.text,
        owner: ownerWords(one, context),
        due: one.due,
        issue: one.issue?.no ?? null,
      })),
    },
  };
}
