import type { Imported, TakingBack } from "../../../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../../../chat/refusal.ts";
import { CLOCK_KINDS } from "../../../domain/issues/clock.ts";
import { AFRESH } from "../../../domain/issues/phase.ts";
import { lineIdOf } from "../../../issues/history.ts";
import { performStep } from "../../../issues/perform-step.ts";
import { setDeadlines } from "../../../issues/set-deadlines.ts";
import withdraw from "../../../issues/steps/withdraw.ts";
import { redraw } from "../../../issues/tell.ts";
import { MOST_CARDS, tellOfWithdrawn } from "../../../issues/tell-many.ts";
import type { Issue } from "../../../store/issues.ts";
import type { Reader, Writer } from "../../../store/store.ts";
import type { Correction } from "./plan.ts";
import { numbersListed } from "./report.ts";

/** What an import has done with an issue, as the revision log keeps it: `line` is the newest of the history that it wrote. */
type Before = (Correction & { importKey: string | null }) | null;
type After = { line: number };
/** What the line says that undoes another one, beside its text. */
type Undoing = { undoes: number };

/** Notes that a batch has brought an issue, or corrected it: `before` is what it was, null where there was none. */
export async function noteImported(
  { id }: Pick<Issue, "id">,
  before: Before,
  { store, batch, at, personId }: { store: Writer; batch: number; at: number; personId: Issue["createdBy"] },
): Promise<void> {
  const line = (await newestLine(id, store)) ?? 0;
  const after: After = { line };
  await store.revisions.add({ subject: `issue/${id}`, before, after, personId, at, batchId: batch });
}

/**
 * Takes a ledger back while nobody has done anything about its issues: those that it brought are withdrawn and stay on
 * record, those that it corrected are described as before. Without its key a withdrawn issue bars no row of the next ledger.
 */
export const takeBackIssues: NonNullable<Imported["takeBack"]> = async (batch, context) => {
  const { store } = context;
  const changes = await Promise.all(
    (await store.revisions.ofBatch(batch.id)).map(async ({ subject, before, after }) => {
      const issue = await store.issues.byId(Number(subject.slice("issue/".length)) as Issue["id"]);
      if (issue === null) throw new Error(`${subject} of batch ${batch.id} is gone`);
      return { issue, before: before as Before, line: (after as After).line };
    }),
  );
  if (changes.length < batch.added + batch.corrected)
    return refuse("conflict", `第${batch.id}号导入没有逐件留底，不能整批撤回，请逐件办理“撤回”。`);
  const touched: string[] = [];
  for (const { issue, before, line } of changes) {
    const isAddedTo = before === null && (await store.evidence.of(issue.id)).length > 0;
    if (isAddedTo || (await newestLine(issue.id, store)) !== line) touched.push(issue.no);
  }
  if (touched.length > 0)
    return refuse(
      "conflict",
      `第${batch.id}号导入的${numbersListed(touched)}后来已有办理或更正，不能整批撤回；还没签收的可逐件办理“撤回”。`,
      touched.slice(0, 1).map((no) => `问题 ${no}`),
    );
  const why = [`撤回第${batch.id}号导入`, context.reason].filter(Boolean).join("：");
  const brought = changes.filter(({ before }) => before === null);
  const isNobodys = ({ state }: Issue) => state === "closed" || state === "draft";
  const open = brought.filter(({ issue }) => !isNobodys(issue)).length;
  const orders: Issue[] = [];
  for (const { issue, before, line } of changes) {
    if (before !== null) await describeAgain(issue, before, { undoes: line, why }, context);
    else if (isNobodys(issue)) await withdrawUntold(issue, why, context);
    else {
      const moved = await withdrawOrder(issue, why, { quietly: open > MOST_CARDS }, context);
      if (isRefusal(moved)) return moved;
      orders.push(moved);
    }
  }
  if (open > MOST_CARDS) await tellOfWithdrawn(orders, { why, actor: context.person }, context);
  const counts = { removed: brought.length, restored: changes.length - brought.length };
  const restored = counts.restored === 0 ? "" : `，${counts.restored}件的内容恢复到更正前`;
  const words = `撤回${counts.removed}件问题，留在“问题 已撤回”里${restored}。改好的台账可以重新导入。`;
  return { ...counts, words };
};

/** The newest line of a history that counts: what the clock reports is nothing that was done, nor is what was undone. */
async function newestLine(id: Issue["id"], store: Reader): Promise<number | null> {
  const history = await store.issues.history(id);
  const gone = new Set<number>();
  for (const { id, detail } of history) {
    const { undoes } = JSON.parse(detail ?? "{}") as Partial<Undoing>;
    if (undoes !== undefined) gone.add(undoes).add(id);
  }
  return history.findLast(({ id, step }) => !gone.has(id) && !Object.hasOwn(CLOCK_KINDS, step))?.id ?? null;
}

async function withdrawOrder(
  { id, version }: Issue,
  text: string,
  { quietly }: { quietly: boolean },
  context: TakingBack,
): Promise<Issue | Refusal> {
  const change = { importKey: null };
  return performStep(withdraw, { issue: id, version }, context.person, context, { text, change, quietly });
}

/** What came in as history, or nobody has been given, is nobody's to mend: nobody has to hear that it goes. */
async function withdrawUntold(issue: Issue, why: string, context: TakingBack): Promise<void> {
  const moved = await moveOn(issue, { ...AFRESH, state: "withdrawn", importKey: null }, context);
  await record(issue, moved, { step: withdraw.id, text: why }, context);
  await setDeadlines(moved, context);
  await redraw(moved, context, { everywhere: true });
}

async function describeAgain(
  issue: Issue,
  before: NonNullable<Before>,
  { undoes, why }: Undoing & { why: string },
  context: TakingBack,
): Promise<void> {
  const moved = await moveOn(issue, before, context);
  const undoing: Undoing = { undoes };
  const line = { step: lineIdOf("correct"), text: why, detail: JSON.stringify(undoing) };
  await record(issue, moved, line, context);
  await redraw(moved, context);
}

async function moveOn(
  { id, no, version }: Issue,
  change: Parameters<Writer["issues"]["move"]>[2],
  { store }: TakingBack,
): Promise<Issue> {
  const moved = await store.issues.move(id, version, change);
  if (moved === null) throw new Error(`${no} has changed within its own transaction`);
  return moved;
}

async function record(
  before: Issue,
  moved: Issue,
  line: { step: typeof withdraw.id; text: string; detail?: string },
  { store, now, person }: TakingBack,
): Promise<void> {
  await store.issues.record({
    ...{ issueId: moved.id, at: now.epochMilliseconds, personId: person.id },
    ...{ fromState: before.state, toState: moved.state, ...line },
  });
}
