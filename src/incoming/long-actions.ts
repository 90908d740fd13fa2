import type { AnyLongAction } from "../bot/long-action.ts";
import { ANSWERS, STOP } from "./asked.ts";

/** What the buttons under a table do: one that isn't told for sure, or is being read. What they need is loaded when one is pressed. */
export const longActions: readonly AnyLongAction[] = [
  lazily(ANSWERS.confirm, async () => (await import("./import-answers.ts")).confirmImport),
  lazily(ANSWERS.otherOrder, async () => (await import("./import-answers.ts")).takeOtherOrder),
  lazily(ANSWERS.columns, async () => (await import("./import-question.ts")).changeColumns),
  lazily(ANSWERS.cancel, async () => (await import("./import-answers.ts")).cancelImport),
  lazily(STOP, async () => (await import("./running-imports.ts")).stopImport),
];

function lazily(
  named: Pick<AnyLongAction, "name" | "label" | "params">,
  load: () => Promise<Pick<AnyLongAction, "form" | "press">>,
): AnyLongAction {
  return {
    ...named,
    form: async (params, bot) => (await load()).form(params, bot),
    press: async (bot, request) => (await load()).press(bot, request),
  };
}
