import { ANSWERS, type Answer, type AskedTable } from "./asked.ts";

/** What the buttons under a table that isn't told for sure do. What reads files is loaded when one is pressed. */
export const longActions: readonly AskedTable[] = [
  lazily(ANSWERS.confirm, async () => (await import("./import-answers.ts")).confirmImport),
  lazily(ANSWERS.columns, async () => (await import("./import-question.ts")).changeColumns),
  lazily(ANSWERS.cancel, async () => (await import("./import-answers.ts")).cancelImport),
];

function lazily(named: (typeof ANSWERS)[keyof typeof ANSWERS], load: () => Promise<Answer>): AskedTable {
  return {
    ...named,
    form: async (params, bot) => (await load()).form(params, bot),
    press: async (bot, request) => (await load()).press(bot, request),
  };
}
