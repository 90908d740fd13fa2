import type { AnyLongAction } from "../bot/long-action.ts";
import { ANSWERS, type Answer, type AskedTable, STOP } from "./asked.ts";
import { stopImport } from "./running-imports.ts";

/** What the buttons under a table do: one that isn't told for sure, or is being read. What reads files is loaded when one is pressed. */
export const longActions: readonly AnyLongAction[] = [
  lazily(ANSWERS.confirm, async () => (await import("./import-answers.ts")).confirmImport),
  lazily(ANSWERS.columns, async () => (await import("./import-question.ts")).changeColumns),
  lazily(ANSWERS.cancel, async () => (await import("./import-answers.ts")).cancelImport),
  { ...STOP, ...stopImport },
];

function lazily(named: (typeof ANSWERS)[keyof typeof ANSWERS], load: () => Promise<Answer>): AskedTable {
  return {
    ...named,
    form: async (params, bot) => (await load()).form(params, bot),
    press: async (bot, request) => (await load()).press(bot, request),
  };
}
