import { FOOT } from "../../domain/issues/ladders.ts";
import { judge, type LoopRules } from "../../domain/issues/machine.ts";
import type { State } from "../../domain/issues/states.ts";
import type { IssueStanding, StepRule } from "../../domain/issues/step-rule.ts";

const MOMENT = { at: Date.parse("2020-06-15T09:00:00+08:00"), today: "2020-06-15" };

/** An issue in the midst of things, so that whatever a step changes shows. */
export function exampleStanding(differs: Partial<IssueStanding>): IssueStanding {
  return {
    state: "rectifying",
    version: 1,
    level: "一般",
    assignedBy: null,
    assignedAt: MOMENT.at,
    due: "2020-06-30",
    firstDue: "2020-06-30",
    termFrom: "2020-06-15",
    submittedAt: null,
    submittedBy: null,
    confirmedAt: null,
    confirmedBy: null,
    returns: 0,
    rejections: 0,
    reopenings: 0,
    round: 1,
    extensions: 0,
    extensionDue: null,
    extensionBy: null,
    resumeState: null,
    suspendedOn: null,
    suspendedUntil: null,
    displayedUntil: null,
    stages: 0,
    ...FOOT,
    supervisedAt: null,
    hastenedOn: null,
    proposedBy: null,
    cancelBy: null,
    ...differs,
  };
}

/** What a step changes besides the state, in words, found out by letting the machine judge an example of it. */
export function effectsOf(step: StepRule, rules: LoopRules): string[] {
  const { from, by, needs } = step;
  const [relation = "office"] = by;
  const attempt = {
    step,
    by: { id: 9, relation },
    seen: 1,
    text: "示例",
    due: needs?.due !== undefined && needs.due !== "if-past" ? "2020-07-08" : undefined,
    photos: { before: 99, after: 99 },
    officeConfirms: true,
    headDecides: true,
  };
  const state = from[0] as State;
  const needed = {
    state,
    ...(needs?.cancel === "asked" ? { cancelBy: 2 } : {}),
    ...(needs?.extension === "asked" ? { extensionDue: "2020-07-08", extensionBy: 2 } : {}),
    ...(state === "suspended"
      ? { resumeState: "rectifying", suspendedOn: "2020-06-08", suspendedUntil: "2020-06-30" }
      : {}),
    ...(state === "displayed" ? { displayedUntil: "2020-06-12" } : {}),
    ...(state === "transferring" ? { resumeState: "rectifying", proposedBy: 2 } : {}),
    ...(state === "closed" ? { supervisedAt: 1, submittedBy: 2, confirmedBy: 3 } : {}),
  } as const satisfies Partial<IssueStanding>;
  // In the midst of things whatever it changes shows; a step that is used up by then is tried on a fresh issue.
  for (const midst of [{ assignedAt: 0, ackRung: 2, mendRung: 2, decideRung: 2, extensions: 1 }, {}]) {
    const before = exampleStanding({ ...midst, ...needed });
    const verdict = judge(attempt, before, MOMENT, rules);
    if (verdict.kind === "moves") return said(verdict.change, before);
  }
  return [];
}

function said(change: Partial<IssueStanding>, before: IssueStanding): string[] {
  return (Object.keys(EFFECTS) as (keyof typeof EFFECTS)[]).flatMap((field) => {
    const value = change[field];
    return value === undefined || value === before[field] ? [] : EFFECTS[field](value as never);
  });
}

const setOrCleared = (set: string, cleared?: string) => (value: unknown) =>
  value === null ? (cleared === undefined ? [] : [cleared]) : [set];

const climbs = (ladder: string) => (n: number) => [
  n === 0 ? `ladder ${ladder} from its foot` : `top of the ladder ${ladder}`,
];

/** What a change of each field means. Those of one thought speak through one of them. */
const EFFECTS = {
  assignedAt: () => ["time to acknowledge begins"],
  due: () => ["deadline"],
  extensions: (n: number) => [n === 0 ? "a new term" : "one extension used"],
  ackRung: climbs("of acknowledging"),
  mendRung: climbs("of mending"),
  decideRung: climbs("of deciding"),
  extensionDue: setOrCleared("an extension waits for decision; the deadline stands", "no extension waits"),
  submittedBy: setOrCleared("who submitted, and when", "who submitted is open again"),
  confirmedBy: setOrCleared("who confirmed, and when", "who confirmed is open again"),
  returns: () => ["the one return is used"],
  rejections: () => ["one rejection more"],
  reopenings: () => ["one 反弹 more"],
  round: () => ["a new round, with after-photos of its own"],
  suspendedUntil: setOrCleared(
    "first and last day of suspension",
    "the suspended days are added to term and deadline",
  ),
  displayedUntil: setOrCleared("last day on which the public may object", "no longer on display"),
  stages: () => ["one stage more is closed"],
  supervisedAt: setOrCleared("挂牌督办", "挂牌督办 is over"),
  hastenedOn: setOrCleared("one 催办 a day"),
  proposedBy: setOrCleared("who proposed"),
  cancelBy: setOrCleared("作废 waits for consent; the clocks go on", "no 作废 waits"),
} as const satisfies { [F in keyof IssueStanding]?: (value: never) => string[] };
