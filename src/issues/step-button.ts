import { z } from "zod";
import { buttonOf } from "../chat/action.ts";
import type { Button } from "../chat/card.ts";
import type { Step } from "./step.ts";

/** What a button of an issue is about: the issue, and the version that its reader saw. */
export const stepParams = z.object({ issue: z.int(), version: z.int() });
export type StepParams = z.output<typeof stepParams>;

/** Stable name of a step's action; audit rows carry it. */
export const actionName = ({ id }: Pick<Step, "id">): string => `issue.${id}`;

/** The button of a step as it stands on an issue's card; `label` and what its form holds already, where a card knows better. */
export function stepButton(
  { id, words, form, button: { style } }: Step,
  params: Readonly<Record<string, number>>,
  { label = words.name, values }: { label?: string; values?: Readonly<Record<string, string>> } = {},
): Button {
  const look = { ...(style ? { style } : {}), ...(values ? { values } : {}) };
  return buttonOf({ name: actionName({ id }), label, fields: form }, params, look);
}
