import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { shortDate } from "../chat/wording.ts";
import { barrier, judge, type StepAttempt } from "../domain/issues/machine.ts";
import type { Named } from "../domain/posts.ts";
import { codeMakersOf } from "../office/code-makers.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Reader, Writer } from "../store/store.ts";
import { planAct, settleAct } from "./act-on-part.ts";
import { deputiesOf } from "./audience.ts";
import { countyOf } from "./facts.ts";
import { numberPaper, subjectOf } from "./numbering.ts";
import { wordsOf } from "./obstacle.ts";
import { isWorking, partsNote, unitName } from "./parts.ts";
import { takersOf } from "./relation.ts";
import { proposeForPlace } from "./repeated-place.ts";
import { setDeadlines } from "./set-deadlines.ts";
import { giveDaysBack, type PartsPlan, planParts, settleParts } from "./settle-parts.ts";
import { drawSpotCheck } from "./spot-check.ts";
import type { Said, Step } from "./step.ts";
import type { StepParams } from "./step-button.ts";
import { propose, redraw, tell, tellInPlace } from "./tell.ts";
import { tellParts } from "./tell-parts.ts";
import { loopRulesOf } from "./terms.ts";

/**
 * Takes one step of the loop: judged by the pure machine, written with its history, clock and notices in the caller's
 * transaction. `person` null is the office's clock; `quietly`: whoever takes the step tells people by itself.
 * @returns the issue as it stands now, or why nothing has changed.
 */
export async function performStep(
  step: Step,
  { issue: id, version }: StepParams,
  person: Person | null,
  context: Context<Writer>,
  {
    text,
    due,
    change = {},
    parts = {},
    units,
    note,
    detail,
    quietly = false,
  }: Said & { quietly?: boolean } = {},
): Promise<Issue | Refusal> {
  const { store, office, now, today } = context;
  const issue = await store.issues.byId(id);
  if (issue === null) return refuse("unknown-issue", "这件问题已不存在，请重新发送“问题”。", ["问题"]);
  const at = now.epochMilliseconds;
  const wish = await wishOf(step, issue, version, person, context);
  const verdict = judge(
    {
      ...wish,
      text,
      due: due?.toString(),
      term: due?.term,
      level: change.level,
      photos: await store.evidence.photosOf(issue),
    },
    issue,
    { at, today: today.toString() },
    loopRulesOf(office),
  );
  if (verdict.kind !== "moves") return wordsOf(verdict, step, issue, context);
  const { regionId = issue.regionId, departmentId = issue.departmentId } = change;
  const plan = await planParts(issue, { regionId, departmentId }, parts, context);
  if (isRefusal(plan)) return plan;
  const { behalf } = wish.by;
  const acted = step.part && person && (await planAct(step.part, issue, { person, behalf, units }, context));
  if (isRefusal(acted)) return acted;

  const moved = await store.issues.move(id, version, {
    ...verdict.change,
    ...step.stamps?.({ by: person?.id ?? null, at }),
    ...change,
  });
  if (moved === null)
    return refuse("conflict", `${issue.no}刚被他人办理，请看最新情况。`, [`问题 ${issue.no}`]);
  await settleParts(moved, plan, person, context);
  await giveDaysBack(issue, moved, context);
  const whose = acted ? await settleAct(acted, person, context) : null;
  const said = text?.trim() || note;
  const event = await store.issues.record({
    issueId: id,
    at,
    personId: person?.id ?? null,
    forId: wish.by.behalf?.id ?? null,
    step: step.id,
    fromState: issue.state,
    toState: moved.state,
    text: [whose, said, changeNote(plan, context)].filter(Boolean).join("；") || null,
    detail: detail === undefined ? null : JSON.stringify(detail),
    due: dateSet(issue, moved),
    regionId: moved.regionId === issue.regionId ? null : moved.regionId,
    level: moved.level === issue.level ? null : moved.level,
  });
  await settlePapers(step, moved, { event, said }, person, context);
  await setDeadlines(moved, context);
  // A clock that takes a step tells everybody.
  const title = `${moved.regionId === office.city.id ? "" : countyOf(moved, office, today)}${step.words.told}：${moved.title}`;
  // Before anybody is told of it: what is on its way says how it is now, and what tells of the change says what is different.
  if (step.inPlace) await redraw(moved, context, { everywhere: true });
  if (step.inPlace && !quietly) {
    const line = `${moved.no}：${text?.trim() || note}`;
    await tellInPlace(
      { before: issue, moved },
      { audiences: step.told, title, line, actor: person },
      context,
    );
  } else if (!quietly)
    await tell(moved, { audiences: step.told, title, actor: person, plain: !step.pictures }, context);
  await tellParts(moved, plan, person, context);
  if (step.spotCheck) await drawSpotCheck(moved, context);
  const why = step.proposes?.(moved) ?? null;
  if (why !== null) await propose(moved, why, context);
  if (step.locates && isElsewhere(issue, moved)) await proposeForPlace(moved, context);
  if (!step.inPlace) await redraw(moved, context);
  return moved;
}

