import { join } from "node:path";
import { aside } from "../aside/aside.ts";
import { atMost } from "../aside/at-most.ts";
import type { Lantian } from "../bot/lantian.ts";
import type { KeptLayout } from "../store/import-questions.ts";
import type { Person } from "../store/people.ts";
import { toldOf } from "./bot-aside.ts";
import type { BroughtIn, NotBroughtIn } from "./import-file.ts";
import type { FileSent, ImportStep, TableLook } from "./import-thread.ts";

/** What no table within the budget takes, on a machine that does much else: what goes on for longer never ends. */
const MOST_MS = 180_000;
const THREAD = join(import.meta.dirname, "import-thread.ts");

/** Files take memory: two at a time, whoever sends them. */
const twoAtATime = atMost(2);

/** How far an import is. Once it writes it can't be stopped: it may count already. */
export type ImportProgress =
  | Extract<ImportStep, { step: "rows" }>
  | { step: "waiting" | "reading" | "writing" };

/**
 * Imports a file in a thread of its own, where it is read, judged and entered in one transaction of the thread's own
 * connection; changes that are asked for here wait until that is over, and nothing else does.
 * @throws what the thread has thrown; TooLong; the signal's reason.
 */
export function importAside(
  bot: Lantian,
  file: FileSent,
  by: { person: Person; layout?: KeptLayout; run: number },
  { signal, onProgress }: { signal: AbortSignal; onProgress(progress: ImportProgress): void },
): Promise<BroughtIn | NotBroughtIn> {
  onProgress({ step: "waiting" });
  const stopped = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => stopped.reject(signal.reason), { once: true });
  const imported = twoAtATime(async () => {
    const over = Promise.withResolvers<void>();
    over.promise.catch(() => undefined);
    let turn: Promise<void> = Promise.resolve();
    const takeTurn = () =>
      new Promise<void>((given) => {
        turn = bot.store.lend(() => {
          if (!signal.aborted) onProgress({ step: "writing" });
          given();
          return over.promise;
        });
        turn.catch(() => undefined);
      });
    try {
      signal.throwIfAborted();
      onProgress({ step: "reading" });
      const args = [await toldOf(bot), file, by];
      const onPiece = (piece: ImportStep) => (piece.step === "turn" ? takeTurn() : onProgress(piece));
      return await aside<BroughtIn | NotBroughtIn>(THREAD, "importInThread", args, {
        ...{ budgetMs: MOST_MS, signal, onPiece },
      });
    } catch (error) {
      // The store hears of it as well: health tells of a full disk.
      over.reject(error);
      throw error;
    } finally {
      over.resolve();
      await turn.catch(() => undefined);
    }
  });
  // Whoever is stopped while others are read needn't wait for them.
  return Promise.race([imported, stopped.promise]);
}

/** Looks at a file's first table, in a thread of its own. */
export function lookAside(
  bot: Lantian,
  file: FileSent,
  { kind, columns, dateOrder }: KeptLayout,
): Promise<TableLook | { refusal: string }> {
  return twoAtATime(async () =>
    aside(THREAD, "lookInThread", [await toldOf(bot), file, { kind, columns, dateOrder }], {
      budgetMs: MOST_MS,
    }),
  );
}
