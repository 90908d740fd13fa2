/**
 * The loop of an assigned issue as a state machine: 交办 → 签收 → 提交整改. Pure; who may take a step is decided by
 * relation, not by name. Review and closing (复核、销号) take their seat in `STEPS` as further rows.
 * Source: the plan's closed loop (“落实整改反馈，实施闭环管理”); steps and words are common office practice, domain document 9.
 */
export type State = "assigned" | "rectifying" | "submitted";
export type Step = "acknowledge" | "submit";

/** How a person stands to an issue. */
export type Relation =
  /** Of the unit that has to mend it: the county's lead or liaison, or the department's liaison. */
  | "responsible"
  /** Of the office or supervision, which assign and watch. */
  | "assigning"
  /** May see it but not act on it. */
  | "watching"
  /** Outside its scope. */
  | "stranger";

export const stateNames: Readonly<Record<State, string>> = {
  assigned: "待签收",
  rectifying: "整改中",
  submitted: "已反馈（待复核）",
};

type StepRule = {
  name: string;
  /** What its result is called in histories and refusals: 已由…签收. */
  done: string;
  from: readonly State[];
  to: State;
  by: readonly Relation[];
  /** The step needs a text: the measures taken. */
  needsText: boolean;
};

export const STEPS: Readonly<Record<Step, StepRule>> = {
  acknowledge: {
    name: "签收",
    done: "签收",
    from: ["assigned"],
    to: "rectifying",
    by: ["responsible"],
    needsText: false,
  },
  submit: {
    name: "提交整改",
    done: "提交整改",
    from: ["rectifying"],
    to: "submitted",
    by: ["responsible"],
    needsText: true,
  },
};

/** Steps that a person of this relation can take now, in order. */
export function stepsFor(state: State, relation: Relation): readonly Step[] {
  return (Object.keys(STEPS) as Step[]).filter(
    (step) => STEPS[step].from.includes(state) && STEPS[step].by.includes(relation),
  );
}

export type Verdict =
  | { kind: "moves"; to: State }
  /** The relation never allows this step. */
  | { kind: "forbidden" }
  /** The step has been taken already. */
  | { kind: "already-done" }
  /** The issue stands somewhere from which the step doesn't lead on. */
  | { kind: "stale" }
  | { kind: "needs-text" };

/** Judges one step. `version` is what the person saw, `current` what stands now. */
export function judge(
  step: Step,
  {
    state,
    version,
    current,
    relation,
    text,
  }: { state: State; version: number; current: number; relation: Relation; text?: string | undefined },
): Verdict {
  const rule = STEPS[step];
  if (!rule.by.includes(relation)) return { kind: "forbidden" };
  if (!rule.from.includes(state)) return { kind: ORDER[state] >= ORDER[rule.to] ? "already-done" : "stale" };
  if (version !== current) return { kind: "stale" };
  if (rule.needsText && !text?.trim()) return { kind: "needs-text" };
  return { kind: "moves", to: rule.to };
}

const ORDER: Readonly<Record<State, number>> = { assigned: 0, rectifying: 1, submitted: 2 };

/** An issue is late when its deadline has passed while the responsible unit still has to act. Dates are ISO, office calendar. */
export function isOverdue(state: State, due: string, today: string): boolean {
  return state !== "submitted" && due < today;
}
