import type { Context } from "../chat/command.ts";
import { FOOT } from "../domain/issues/ladders.ts";
import { asksDisplay, hindrance, isOverdue, stepsFor } from "../domain/issues/machine.ts";
import { isEnd, isUnitsTurn, STATES } from "../domain/issues/states.ts";
import type { IssueStanding } from "../domain/issues/step-rule.ts";
import { holdsRole } from "../domain/posts.ts";
import type { Issue, IssueFilter, IssueGroup } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { deputiesOf } from "./audience.ts";
import { countyOf } from "./facts.ts";
import { STEPS } from "./loop.ts";
import { ownIssues } from "./own-issues.ts";
import { takersTo } from "./relation.ts";
import type { Owed, Step } from "./step.ts";
import { loopRulesOf } from "./terms.ts";

type OwedStep = Step & { owed: Owed };
const OWED = STEPS.filter((step): step is OwedStep => step.owed !== undefined);

/** Deadlines within so many days are worth a look today. */
const SOON_DAYS = 3;
/** Issues of one step that are read; how many there are in all is counted. */
const MOST_READ = 20;

/** A step that somebody has to take on an issue. */
export type Duty = { issue: Issue; step: OwedStep };
/** What waits for others, by the step that it waits for: how many, how many of them past their deadline, and where. */
export type Watched = { step: OwedStep; n: number; overdue: number; counties: [name: string, n: number][] };
export type Duties = {
  /** What waits for the person, most urgent first; `counts` holds also what wasn't read. */
  mine: Duty[];
  counts: ReadonlyMap<OwedStep, number>;
  /** The person's own, with time left. */
  later: number;
  watched: Watched[];
};

export type DutyContext = Pick<Context<Reader>, "store" | "office" | "now" | "today">;

/**
 * Who has to do what within a person's scope, by the same steps that offer the buttons: the person's own with their issues,
 * everybody else's as counts.
 */
export async function dutiesOf(person: Person, context: DutyContext): Promise<Duties> {
  const { store, office, today } = context;
  const day = today.toString();
  const soon = today.add({ days: SOON_DAYS }).toString();
  const scope = scopeFilter(person, context);
  const mayTake = judgeOf(person, context);
  const mine = new Map<OwedStep, number>();
  const watched = new Map<OwedStep, IssueGroup[]>();
  let later = 0;
  for (const group of await store.issues.groups(scope, day, soon)) {
    const own = await mayTake(group);
    for (const step of OWED.filter((step) => waitsFor(step, standingOf(group, day), context))) {
      if (!own.includes(step)) watched.set(step, [...(watched.get(step) ?? []), group]);
      else if (step.owed.nearDue && group.time === "later") later += group.n;
      else mine.set(step, (mine.get(step) ?? 0) + group.n);
    }
  }
  const duties: Duty[] = [];
  for (const step of mine.keys()) {
    const { rows } = await store.issues.list({ ...scope, ...whereOwed(step, person, soon) }, MOST_READ);
    for (const issue of rows)
      if (waitsFor(step, issue, context) && (await mayTake(issue)).includes(step))
        duties.push({ issue, step });
  }
  const rank = ({ issue }: Duty) =>
    `${isOverdue(issue.state, issue.due, day) ? 0 : 1}${issue.due}${issue.no}`;
  return {
    mine: duties.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)),
    counts: new Map(OWED.flatMap((step) => (mine.has(step) ? [[step, mine.get(step) ?? 0] as const] : []))),
    later,
    watched: OWED.flatMap((step) => {
      const groups = watched.get(step) ?? [];
      return groups.length === 0 ? [] : [watchedOf(step, groups, (group) => countyOf(group, office, today))];
    }),
  };
}

/** More than these nobody hands over at one time. */
const MOST_OWED = 500;

