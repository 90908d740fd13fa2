import { aside } from "../aside/aside.ts";
import { atMost } from "../aside/at-most.ts";
import { masked } from "../domain/personal-data.ts";

/** What nobody waits for any longer, ms. */
const BUDGET_MS = 30_000;

/** A drawing takes memory beside the thread's own: two at a time, whoever asks. */
const twoAtATime = atMost(2);

/**
 * Makes a file in a thread of its own: drawing holds a processor for longer than the bot may be silent. `module` and `name`
 * say which exported function draws; what it draws is plain data. A file may be sent on to anybody: nothing of a person stands
 * in it but a name.
 *
 * @example export const tablePicture = inThread<[TablePicture]>(import.meta.filename, "drawTablePicture");
 */
export const inThread =
  <Model extends readonly unknown[]>(module: string, name: string) =>
  (...model: Model): Promise<Uint8Array> =>
    twoAtATime(() => aside<Uint8Array>(module, name, masked(model), { budgetMs: BUDGET_MS }));
