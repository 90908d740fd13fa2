import { isEnd, STATES, type State, stateNames } from "../domain/issues/states.ts";
import type { Office } from "../office/office.ts";
import type { Timeline } from "../output/timeline.ts";
import type { PhaseTone } from "../output/timeline-marks.ts";
import type { Issue, IssueEvent } from "../store/issues.ts";
import { countyOf } from "./facts.ts";
import { lineOf } from "./history.ts";

/** An issue's course as the timeline draws it: from its first event to its end, or to the start of tomorrow while it runs. */
export function courseOf(
  issue: Issue,
  history: readonly IssueEvent[],
  { office, today }: { office: Office; today: Temporal.PlainDate },
): Timeline {
  const { timeZone } = office.pack;
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone }).epochMilliseconds;
  const runs = !isEnd(issue.state);
  const moves = history.filter((e) => e.fromState !== e.toState);
  const end = runs ? midnight(today.add({ days: 1 })) : (moves.at(-1)?.at ?? issue.assignedAt);
  const phases = moves.flatMap((event, i) => {
    const to = moves[i + 1]?.at ?? end;
    const state = stateOf(event.toState);
    return state === null || isEnd(state) || to <= event.at
      ? []
      : [{ name: SHORT[state] ?? stateNames[state], from: event.at, to, tone: TONES[state] }];
  });
  return {
    no: issue.no,
    title: issue.title,
    county: countyOf(issue, office, today),
    state: stateNames[issue.state],
    zone: timeZone,
    phases:
      phases.length > 0
        ? phases
        : [{ name: stateNames[issue.state], from: issue.assignedAt, to: end, tone: TONES[issue.state] }],
    marks: history.map((e) => {
      const { says, setback } = lineOf(e.step);
      const label = e.by === null ? says : `${says}（${e.by}）`;
      return { at: e.at, label, tone: setback ? "bad" : TONES[stateOf(e.toState) ?? "draft"] };
    }),
    due: midnight(Temporal.PlainDate.from(issue.due).add({ days: 1 })),
  };
}

const stateOf = (text: string): State | null => STATES.find((state) => state === text) ?? null;

/** Names short enough for a bar. */
const SHORT: Partial<Record<State, string>> = {
  submitted: "待县级确认",
  returned: "已退回",
  transferring: "移送待审批",
};

const TONES: Readonly<Record<State, PhaseTone>> = {
  draft: "rest",
  assigned: "wait",
  acknowledged: "work",
  rectifying: "work",
  submitted: "review",
  reviewing: "review",
  displayed: "review",
  closed: "end",
  returned: "wait",
  suspended: "rest",
  transferring: "bad",
  transferred: "bad",
  merged: "rest",
  cancelled: "rest",
  withdrawn: "rest",
};
