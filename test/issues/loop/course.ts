import { expect } from "vitest";
import { ENDS, type State } from "../../../src/domain/issues/states.ts";
import { ALL_STEPS } from "../../domain/issues/standing.ts";
import { dayOf, isWorked, plusDays, plusWorked } from "./days.ts";
import {
  type Form,
  given,
  type Issue,
  MATTERS,
  type Matter,
  type Outcome,
  POSTS,
  type Post,
  pressed,
  relationOf,
} from "./model.ts";
import { LINES, type Step } from "./rules.ts";
import { MERGES_INTO, type Stage } from "./stage.ts";

// The real office and the model side by side: what somebody might do next, what it does to both, and whether they agree.

/** Where the model thinks that everything stands: issues by their id, the office's clock, and who has left. */
export type World = { issues: Map<number, Issue>; now: number; gone: Set<string> };
export type Real = { stage: Stage; taken: { commands: number; presses: number; moves: number } };

const REGIONS: Record<string, string> = { 海安: "haian", 如东: "rudong" };
const DEPARTMENTS: Record<string, string> = { 住建: "housing", 交通: "transport" };

export const LEVELS = ["一般", "较大", "重大"] as const;
export const DUES = ["none", "past", "today", "holiday", "near", "far"] as const;
type Due = (typeof DUES)[number];

function dateOf(due: Due, today: string, issue: Issue): string | undefined {
  switch (due) {
    case "none":
      return undefined;
    case "past":
      return plusDays(today, -1);
    case "today":
      return today;
    case "holiday": {
      const day = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => plusDays(today, n)).find((d) => !isWorked(d));
      return day ?? plusDays(today, 3);
    }
    case "near":
      return plusDays(issue.due > today ? issue.due : today, 2);
    case "far":
      return plusWorked(today, 15);
  }
}

/** One thing that somebody wants to do, as chances to be filled in by what is possible when its turn comes. */
export type Wish = {
  which: number;
  step: number;
  who: number;
  wild: boolean;
  due: Due;
  text: boolean;
  stale: boolean;
};
export type Chosen = { id: number; step: Step; post: Post; form: Form; seen: number };

export function chosen({ issues, now }: World, wish: Wish, of?: number): Chosen {
  // An ended issue is touched now and then, the others are what people work on.
  const open = [...issues].filter(
    ([, { state }]) => !ended(state) || (state === "closed" && wish.step % 4 === 0),
  );
  const among = open.length > 0 && !wish.wild ? open.map(([id]) => id) : [...issues.keys()];
  const id = of ?? (among[wish.which % among.length] as number);
  const issue = issues.get(id) as Issue;
  // Mostly what leads on from here, otherwise anybody's anything.
  const lines = LINES.filter(
    ([step, from]) => from.includes(issue.state) && (wish.who % 4 === 0 || !SELDOM.has(step)),
  );
  const line = wish.wild || lines.length === 0 ? undefined : lines[wish.step % lines.length];
  const step = line?.[0] ?? (ALL_STEPS[wish.step % ALL_STEPS.length] as Step);
  const able = POSTS.filter((post) => line?.[3].includes(relationOf(post, issue)));
  const post = (able.length > 0 ? able[wish.who % able.length] : POSTS[wish.who % POSTS.length]) as Post;
  const due = TAKES_DUE.has(step) ? dateOf(wish.due, dayOf(now), issue) : undefined;
  const placing = step === "assign" || step === "reassign";
  const place =
    wish.which % 2 === 0 ? { county: "海安", department: "住建" } : { county: "如东", department: "交通" };
  const form: Form = {
    ...(wish.text ? { text: "情况属实" } : {}),
    // A draft that is given out without a date takes the usual one of its kind, which isn't the loop's own rule.
    ...(due ? { due } : step === "assign" ? { due: plusWorked(dayOf(now), 15) } : {}),
    ...(placing ? place : {}),
    ...(step === "investigate" ? { on: dayOf(now) } : {}),
    ...(step === "set-helpers" ? { helping: "公安" } : {}),
    ...(step === "hand-down" ? { units: issue.county === "海安" ? "城东镇" : "住建局" } : {}),
    ...(step === "assign" ? { level: "一般" } : {}),
    ...(step === "amend" ? { title: "工地裸土未苫盖", level: LEVELS[wish.which % LEVELS.length] } : {}),
  };
  return { id, step, post, form, seen: wish.stale ? issue.version - 1 : issue.version };
}

