import { argsOf } from "../chat/args.ts";
import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { type Refusal, refuse } from "../chat/refusal.ts";
import { stepsFor } from "../domain/issues/machine.ts";
import { SET_ASIDE, UNIT_ACTS } from "../domain/issues/states.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader } from "../store/store.ts";
import { deputiesOf } from "./audience.ts";
import { helpedIssues } from "./helped.ts";
import { stepOf } from "./loop.ts";
import { ownIssues } from "./own-issues.ts";
import { takersOf } from "./relation.ts";
import type { Step } from "./step.ts";
import { stepButton } from "./step-button.ts";
import { loopRulesOf } from "./terms.ts";

/** What is said to take a step, and the steps that it may be: which of them depends on where the issue stands. */
export const STEP_WORDS: Readonly<Record<string, string>> = {
  签收: "acknowledge",
  全部签收: "acknowledge",
  确认签收: "acknowledge",
  开始整改: "start",
  提交整改: "submit",
  整改完成: "submit",
  整改完毕: "submit",
  完成整改: "submit",
  整改好了: "submit",
  申请延期: "request-extension",
  延期到: "request-extension",
  延期至: "request-extension",
  退回: "send-back",
  退回交办: "return",
  县级确认: "agree",
  同意: "agree",
  通过: "agree",
  复核通过: "verify",
  销号: "verify",
  公示: "display",
  开始公示: "display",
  公示有异议: "object",
  有异议: "object",
  阶段性办结: "close-stage",
  阶段办结: "close-stage",
  不通过: "disagree",
  复核不通过: "disagree",
  不同意: "disagree",
  认可反馈: "accept-part",
  退回反馈: "return-part",
  反馈情况: "hand-in-part",
  签收任务: "acknowledge-part",
  挂牌督办: "supervise",
  催办: "hasten",
  催一下: "hasten",
  督促: "hasten",
  改派: "reassign",
  登记调查: "investigate",
  调查: "investigate",
  补充: "supplement",
  补充说明: "supplement",
  撤回: "take-back",
  撤回交办: "withdraw",
  作废: "set-aside",
  提请作废: "propose-cancel",
  同意作废: "approve-cancel",
  不同意作废: "refuse-cancel",
  中止: "suspend",
};
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  // A unit that helps signs for its part, and hands that in.
  acknowledge: ["acknowledge", "acknowledge-part"],
  submit: ["submit", "hand-in-part"],
  "send-back": ["return", "reject", "refuse-extension"],
  agree: ["confirm", "verify", "grant-extension", "approve-transfer"],
  "take-back": ["withdraw"],
  // What nobody has acknowledged is withdrawn, what a unit has taken on needs consent.
  "set-aside": ["cancel", "withdraw", "propose-cancel"],
  disagree: ["reject", "refuse-extension", "refuse-transfer"],
};

type Said = { reason?: string | undefined; due?: Temporal.PlainDate | undefined };
type Here = Context<Reader>;

/** The step that a word means for an issue: one that this person may take now, failing that one they have a right to. */
export async function meantStep(word: string, issue: Issue, person: Person, here: Here): Promise<Step> {
  const steps = candidatesOf(word);
  const [open] = await openSteps(steps, issue, person, here);
  const relations = (await takersOf(issue, person, here)).map(({ relation }) => relation);
  const rightful = steps.filter((step) => step.by.some((relation) => relations.includes(relation)));
  return (
    open ?? rightful.find((step) => step.from.includes(issue.state)) ?? rightful[0] ?? (steps[0] as Step)
  );
}

const candidatesOf = (word: string) => (CANDIDATES[word] ?? [word]).map(stepOf);

async function openSteps(steps: readonly Step[], issue: Issue, person: Person, here: Here) {
  const { office, today } = here;
  const by = await takersOf(issue, person, here);
  return stepsFor(steps, issue, by, {
    today: today.toString(),
    ...loopRulesOf(office),
    ...(await deputiesOf(issue, here)),
  });
}

/** A step's form with what was said; `lacking` are the labels of what it still needs. */
export function fieldsOf(step: Step, { reason, due }: Said) {
  const fields: Record<string, unknown> = { text: reason, measures: reason, due };
  const metas = argsOf(step.form);
  return {
    fields: Object.fromEntries(
      metas.map(([name]) => [name, fields[name]]).filter(([, value]) => value !== undefined),
    ),
    lacking: metas
      .filter(([name, meta]) => !meta.optional && meta.otherwise === undefined && fields[name] === undefined)
      .map(([, meta]) => meta.label),
  };
}

/** The step's own button, with its form as far as it was said: nothing has happened yet. */
export function stepAsked(step: Step, issue: Issue, said: Said, lacking: readonly string[]): Card {
  const { fields } = fieldsOf(step, said);
  const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  return {
    title: `${step.words.name} ${issue.no}`,
    tone: "notice",
    blocks: [{ kind: "text", text: `${issue.title}：请写明${lacking.join("、")}后提交，现在还没有办理。` }],
    buttons: [stepButton(step, { issue: issue.id, version: issue.version }, { values })],
    facts: { step: step.id, asks: lacking },
  };
}

/** Which issues a word may be about, each with its button; a refusal when none waits for it. */
export async function whichIssue(
  word: string,
  said: string,
  person: Person,
  here: Here,
): Promise<Card | Refusal> {
  const { store, office, now, today } = here;
  const { rows } = await store.issues.list(
    {
      asOf: now.epochMilliseconds,
      without: ["draft", "closed", ...SET_ASIDE],
      ...ownIssues(person, office, today),
    },
    200,
  );
  const helped = await helpedIssues(person, UNIT_ACTS, here);
  const waiting: { issue: Issue; step: Step }[] = [];
  for (const issue of [...rows, ...helped]) {
    const [step] = await openSteps(candidatesOf(word), issue, person, here);
    if (step !== undefined) waiting.push({ issue, step });
  }
  if (waiting.length === 0)
    return refuse("no-data", `没有等您${said}的问题。要看清单请发送“今日”。`, ["今日", "问题"]);
  return {
    title: `${said}哪一件？`,
    tone: "notice",
    blocks: [
      {
        kind: "table",
        columns: [{ title: "编号" }, { title: "问题" }],
        rows: waiting.map(({ issue }) => [issue.no, issue.title]),
      },
    ],
    buttons: waiting
      .slice(0, 8)
      .map(({ issue, step }) =>
        stepButton(
          step,
          { issue: issue.id, version: issue.version },
          { label: `${step.words.name} ${issue.no}` },
        ),
      ),
    facts: { asks: waiting.map(({ issue }) => issue.no) },
  };
}
