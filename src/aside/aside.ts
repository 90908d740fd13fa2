import type { Worker } from "node:worker_threads";

/** What a worker is asked: a function of a module, with what can be cloned. */
export type AskedAside = { id: number; module: string; name: string; args: readonly unknown[] };
/** A piece was taken in; the next may come. Without it a fast thread would hold up the loop with all of its pieces at once. */
export type PieceTaken = { taken: number };
export type Answered =
  | { id: number; kind: "piece"; no: number; value: unknown }
  | { id: number; kind: "done"; value: unknown }
  | {
      id: number;
      kind: "failed";
      message: string;
      stack: string | undefined;
      /** The fault's own code, where it has one: the disk is full, for instance. */
      code: string | undefined;
    };

/** Work aside that took longer than it may; the thread that did it is gone. */
export class TooLong extends Error {}

/** Two pictures and a file, or two files and a picture, at a time: what waits is taken up in its order. */
const MOST_WORKERS = 3;
/** A thread that had nothing to do for so long ends, and its memory with it. */
const IDLE_MS = 60_000;
/** What one piece of work may hold in memory: beyond it the thread dies, and not the bot. */
const LIMITS = { maxOldGenerationSizeMb: 1024 };

const STARTS_WITH = new URL("../require-node.mjs", import.meta.url).href;

type Work = {
  asked: AskedAside;
  budgetMs: number;
  signal: AbortSignal | undefined;
  onPiece(piece: unknown): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
};
type Thread = {
  worker: Worker;
  work: Work | null;
  idle: NodeJS.Timeout | null;
  budget: NodeJS.Timeout | null;
};

const threads: Thread[] = [];
const waiting: Work[] = [];
let asked = 0;

/**
 * Runs an exported function of one of our modules in a thread of its own, so that nobody waits for what may be large. Its
 * arguments and its result are cloned. What it yields or tells (`tellAsker`) comes piece by piece to `onPiece`; it goes on when
 * that is done with the piece.
 * @throws TooLong after `budgetMs`; the signal's reason when it is aborted; what the function has thrown, as an Error.
 */
export function aside<T>(
  module: string,
  name: string,
  args: readonly unknown[],
  {
    budgetMs,
    signal,
    onPiece = () => {},
  }: { budgetMs: number; signal?: AbortSignal; onPiece?(piece: never): unknown },
): Promise<T> {
  return new Promise<unknown>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    asked += 1;
    const work = {
      asked: { id: asked, module, name, args },
      budgetMs,
      signal,
      onPiece,
      resolve,
      reject,
    } as Work;
    waiting.push(work);
    signal?.addEventListener("abort", () => stop(work), { once: true });
    takeUp();
  }) as Promise<T>;
}

function takeUp(): void {
  while (waiting.length > 0) {
    const free =
      threads.find(({ work }) => work === null) ?? (threads.length < MOST_WORKERS ? open() : undefined);
    const work = free && waiting.shift();
    if (free === undefined || work === undefined) return;
    if (free.idle) clearTimeout(free.idle);
    free.work = work;
    free.budget = setTimeout(
      () => close(free, new TooLong(`${work.asked.name} took over ${work.budgetMs} ms`)),
      work.budgetMs,
    );
    // While it works the process doesn't end.
    free.worker.ref();
    free.worker.postMessage(work.asked);
  }
}

function open(): Thread {
  // None of the process's own options: what it was told to evaluate is no concern of a thread. It finds and compiles modules as
  // a process does, or it would take a second of the processor's time to begin.
  const execArgv = ["--disable-warning=ExperimentalWarning", "--import", STARTS_WITH];
  // Imported, it is loaded at each start, and few answers need a thread.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits: LIMITS, execArgv });
  const thread: Thread = { worker, work: null, idle: null, budget: null };
  worker.on("message", (answered: Answered) => {
    const { work } = thread;
    if (work === null || answered.id !== work.asked.id) return;
    if (answered.kind === "piece") {
      takePiece(thread, work, answered).catch((error: unknown) => close(thread, error));
    } else if (answered.kind === "done") end(thread, () => work.resolve(answered.value));
    else {
      const { message, stack, code } = answered;
      end(thread, () => work.reject(Object.assign(new Error(message), { stack, ...(code ? { code } : {}) })));
    }
  });
  worker.on("error", (error) => close(thread, error));
  worker.on("exit", () => close(thread, new Error("the thread ended in the midst of its work")));
  worker.unref();
  threads.push(thread);
  return thread;
}

async function takePiece(
  { worker }: Thread,
  { onPiece }: Work,
  { no, value }: Extract<Answered, { kind: "piece" }>,
): Promise<void> {
  await onPiece(value);
  setImmediate(() => worker.postMessage({ taken: no } satisfies PieceTaken));
}

/** A piece of work is over; its thread takes up the next, or rests. */
function end(thread: Thread, settle: () => void): void {
  if (thread.budget) clearTimeout(thread.budget);
  thread.work = null;
  thread.worker.unref();
  thread.idle = setTimeout(() => close(thread, null), IDLE_MS).unref();
  settle();
  takeUp();
}

/** Ends a thread, whatever it does; its work fails when the thread is gone, and with it all that it held open. */
function close(thread: Thread, why: unknown): void {
  const at = threads.indexOf(thread);
  if (at < 0) return;
  threads.splice(at, 1);
  if (thread.budget) clearTimeout(thread.budget);
  if (thread.idle) clearTimeout(thread.idle);
  void thread.worker.terminate().then(() => thread.work?.reject(why));
  takeUp();
}

function stop(work: Work): void {
  const thread = threads.find((one) => one.work === work);
  if (thread !== undefined) close(thread, work.signal?.reason);
  const at = waiting.indexOf(work);
  if (at < 0) return;
  waiting.splice(at, 1);
  work.reject(work.signal?.reason);
}