/** What has been given out anew, or lies somewhere else by now. */
const isElsewhere = (before: Issue, after: Issue): boolean =>
  before.state === "draft" ||
  [before.title, before.town, before.place].join() !== [after.title, after.town, after.place].join();

/** What of the register a step changes: the number of an order that it takes back, and that of the paper that it issues. */
async function settlePapers(
  { issues, takesBack, words }: Step,
  { id, title }: Issue,
  { event, said }: { event: number; said: string | undefined },
  person: Person | null,
  context: Context<Writer>,
): Promise<void> {
  const subject = subjectOf("issue", id);
  const at = context.now.epochMilliseconds;
  const why = [words.done, said].filter(Boolean).join("：");
  if (takesBack) await context.store.numbers.cancel(subject, "order", { at, why });
  if (issues !== undefined) await numberPaper(issues, { subject, title, event }, person, context);
}

/** For whom a stand-in took a step last; null where whoever took it did so in their own post. */
export const actedFor = async (step: Pick<Step, "id">, { id }: Issue, store: Reader): Promise<Named | null> =>
  (await store.issues.history(id)).findLast((line) => line.step === step.id)?.behalf ?? null;

/** What the history says of the units that join and leave with a step. */
function changeNote({ joining, moved, leaving, due }: PartsPlan, around: Context<Writer>): string | null {
  const gone = leaving.filter(isWorking).map((part) => unitName(part, around));
  return (
    [
      partsNote(joining, around),
      moved.length > 0 ? `改期限：${moved.map((part) => unitName(part, around)).join("、")}` : null,
      joining.length + moved.length > 0 && due !== null ? `办理期限${shortDate(due)}` : null,
      gone.length > 0 ? `不再办理：${gone.join("、")}` : null,
    ]
      .filter(Boolean)
      .join("；") || null
  );
}

/** Why somebody may not take a step now, whatever its form says; null when they may. */
export async function barredFrom(
  step: Step,
  issue: Issue,
  { version }: StepParams,
  person: Person,
  context: Context<Reader>,
): Promise<Refusal | null> {
  const obstacle = barrier(await wishOf(step, issue, version, person, context), issue);
  return obstacle === null ? null : wordsOf(obstacle, step, issue, context);
}

async function wishOf(
  step: Step,
  issue: Issue,
  seen: number,
  person: Person | null,
  context: Context<Reader>,
): Promise<StepAttempt> {
  const deputies = await deputiesOf(issue, context);
  const madeBy = person === null ? [] : await codeMakersOf(person, context.identity, context);
  const wish = (by: StepAttempt["by"]) => ({ step, by, seen, madeBy, ...deputies });
  if (person === null) return wish({ id: null, relation: "clock" });
  // The post that gives the right to it, the person's own before that of somebody who is away.
  const wishes = (await takersOf(issue, person, context)).map(wish);
  const barred = wishes.map((one) => barrier(one, issue)?.kind);
  const best = [undefined, "same-person", "own-code", "stale", "already-done"].map((kind) =>
    barred.indexOf(kind as never),
  );
  return wishes[best.find((at) => at >= 0) ?? 0] as StepAttempt;
}

/** The deadline that a step has set, or asked for. */
function dateSet(before: Issue, after: Issue): string | null {
  if (after.due !== before.due) return after.due;
  return after.extensionDue === before.extensionDue ? null : after.extensionDue;
}