/** Steps that end an issue before anything has come of it, and those about other units' parts, which move it nowhere. */
const SELDOM: ReadonlySet<Step> = new Set<Step>([
  "merge",
  "cancel",
  "withdraw",
  "approve-cancel",
  "propose-transfer",
  "approve-transfer",
  "acknowledge-part",
  "hand-in-part",
  "accept-part",
  "return-part",
  "hand-down",
]);
const TAKES_NO_TEXT: ReadonlySet<string> = new Set([
  "assign",
  "acknowledge",
  "acknowledge-part",
  "accept-part",
  "merge",
  "amend",
]);
/** Steps that are told what was done, not why. */
const TAKES_MEASURES: ReadonlySet<string> = new Set(["submit", "hand-in-part"]);
const TAKES_DUE: ReadonlySet<string> = new Set([
  "assign",
  "reassign",
  "reject",
  "uphold",
  "request-extension",
  "suspend",
  "reopen",
  "close-stage",
  "display",
  "object",
  "hand-down",
  "amend",
]);

export const expectedFor = ({ issues, now, gone }: World, { id, ...press }: Chosen): Outcome => {
  const issue = issues.get(id) as Issue;
  const leadActive = !gone.has(`${issue.county}领导`);
  const here = (name: string) => !gone.has(name);
  return pressed(issue, { ...press, active: here(press.post.name), leadActive, here }, now);
};

const formOf = ({ step, form: { text, ...rest } }: Chosen): Record<string, string> => ({
  ...(text && !TAKES_NO_TEXT.has(step) ? { [TAKES_MEASURES.has(step) ? "measures" : "text"]: text } : {}),
  ...(step === "merge" ? { into: MERGES_INTO } : {}),
  ...(step === "investigate" ? { people: "张三、李四" } : {}),
  ...rest,
});

export async function press(real: Real, choice: Chosen) {
  await urged(real, choice);
  return take(real, choice);
}

/** That a reminder has reached the unit is another story's: it has. Written beside the bot, so while nothing else is. */
export async function urged({ stage }: Real, { id, step }: Chosen): Promise<void> {
  if (step === "propose-transfer") await stage.urges({ id, no: stage.issue(id).no });
}

export async function take({ stage, taken }: Real, choice: Chosen) {
  taken.presses += 1;
  const refusal = await stage.presses(
    choice.post.name,
    choice.step,
    { id: choice.id, version: choice.seen },
    formOf(choice),
  );
  if (refusal === null) taken.moves += 1;
  return refusal;
}

/** After every command: what the database says is what the model says. */
export async function check({ issues, now }: World, { stage, taken }: Real): Promise<void> {
  taken.commands += 1;
  expect(stage.faults).toEqual([]);
  for (const [id, issue] of issues) {
    const { state, version, due, ...row } = stage.issue(id);
    const history = stage.eventsOf(id).filter((e) => e.step !== "spot-check");
    const rungsOf = (matter: Matter) =>
      history.flatMap(({ step }) => (matterOf(step) === matter ? [Number(step.at(-1))] : []));
    const reached = ofEach((matter) => row[`${matter}_rung`]);
    const reminded = ofEach((matter) => row[`${matter}_reminded_at`]);
    const rungs = ofEach(rungsOf);
    expect({ state, version, due, reached, reminded, rungs, history: history.map((e) => e.toState) }).toEqual(
      {
        state: issue.state,
        version: issue.version,
        due: issue.due,
        reached: issue.reached,
        reminded: issue.reminded,
        rungs: issue.rungs,
        history: issue.history,
      },
    );
    const open = stage.openClockOf(id).filter(({ kind }) => kind !== "spot-check");
    expect(open.length > 0, `${issue.state} has a clock`).toBe(!ended(issue.state));
    expect(open.filter((row) => row.at < now)).toEqual([]);
  }
  expect(await stage.bot.store.read((r) => r.audit.firstBroken(60))).toBeNull();
  expect(stage.doubled()).toEqual([]);
  expect(stage.ofLeavers()).toEqual([]);
}
const ofEach = <T>(of: (matter: Matter) => T) =>
  Object.fromEntries(MATTERS.map((matter) => [matter, of(matter)]));
const RUNG = /^(ack|overdue|confirm|verify|displayed)-[123]$/;
const matterOf = (step: string): Matter | null => {
  const [, kind] = RUNG.exec(step) ?? [];
  if (kind === undefined) return null;
  return kind === "ack" ? "ack" : kind === "overdue" ? "mend" : "decide";
};
export const ended = (state: State) => (ENDS as readonly State[]).includes(state);

/** An issue is written down or given out, in both. */
export async function give(
  { issues, now }: World,
  { stage }: Real,
  {
    days,
    ...what
  }: { level: string; county: string; department: string; state: "draft" | "assigned"; days: number },
): Promise<number> {
  const due = plusDays(dayOf(now), days);
  const { id } = await stage.issueIn(what.state, {
    level: what.level,
    regionId: REGIONS[what.county] as string,
    departmentId: DEPARTMENTS[what.department] as string,
    due,
    firstDue: due,
  });
  await stage.record(id, what.state);
  issues.set(id, given({ ...what, due }, now));
  return id;
}
