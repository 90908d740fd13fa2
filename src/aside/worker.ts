import { parentPort } from "node:worker_threads";
import type { Answered, AskedAside, PieceTaken } from "./aside.ts";
import { tellAsker, tellBy } from "./tell.ts";

// What a worker thread does: it loads the module that is asked for and answers with what its function gives, piece by piece
// where it gives pieces.

const port = parentPort;
if (port === null) throw new Error("this runs in a worker thread");
const say = (answered: Answered) => port.postMessage(answered);

/** Pieces that were told and not taken yet. */
const untaken = new Map<number, () => void>();
let told = 0;

port.on("message", (said: AskedAside | PieceTaken) => {
  if (!("taken" in said)) return void work(said);
  untaken.get(said.taken)?.();
  untaken.delete(said.taken);
});

async function work({ id, module, name, args }: AskedAside): Promise<void> {
  tellBy((value) => {
    told += 1;
    const taken = Promise.withResolvers<void>();
    untaken.set(told, taken.resolve);
    say({ id, kind: "piece", no: told, value });
    return taken.promise;
  });
  try {
    const { [name]: run } = (await import(module)) as Record<
      string,
      (...args: readonly unknown[]) => unknown
    >;
    if (run === undefined) throw new Error(`${module} has no ${name}`);
    const result = await run(...args);
    if (isPieces(result)) for await (const piece of result) await tellAsker(piece);
    say({ id, kind: "done", value: isPieces(result) ? undefined : result });
  } catch (error) {
    const { message, stack } = error as Error;
    say({ id, kind: "failed", message, stack, code: codeOf(error) });
  }
}

function isPieces(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}

/** The code of a fault, or of what has caused it. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return typeof cause === "object" && cause !== null ? codeOf(cause) : undefined;
}
