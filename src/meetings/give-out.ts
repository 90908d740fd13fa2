import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { says } from "../chat/says.ts";
import { MEETING_SOURCE } from "../domain/plan/pack-sources.ts";
import { giveOut } from "../issues/create.ts";
import type { Meeting, MeetingDecision } from "../store/meetings.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { decisionBlocks, lacksOf, ownerWords } from "./decisions.ts";
import { giveOutFault } from "./papers.ts";
import { redrawMeeting } from "./tell.ts";
import { meetingName } from "./words.ts";

const toMeeting = says("会议");
const toIssue = says("问题");

/** An issue's title is a line; what is longer stands whole in what is asked for. */
const TITLE = 200;

/**
 * 交办议定事项: what was decided becomes issues of the loop, each with its unit and its date, all of them in one transaction.
 * What has become one before is left alone.
 */
export async function giveOutDecisions(
  meeting: Meeting,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const { store, now } = context;
  const fault = await giveOutFault(meeting, context);
  if (fault !== null) return fault;
  const decisions = await store.meetings.decisionsOf(meeting.id);
  const open = decisions.filter(({ issue }) => issue === null);
  const nos = decisions.flatMap(({ issue }) => issue?.no ?? []);
  if (open.length === 0)
    return nos.length === 0
      ? refuse("no-data", `会议${meeting.id}没有议定事项。`, [`会议 ${meeting.id}`])
      : refuse("already-done", `议定事项已交办：${nos.join("、")}。`, [`会议 ${meeting.id}`]);
  const lacking = open.flatMap((one) => {
    const lacks = lacksOf(one);
    return lacks.length === 0 ? [] : [`第${one.ordinal}项${lacks.join("、")}`];
  });
  if (lacking.length > 0)
    return refuse("usage", `${lacking.join("；")}，请先改纪要补上。`, [`会议 ${meeting.id}`]);
  const untold: string[] = [];
  for (const decision of open) {
    const { issue, told } = await giveOut(problemOf(decision, meeting, context), person, context, {
      note: `${meetingName(meeting)}议定事项第${decision.ordinal}项`,
    });
    await store.meetings.giveOut(decision.id, issue.id);
    if (told.length === 0) untold.push(ownerWords(decision, context) ?? "");
  }
  await redrawMeeting(meeting, `g${now.epochMilliseconds}`, context);
  const after = await store.meetings.decisionsOf(meeting.id);
  const given = after
    .filter(({ id }) => open.some((one) => one.id === id))
    .flatMap(({ issue }) => issue?.no ?? []);
  return {
    title: `已交办${given.length}件议定事项`,
    tone: "good",
    subject: `meeting:${meeting.id}`,
    blocks: [
      ...decisionBlocks(after, context),
      ...(untold.length > 0
        ? [{ kind: "note" as const, text: `${untold.join("、")}还没有联络员绑定，请尽快邀请并电话通知` }]
        : []),
    ],
    buttons: [...given.slice(0, 6).map((no) => toIssue(`看 ${no}`, no)), toMeeting("看会议", meeting.id)],
    audit: { issues: given },
    facts: { issues: given },
  };
}

function problemOf(
  { text, regionId, departmentId, due }: MeetingDecision,
  meeting: Meeting,
  { office }: Context<Writer>,
) {
  return {
    title: text.length > TITLE ? `${text.slice(0, TITLE - 1)}…` : text,
    requirement: text.length > TITLE ? text : null,
    source: MEETING_SOURCE,
    batch: meetingName(meeting),
    level: "一般",
    // What a department sees to by itself is the city's matter.
    regionId: regionId ?? office.city.id,
    departmentId,
    due: Temporal.PlainDate.from(due as string),
  };
}
