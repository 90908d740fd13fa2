import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import { isEnd, stateNames } from "../domain/issues/states.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { lineIdOf } from "./history.ts";
import { performStep } from "./perform-step.ts";
import type { StepParams } from "./step-button.ts";
import merge from "./steps/merge.ts";
import reopen from "./steps/reopen.ts";
import { redraw } from "./tell.ts";

/**
 * 并案: one issue ends and goes on as another, which must still be under way: what is found again after its end is no
 * duplicate. Its evidence stays with it; the history of the other names it. In the caller's transaction.
 * @returns the issue that has ended, and the one that goes on.
 */
export async function mergeInto(
  seen: StepParams,
  into: string,
  person: Person,
  context: Context<Writer>,
): Promise<{ merged: Issue; survivor: Issue } | Refusal> {
  const { store, now } = context;
  const no = into.trim().toUpperCase();
  const survivor = await store.issues.byNo(no);
  if (survivor === null) return refuse("unknown-issue", `没有编号为${no}的问题，请核对编号。`);
  if (survivor.id === seen.issue) return refuse("usage", "不能并入自己，请填另一件问题的编号。");
  if (isEnd(survivor.state)) return refuse("usage", ended(survivor), [`问题 ${no}`]);
  const merged = await performStep(merge, seen, person, context, {
    change: { mergedInto: survivor.id },
    note: `并入${survivor.no}`,
  });
  if (isRefusal(merged)) return merged;
  await store.issues.record({
    issueId: survivor.id,
    at: now.epochMilliseconds,
    personId: person.id,
    step: lineIdOf("absorb"),
    fromState: survivor.state,
    toState: survivor.state,
    text: merged.no,
  });
  await redraw(survivor, context, { revision: `merged${merged.id}` });
  return { merged, survivor };
}

function ended({ no, state }: Issue): string {
  const says = `${no}${stateNames[state]}，不能再并入。`;
  if (state === "closed") return `${says}如是同一问题反弹，请对${no}办理“${reopen.words.name}”。`;
  return state === "merged" ? `${says}请并入它所并入的问题。` : `${says}请填还在办理的问题编号。`;
}