/** Every issue that waits for somebody in their own posts, with the first step that they owe, whatever time is left. */
export async function owedBy(person: Person, context: DutyContext): Promise<Duty[]> {
  const own = { ...person, beside: (person.beside ?? []).filter(({ behalf }) => behalf === undefined) };
  const mayTake = judgeOf(own, context);
  const duties: Duty[] = [];
  const { rows } = await context.store.issues.list(scopeFilter(own, context), MOST_OWED);
  for (const issue of rows) {
    const [step] = (await mayTake(issue)).filter((owed) => waitsFor(owed, issue, context));
    if (step !== undefined) duties.push({ issue, step });
  }
  return duties;
}

function scopeFilter(person: Person, { office, now, today }: DutyContext): IssueFilter {
  const assigns = holdsRole(person, "office", "supervision");
  return {
    asOf: now.epochMilliseconds,
    states: STATES.filter((state) => !isEnd(state) && (assigns || state !== "draft")),
    ...ownIssues(person, office, today),
  };
}

/** Which issues a step is owed on, as far as SQL can say it. */
function whereOwed({ from, needs, notBy = [], owed }: OwedStep, { id }: Person, soon: string) {
  return {
    states: from,
    ...(needs?.extension === "asked" ? { extensionAsked: true as const } : {}),
    ...(needs?.cancel === "asked" ? { cancelAsked: true as const } : {}),
    ...(notBy.length > 0 ? { notTakenBy: { person: id, took: notBy } } : {}),
    ...(owed.nearDue ? { dueBy: soon } : {}),
  };
}

/** Whether an issue waits for a step, whoever has to take it. */
function waitsFor(step: OwedStep, standing: IssueStanding, { office, today }: DutyContext): boolean {
  const rules = loopRulesOf(office);
  return (
    step.from.includes(standing.state) &&
    hindrance(step, standing, { today: today.toString(), ...rules }) === null &&
    (step.owed.displayed !== true || asksDisplay(standing, rules))
  );
}

/** Whether an issue waits for a step of this person. */
export async function owes(person: Person, issue: Issue, around: DutyContext): Promise<boolean> {
  return (await judgeOf(person, around)(issue)).length > 0;
}

/** Of the owed steps those that a person may take on an issue, or on all of a group. */
function judgeOf(person: Person, { store, office, today }: DutyContext) {
  return async (on: Issue | IssueGroup): Promise<readonly OwedStep[]> => {
    const standing = "extensionAsked" in on ? standingOf(on, today.toString()) : on;
    const takers = takersTo(standing, person, office, today);
    const isDeputy = takers.some(({ relation }) => relation === "office" || relation === "city-lead");
    const deputies = isDeputy ? await deputiesOf(standing, { store, office, today }) : {};
    return stepsFor(OWED, standing, takers, { today: today.toString(), ...loopRulesOf(office), ...deputies });
  };
}

/** A group as the machine is shown it: what the owed steps look at is the same for all of its issues. */
function standingOf(
  group: IssueGroup,
  today: string,
): IssueStanding & Pick<Issue, "regionId" | "departmentId"> {
  const blank = { version: 0, assignedAt: 0, due: today, firstDue: today, termFrom: today };
  const counts = { returns: 0, rejections: 0, reopenings: 0, round: 1, stages: 0, extensions: 0 };
  const never = {
    assignedBy: null,
    submittedAt: null,
    confirmedAt: null,
    resumeState: null,
    supervisedAt: null,
    hastenedOn: null,
  };
  const suspended = { suspendedOn: null, suspendedUntil: null };
  const extensionDue = group.extensionAsked === 1 ? today : null;
  return { ...blank, ...FOOT, ...counts, ...never, ...suspended, ...group, extensionDue };
}

function watchedOf(
  step: OwedStep,
  groups: readonly IssueGroup[],
  nameOf: (g: IssueGroup) => string,
): Watched {
  const counties = new Map<string, number>();
  for (const group of groups) counties.set(nameOf(group), (counties.get(nameOf(group)) ?? 0) + group.n);
  return {
    step,
    n: sum(groups.map(({ n }) => n)),
    overdue: sum(groups.filter((g) => isUnitsTurn(g.state) && g.time === "past").map(({ n }) => n)),
    counties: [...counties].sort((a, b) => b[1] - a[1]),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
