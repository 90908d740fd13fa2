import type { Card } from "../chat/card.ts";
import type { Context } from "../chat/command.ts";
import { isRefusal, type Refusal, refuse } from "../chat/refusal.ts";
import type { Issue } from "../store/issues.ts";
import type { Person } from "../store/people.ts";
import type { Writer } from "../store/store.ts";
import { actions } from "./actions.ts";
import type { Step } from "./step.ts";
import { actionName } from "./step-button.ts";

/** Takes a step by word: judged, done and answered as by its button, with what was said as its form. */
export async function pressStep(
  step: Step,
  { id, no, version }: Issue,
  fields: Readonly<Record<string, unknown>>,
  person: Person,
  context: Context<Writer>,
): Promise<Card | Refusal> {
  const action = actions.find(({ name }) => name === actionName(step));
  if (action === undefined) return refuse("usage", `${no}不能这样办理，请打开问题办理。`, [`问题 ${no}`]);
  const done = await action.press({ params: { issue: id, version }, fields, person }, context);
  if (isRefusal(done)) return { ...done, message: `${no}：${done.message}`, instead: [`问题 ${no}`] };
  return { ...done, facts: { ...done.facts, step: step.id } };
}
