import { parentPort } from "node:worker_threads";
import { type Answered, type AskedAside, MORE } from "./aside.ts";

// What a worker thread does: it loads the module that is asked for and answers with what its function gives, piece by piece
// where it gives pieces.

const port = parentPort;
if (port === null) throw new Error("this runs in a worker thread");
const say = (answered: Answered) => port.postMessage(answered);

let goOn = () => {};

port.on("message", (said: AskedAside | typeof MORE) => {
  if (said === MORE) goOn();
  else work(said);
});

async function work({ id, module, name, args }: AskedAside): Promise<void> {
  try {
    const { [name]: run } = (await import(module)) as Record<
      string,
      (...args: readonly unknown[]) => unknown
    >;
    if (run === undefined) throw new Error(`${module} has no ${name}`);
    const result = await run(...args);
    if (isPieces(result))
      for await (const piece of result) {
        const taken = Promise.withResolvers<void>();
        goOn = taken.resolve;
        say({ id, kind: "piece", value: piece });
        await taken.promise;
      }
    say({ id, kind: "done", value: isPieces(result) ? undefined : result });
  } catch (error) {
    const { message, stack } = error as Error;
    say({ id, kind: "failed", message, stack });
  }
}

function isPieces(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === "object" && result !== null && Symbol.asyncIterator in result;
}
