import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { lineIdOf } from "./history.ts";
import { performStep } from "./perform-step.ts";
import type { Step } from "./step.ts";
import type { StepParams } from "./step-button.ts";
import { redraw, tell } from "./tell.ts";

/**
 * Ends one issue, which goes on as the one of a number. Its evidence stays with it; the history of the other names it. In the
 * caller's transaction.
 * @returns the issue that has ended, and the one that goes on.
 */
export async function mergeInto(
  step: Step,
  { seen, into }: { seen: StepParams; into: string },
  person: Person,
  context: Context<Writer>,
): Promise<{ merged: Issue; survivor: Issue } | Refusal> {
  const { store, now } = context;
  const no = into.trim().toUpperCase();
  const [issue, survivor] = [await store.issues.byId(seen.issue), await store.issues.byNo(no)];
  if (survivor === null) return refuse("unknown-issue", `没有编号为${no}的问题，请核对编号。`);
  const refusal = issue === null ? null : step.into?.(issue, survivor);
  if (isRefusal(refusal)) return refusal;
  const merged = await performStep(step, seen, person, context, {
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
  // Another unit's order becomes theirs to know: within one unit the notice of the end says enough.
  if (merged.regionId !== survivor.regionId || merged.departmentId !== survivor.departmentId)
    await tell(
      survivor,
      {
        audiences: ["unit"],
        title: `${merged.no}并入：${survivor.title}`,
        actor: person,
        of: `merged${merged.id}`,
      },
      context,
    );
  await redraw(survivor, context, { revision: `merged${merged.id}` });
  return { merged, survivor };
}
